"""Every call that changes the disk is a point at which a build may be killed, or told that the call failed."""

from __future__ import annotations

import errno
import hashlib
import shutil
import stat
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="the children are forked")
import filelock  # noqa: F401  (so that the children need not read it)

from site_builder.outputs.folder import recover, write
from site_builder.outputs.manifest import MANIFEST, manifest_bytes
from tests.outputs.points import End, ended

OLD = {"index.html": b"one", "a/b.html": b"two", "a/c/d.html": b"three"}
NEW = {"index.html": b"1", "a/b.html": b"two", "e/f.html": b"four"}
LAST = {"index.html": b"the last", "a/c/d.html": b"three"}
NOTHING: dict[str, bytes] = {}
ERRORS = tuple("ENOSPC EDQUOT EIO EACCES EROFS EMFILE".split())
FAILURES = (
    *(("changed", error, False) for error in ERRORS),
    *(("changed", error, True) for error in ("ENOSPC", "EROFS")),
    ("first", "ENOSPC", False),
)
"""Of which change, and at each call of it, once or from then on."""
CHANGES = {
    "first": (None, NEW),
    "into an empty folder": (NOTHING, NEW),
    "changed": (OLD, NEW),
    "only removals": (OLD, {"index.html": b"one"}),
}


def whole(files: Mapping[str, bytes]) -> dict[str, bytes]:
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    return {**files, MANIFEST: manifest_bytes(hashes)}


def held(target: Path) -> dict[str, bytes] | None:
    """Every file of the site, or None where there is no site."""
    if not target.exists():
        return None
    paths = [path for path in target.rglob("*") if not path.is_dir()]
    assert all(stat.S_IMODE(path.lstat().st_mode) == 0o644 for path in paths)
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in paths}


def beside(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()} - {target.name, f".{target.name}-lock"}


def expected(files: Mapping[str, bytes] | None) -> dict[str, bytes] | None:
    return whole(files) if files else None if files is None else {}


def settle(target: Path, old: Path) -> None:
    """The target as an earlier build left it (a copy of that), and nothing beside it."""
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir()
    if old.exists():
        shutil.copytree(old, target)


def ends(target: Path, change: str, **how: int | bool) -> Iterator[End]:
    """How the build of a change ends that goes wrong at its first point, its second, and so on to its last."""
    before, new = CHANGES[change]
    old = target.parent.with_name("old")
    if before:
        write(before, old)
    elif before is not None:
        old.mkdir()
    for at in count(1):
        settle(target, old)
        end = ended(lambda: write(new, target), at=at, **how)  # type: ignore[arg-type]
        if end.points < at:
            assert end.how == "done"
            assert held(target) == whole(new)
            return
        yield end


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "site"


@pytest.fixture(params=[False, True], ids=["exchange", "journal"])
def journal(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.heavy
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("following", [NEW, LAST], ids=["the same", "another"])
def test_a_killed_build_leaves_the_old_site_or_the_new_and_the_next_is_right(
    target: Path, journal: bool, change: str, following: dict[str, bytes]
) -> None:
    old, new = CHANGES[change]
    seen = []
    for end in ends(target, change, journal=journal):
        assert end.how == "killed"
        found = held(target)
        if found is None and old is not None:  # between the two renames of the journal
            assert journal
            assert f".{target.name}-journal" in beside(target)
            recover(target)
            found = held(target)
            assert found == whole(new)
        assert found in (expected(old), whole(new))
        seen.append(found == whole(new))
        write(following, target)
        assert held(target) == whole(following)
        assert beside(target) == set()
    assert len(seen) > 20
    assert seen == sorted(seen)  # the old one up to some point, and the new from there on


@pytest.mark.heavy
@pytest.mark.parametrize(("change", "error", "lasting"), FAILURES)
def test_a_failing_call_is_a_mistake_and_the_old_site_stays(
    target: Path, journal: bool, change: str, error: str, lasting: bool
) -> None:
    old, new = CHANGES[change]
    for end in ends(target, change, journal=journal, error=getattr(errno, error), lasting=lasting):
        found = held(target)
        if end.how == "done":  # it could do without the call
            assert found == whole(new)
        else:
            assert (end.code, bool(end.message)) == ("E-WRITE", True)
            assert ("the disk is full" in end.message) == (error in ("ENOSPC", "EDQUOT"))
            if found is None and old is not None:  # between the two renames, and no way back
                assert journal
                assert lasting
                assert "the next build puts the new one in its place" in end.hint
                recover(target)
                assert held(target) == whole(new)
            else:
                assert "as it was before" in end.hint
                assert found == expected(old)
        write(new, target)
        assert held(target) == whole(new)
        assert beside(target) == set()
