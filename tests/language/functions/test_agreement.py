"""Stated cells against recomputed ones, row by row."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from site_builder.language.values import Scalar
from site_builder.quantities.quantity import Quantity, column_of
from site_builder.quantities.units import BARE
from site_builder.tables import Cells, Column, Leaf, Lineage, Table
from tests.language.evaluated import Cell, problem, shown, table, value


def reported(cells: list[str], **others: list[Cell]) -> dict[str, Table]:
    """A table whose column `said` is as printed: each cell is known to half a unit of its last digit."""
    plain = table("t", others)
    lineage = Lineage("t", np.arange(len(cells)))
    nominal = [Fraction(c) for c in cells]
    half = [Fraction(10) ** -len(c.partition(".")[2]) / 2 for c in cells]
    low, high = (column_of([n + sign * h for n, h in zip(nominal, half, strict=True)]) for sign in (-1, 1))
    opens = np.zeros(len(cells), dtype=bool), np.ones(len(cells), dtype=bool)
    said = Column(
        "number", Quantity(column_of(nominal), low, high, *opens, BARE), Cells((Leaf(lineage, "said"),))
    )
    return {"t": Table("t", len(cells), {**plain.makers, "said": lambda: said}, len(cells))}


def test_each_cell_counts_at_its_own_precision() -> None:
    tables = reported(["0.33", "0.7", "0.667"], x=[1, 2, 2])
    assert shown("agrees(t.said, t.x / 3)", tables) == "true, true, true"
    assert shown("agrees(t.said, t.x / 4)", tables) == "false, false, false"


def test_a_sum_of_rows_shows_its_tally() -> None:
    found = value("all(agrees(t.said, t.x / 3))", reported(["0.33", "0.7", "0.5"], x=[1, 2, 2]))
    assert isinstance(found, Scalar)
    assert (found.data, found.tally) == (-1, (2, 3))


def test_the_edge_counts_as_half_up_or_half_even_has_it() -> None:
    tables = reported(["0.2", "0.3", "0.2", "0.3"], x=["0.25", "0.25", "0.15", "0.35"])
    assert shown("agrees(t.said, t.x)", tables) == "true, true, true, false"


def test_exact_cells_need_digits_or_must_be_equal() -> None:
    tables = {"t": table("t", {"said": ["0.33", "0.5", "-0.67"], "x": [1, "1.5", -2]})}
    assert shown("agrees(t.said, t.x / 3)", tables) == "false, true, false"
    assert shown("agrees(t.said, t.x / 3, digits=2)", tables) == "true, true, true"


def test_a_wide_computed_cell_is_open_unless_it_lies_inside_or_outside() -> None:
    tables = reported(["5", "5", "5"], x=["4.6-5.4", "4-6", "6-7"])
    assert shown("agrees(t.said, t.x)", tables) == "true, unknown, false"
    assert shown("all(agrees(t.said, t.x))", tables).startswith("false")
    found = value("none(agrees(t.said, t.x))", reported(["5"], x=["4-6"]))
    assert isinstance(found, Scalar)
    assert found.reason == "too-coarse"


def test_a_missing_cell_is_open_and_says_so() -> None:
    found = value("all(agrees(t.said, t.x, digits=0))", {"t": table("t", {"said": [1, None], "x": [1, 2]})})
    assert isinstance(found, Scalar)
    assert (found.data, found.reason) == (0, "missing-cell")


def test_units_convert() -> None:
    tables = {"t": table("t", {"said": ["1.5 h", "2 h"], "x": ["89 min", "121 min"]})}
    assert shown("agrees(t.said, t.x, digits=1)", tables) == "true, true"
    assert shown("agrees(t.said, t.x, digits=2)", tables) == "false, false"


def test_units_that_do_not_meet_are_refused() -> None:
    assert problem("agrees(runs.minutes, runs.accuracy)").code == "E-UNIT"


def test_rows_must_belong_together() -> None:
    assert problem("agrees(runs.size, grid.steps)").code == "E-SHAPE"


def test_digits_are_few() -> None:
    assert problem("agrees(runs.size, runs.size, digits=1000)").code == "E-CALL"


@pytest.mark.parametrize("rows", [50, 6_000])
def test_many_rows_are_judged_as_few(rows: int) -> None:
    computed: list[Cell] = [f"{n}.{n % 10}5" for n in range(rows)]
    stated: list[Cell] = [
        f"{n}.{n % 10 + (1 if n % 3 else 0)}" if n % 10 < 9 else f"{n}.9" for n in range(rows)
    ]
    found = value("agrees(t.said, t.x, digits=1)", {"t": table("t", {"said": stated, "x": computed})})
    assert isinstance(found, Column)
    expected = [_holds(Fraction(str(s)), Fraction(str(x))) for s, x in zip(stated, computed, strict=True)]
    assert (found.data == 1).tolist() == expected


def _holds(said: Fraction, computed: Fraction) -> bool:
    """By hand: half up, or half to even."""
    tenths = computed * 10
    below = tenths.numerator // tenths.denominator
    rest = tenths - below
    rounded = (
        {below}
        if rest < Fraction(1, 2)
        else {below + 1}
        if rest > Fraction(1, 2)
        else {below + 1, below + below % 2}
    )
    return said * 10 in rounded


def test_the_cells_of_both_columns_are_kept() -> None:
    found = value("agrees(t.said, t.x)", {"t": table("t", {"said": [1, 2], "x": [1, 3]})})
    assert isinstance(found, Column)
    assert {leaf.column for leaf in found.cells.leaves()} == {"said", "x"}
