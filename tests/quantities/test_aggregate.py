"""Columns to one: exact where the cells are, bounds that enclose every sample and are no wider than needed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.quantities import aggregate
from site_builder.quantities.quantity import Quantity, column_of, stacked
from site_builder.quantities.units import BARE, PERCENT, PURE, QUOTIENT, named
from tests.quantities.possible import cells, columns, contains, floating, reaches, samples

F = Fraction
Values = tuple[Fraction, ...]


def _quantile(values: Values, share: Fraction) -> Fraction:
    """Type 7, spelled out."""
    ordered = sorted(values)
    position = share * (len(values) - 1)
    below = int(position)
    above = min(below + 1, len(values) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


SUMMARIES: dict[str, tuple[Callable[[Quantity], Quantity], Callable[[Values], Fraction]]] = {
    "sum": (aggregate.total, lambda v: sum(v, F(0))),
    "mean": (aggregate.mean, lambda v: sum(v, F(0)) / len(v)),
    "min": (aggregate.minimum, min),
    "max": (aggregate.maximum, max),
    "median": (lambda q: aggregate.quantile(q, F(1, 2)), lambda v: F(statistics.median(v))),
    "third": (lambda q: aggregate.quantile(q, F(1, 3)), lambda v: _quantile(v, F(1, 3))),
}


def _possible(column: Quantity) -> list[Values]:
    """Combinations of possible values: all corners, and points inside."""
    sampled = [samples(cell) for cell in cells(column)]
    return list(product(*([s[0], s[len(s) // 2], s[-1]] for s in sampled)))


@pytest.mark.parametrize("name", SUMMARIES)
@settings(max_examples=80)
@given(column=columns())
def test_bounds_enclose_every_sample_and_are_reached(name: str, column: Quantity) -> None:
    run, true = SUMMARIES[name]
    found = [true(values) for values in _possible(column)]
    result = run(column)
    assert all(contains(result, v) for v in found)
    assert reaches(result, found)


@settings(max_examples=80)
@given(column=columns(), ddof=st.sampled_from([0, 1]))
def test_a_variance_encloses_every_sample(column: Quantity, ddof: int) -> None:
    count = len(column.nominal)
    if count <= ddof:
        return
    result = aggregate.variance(column, ddof)
    for values in _possible(column):
        middle = sum(values, F(0)) / count
        assert contains(result, sum(((v - middle) * (v - middle) for v in values), F(0)) / (count - ddof))


@given(values=st.lists(st.fractions(-5, 5, max_denominator=9), min_size=2, max_size=6))
def test_a_variance_of_exact_cells_is_exact(values: list[Fraction]) -> None:
    found = aggregate.variance(Quantity(column_of(values)), 1)
    assert found.is_exact
    assert found.nominal == statistics.variance(values)


def test_a_variance_is_in_squares_of_the_unit() -> None:
    column = Quantity(column_of([F(1), F(3)]), unit=named(("min", 1)))
    assert str(aggregate.variance(column, 0).unit) == "min^2"


def test_a_variance_survives_a_large_offset() -> None:
    column = floating([str(10**9 + i) for i in range(4)])
    assert aggregate.variance(column, 0).nominal == F(5, 4)


@given(numerator=st.integers(0, 10**12), denominator=st.integers(1, 10**12))
def test_a_root_encloses_the_true_one(numerator: int, denominator: int) -> None:
    value = F(numerator, denominator)
    found = aggregate.root(Quantity(value), BARE)
    assert found.lowest**2 <= value <= found.highest**2
    assert found.highest - found.lowest < F(1, 10**15)


def test_a_root_of_a_square_is_exact() -> None:
    found = aggregate.root(Quantity(F(9, 4)), PERCENT)
    assert (found.nominal, found.is_exact, found.unit) == (F(3, 2), True, PERCENT)


def test_a_root_keeps_open_and_infinite_ends() -> None:
    found = aggregate.root(Quantity(F(9), F(4), math.inf, True), BARE)
    assert (found.low, found.high, found.low_open) == (2, math.inf, True)


def test_a_root_of_what_may_be_below_zero_starts_at_zero() -> None:
    found = aggregate.root(Quantity(F(1), F(-1), F(4), True), BARE)
    assert (found.low, found.high, found.low_open) == (0, 2, False)


def test_a_median_between_a_censored_and_a_known_cell_is_censored() -> None:
    column = stacked([Quantity(F(1), -math.inf, F(1)), Quantity(F(3))], BARE)
    middle = aggregate.quantile(column, F(1, 2))
    assert (middle.low, middle.high) == (-math.inf, 2)


def test_censored_cells_do_not_move_a_median_below_them() -> None:
    column = stacked([Quantity(F(1)), Quantity(F(2)), Quantity(F(9), F(9), math.inf)], BARE)
    middle = aggregate.quantile(column, F(1, 2))
    assert (middle.lowest, middle.highest) == (2, 2)


def test_a_sum_over_many_denominators_is_known_tightly() -> None:
    values = [F(1, p) for p in range(10_001, 11_001, 2)]
    found = aggregate.total(Quantity(column_of(values)))
    true = sum(values)
    assert found.lowest <= true <= found.highest
    assert found.highest - found.lowest < F(1, 10**1000)


def test_a_mean_of_zeros_and_ones_is_a_share() -> None:
    assert aggregate.mean(Quantity(column_of([F(0), F(1)]))).unit == QUOTIENT


@pytest.mark.parametrize("unit", [PERCENT, PURE])
def test_a_mean_keeps_a_unit(unit: object) -> None:
    column = Quantity(column_of([F(0), F(1)]), unit=unit)  # type: ignore[arg-type]
    assert aggregate.mean(column).unit == unit


def test_a_mean_of_other_numbers_is_bare() -> None:
    assert aggregate.mean(Quantity(column_of([F(0), F(2)]))).unit == BARE


def test_extremes_of_float_columns_are_the_decimals_typed() -> None:
    column = Quantity(np.array([0.3, 0.1, 0.2]))
    assert (aggregate.minimum(column).nominal, aggregate.maximum(column).nominal) == (F(1, 10), F(3, 10))


def test_ties_at_an_extreme_are_open_only_where_no_cell_reaches_it() -> None:
    column = stacked([Quantity(F(1), F(0), F(2), True, True), Quantity(F(1), F(0), F(2))], BARE)
    least, most = aggregate.minimum(column), aggregate.maximum(column)
    assert (least.low_open, least.high_open) == (False, True)
    assert (most.low_open, most.high_open) == (True, False)
