"""Bytes in memory as the one file of a file system, for a library that reads files by name."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from fsspec import AbstractFileSystem


class MemoryFile(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A file system whose every name means these bytes; it cannot be written to."""

    cachable = False

    def __init__(self, data: bytes, scheme: str) -> None:
        super().__init__()
        self.protocol = scheme
        self._data = data

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """The size of the bytes."""
        return {"name": path, "size": len(self._data), "type": "file"}

    def exists(self, path: str, **_: Any) -> bool:
        """Whether the name means something: each does."""
        return True

    def glob(self, path: str, **_: Any) -> list[str]:
        """The name itself."""
        return [path]

    def modified(self, path: str) -> datetime:
        """One moment, since the bytes never change."""
        return datetime.fromtimestamp(0, UTC)

    def _open(self, path: str, mode: str = "rb", **_: Any) -> BytesIO:
        if mode != "rb":
            raise PermissionError("evidence is read only")
        return BytesIO(self._data)
