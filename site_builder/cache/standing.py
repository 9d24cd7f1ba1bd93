"""Whether anything has changed at all since a run: told from names, sizes and times, before anything is imported."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_builder.cache.store import Store
from site_builder.cache.tool import tool_digest

_JUST_NOW_NS = 100_000_000
_COARSE_NOW_NS = 2_000_000_000


class Standing:
    """What a run with these `words` came to, for as long as its inputs and the files it wrote stand as they were.

    `inputs` are files and folders that the run reads, `written` the folder that it writes; links are not followed.
    """

    def __init__(
        self,
        store: Store | None,
        words: Iterable[object],
        inputs: Iterable[Path],
        written: Path | None = None,
    ) -> None:
        self._store, self._inputs, self._written = store, tuple(inputs), written
        self._name = f"standing {tuple(words)!r}"
        self._started = time.time_ns()
        self._before = _state(self._inputs, self._started) if store is not None else None

    def result(self) -> Any | None:
        """What the run came to; None where there was none, or something may have changed."""
        kept = self._store.get(self._name) if self._store is not None and self._before is not None else None
        if not isinstance(kept, dict) or kept["inputs"] != self._before:
            return None
        return kept["result"] if kept["written"] == self._written_state() else None

    def keep(self, result: Any) -> None:
        """Remember what this run came to, unless an input is so new that it may change again within its own time."""
        if self._store is not None and self._before is not None:
            kept = {"inputs": self._before, "written": self._written_state(), "result": result}
            self._store.put(self._name, kept)

    def _written_state(self) -> str | None:
        return _state((self._written,), None) if self._written is not None else ""


def _state(tops: Iterable[Path], now: int | None) -> str | None:
    """A digest of all names below with their sizes and times; None where a file is younger than its clock can tell."""
    lines = [tool_digest()]
    for path, status in _entries([str(top) for top in tops]):
        if status is None or stat.S_ISDIR(status.st_mode):
            lines.append(f"{path} {'absent' if status is None else 'folder'}")
            continue
        if now is not None and _is_young(status, now):
            return None
        own = "" if now is None else f"{status.st_ctime_ns} {status.st_ino}"
        lines.append(f"{path} {status.st_mode} {status.st_size} {status.st_mtime_ns} {own}")
    text = "\n".join(sorted(lines)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def _is_young(status: os.stat_result, now: int) -> bool:
    """Whether a file may change again without its times telling; some file systems count in whole seconds."""
    window = _COARSE_NOW_NS if status.st_mtime_ns % 1_000_000_000 == 0 else _JUST_NOW_NS
    return max(status.st_mtime_ns, status.st_ctime_ns) > now - window


def _entries(tops: list[str]) -> Iterator[tuple[str, os.stat_result | None]]:
    """Everything at and below these paths, hidden names too, and nothing behind a link."""
    pending: list[str] = []
    for top in tops:
        status = _status(top)
        yield top, status
        pending += [top] if status is not None and stat.S_ISDIR(status.st_mode) else []
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as listed:
                entries = list(listed)
        except OSError:
            yield f"{folder}/?", None
            continue
        for entry in entries:
            status = _status(entry.path)
            yield entry.path, status
            pending += [entry.path] if status is not None and stat.S_ISDIR(status.st_mode) else []


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None
