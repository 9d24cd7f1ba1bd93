"""A site in a folder is whole or unchanged, and nobody else's folder is touched."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from site_builder.outputs import folder
from site_builder.outputs.exchange import exchange
from site_builder.outputs.folder import recover, write
from site_builder.outputs.manifest import MANIFEST
from site_builder.problems import Mistake

FIRST = {"index.html": b"one", "a/b.html": b"two", "a/c/d.html": b"three"}
SECOND = {"index.html": b"1", "a/b.html": b"two", "e.html": b"four"}


def held(target: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(target)): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def beside(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir() if path != target and "lock" not in path.name)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture(params=["exchange", "journal"])
def by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to put a folder in another's place."""
    if request.param == "journal":
        monkeypatch.setattr(folder, "exchange", lambda one, other: False)
    return str(request.param)


def test_a_new_folder_holds_the_files(target: Path) -> None:
    write(FIRST, target)
    assert held(target) == FIRST


def test_parents_are_made(tmp_path: Path) -> None:
    write(FIRST, tmp_path / "x" / "y")
    assert held(tmp_path / "x" / "y") == FIRST


def test_an_empty_folder_is_filled(target: Path, by: str) -> None:
    target.mkdir()
    write(FIRST, target)
    assert held(target) == FIRST


def test_the_next_site_replaces_the_first(target: Path, by: str) -> None:
    write(FIRST, target)
    write(SECOND, target)
    assert held(target) == SECOND
    assert beside(target) == []


def test_it_is_said_what_changed(target: Path) -> None:
    write(FIRST, target)
    written = write(SECOND, target)
    assert written.written == (MANIFEST, "e.html", "index.html")
    assert written.kept == ("a/b.html",)
    assert written.removed == ("a/c/d.html",)


def test_what_did_not_change_keeps_its_time(target: Path) -> None:
    write(FIRST, target)
    os.utime(target / "a/b.html", (1_000_000_000, 1_000_000_000))
    write(SECOND, target)
    assert (target / "a/b.html").stat().st_mtime == 1_000_000_000


def test_the_same_site_again_touches_nothing(target: Path) -> None:
    write(FIRST, target)
    before = target.stat()
    written = write(FIRST, target)
    after = target.stat()
    assert written.written == written.removed == ()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_file_that_was_changed_by_hand_is_put_right(target: Path) -> None:
    write(FIRST, target)
    (target / "index.html").write_bytes(b"ONE")
    write(FIRST, target)
    assert held(target) == FIRST


def test_a_link_in_a_file_s_place_is_replaced_and_not_followed(target: Path, tmp_path: Path) -> None:
    write(FIRST, target)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"one")
    (target / "index.html").unlink()
    (target / "index.html").symlink_to(elsewhere)
    write(FIRST, target)
    assert not (target / "index.html").is_symlink()
    assert elsewhere.read_bytes() == b"one"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_modes_do_not_depend_on_the_umask(target: Path) -> None:
    before = os.umask(0o077)
    try:
        write(FIRST, target)
    finally:
        os.umask(before)
    assert stat.S_IMODE((target / "a/b.html").stat().st_mode) == 0o644
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE((target / "a").stat().st_mode) == 0o755


def refused(files: dict[str, bytes], target: Path) -> Mistake:
    with pytest.raises(Mistake) as raised:
        write(files, target)
    return raised.value


def test_a_folder_with_anything_else_in_it_is_refused(target: Path) -> None:
    target.mkdir()
    (target / "thesis.tex").write_text("years of work", encoding="utf-8")
    mistake = refused(FIRST, target)
    assert mistake.problem.code == "E-OUTPUT"
    assert "thesis.tex" in mistake.problem.message
    assert (target / "thesis.tex").read_text(encoding="utf-8") == "years of work"


def test_a_foreign_file_in_our_folder_is_not_lost(target: Path) -> None:
    write(FIRST, target)
    (target / "CNAME").write_text("example.org", encoding="utf-8")
    assert "CNAME" in refused(SECOND, target).problem.message
    assert held(target) == {**FIRST, "CNAME": b"example.org"}


def test_a_forged_manifest_does_not_make_a_folder_ours(target: Path) -> None:
    target.mkdir()
    (target / MANIFEST).write_text('{"tool": "claims", "files": {}}', encoding="utf-8")
    (target / "thesis.tex").write_text("years of work", encoding="utf-8")
    assert refused(FIRST, target).problem.code == "E-OUTPUT"


def test_what_file_managers_leave_is_no_reason(target: Path) -> None:
    write(FIRST, target)
    (target / ".DS_Store").write_bytes(b"x")
    write(SECOND, target)
    assert held(target) == SECOND


@pytest.mark.parametrize("make", ["file", "link"])
def test_a_file_or_a_link_in_the_folder_s_place_is_refused(target: Path, tmp_path: Path, make: str) -> None:
    (tmp_path / "other").mkdir()
    if make == "file":
        target.write_text("x", encoding="utf-8")
    else:
        target.symlink_to(tmp_path / "other")
    assert refused(FIRST, target).problem.code == "E-OUTPUT"
    assert list((tmp_path / "other").iterdir()) == []


def failing(after: int, number: int = errno.ENOSPC) -> Callable[..., None]:
    """Stands in for the storing of a file: the disk is full after so many."""
    store, stored = folder._store, [0]

    def fail(path: Path, data: bytes, *, flush: bool) -> None:
        stored[0] += 1
        if stored[0] > after:
            raise OSError(number, os.strerror(number), str(path))
        store(path, data, flush=flush)

    return fail


@pytest.mark.parametrize("after", range(4))
def test_a_full_disk_leaves_the_old_site(
    target: Path, by: str, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    write(FIRST, target)
    monkeypatch.setattr(folder, "_store", failing(after))
    if after == 3 and by == "exchange":
        write(SECOND, target)
        assert held(target) == SECOND
        return
    mistake = refused(SECOND, target)
    assert "the disk is full" in mistake.problem.message
    assert held(target) == FIRST
    assert beside(target) == []


def test_a_folder_that_may_not_be_written_is_a_mistake(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_store", failing(0, errno.EACCES))
    mistake = refused(FIRST, target)
    assert mistake.problem.code == "E-WRITE"
    assert not target.exists()


class StoppedError(Exception):
    """The process was killed here."""


@pytest.mark.parametrize("at", range(4))
def test_a_build_that_was_killed_between_renames_is_finished_by_the_next(
    target: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write(FIRST, target)
    renames = [0]
    rename, replace = Path.rename, Path.replace

    def step(do: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def stop(path: Path, to: Path) -> Path:
            renames[0] += 1
            if renames[0] == at + 1:
                raise StoppedError
            return do(path, to)

        return stop

    with monkeypatch.context() as killed:
        killed.setattr(folder, "exchange", lambda one, other: False)
        killed.setattr(shutil, "rmtree", lambda *args, **options: None)
        killed.setattr(Path, "rename", step(rename))
        killed.setattr(Path, "replace", step(replace))
        with contextlib.suppress(StoppedError):
            write(SECOND, target)
    recover(target)
    assert held(target) in (FIRST, SECOND)
    write(SECOND, target)
    assert held(target) == SECOND
    assert beside(target) == []


def test_what_a_killed_build_left_beside_is_cleared_away(target: Path) -> None:
    write(FIRST, target)
    left = target.parent / ".site-building-abcdefgh"
    left.mkdir()
    (left / "half.html").write_bytes(b"x")
    write(SECOND, target)
    assert not left.exists()


def test_a_folder_of_somebody_else_beside_is_left_alone(target: Path) -> None:
    other = target.parent / ".site-notes"
    other.mkdir()
    (other / "a.txt").write_text("x", encoding="utf-8")
    write(FIRST, target)
    assert (other / "a.txt").exists()


def test_readers_never_miss_the_page(target: Path) -> None:
    write(FIRST, target)
    missed, done = [0], threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                (target / "index.html").read_bytes()
            except OSError:
                missed[0] += 1

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(60):
        write({**FIRST, "index.html": str(turn).encode()}, target)
    done.set()
    reader.join()
    if exchange(target, target):  # one step, where the system has it
        assert missed[0] == 0


def test_two_builds_do_not_meet(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LOCK_SECONDS", 0.1)
    with FileLock(target.parent / ".site-lock"):
        assert refused(FIRST, target).problem.code == "E-BUSY"
    assert not target.exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a//b", "", "a\\b", MANIFEST, "./a"])
def test_a_path_outside_is_a_bug_of_ours(target: Path, path: str) -> None:
    with pytest.raises(ValueError, match=r"path|manifest"):
        write({path: b"x"}, target)
    assert not target.exists()


def test_without_hard_links_unchanged_files_are_copied_with_their_times(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    write(FIRST, target)
    os.utime(target / "a/b.html", (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(os, "link", refuse)
    write(SECOND, target)
    assert held(target) == SECOND
    assert (target / "a/b.html").stat().st_mtime == 1_000_000_000
    assert stat.S_IMODE((target / "a/b.html").stat().st_mode) == 0o644
