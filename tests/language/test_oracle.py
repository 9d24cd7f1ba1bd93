"""Against the oracle: what we call true or false is so in every possible world."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.evaluated import table, truth_of
from tests.language.possible_worlds import Cell, Tree, World, fractions, judged, written

WORLDS = 16
_CELLS = st.sampled_from(
    [
        *(Cell(str(n), fractions(n)) for n in range(-2, 5)),
        Cell("~3", fractions(2.5, 3, 3.49)),
        Cell("1-4", fractions(1, 2, 2.5, 4)),
        Cell("-1 to 2", fractions(-1, 0, 0.5, 2)),
        Cell("3+", fractions(3, 4, 1000)),
        Cell("< 2", fractions(1.99, 1, 0, -500)),
        Cell(None, ()),
    ]
)
_LITERALS = st.integers(-3, 5).map(lambda n: ("literal", n))
_NAMES = st.sampled_from(["x", "y", "z"])
_COMPARISONS = st.sampled_from(["<", "<=", "==", "!=", ">"])


def _arithmetic(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.tuples(st.just("/"), inner, inner) | _whole(inner)


def _whole(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Arithmetic that always has an answer: a filter keeps a row whose condition divides by zero in doubt."""
    pairs = st.tuples(st.sampled_from(["+", "-", "*"]), inner, inner)
    return pairs | st.tuples(st.just("negative"), inner)


def _logic(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.tuples(st.sampled_from(["and", "or"]), inner, inner) | st.tuples(st.just("not"), inner)


_OWN = st.recursive(st.tuples(st.just("own"), _NAMES) | _LITERALS, _whole, max_leaves=3)
_OWN_COLUMN = st.tuples(st.just("+"), st.tuples(st.just("own"), _NAMES), _OWN)
_CONDITIONS = st.recursive(st.tuples(_COMPARISONS, _OWN_COLUMN, _OWN), _logic, max_leaves=2)
_FILTERS = st.none() | _CONDITIONS


@st.composite
def _columns(draw: st.DrawFn) -> Tree:
    """A column of one view, or arithmetic on two columns of it."""
    condition = draw(_FILTERS)
    leaves = st.tuples(st.just("column"), _NAMES, st.just(condition))
    mixed = st.tuples(st.sampled_from(["+", "-", "*", "/"]), leaves, leaves | _LITERALS)
    sized = st.tuples(st.just("call"), st.just("abs"), leaves)
    return draw(leaves | mixed | sized)


@st.composite
def _slopes(draw: st.DrawFn) -> Tree:
    condition = draw(_FILTERS)
    return ("call", "slope", ("column", "z", condition), ("column", draw(_NAMES), condition))


_SUMMARIES = st.sampled_from(["sum", "mean", "min", "max", "median", "var", "count"])
_NUMBERS = st.recursive(
    _LITERALS
    | st.tuples(st.just("call"), _SUMMARIES, _columns())
    | st.tuples(st.just("rows"), _FILTERS)
    | _slopes(),
    _arithmetic,
    max_leaves=3,
)
_QUANTIFIERS = st.sampled_from(["all", "any", "none"])
_TRUTHS = st.recursive(
    st.tuples(_COMPARISONS, _NUMBERS, _NUMBERS)
    | st.tuples(st.just("call"), _QUANTIFIERS, st.tuples(_COMPARISONS, _columns(), _LITERALS))
    | st.tuples(st.just("call"), st.just("increasing"), _columns()),
    _logic,
    max_leaves=3,
)


@st.composite
def _rows(draw: st.DrawFn) -> dict[str, list[Cell]]:
    count = draw(st.integers(0, 4))
    exact = st.integers(-2, 4).map(lambda n: Cell(str(n), fractions(n)))
    drawn = {name: draw(st.lists(_CELLS, min_size=count, max_size=count)) for name in ("x", "y")}
    return {**drawn, "z": draw(st.lists(exact, min_size=count, max_size=count))}


def _worlds(cells: dict[str, list[Cell]], seed: int) -> list[World]:
    chance = random.Random(seed)
    worlds: list[World] = []
    for _ in range(WORLDS):
        worlds.append(
            {n: [chance.choice(c.values) if c.values else None for c in col] for n, col in cells.items()}
        )
    return worlds


@given(_TRUTHS, _rows(), st.integers(0, 1000))
@settings(max_examples=250, deadline=None)
def test_what_is_known_is_so_in_every_possible_world(
    tree: Tree, cells: dict[str, list[Cell]], seed: int
) -> None:
    columns = {name: [c.written for c in column] for name, column in cells.items()}
    ours = truth_of(written(tree), {"t": table("t", {n: list(c) for n, c in columns.items()})})
    found = [judged(tree, world) for world in _worlds(cells, seed)]
    if ours != 0:
        assert set(found) <= {ours == 1}, (written(tree), columns)


@given(_TRUTHS, st.lists(st.integers(-2, 4), min_size=1, max_size=4), st.integers(0, 9))
@settings(max_examples=200, deadline=None)
def test_over_exact_cells_we_know_what_the_oracle_knows(tree: Tree, numbers: list[int], seed: int) -> None:
    chance = random.Random(seed)
    columns = {n: chance.sample(numbers, len(numbers)) for n in ("x", "y", "z")}
    world: World = {n: [Fraction(v) for v in c] for n, c in columns.items()}
    ours = truth_of(written(tree), {"t": table("t", {n: list(c) for n, c in columns.items()})})
    theirs = judged(tree, world)
    assert ours == {True: 1, False: -1, None: 0}[theirs], (written(tree), columns)


@pytest.mark.parametrize(
    ("expression", "cells", "known"),
    [
        ("sum(t.x) > 0", ["~3", "1-4"], 1),
        ("sum(t.x) > 6", ["~3", "1-4"], 0),
        ("all(t.x > 0)", ["~3", "1-4"], 1),
        ("max(t.x) >= 3", ["3+", "1"], 1),
        ("max(t.x) > 3", ["3+", "1"], 0),
        ("t.x == t.x", ["1-4"], 1),
        ("t.x == t.x * 1", ["1-4"], 0),
    ],
)
def test_what_every_world_agrees_on_is_known_where_arithmetic_shows_it(
    expression: str, cells: list[str], known: int
) -> None:
    text = expression if "(" in expression else f"all({expression})"
    assert truth_of(text, {"t": table("t", {"x": list(cells)})}) == known
