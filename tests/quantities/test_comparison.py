"""Three-valued comparison against sampling: decided exactly where every pair of possible values agrees."""

from __future__ import annotations

import math
import operator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.quantities.quantity import Quantity, column_of, compare, compare_meeting, converted, exact
from site_builder.quantities.units import BARE, PERCENT, PP, SECOND, UnitClash, named
from tests.quantities.possible import amounts, cells, columns, floating, samples

F = Fraction
OPS: dict[str, Any] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@pytest.mark.parametrize("op", OPS)
@given(a=amounts, b=amounts)
def test_a_verdict_is_what_all_samples_say_and_unknown_where_two_disagree(
    op: str, a: Quantity, b: Quantity
) -> None:
    seen = {OPS[op](x, y) for x, y in product(samples(a), samples(b))}
    want = 0 if len(seen) == 2 else 1 if seen == {True} else -1
    assert compare(op, a, b) == want


@pytest.mark.parametrize("op", OPS)
@settings(max_examples=60)
@given(a=columns(), b=amounts)
def test_a_column_is_compared_cell_by_cell(op: str, a: Quantity, b: Quantity) -> None:
    assert list(compare(op, a, b)) == [compare(op, cell, b) for cell in cells(a)]


@pytest.mark.parametrize("op", OPS)
@settings(max_examples=60)
@given(values=st.lists(st.integers(-8, 8), min_size=1, max_size=5), b=amounts)
def test_a_float_column_meets_bounds_as_its_cells_do(op: str, values: list[int], b: Quantity) -> None:
    column = floating([str(v / 2) for v in values])
    assert list(compare(op, column, b)) == [compare(op, cell, b) for cell in cells(column)]
    assert list(compare(op, b, column)) == [compare(op, b, cell) for cell in cells(column)]


@pytest.mark.parametrize(
    ("op", "a", "b", "verdict"),
    [
        ("<", Quantity(F(1), F(0), F(2), False, True), exact(2), 1),
        ("<", Quantity(F(1), F(0), F(2)), exact(2), 0),
        ("<=", Quantity(F(1), F(0), F(2)), exact(2), 1),
        ("==", Quantity(F(1), F(0), F(2), False, True), exact(2), -1),
        ("==", Quantity(F(1), F(1), F(1)), exact(1), 1),
        (">", Quantity(F(10), F(10), math.inf), exact(10), 0),
        (">=", Quantity(F(10), F(10), math.inf), exact(10), 1),
        (">", Quantity(F(10), F(10), math.inf, True), exact(10), 1),
        ("<", exact(F(1, 10) + F(2, 10)), exact(F(3, 10)), -1),
    ],
)
def test_edges(op: str, a: Quantity, b: Quantity, verdict: int) -> None:
    assert compare(op, a, b) == verdict


def test_units_convert_before_comparing() -> None:
    assert compare("==", exact(150, SECOND), exact(F(5, 2), named(("min", 1)))) == 1


def test_a_percentage_does_not_compare_with_points() -> None:
    with pytest.raises(UnitClash, match="two things"):
        compare("<", exact(5, PERCENT), exact(5, PP))


def test_a_number_too_large_for_a_float_compares_with_a_float_column() -> None:
    assert list(compare("<", floating(["1", "2"]), exact(F(10) ** 400))) == [1, 1]


def test_a_fraction_that_no_float_holds_compares_exactly_with_a_float_column() -> None:
    column = Quantity(np.array([0.3333333333333333]))
    assert list(compare("==", column, exact(F(1, 3)))) == [-1]
    assert list(compare("<", column, exact(F(1, 3)))) == [1]


def test_columns_of_floats_and_of_fractions_compare_exactly() -> None:
    assert list(compare_meeting("==", floating(["0.1"]), Quantity(column_of([F(1, 10)])))) == [1]


def test_conversion_to_no_unit_keeps_the_unit_in_which_they_meet() -> None:
    assert converted(exact(40, PERCENT), BARE).unit == PERCENT


def test_conversion_brings_a_quantity_to_a_unit() -> None:
    assert converted(exact(150, SECOND), named(("min", 1))).nominal == F(5, 2)
