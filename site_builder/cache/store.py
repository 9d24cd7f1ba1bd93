"""A store of JSON values by key, on disk or in memory; whatever is wrong with it, it is only empty.

What lies on disk is trusted no further than the key it is sealed with, which stays with the user who runs the tool and
never in the project: a cache that came with somebody's pull request, was copied from another machine or was damaged
has no value in it that opens.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

_SEAL_BYTES = 16
_KEY_BYTES = 32
_WAIT_SECONDS = 5.0
_ROOM_BYTES = 64_000_000
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


class Store(Protocol):
    """Remembers JSON values; what it gives is never changed by whoever gets it."""

    def get(self, key: str) -> Any | None:
        """The value put under a key, or None."""

    def put(self, key: str, value: Any) -> None:
        """Remember a value under a key."""


class MemoryStore:
    """Values of this process alone."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def get(self, key: str) -> Any | None:
        """The value put under a key, or None."""
        return self._values.get(key)

    def put(self, key: str, value: Any) -> None:
        """Remember a value under a key."""
        self._values[key] = value


class DiskStore:
    """Values in a file of the project's cache folder; several runs may read and write it at once."""

    def __init__(self, file: Path, seal: bytes) -> None:
        self._file, self._seal = file, seal
        self._fresh: dict[str, bytes] = {}
        self._touched: set[str] = set()
        self._connection = _opened(file)

    def get(self, key: str) -> Any | None:
        """The value put under a key, or None: nothing there, damaged, or sealed by somebody else."""
        value = self._fresh.get(key) or self._read(key)
        if value is None:
            return None
        self._touched.add(key)
        try:
            return json.loads(value[_SEAL_BYTES:])
        except (ValueError, RecursionError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Remember a value under a key; it is on disk once the store is closed."""
        data = json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
        self._fresh[key] = self._sealed(key, data) + data
        self._touched.add(key)

    def close(self) -> None:
        """Write what is new, and let go of what no run of late has asked for where the file has grown large."""
        if self._connection is None:
            return
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(self._connection) as connection:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", self._fresh.items())
            if self._file.stat().st_size > _ROOM_BYTES:
                self._prune(connection)
        self._connection = None

    def _prune(self, connection: sqlite3.Connection) -> None:
        """Drop what this run did not touch, where that is more than half of the file."""
        sizes = dict(connection.execute("SELECT key, length(value) FROM kept"))
        idle = [key for key in sizes if key not in self._touched]
        if 2 * sum(sizes[key] for key in idle) > sum(sizes.values()):
            with connection:
                connection.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in idle))
            connection.execute("VACUUM")

    def _read(self, key: str) -> bytes | None:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        value = row[0] if row else None
        is_ours = isinstance(value, bytes) and value[:_SEAL_BYTES] == self._sealed(key, value[_SEAL_BYTES:])
        return value if is_ours else None

    def _sealed(self, key: str, data: bytes) -> bytes:
        return sealed(self._seal, key, data)


def sealed(seal: bytes, key: str, data: bytes) -> bytes:
    """A keyed hash of a value under its name (BLAKE2b, RFC 7693): only who has the seal can make it."""
    return hashlib.blake2b(key.encode() + b"\0" + data, key=seal, digest_size=_SEAL_BYTES).digest()


def _opened(file: Path) -> sqlite3.Connection | None:
    """A connection to the file; one that is no database is made anew, and None where even that fails."""
    for attempt in range(2):
        try:
            connection = sqlite3.connect(file, timeout=_WAIT_SECONDS)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            return connection
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            if attempt == 0:
                _removed(file)
    return None


def _removed(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        with contextlib.suppress(OSError):
            file.with_name(name).unlink()


@contextlib.contextmanager
def disk_store(folder: Path) -> Iterator[DiskStore | None]:
    """The store in a folder, made if need be, written when the block ends; None where there can be none."""
    seal = user_seal()
    if seal is None or not _made(folder):
        yield None
        return
    store = DiskStore(folder / "kept.db", seal)
    try:
        yield store
    finally:
        store.close()


def _made(folder: Path) -> bool:
    """Whether the folder is there, or could be made: a folder of ours, which version control leaves alone."""
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            return False
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError:
        return False
    return True


def user_seal() -> bytes | None:
    """The user's own key, made at first use below the user's cache folder; None where there is no such folder."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    file = Path(home) / "claims" / "seal"
    try:
        if not file.exists():
            _make_seal(file)
        seal = file.read_bytes()
    except OSError:
        return None
    return seal if len(seal) == _KEY_BYTES else None


def _make_seal(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"seal-{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(_KEY_BYTES))
    finally:
        os.close(handle)
    try:
        os.link(draft, file)  # fails where another run was first, whose key then holds
    except FileExistsError:
        pass
    finally:
        draft.unlink()
