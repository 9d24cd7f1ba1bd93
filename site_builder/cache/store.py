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
_NAMES = (
    "kept.db",
    "kept.db-wal",
    "kept.db-shm",
    "kept.db-journal",
)  # of the file, and of those that SQLite puts beside it
_ROOM_BYTES = 64_000_000
_inherited: list[sqlite3.Connection | None] = []  # kept from being closed in the wrong process
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


class Store(Protocol):
    """Remembers JSON values; what it gives is never changed by whoever gets it."""

    def get(self, key: str) -> Any | None:
        """The value put under a key, or None."""

    def put(self, key: str, value: Any) -> None:
        """Remember a value under a key."""

    def flush(self) -> None:
        """Make what was put known to other processes, where that can be."""


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

    def flush(self) -> None:
        """Nothing: these values are of this process alone."""


class DiskStore:
    """Values in a file of the project's cache folder; several runs may read and write it at once."""

    def __init__(self, file: Path, seal: bytes) -> None:
        self._file, self._seal = file, seal
        self._fresh: dict[str, bytes] = {}
        self._touched: set[str] = set()
        self._owner = os.getpid()
        self._connection = _opened(file)

    def get(self, key: str) -> Any | None:
        """The value put under a key, or None: nothing there, damaged, or sealed by somebody else."""
        self._here()
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
        self._here()
        self._fresh[key] = self._sealed(key, data) + data
        self._touched.add(key)

    def flush(self) -> None:
        """Write what is new."""
        connection = self._here()
        if connection is None or not self._fresh:
            return
        with contextlib.suppress(sqlite3.Error, OSError), connection:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", self._fresh.items())
        self._fresh.clear()

    def close(self) -> None:
        """Write what is new, and let go of what this run did not ask for where the file has grown large."""
        self.flush()
        connection = self._here()
        if connection is None:
            return
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(connection):
            if self._file.stat().st_size > _ROOM_BYTES:
                self._prune(connection)
        self._connection = None

    def _here(self) -> sqlite3.Connection | None:
        """A connection of this process: one that was opened before a fork must not be used after it."""
        if self._owner != os.getpid():
            self._owner, self._fresh = os.getpid(), {}
            _inherited.append(self._connection)
            self._connection = _opened(self._file)
        return self._connection

    def _prune(self, connection: sqlite3.Connection) -> None:
        """Drop what this run did not touch, where that is more than half of the file."""
        sizes = dict(connection.execute("SELECT key, length(value) FROM kept"))
        idle = [key for key in sizes if key not in self._touched]
        if 2 * sum(sizes[key] for key in idle) > sum(sizes.values()):
            with connection:
                connection.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in idle))
            connection.execute("VACUUM")

    def _read(self, key: str) -> bytes | None:
        connection = self._here()
        if connection is None:
            return None
        try:
            row = connection.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
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
            _check_plain(connection)
            return connection
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            if attempt == 0:
                _removed(file)
    return None


def _check_plain(connection: sqlite3.Connection) -> None:
    """Refuse a file that holds more than our table, such as a view in its place, or a trigger that never ends."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    if found != [("table", "kept", _TABLE.replace("IF NOT EXISTS ", ""))]:
        raise sqlite3.DatabaseError("it is not a store of ours")


def _removed(file: Path) -> None:
    for name in _NAMES:
        with contextlib.suppress(OSError):
            file.with_name(name).unlink()


@contextlib.contextmanager
def disk_store(folder: Path) -> Iterator[DiskStore | None]:
    """The store in a folder, made if need be, written when the block ends; None where there can be none."""
    seal = user_seal()
    if seal is None or not _made(folder):
        yield None
        return
    store = DiskStore(folder / _NAMES[0], seal)
    try:
        yield store
    finally:
        store.close()


def _made(folder: Path) -> bool:
    """Whether the folder is there, or could be made: a folder of ours, which version control leaves alone.

    It may have come with a pull request: a link in it would have us write elsewhere, and is taken away.
    """
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            return False
        for name in _NAMES:
            if (folder / name).is_symlink():
                (folder / name).unlink()
        with contextlib.suppress(FileExistsError):
            handle = os.open(folder / ".gitignore", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            os.write(handle, b"*\n")
            os.close(handle)
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
