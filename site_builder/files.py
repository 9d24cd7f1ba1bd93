"""Files below the project's root: a small path grammar, opened without following links, read once.

Everything that a stranger may have put into a pull request is read through here: claims, reports, settings
and evidence. A path is relative, `/`-separated and printable, and no part of it is empty, hidden or ``..``.
Each part is opened inside the folder opened before it, so no link is ever followed; only regular files are
read, and a pipe or device in their place neither blocks nor is touched. What is hashed is what is returned.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from site_builder.problems import Mistake, Place, did_you_mean, nearest

SIZE_LIMIT = 256_000_000
_PATH_LIMIT, _DEPTH_LIMIT = 1_000, 32
_GLOB_LIMIT, _ENTRY_LIMIT = 10_000, 200_000
_CLOSED_FOLDERS = {"site"}  # output; folders under version control and caches are hidden, so never reached
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

Kind = Literal["file", "folder", "link", "other", "odd name"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its path below the root, its bytes, and the SHA-256 of those very bytes."""

    path: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder: its path below the root and what stands there (links are not looked through)."""

    path: str
    kind: Kind


def is_glob(path: str) -> bool:
    """Whether the path holds ``*``, ``?`` or ``[``, and so stands for any number of files."""
    return any(c in path for c in "*?[")


def check_path(path: str, place: Place | None = None, *, below: str = "") -> tuple[str, ...]:
    """The parts of a well-formed path; otherwise a Mistake that says which rule it breaks.

    A path `below` a folder is checked as its author typed it, without that folder.
    """
    parts = tuple(path.split("/"))
    for is_broken, reason in _PATH_RULES if below else (*_PATH_RULES, _CLOSED_RULE):
        if is_broken(path, parts):
            raise Mistake("E-PATH", f"'{path[:100]}' cannot be opened: {reason}", place, _PATH_HINT)
    return parts


_PATH_HINT = "write the path downwards from its folder, with `/` between its parts, such as runs/seed-1.csv"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_PATH_RULES = (
    (lambda path, parts: not path, "it is empty"),
    (lambda path, parts: len(path) > _PATH_LIMIT, f"it is longer than {_PATH_LIMIT:,} characters"),
    (lambda path, parts: len(parts) > _DEPTH_LIMIT, f"it is more than {_DEPTH_LIMIT} folders deep"),
    (lambda path, parts: not path.isprintable(), "it holds a character that cannot be seen"),
    (lambda path, parts: _ADDRESS.match(path) is not None, "it is an address, and nothing is fetched"),
    (lambda path, parts: "\\" in path, "it holds a backslash"),
    (lambda path, parts: path.startswith("/"), "it begins at the root of the disk"),
    (lambda path, parts: re.match("[A-Za-z]:", path) is not None, "it names a drive"),
    (lambda path, parts: ".." in parts, "it climbs out with `..`"),
    (lambda path, parts: "" in parts, "a part of it is empty"),
    (lambda path, parts: "." in parts, "a part of it is `.`"),
    (lambda path, parts: any(p.startswith(".") for p in parts), "a part of it is hidden (begins with a dot)"),
)
_CLOSED_RULE = (lambda path, parts: parts[0] in _CLOSED_FOLDERS, "it lies in the output folder")


def read_file(root: Path, path: str, *, limit: int = SIZE_LIMIT, place: Place | None = None) -> SourceFile:
    """The file at `path` below `root`, read once and hashed; `place` is where an author named it.

    Raises Mistake: E-PATH (grammar), E-FILE (absent, with the nearest name), E-LINK, E-SIZE (over `limit`
    bytes), E-CHANGED (written to while it was read).
    """
    parts = check_path(path, place)
    with _opened_folder(root, parts[:-1], path, place) as folder:
        _expect(folder, parts, len(parts) - 1, path, place)
        try:
            handle = os.open(parts[-1], _FILE_FLAGS, dir_fd=folder)
        except OSError as error:
            raise _unreadable(path, error, place) from None
        try:
            data = _read_unchanged(handle, path, limit, place)
        finally:
            os.close(handle)
    return SourceFile(path, data, hashlib.sha256(data).hexdigest())


def walk(root: Path, top: str, *, depth: int = _DEPTH_LIMIT) -> Iterator[Entry]:
    """Every file below `top`, sorted by path, with links and odd names as entries; hidden names are skipped.

    `top` must exist. Raises Mistake E-GLOB beyond 200,000 names.
    """
    seen = 0
    pending = [(top, 1)]
    while pending:
        folder, level = pending.pop()
        entries = list_folder(root, folder)
        seen += len(entries)
        if seen > _ENTRY_LIMIT:
            message = f"{top} holds more than {_ENTRY_LIMIT:,} names"
            raise Mistake("E-GLOB", message, None, "narrow the pattern")
        yield from (entry for entry in entries if entry.kind != "folder")
        if level < depth:
            pending += [(entry.path, level + 1) for entry in reversed(entries) if entry.kind == "folder"]


def list_folder(root: Path, folder: str) -> tuple[Entry, ...]:
    """What stands in one folder, sorted by name, hidden names left out."""
    with _opened_folder(root, check_path(folder), folder, None) as handle:
        names = sorted(name for name in os.listdir(handle) if not name.startswith("."))
        # A name that vanishes between listing and looking is reported as absent when it is read.
        return tuple(Entry(f"{folder}/{name}", _kind(name, handle) or "file") for name in names)


def expand(root: Path, pattern: str, place: Place | None = None) -> tuple[tuple[str, ...], int]:
    """The files that a glob stands for, sorted, and how many links were passed over.

    ``*`` and ``?`` stay within one part, ``[ab]`` is one character of a set, ``**`` as a whole part is any
    number of folders. No file is no mistake here; more than 10,000 are.
    """
    wanted = check_path(pattern, place)
    top = _fixed_part(wanted)
    if not top or not _is_folder(root, top):
        return (), 0
    depth = _DEPTH_LIMIT if "**" in wanted else len(wanted) - len(top)
    found = [
        entry
        for entry in walk(root, "/".join(top), depth=depth)
        if entry.kind in ("file", "link") and fits(entry.path, pattern)
    ]
    paths = tuple(sorted(entry.path for entry in found if entry.kind == "file"))
    if len(paths) > _GLOB_LIMIT:
        message = f"{pattern} stands for {len(paths):,} files; at most {_GLOB_LIMIT:,} are read"
        raise Mistake("E-GLOB", message, place, "narrow the pattern")
    return paths, len(found) - len(paths)


def exists(root: Path, path: str) -> bool:
    """Whether a regular file stands at a well-formed path, no link in between."""
    parts = check_path(path)
    return _is_folder(root, parts[:-1]) and _kind_in(root, parts) == "file"


def _is_folder(root: Path, parts: tuple[str, ...]) -> bool:
    return all(_kind_in(root, parts[:n]) == "folder" for n in range(1, len(parts) + 1))


def _kind_in(root: Path, parts: tuple[str, ...]) -> Kind | None:
    """What stands at the path, given that the folders above it are folders."""
    try:
        mode = os.lstat(root.joinpath(*parts)).st_mode
    except OSError:
        return None
    return _mode_kind(mode)


def _fixed_part(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The folders before the first part that is a pattern."""
    count = next((n for n, part in enumerate(wanted) if is_glob(part)), len(wanted) - 1)
    return wanted[:count]


def fits(path: str, pattern: str) -> bool:
    """Whether a path fits a glob. (`reached`: how many parts of the glob the path so far may have used.)"""
    wanted = tuple(pattern.split("/")) + (("*",) if pattern.endswith("**") else ())
    reached = _skip_stars({0}, wanted)
    for part in path.split("/"):
        open_ends = [n for n in reached if n < len(wanted)]
        step = {n for n in open_ends if wanted[n] == "**"}
        step |= {n + 1 for n in open_ends if wanted[n] != "**" and fnmatchcase(part, wanted[n])}
        reached = _skip_stars(step, wanted)
    return len(wanted) in reached


def _skip_stars(reached: set[int], wanted: tuple[str, ...]) -> set[int]:
    for n, part in enumerate(wanted):
        if part == "**" and n in reached:
            reached = reached | {n + 1}
    return reached


@contextmanager
def _opened_folder(root: Path, parts: tuple[str, ...], path: str, place: Place | None) -> Iterator[int]:
    """A handle on the folder, each part opened in the one before and none through a link."""
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)  # the root is the user's own choice
    try:
        for n, part in enumerate(parts):
            _expect(handle, (*parts, ""), n, path, place)
            try:
                inner = os.open(part, _FOLDER_FLAGS, dir_fd=handle)
            except OSError as error:
                raise _unreadable(path, error, place) from None
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def _expect(folder: int, parts: tuple[str, ...], n: int, path: str, place: Place | None) -> None:
    """Nothing, if part `n` is the folder or file it should be; otherwise the Mistake that says what it is."""
    kind = _kind(parts[n], folder)
    wanted = "file" if n == len(parts) - 1 else "folder"
    if kind == wanted:
        return
    shown = "/".join(parts[: n + 1])
    if kind is None:
        raise _absent(folder, parts, n, path, place)
    if kind == "link":
        message, hint = f"{shown} is a link, and links are not followed", "put the file itself there"
        raise Mistake("E-LINK", message, place, hint)
    article = {"folder": "a folder", "file": "a file"}.get(kind, "a pipe, socket or device")
    raise Mistake("E-FILE", f"{shown} is {article}, not a {wanted}", place, _INSTEAD.get(kind, ""))


_INSTEAD = {
    "other": "only regular files are read",
    "folder": "name a file in it, or all of them with a pattern such as *.csv",
}


def _kind(name: str, folder: int) -> Kind | None:
    if not name.isprintable() or "\\" in name:
        return "odd name"
    try:
        return _mode_kind(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return None


def _mode_kind(mode: int) -> Kind:
    return _KINDS.get(stat.S_IFMT(mode), "other")


_KINDS: dict[int, Kind] = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "link"}


def _absent(folder: int, parts: tuple[str, ...], n: int, path: str, place: Place | None) -> Mistake:
    """The Mistake for a name that is not there: nearest name, and a case difference said as such."""
    what = "file" if n == len(parts) - 1 else "folder"
    names = [name for name in os.listdir(folder) if name.isprintable() and not name.startswith(".")]
    known = [name for name in names if _kind(name, folder) in (what, "file")]
    above = "/".join(parts[:n]) or "the project's folder"
    hint = did_you_mean(parts[n], known, f"{above} has: ") or f"{above} is empty"
    found = nearest(parts[n], known)
    if found and found.casefold() == parts[n].casefold():
        hint = f"there is {found!r}: small and capital letters count"
    return Mistake("E-FILE", f"there is no {what} {'/'.join(parts[: n + 1])}", place, hint)


def _unreadable(path: str, error: OSError, place: Place | None) -> Mistake:
    reason = (error.strerror or "unknown reason").lower()
    return Mistake("E-FILE", f"{path} cannot be opened: {reason}", place, "check its permissions")


def _read_unchanged(handle: int, path: str, limit: int, place: Place | None) -> bytes:
    """All bytes of an open regular file, if it is the same file of the same size and times afterwards."""
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise Mistake("E-FILE", f"{path} is not a regular file", place)
    if before.st_size > limit:
        raise _too_large(path, before.st_size, limit, place)
    data = _read_all(handle, before.st_size + 1)
    after = os.fstat(handle)
    if len(data) != before.st_size or _stamp(before) != _stamp(after):
        hint = "wait until whatever writes it is done, then try again"
        raise Mistake("E-CHANGED", f"{path} changed while it was read", place, hint)
    return data


def _read_all(handle: int, size: int) -> bytes:
    """Up to `size` bytes; one byte more than expected is enough to notice growth."""
    chunks: list[bytes] = []
    while size > 0 and (chunk := os.read(handle, min(size, 1 << 24))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _too_large(path: str, size: int, limit: int, place: Place | None) -> Mistake:
    message = f"{path} has {size / 1e6:,.0f} MB; files up to {limit / 1e6:,.0f} MB are read"
    return Mistake("E-SIZE", message, place, "split it, or keep only the rows and columns that are needed")
