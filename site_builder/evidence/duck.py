"""DuckDB locked up: a database in memory, in one thread, that reaches no file, no network and no extension."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported when a database is opened
    from duckdb import DuckDBPyConnection

_SCHEME = "evidence"
FILE = f"{_SCHEME}://file"
"""The one name under which a database that was opened over bytes can read them."""

_AT_START: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # sums in another order differ in their last digits
    "async_threads": 0,  # eight of them would reserve 600 MB of addresses
    "memory_limit": "512MB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
_AFTERWARDS = (
    f"SET allowed_directories = ['{_SCHEME}://']",
    "SET enable_external_access = false",
    "SET TimeZone = 'UTC'",
    "SET enable_progress_bar = false",
    "SET lock_configuration = true",
)


@contextmanager
def opened(data: bytes | None = None) -> Iterator[DuckDBPyConnection]:
    """A database of its own that is closed afterwards; with `data`, these bytes are its file `FILE`."""
    import duckdb

    with duckdb.connect(":memory:", config=_AT_START) as database:
        if data is not None:
            from site_builder.evidence.memory_file import MemoryFile

            database.register_filesystem(MemoryFile(data, _SCHEME))
        for statement in _AFTERWARDS:
            database.execute(statement)
        yield database


def quoted(name: str) -> str:
    """A name as SQL writes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def first_line(error: Exception) -> str:
    """What DuckDB says is wrong: without the kind of error, the place in the text and what to try."""
    text = str(error).strip().split("\n", 1)[0]
    kind, mark, said = text.partition(": ")
    return (said if mark and kind.endswith("Error") else text)[:300] or "unknown reason"
