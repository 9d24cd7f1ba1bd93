"""A preview from start to end, in this process, with builds made by the test."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Self

import pytest

from site_builder.preview import session as session_module
from site_builder.preview.build import Build
from site_builder.preview.session import Opened, Rebuilt, preview
from site_builder.preview.stage import Scene, Stage
from site_builder.preview.watch import Watch
from site_builder.project import Project
from tests.conftest import MakeProject

PAGES = ("index.html", "claims/a.html", "claims/b.html")


@dataclass
class Run:
    """A preview at work: what it is to build next, what it told, and its stage and watch."""

    project: Project
    next: Build
    built: queue.SimpleQueue[Rebuilt] = field(default_factory=queue.SimpleQueue)
    opened: queue.SimpleQueue[Opened] = field(default_factory=queue.SimpleQueue)
    stages: list[Stage] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)

    def save(self, path: str, text: str, build: Build) -> tuple[Rebuilt, Scene]:
        """What is told and shown after a file was saved, when this is what is then built."""
        self.next = build
        (self.project.root / path).write_text(text)
        rebuilt = self.built.get(timeout=15)
        return rebuilt, self.stages[0].scene


Start = Callable[[Build], Run]


def files(word: str) -> dict[str, bytes]:
    return {page: f"{word} {page}".encode() for page in PAGES}


@pytest.fixture
def start(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    runs: list[Run] = []

    class Staged(Stage):
        def __init__(self, scene: Scene) -> None:
            super().__init__(scene)
            runs[-1].stages.append(self)

    class Watched(Watch):
        def __enter__(self) -> Self:
            runs[-1].watches.append(self)
            return self

    def started(first: Build) -> Run:
        run = Run(
            make_project({"claims/b.yaml": "b", "claims/a.yaml": "a", "evidence/runs.csv": "x\n"}), first
        )
        runs.append(run)
        words = {"port": None, "poll": False, "on_open": run.opened.put, "on_built": run.built.put}
        Thread(target=preview, args=(run.project.root, lambda: run.next), kwargs=words, daemon=True).start()
        assert run.built.get(timeout=15).changed == ()
        return run

    monkeypatch.setattr(session_module, "Stage", Staged)
    monkeypatch.setattr(session_module, "Watch", Watched)
    yield started
    for run in runs:
        for watch in run.watches:
            watch.__exit__()


def test_a_good_build_is_shown_and_the_claim_edited_is_pointed_to(start: Start) -> None:
    run = start(Build(files("one")))
    assert run.opened.get(timeout=5).latest.endswith("/_preview/latest")
    rebuilt, scene = run.save("claims/b.yaml", "other", Build(files("two")))
    assert (rebuilt.is_served, rebuilt.changed) == (True, ("claims/b.yaml",))
    assert (scene.files, scene.mistakes) == (files("two"), ())
    assert (scene.edited.path, scene.edited.page) == ("claims/b.yaml", "claims/b.html")


def test_a_mistake_is_shown_over_the_last_good_build_until_it_is_gone(start: Start) -> None:
    run = start(Build(files("good")))
    wrong = Build(files("wrong"), ("claims/a.yaml:1:1  E-X  no",), frozenset(["claims/a.yaml"]))
    rebuilt, scene = run.save("claims/a.yaml", "wrong", wrong)
    assert not rebuilt.is_served
    assert (scene.files, scene.mistakes, scene.is_behind) == (files("good"), wrong.mistakes, True)
    rebuilt, scene = run.save("claims/a.yaml", "right", Build(files("right")))
    assert (rebuilt.is_served, scene.files, scene.mistakes) == (True, files("right"), ())


def test_a_mistake_from_before_does_not_keep_other_edits_from_being_shown(start: Start) -> None:
    faulty = frozenset(["claims/a.yaml"])
    run = start(Build(files("one"), ("no",), faulty))
    assert run.stages[0].scene.files == files("one")
    rebuilt, scene = run.save("claims/b.yaml", "other", Build(files("two"), ("no",), faulty))
    assert (rebuilt.is_served, scene.files, scene.mistakes, scene.is_behind) == (
        True,
        files("two"),
        ("no",),
        False,
    )


def test_with_nothing_built_yet_the_mistake_alone_is_shown(start: Start) -> None:
    run = start(Build({}, ("no",), frozenset([""])))
    assert (run.stages[0].scene.files, run.stages[0].scene.mistakes) == ({}, ("no",))
    _, scene = run.save("claims/a.yaml", "good", Build(files("good")))
    assert (scene.files, scene.mistakes) == (files("good"), ())


def test_evidence_and_settings_point_nowhere_new(start: Start) -> None:
    run = start(Build(files("one")))
    run.save("claims/b.yaml", "other", Build(files("two")))
    _, scene = run.save("evidence/runs.csv", "y\n", Build(files("three")))
    assert (scene.files, scene.edited.path) == (files("three"), "claims/b.yaml")


def test_a_claim_without_a_page_is_not_pointed_to(start: Start) -> None:
    run = start(Build(files("one")))
    _, scene = run.save("claims/c.yaml", "new", Build(files("two"), ("no",), frozenset(["claims/c.yaml"])))
    assert scene.edited.page == ""
    _, scene = run.save("claims/c.yaml", "good", Build({**files("three"), "claims/c.html": b""}))
    assert scene.edited.page == "claims/c.html"
