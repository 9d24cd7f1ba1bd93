"""The site as a folder: whole or unchanged, whatever happens while it is written.

The new site is built beside the old one, flushed to the disk, and put in its place in one step. Where the
system has no such step, a journal says how far two renames got, and the next build finishes them.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from site_builder.cache.store import Store
from site_builder.outputs.exchange import exchange
from site_builder.outputs.making import made
from site_builder.outputs.manifest import MANIFEST, check_ours, manifest_bytes
from site_builder.outputs.memory import Line, SiteMemory
from site_builder.outputs.output import Output
from site_builder.problems import Mistake

LOCK_SECONDS = 60.0
FILE_MODE, FOLDER_MODE = 0o644, 0o755
# Flushing file by file costs a turn of the disk each; above this many, one flush of everything is cheaper.
MOST_FLUSHED = 200
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# What tells that data are lost; any other answer to a flush is that of a system that cannot flush folders.
LOSSES = FULL | {errno.EIO}


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a site came to: the paths that are new or changed, kept as they were, and gone, sorted."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]


def write(files: Mapping[str, bytes], target: Path) -> Written:
    """Make `target` hold exactly these files: path → bytes; see `write_outputs`."""
    return write_outputs((Output(path, "", partial(bytes, data)) for path, data in files.items()), target)


def write_outputs(
    outputs: Iterable[Output], target: Path, store: Store | None = None, workers: int | None = None
) -> Written:
    """Make `target` hold exactly these files; unchanged ones are kept, with their times.

    What the store knows to be made from the same is not made again. Raises Mistake when the folder is not ours
    (E-OUTPUT), another build is writing to it (E-BUSY), or the disk is full or not writable (E-WRITE), and that of an
    output that cannot be made; the old site is then as it was. (Where two folders cannot change places in one step,
    and the disk fails for good between the two renames, the next build finishes them.)
    """
    wanted = {output.path: output for output in outputs}
    _check_paths(wanted)
    try:
        target = target.resolve() if target.name in ("", "..") else target.parent.resolve() / target.name
        if not target.name:
            raise Mistake(
                "E-OUTPUT",
                f"{target} is no folder for a site",
                None,
                "name a folder of its own with --output",
            )
        if not _lock(target).exists():  # else another build may be changing what would be looked at
            check_ours(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_prefix(target), dir=target.parent):
            pass  # a place that cannot be written to is told before anybody waits for its lock
        with _locked(target):
            recover(target)
            return _replace(wanted, target, SiteMemory(store, target), workers)
    except OSError as error:
        raise _refused(error, target) from error


def _replace(wanted: Mapping[str, Output], target: Path, memory: SiteMemory, workers: int | None) -> Written:
    before = check_ours(target)
    lines = {path: line for path in wanted.keys() & before if (line := memory.known(wanted[path]))}
    stale = [output for path, output in wanted.items() if path not in lines]
    gone = before - wanted.keys() - {MANIFEST}
    if not stale and not gone and MANIFEST in before:
        return Written((), _sorted(before), ())
    beside = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    try:
        folders = _made_folders(beside, wanted)
        is_few = len(stale) <= MOST_FLUSHED
        place = partial(_placed, beside, target, before, is_few)
        same = set(lines)
        for path, line, is_same in made(stale, place, workers=workers, after=memory.flush):
            lines[path] = line
            same |= {path} if is_same else set()
        manifest = Output(
            MANIFEST, "", partial(manifest_bytes, {path: line[1] for path, line in lines.items()})
        )
        same |= {MANIFEST} if place(manifest, manifest.make())[2] else set()
        written = Written(_sorted({*wanted, MANIFEST} - same), _sorted(same), _sorted(gone))
        if written.written or written.removed:
            for path in wanted.keys() & same:
                _link(target / path, beside / path)
            _to_disk(folders, is_few=is_few)
            swap(beside, target)
        memory.remember(lines)
    finally:
        if not _journal(target).exists():  # else the next start may have to put it in its place
            shutil.rmtree(beside, ignore_errors=True)
    return written


def _sorted(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths))


def _check_paths(paths: Iterable[str]) -> None:
    for path in paths:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\\" in path or "/".join(parts) != path:
            raise ValueError(f"not a path below the site: {path!r}")
        if path == MANIFEST:
            raise ValueError("the manifest is written by us")


def _is_same(path: Path, data: bytes) -> bool:
    """Whether a regular file, no link, holds these bytes and may be read by all."""
    try:
        status = os.lstat(path)
        if not os.path.isfile(path) or os.path.islink(path) or status.st_size != len(data):
            return False
        if os.name == "posix" and status.st_mode & 0o777 != FILE_MODE:
            return False
        return path.read_bytes() == data
    except OSError:
        return False


def _made_folders(beside: Path, paths: Iterable[str]) -> list[Path]:
    """The folders that these files stand in, made."""
    folders = {beside} | {beside / parent for path in paths for parent in PurePosixPath(path).parents}
    for folder in sorted(folders):
        folder.mkdir(exist_ok=True)
        folder.chmod(FOLDER_MODE)
    return sorted(folders)


def _placed(
    beside: Path, target: Path, before: Collection[str], is_few: bool, output: Output, data: bytes
) -> tuple[str, Line, bool]:
    """Put a file into the new folder, unless the old one has the same; what is known of it, and whether it has."""
    there = target / output.path
    is_same = output.path in before and _is_same(there, data)
    if not is_same:
        there = beside / output.path
        _store(there, data, flush=is_few)
    status = os.lstat(there)
    digest = hashlib.sha256(data).hexdigest()
    return output.path, (output.key, digest, status.st_size, status.st_mtime_ns), is_same


def _to_disk(folders: Iterable[Path], *, is_few: bool) -> None:
    """See to it that what was written is on the disk."""
    if not is_few and hasattr(os, "sync"):
        os.sync()
    for folder in folders:
        _flush_folder(folder)


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno in FULL:
            raise
        shutil.copy2(old, new)
        _flush(new)


def _store(path: Path, data: bytes, *, flush: bool) -> None:
    with path.open("xb") as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), FILE_MODE)
        file.write(data)
        if flush:
            file.flush()
            os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    try:
        _flush(folder)
    except OSError as error:
        if error.errno in LOSSES:
            raise


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def swap(beside: Path, target: Path) -> None:
    """Put the folder `beside` in the place of `target`; afterwards `beside` is the old one, or gone."""
    if not target.exists():
        beside.rename(target)
    elif not exchange(beside, target):
        _swap_by_journal(beside, target)
    with contextlib.suppress(OSError):  # the new site is in its place: too late to say that it is not
        _flush_folder(target.parent)


def _swap_by_journal(beside: Path, target: Path) -> None:
    aside = beside.with_name(f"{beside.name}-old")
    draft = _draft(target)
    _store(draft, json.dumps({"new": beside.name, "old": aside.name}).encode(), flush=True)
    draft.replace(_journal(target))
    _flush_folder(target.parent)
    try:
        target.rename(aside)
        beside.rename(target)
    except BaseException:
        if not target.exists():
            aside.rename(target)
        _journal(target).unlink()
        raise
    with contextlib.suppress(OSError):  # as above; the next start clears away what is left
        _journal(target).unlink()
        shutil.rmtree(aside, ignore_errors=True)


def recover(target: Path) -> None:
    """Finish what an earlier build left half done, and clear away what it left beside the site.

    Raises OSError, and clears nothing away, when the site cannot be put in its place.
    """
    _finish(target, *_journaled(target))
    _journal(target).unlink(missing_ok=True)
    _draft(target).unlink(missing_ok=True)
    # The lock is ours, so no running build made them.
    for left in target.parent.iterdir():
        if left.name.startswith(_prefix(target)) and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _journaled(target: Path) -> tuple[Path, ...]:
    """The folders that the journal names, the new one before the old; none where it is absent or not ours."""
    try:
        names = json.loads(_journal(target).read_bytes())
        return tuple(target.parent / PurePosixPath(names[key]).name for key in ("new", "old"))
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _finish(target: Path, *folders: Path) -> None:
    """Put the first folder there is in the empty place; a new one is whole, for it is flushed before the journal."""
    for folder in folders:
        if not target.exists() and folder.is_dir() and folder.name.startswith(_prefix(target)):
            folder.rename(target)


def _prefix(target: Path) -> str:
    """What the names of folders begin with that are built beside the target, or were put aside."""
    return f".{target.name}-building-"


def _journal(target: Path) -> Path:
    return target.with_name(f".{target.name}-journal")


def _lock(target: Path) -> Path:
    return target.with_name(f".{target.name}-lock")


def _draft(target: Path) -> Path:
    return target.with_name(f".{target.name}-journal.new")


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(_lock(target), timeout=LOCK_SECONDS):
            yield
    except Timeout:
        message = f"another build is writing to {target}"
        raise Mistake(
            "E-BUSY", message, None, "wait for it to end, or name another folder with --output"
        ) from None


def _refused(error: OSError, target: Path) -> Mistake:
    left = "the site is as it was before"
    if _journal(target).exists() and not target.exists():
        left = "the old site is put aside, and the next build puts the new one in its place"
    if error.errno in FULL:
        message = f"the disk is full: {target} could not be written"
        return Mistake("E-WRITE", message, None, f"free some space and build again; {left}")
    message = f"{target} could not be written: {error.strerror or error}"
    hint = f"{left}; name another folder with --output, or allow writing there"
    return Mistake("E-WRITE", message, None, hint)
