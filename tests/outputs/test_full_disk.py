"""A disk that is really full: a small one, mounted for the test."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.outputs.folder import write
from site_builder.problems import Mistake, Problem

PAGE = 4096
OLD = {f"{n}.html": bytes(PAGE) for n in range(6)}
NEW = {f"{n}.html": b"\1" * PAGE for n in range(4, 10)}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    mounted = tmp_path / "disk"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={64 * PAGE}", "tmpfs", str(mounted)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a file system cannot be mounted here: {error}")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", "--lazy", str(mounted)], check=True)


def fill(path: Path, *, leave: int) -> None:
    """Fill the disk but for so many pages."""
    path.unlink(missing_ok=True)
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(PAGE)):
                pass
        except OSError:
            file.truncate(file.tell() - leave * PAGE)


def test_the_old_site_stays_until_there_is_room_for_the_new(disk: Path) -> None:
    target = disk / "site"
    write(OLD, target)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    for room in range(30):
        fill(disk / "filler", leave=room)
        problem = refusal(NEW, target)
        if problem is None:
            break
        assert problem.message.startswith("the disk is full")
        assert "free some space" in problem.hint
        assert {path.name: path.read_bytes() for path in target.iterdir()} == before
        assert {path.name for path in disk.iterdir()} == {"site", ".site-lock", "filler"}
    assert room >= len(NEW.keys() - OLD.keys())
    assert all((target / name).read_bytes() == data for name, data in NEW.items())


def refusal(files: dict[str, bytes], target: Path) -> Problem | None:
    try:
        write(files, target)
    except Mistake as mistake:
        return mistake.problem
    return None
