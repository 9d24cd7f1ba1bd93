"""A build as the preview sees it: what may be served, and what stands in its way."""

from __future__ import annotations

import contextlib
from pathlib import Path
from textwrap import dedent

import pytest

from site_builder.pipeline import Options
from site_builder.preview import build as build_module
from site_builder.preview.build import NOTHING, Build, Workshop
from tests.conftest import MakeProject

GOOD = """
    title: The best is 92
    statement: The best accuracy was {{ best }}.
    evidence: {runs: runs.csv}
    numbers: {best: {stated: '92', computed: max(runs.accuracy)}}
"""
RUNS = "name,accuracy\na,50\nb,92\n"
FILES = {"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS}


def _rebuilt(root: Path, options: Options) -> Build:
    with contextlib.closing(Workshop(root, options)) as workshop:
        return workshop.rebuild()


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_build_is_the_whole_site_and_nothing_is_written(make_project: MakeProject) -> None:
    root = make_project(FILES).root
    before = snapshot(root)
    build = _rebuilt(root, Options())
    assert {"index.html", "claims/a.html", "claims.json", "assets/site.css"} <= build.files.keys()
    assert (build.mistakes, build.faulty, build.trace) == ((), frozenset(), "")
    assert build.replaces(NOTHING)
    assert snapshot(root) == before


def test_a_refuted_claim_is_no_mistake(make_project: MakeProject) -> None:
    refuted = GOOD + "    assertion: all(runs.accuracy > 80)\n"
    build = _rebuilt(make_project({**FILES, "claims/b.yaml": refuted}).root, Options())
    assert (build.mistakes, build.outcome is not None) == ((), True)


@pytest.mark.parametrize(
    ("path", "text", "place", "said"),
    [
        (
            "claims/a.yaml",
            GOOD.replace("accuracy)", "acuracy)"),
            "claims/a.yaml:4:46",
            "did you mean 'accuracy'?",
        ),
        ("claims/a.yaml", "title: [", "claims/a.yaml:1:", "E-"),
        ("claims/B.yaml", GOOD, "claims/B.yaml", "E-ID"),
        ("claims/index.md", "# Hello\n\n{{ nothing.best }}\n", "claims/index.md:3:", "nothing"),
        ("evidence/runs.csv", "name,accuracy\na\n", "evidence/runs.csv:2", "E-"),
        ("templates/claim.html", "a\n{{ nothing }}\n", "templates/claim.html:2:1", "'nothing' is undefined"),
        ("templates/claim.html", "{% if %}", "templates/claim.html:1:1", "Expected an expression"),
        ("pyproject.toml", "[tool.claims]\ntitel = 'x'\n", "pyproject.toml:2:1", "did you mean 'title'?"),
        ("pyproject.toml", "[tool.claims]\ntitle = \n", "pyproject.toml:2:", "not TOML"),
    ],
)
def test_every_mistake_is_told_with_its_place(
    make_project: MakeProject, path: str, text: str, place: str, said: str
) -> None:
    root = make_project(FILES).root
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(dedent(text).lstrip())
    build = _rebuilt(root, Options())
    assert len(build.mistakes) == 1
    assert build.mistakes[0].startswith(place)
    assert said in build.mistakes[0]
    assert not build.replaces(Build({"index.html": b""}))


def test_all_mistakes_are_told(make_project: MakeProject) -> None:
    wrong = GOOD.replace("accuracy)", "acuracy)")
    files = {"claims/a.yaml": wrong, "claims/b.yaml": wrong, "claims/C.yaml": GOOD, "evidence/runs.csv": RUNS}
    build = _rebuilt(make_project(files).root, Options())
    assert build.faulty == {"claims/a.yaml", "claims/b.yaml", "claims/C.yaml"}
    assert len(build.mistakes) == 3


def test_no_claims_leave_nothing_to_serve(make_project: MakeProject) -> None:
    build = _rebuilt(make_project({}).root, Options())
    assert (build.files, build.outcome, "there is nothing to build" in build.mistakes[0]) == ({}, None, True)
    assert not build.replaces(NOTHING)


def test_a_project_that_goes_away_is_a_mistake(make_project: MakeProject) -> None:
    root = make_project(FILES).root
    (root / "claims").rename(root / "other")
    assert "there is no folder claims" in _rebuilt(root, Options()).mistakes[0]


def test_a_build_is_served_unless_a_file_that_was_well_has_a_mistake() -> None:
    files = {"index.html": b""}
    assert Build(files, ("m",), frozenset(["a"])).replaces(NOTHING)
    assert Build(files).replaces(Build(files, ("m",), frozenset(["a"])))
    assert Build(files, ("n",), frozenset(["a"])).replaces(Build(files, ("m",), frozenset(["a", "b"])))
    assert not Build(files, ("m",), frozenset(["b"])).replaces(Build(files, ("m",), frozenset(["a"])))
    assert not Build({}).replaces(Build(files, ("m",), frozenset(["a"])))


def test_a_bug_in_the_tool_is_told_and_does_not_end_the_preview(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(build_module, "made", fail)
    build = _rebuilt(make_project(FILES).root, Options())
    assert "E-BUG" in build.mistakes[0]
    assert "ZeroDivisionError: inside" in build.trace


def test_what_is_made_from_the_same_is_not_made_again(make_project: MakeProject) -> None:
    root = make_project(FILES).root
    with contextlib.closing(Workshop(root, Options())) as workshop:
        first = workshop.rebuild()
        claim = root / "claims/a.yaml"
        claim.write_text(claim.read_text().replace("title: ", "title: New "))
        second = workshop.rebuild()
    assert second.files == _rebuilt(root, Options()).files != first.files
    assert second.files["reading.html"] is first.files["reading.html"]
