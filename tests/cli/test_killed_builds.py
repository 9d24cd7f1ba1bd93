"""`claims build`, killed at random with all its processes: the site is an old or a new one, whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

pytest.importorskip("fcntl", reason="the builds are forked")

from site_builder.cli import run
from site_builder.outputs import folder
from site_builder.outputs.folder import recover
from site_builder.project import Project, open_project
from tests.conftest import MakeProject

KILLS, LOOK_EVERY = 200, 12
CLAIM = """
    title: The best of {n}
    statement: The best was {{{{ best }}}}.
    evidence: {{runs: runs.csv}}
    numbers: {{best: {{stated: '92', computed: max(runs.accuracy)}}}}
    assertion: all(runs.accuracy > {n})
"""
STATES = tuple(f"name,accuracy\na,{low}\nb,92\n" for low in (50, 60, 70))
"""Evidence of which each gives another site; the second has a claim more, and the third one fewer."""
Tree = dict[str, bytes]


def put(project: Project, state: int) -> None:
    """Edit the project: evidence, and which claims there are."""
    (project.root / "evidence/runs.csv").write_text(STATES[state])
    shutil.rmtree(project.claims_dir)
    project.claims_dir.mkdir()
    for n in range((2, 3, 1)[state]):
        (project.claims_dir / f"c{n}.yaml").write_text(CLAIM.format(n=n))


def tree(site: Path) -> Tree | None:
    if not site.exists():
        return None
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def is_begun(site: Path) -> bool:
    """Whether a new site is being written beside the old one."""
    return any("-building-" in path.name for path in site.parent.iterdir())


def build(project: Project, *, journal: bool = False, anew: bool = False, output: Path | None = None) -> int:
    """The process id of a build, the leader of a group of its own."""
    child = os.fork()
    if not child:
        words = ["build", "-C", str(project.root), "-j", "1", "-o", str(output or project.site_dir)]
        _live([*words, "--no-cache"] if anew else words, journal)
    return child


def _live(words: list[str], journal: bool) -> NoReturn:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    if journal:
        folder.exchange = lambda one, other: False  # type: ignore[attr-defined]
    os._exit(run(words))


def finish(child: int) -> int:
    """The exit code, or the signal that killed it as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(child: int) -> int:
    """Kill the whole group; how the build ended."""
    while True:
        try:
            os.killpg(child, signal.SIGKILL)
            return finish(child)
        except ProcessLookupError:  # it leads no group yet
            time.sleep(0.001)


def wait(child: int, until: Callable[[], bool]) -> None:
    """Until something is so, or the build has ended."""
    while not until() and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        time.sleep(0.0005)


def seconds(project: Project) -> tuple[float, float]:
    """How long a build takes, and how long the part of it that writes."""
    start = time.monotonic()
    child = build(project)
    wait(child, lambda: is_begun(project.site_dir))
    begun = time.monotonic()
    assert finish(child) == 0
    return time.monotonic() - start, time.monotonic() - begun


def killed_and_checked(project: Project, child: int, allowed: list[Tree | None]) -> tuple[bool, Tree | None]:
    """Whether the build was killed, and the whole site that it left, one of those allowed."""
    was_killed = kill(child) == -signal.SIGKILL
    found = tree(project.site_dir)
    if found is None:  # between the two renames of the journal
        assert (project.root / ".site-journal").exists()
        recover(project.site_dir)
        found = tree(project.site_dir)
    assert found in allowed
    return was_killed, found


@pytest.mark.heavy
def test_a_build_killed_at_any_time_leaves_a_whole_site(make_project: MakeProject) -> None:
    """Two projects at a time: `anew` finds everything out again, `warm` remembers."""
    anew = make_project({})
    sites: list[Tree | None] = []
    for state in range(len(STATES)):
        put(anew, state)
        whole, writing = seconds(anew)
        sites.append(tree(anew.site_dir))
    warm = open_project(shutil.copytree(anew.root, anew.root.with_name("warm")))
    put(warm, 0)
    quick, _ = seconds(warm)
    chance, killed = random.Random(8), 0
    standing = {anew: sites[-1], warm: tree(warm.site_dir)}
    for turn in range(2 * KILLS):
        if killed >= KILLS:
            break
        state, journal = turn % len(STATES), turn % 4 > 1
        for project in standing:
            put(project, state)
        start = time.monotonic()
        children = {project: build(project, journal=journal, anew=project is anew) for project in standing}
        ends = {anew: start + chance.uniform(0, whole), warm: start + chance.uniform(0, quick)}
        for project in sorted(standing, key=lambda each: ends[each]):
            time.sleep(max(0.0, ends[project] - time.monotonic()))
            if chance.random() < 0.3:  # while it writes, which takes the least of the time
                wait(children[project], partial(is_begun, project.site_dir))
                time.sleep(chance.uniform(0, writing))
            allowed = [standing[project], sites[state]]
            was_killed, standing[project] = killed_and_checked(project, children[project], allowed)
            killed += was_killed
        if turn % LOOK_EVERY == 0:
            for project in standing:
                assert finish(build(project)) == 0
                standing[project] = tree(project.site_dir)
                assert standing[project] == sites[state]
                assert {path.name for path in project.root.glob(".site*")} == {".site-lock"}
    assert killed >= KILLS


def test_builds_of_one_project_into_two_folders_do_not_meet(make_project: MakeProject) -> None:
    project = make_project({})
    put(project, 1)
    folders = [project.root / name for name in ("site", "site-2", "site-3")]
    children = [build(project, output=folder) for folder in folders]
    assert [finish(child) for child in children] == [0, 0, 0]
    first, *others = [tree(folder) for folder in folders]
    assert first
    assert others == [first, first]


def test_builds_of_one_project_into_one_folder_wait_for_each_other(make_project: MakeProject) -> None:
    project = make_project({})
    put(project, 1)
    children = [build(project) for _ in range(3)]
    assert [finish(child) for child in children] == [0, 0, 0]
    found = tree(project.site_dir)
    shutil.rmtree(project.site_dir)
    assert finish(build(project)) == 0
    assert found == tree(project.site_dir)
