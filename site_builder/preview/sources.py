"""What a site is made from, as it was when last looked at: a hash for each file, so that only changes count."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.pages.addresses import page_of_source
from site_builder.project import CLAIMS, EVIDENCE, SETTINGS_FILE, TEMPLATES

FOLDERS = (CLAIMS, EVIDENCE, TEMPLATES)
# Above this a file is told by its size and times: reading a gigabyte to learn that nothing changed would take longer
# than the build.
HASHED_BYTES = 16_000_000
# Times are too coarse to tell two changes within this apart.
_YOUNG_SECONDS = 2.0
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file when it was looked at: what the system says of it, whether that may be trusted, and its content."""

    stamp: tuple[int, ...]
    is_settled: bool
    content: str


class Sources:
    """The files below `claims/`, `evidence/` and `templates/`, and the settings.

    Hidden names are left out, as the build leaves them out; links are followed in `templates/` alone.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[str, Seen] = {}
        self.look()

    def look(self, paths: Iterable[str] | None = None) -> frozenset[str]:
        """The files that are new, changed or gone since the last look, by their paths below the root.

        Only at and below `paths` if they are given, and then whatever their times say; everywhere otherwise.
        """
        asked = [*FOLDERS, SETTINGS_FILE] if paths is None else [path for path in paths if _is_source(path)]
        there: dict[str, Seen] = {}
        for path in self._walk(asked):
            seen = self._see(path, self._seen.get(path) if paths is None else None)
            if seen is not None:
                there[path] = seen
        within = tuple(f"{path}/" for path in asked)
        known = {path for path in self._seen if path in asked or path.startswith(within)}
        changed = {path for path, seen in there.items() if not self._is_as_before(path, seen)}
        self._seen.update(there)
        for path in known - there.keys():
            del self._seen[path]
        return frozenset(changed | (known - there.keys()))

    def _is_as_before(self, path: str, seen: Seen) -> bool:
        before = self._seen.get(path)
        return before is not None and before.content == seen.content

    def latest(self) -> str:
        """The claim or report that was modified last; empty when there is none."""
        written = [path for path in self._seen if page_of_source(path)]
        return max(written, key=lambda path: (self._seen[path].stamp[1], path), default="")

    def mark(self, path: str) -> str:
        """What tells this state of a file from others of its own and of other files."""
        seen = self._seen.get(path)
        return f"{path}@{seen.stamp[1]}" if seen is not None else ""

    def _walk(self, paths: Iterable[str]) -> Iterator[str]:
        """Each of the paths that is no folder, and the files below those that are."""
        folders: list[str] = []
        for path in dict.fromkeys(paths):
            if self._is_folder(path):
                folders.append(path)
            else:
                yield path
        while folders:
            folder = folders.pop()
            for entry in self._entries(folder):
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield path

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._root / folder) as found:
                return [entry for entry in found if not entry.name.startswith(".")]
        except OSError:
            return []  # it went away, or may not be read, which the build will say

    def _is_folder(self, path: str) -> bool:
        try:
            return stat.S_ISDIR(os.stat(self._root / path, follow_symlinks=path == TEMPLATES).st_mode)
        except OSError:
            return False

    def _see(self, path: str, before: Seen | None) -> Seen | None:
        """The file as it is now; what was seen before is believed where the system says that nothing changed."""
        file = f"{self._root}/{path}"
        try:
            status = os.stat(file, follow_symlinks=_follows_links(path))
            stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode)
            if before is not None and before.is_settled and before.stamp == stamp:
                return before
            is_settled = time.time() - max(status.st_mtime, status.st_ctime) > _YOUNG_SECONDS
            return Seen(stamp, is_settled, _content(file, status, stamp))
        except OSError:
            return None


def _content(file: str, status: os.stat_result, stamp: tuple[int, ...]) -> str:
    """A text that is the same as long as the file holds the same."""
    if stat.S_ISLNK(status.st_mode):
        return f"link to {os.readlink(file)}"
    if not stat.S_ISREG(status.st_mode) or status.st_size > HASHED_BYTES:
        return f"{stamp}"
    try:
        handle = os.open(file, _OPENING)
    except OSError:
        return "unreadable"
    try:
        digest = hashlib.sha256()
        while piece := os.read(handle, min(status.st_size + 1, 1 << 20)):
            digest.update(piece)
        return digest.hexdigest()
    finally:
        os.close(handle)


def _follows_links(path: str) -> bool:
    return path.partition("/")[0] not in (CLAIMS, EVIDENCE)


def _is_source(path: str) -> bool:
    """Whether the build may read a file of this path."""
    first, *rest = path.split("/")
    if any(part.startswith(".") for part in rest):
        return False
    return first in FOLDERS or path == SETTINGS_FILE
