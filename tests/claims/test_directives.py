"""Directives of reports."""

from __future__ import annotations

import pytest

from site_builder.claims.bindings import Binding, find_bindings
from site_builder.claims.claim import Report
from site_builder.claims.directives import Directive
from site_builder.claims.prose import report_text
from site_builder.problems import Problem


def read(value: str) -> tuple[tuple[Binding | Directive, ...], tuple[Problem, ...]]:
    return find_bindings(report_text(Report("r", "claims/r.md", "", "", value)), is_report=True)


GOOD = {
    "claim a/b-c": ("claim", "a/b-c", "", ()),
    "claim a": ("claim", "a", "", ()),
    "plot a/b/curve": ("plot", "a/b", "curve", ()),
    "plot a/1": ("plot", "a", "1", ()),
    "table  a/b/2": ("table", "a/b", "2", ()),
    "verdicts": ("verdicts", "", "", ()),
    "verdicts tag=roi": ("verdicts", "", "", (("tag", "roi"),)),
    'verdicts tag="model selection" verdict=refuted': (
        "verdicts",
        "",
        "",
        (("tag", "model selection"), ("verdict", "refuted")),
    ),
    "verdicts group=finding-1": ("verdicts", "", "", (("group", "finding-1"),)),
    "corrections": ("corrections", "", "", ()),
}


@pytest.mark.parametrize("content", GOOD)
def test_directive_on_a_line_of_its_own_is_read(content: str) -> None:
    (found,), problems = read(f"text\n\n  {{{{ {content} }}}}  \n\ntext")
    assert not problems
    assert isinstance(found, Directive)
    assert (found.kind, found.target, found.name, found.filters) == GOOD[content]


def test_place_of_a_directive_is_what_stands_between_the_braces() -> None:
    (found,), _ = read("a\n\n{{ claim a/b }}")
    assert isinstance(found, Directive)
    assert (found.place.line, found.place.column, found.place.width) == (3, 4, 9)


BAD = {
    "claim": "nothing follows 'claim'",
    "plot": "nothing follows 'plot'",
    "plot a": "'a' is not what follows 'plot'",
    "plot a/b c": "'a/b c' is not what follows 'plot'",
    "claim A/B": "'A/B' is not what follows 'claim'",
    "claim a b": "'a b' is not what follows 'claim'",
    "claim a.yaml": "'a.yaml' is not what follows 'claim'",
    "corrections a": "'a' is not what follows 'corrections'",
    "verdicts roi": "'roi' is not a filter",
    "verdicts tag=": "'tag=' is not a filter",
    "verdicts tags=roi": "no filter is called 'tags'",
    "verdicts verdict=false": "no verdict is called 'false'",
}


@pytest.mark.parametrize("content", BAD)
def test_badly_written_directive_is_reported(content: str) -> None:
    found, (problem,) = read(f"{{{{ {content} }}}}")
    assert not found
    assert (problem.code, problem.message) == ("E-DIRECTIVE", BAD[content])
    assert problem.hint


def test_nearest_filter_is_offered() -> None:
    _, (problem,) = read("{{ verdicts tags=roi }}")
    assert problem.hint == "did you mean 'tag'?"


@pytest.mark.parametrize("content", ["claim a/b", "plot a/b", "verdicts tag=roi"])
def test_directive_beside_text_is_reported(content: str) -> None:
    for line in (f"see {{{{ {content} }}}}", f"x{{{{ {content} }}}}", f"{{{{ {content} }}}}x"):
        found, (problem,) = read(line)
        assert not found
        assert problem.message == f"'{content.split()[0]}' stands beside other text"


@pytest.mark.parametrize(
    "content", ["corrections", "verdicts", "claim", "claim - 1", "table.x", "verdicts == 2"]
)
def test_name_beside_text_is_a_binding(content: str) -> None:
    (found,), problems = read(f"see {{{{ {content} }}}}")
    assert not problems
    assert isinstance(found, Binding)
