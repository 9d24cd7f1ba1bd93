"""Fuzzing: whatever the text and whatever the cells, only an author's mistake escapes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.language.bind import check, names_used, read_expression, read_let
from site_builder.language.library import functions
from site_builder.language.syntax import parse
from site_builder.language.working import value_text
from site_builder.problems import Mistake, Place, Problem
from tests.language.evaluated import Cell, Evaluated, Tables, table

_PIECES = [
    "t", "u", "x", "y", "name", "t.x", "t.y", "t.name", "t.ok", "t.day", "u.x", "gone", "1", "0", "2.5", "-1",
    '"a"', '"2024-01-01"', "True", "False", 'quantity("~40%")', 'quantity("3+")', 'quantity("2 min")',
]  # fmt: skip
_OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", ">", "in", "not in", "and", "or"]
_SOUP = st.text(st.sampled_from(list("tx.()[]'\"+-*/<>=!, 019aeé\0\n~^%:;{}\\@#")), max_size=40)
_CELLS = {
    "x": st.sampled_from(["1", "2", "~3", "0", "-1", "5+", "< 2", "1-4", None]),
    "y": st.sampled_from(["1 min", "30 s", "2 min", None]),
    "name": st.sampled_from(["a", "b", None]),
    "ok": st.sampled_from([True, False, None]),
}


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from(sorted(functions()))
    arguments = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.tuples(inner, st.sampled_from(_OPERATORS), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(names, arguments).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(names, inner, st.sampled_from(["x", "name"])).map(lambda p: f'{p[0]}({p[1]}, by="{p[2]}")'),
        st.tuples(inner, inner).map(lambda p: f"{p[0]}[{p[1]}]"),
        inner.map(lambda p: f"{p}.x"),
        inner.map(lambda p: f"(not {p})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        st.lists(inner, max_size=3).map(lambda p: f"[{', '.join(p)}]"),
    )


EXPRESSIONS = st.recursive(st.sampled_from(_PIECES), _grown, max_leaves=8)


@st.composite
def _tables(draw: st.DrawFn) -> Tables:
    rows = draw(st.integers(0, 4))
    cells: dict[str, list[Cell]] = {
        name: draw(st.lists(kind, min_size=rows, max_size=rows)) for name, kind in _CELLS.items()
    }
    cells["day"] = [None if draw(st.booleans()) else date(2024, 1, 1 + i) for i in range(rows)]
    other: dict[str, list[Cell]] = {"x": ["1", "2"], "name": ["a", "b"]}
    return {"t": table("t", cells), "u": table("u", other)}


def _place(offset: int, width: int) -> Place:
    return Place("claim.yaml", 1, offset + 1, width)


def _problem_of(call: Callable[[], object]) -> Problem | None:
    """The problem of a call that an author's mistake ends; any other exception escapes."""
    try:
        call()
    except Mistake as mistake:
        return mistake.problem
    return None


@given(_SOUP)
@settings(max_examples=200, deadline=None)
@example("(" * 60)
@example('"\\')
def test_parsing_anything_gives_a_tree_or_a_mistake(text: str) -> None:
    problem = _problem_of(partial(parse, text))
    assert problem is None or problem.place is not None


@given(_SOUP)
@settings(max_examples=200, deadline=None)
def test_reading_a_let_gives_a_value_or_a_mistake(text: str) -> None:
    problem = _problem_of(partial(read_let, text, _place))
    assert problem is None or str(problem.place).startswith("claim.yaml:1")


@given(EXPRESSIONS)
@settings(max_examples=200, deadline=None)
def test_binding_finds_problems_without_reading_data(text: str) -> None:
    if _problem_of(partial(read_expression, text, _place)) is not None:
        return
    expression = read_expression(text, _place)
    for problem in check(expression, {"t": "evidence", "u": "evidence"}):
        assert problem.place is not None
    assert all(isinstance(name, str) for name in names_used(expression))


@given(EXPRESSIONS, _tables())
@settings(max_examples=300, deadline=None)
def test_evaluating_anything_gives_a_value_or_a_mistake(text: str, tables: Tables) -> None:
    evaluated = Evaluated(tables)
    problem = _problem_of(partial(evaluated.line, text))
    if problem is not None:
        assert problem.place is not None
        assert problem.message
    else:
        assert value_text(evaluated.value(text))
