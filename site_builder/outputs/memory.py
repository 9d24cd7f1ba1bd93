"""What is known of the site that an earlier build wrote: which of its files need not be made again."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from site_builder.cache.store import Store
from site_builder.outputs.output import Output

Line = tuple[str, str, int, int]
"""Of a file that was written: the key of its output, its SHA-256, its size, and when it was last changed."""


class SiteMemory:
    """The files of the site at `target`, as the store knows them; nothing is known without a store."""

    def __init__(self, store: Store | None, target: Path) -> None:
        self._store, self._target, self._name = store, target, f"site {target}"
        kept = store.get(self._name) if store is not None else None
        self._lines = kept if isinstance(kept, dict) else {}

    def known(self, output: Output) -> Line | None:
        """What is known of the file of an output, if it was made from the same and still stands as it was written."""
        line = self._lines.get(output.path)
        if not output.key or not isinstance(line, list) or len(line) != 4 or line[0] != output.key:
            return None
        try:
            status = os.lstat(self._target / output.path)
        except OSError:
            return None
        is_as_written = stat.S_ISREG(status.st_mode) and [status.st_size, status.st_mtime_ns] == line[2:]
        return (line[0], line[1], line[2], line[3]) if is_as_written else None

    def remember(self, lines: Mapping[str, Line]) -> None:
        """Know these files, and no others, from now on."""
        now = {path: list(line) for path, line in lines.items()}
        if self._store is not None and now != self._lines:
            self._store.put(self._name, now)

    def flush(self) -> None:
        """Let other processes know what this one has put into the store."""
        if self._store is not None:
            self._store.flush()
