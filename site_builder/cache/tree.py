"""The state of a folder: every name in it, and the hash of every file, hashed again only where it may have changed."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.cache.store import Store
from site_builder.files import read_file
from site_builder.problems import Mistake

_JUST_NOW_NS = 2_000_000_000  # a file this young may change again within the tick of its file system's clock
_Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """Files below a project by path, with the SHA-256 of each, empty where it cannot be read; and all names.

    `names` is a digest of every name and of what stands there, so that it differs when anything is added or removed.
    """

    files: dict[str, str]
    names: str


def scan(root: Path, tops: tuple[str, ...], store: Store | None) -> Tree:
    """The state of some folders below the root; the store remembers hashes by size and times, which only save time."""
    now = time.time_ns()
    known = _known(store)
    files: dict[str, str] = {}
    stamps: dict[str, tuple[_Stamp, str]] = {}
    names = hashlib.sha256()
    for path, status in sorted(_entries(root, tops)):
        names.update(f"{path}\0{stat.S_IFMT(status.st_mode)}\n".encode("utf-8", "surrogatepass"))
        if not stat.S_ISREG(status.st_mode):
            continue
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        before = known.get(path)
        files[path] = before[1] if before and before[0] == stamp else _hashed(root, path)
        if max(stamp[1:3]) < now - _JUST_NOW_NS and files[path]:
            stamps[path] = (stamp, files[path])
    if store is not None and stamps != known:
        store.put("tree", {path: [*stamp, sha] for path, (stamp, sha) in stamps.items()})
    return Tree(files, names.hexdigest())


def _known(store: Store | None) -> dict[str, tuple[_Stamp, str]]:
    kept = store.get("tree") if store is not None else None
    found: dict[str, tuple[_Stamp, str]] = {}
    for path, line in kept.items() if isinstance(kept, dict) else ():
        if isinstance(line, list) and len(line) == 5:
            found[path] = ((line[0], line[1], line[2], line[3]), line[4])
    return found


def _entries(root: Path, tops: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result]]:
    """Every name below the folders that is not hidden, links not followed, with what the system says of it."""
    pending = list(tops)
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(root / folder) as listed:
                entries = [entry for entry in listed if not entry.name.startswith(".")]
        except OSError:
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}"
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISDIR(status.st_mode):
                pending.append(path)
            yield path, status


def _hashed(root: Path, path: str) -> str:
    try:
        return read_file(root, path).sha256
    except (Mistake, OSError):
        return ""
