"""The value itself: making, taking, scaling, and keeping it within reason."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from site_builder.quantities.amount import (
    Quantity,
    column_of,
    computed,
    decimal_of,
    exact,
    fractions_of,
    remembered,
    settled,
    stacked,
)
from site_builder.quantities.units import BARE, PERCENT, SECOND

F = Fraction


def test_a_fraction_that_grows_past_reason_is_replaced_by_tight_bounds() -> None:
    long = F(10**1300 + 1, 3**2700)
    short = settled(Quantity(long))
    assert short.low < long < short.high
    assert (short.high - short.low) / long < F(1, 2**200)
    assert short.low.denominator.bit_length() < 4096


def test_bounds_that_grow_past_reason_are_rounded_outwards() -> None:
    long = F(10**1300 + 1, 3**2700)
    short = settled(Quantity(long, long - 1, long + 1))
    assert short.low <= long - 1
    assert short.high >= long + 1
    assert short.high.denominator.bit_length() < 4096


def test_cells_that_grow_past_reason_are_rounded_outwards_too() -> None:
    long = F(10**1300 + 1, 3**2700)
    short = settled(Quantity(column_of([long, F(1, 2)])))
    assert short.low[0] < long < short.high[0]
    assert short.low[1] == short.high[1] == F(1, 2)


def test_a_float_result_is_known_to_a_few_units_in_its_last_place() -> None:
    third = computed(1 / 3)
    assert third.low < F(1, 3) < third.high
    assert third.high - third.low < F(1, 10**14)


def test_a_whole_number_stays_exact_however_long() -> None:
    power = exact(F(7) ** 10_000)
    assert settled(power) is power


def test_an_exact_number_is_its_own_bounds() -> None:
    q = exact(3, PERCENT)
    assert (q.lowest, q.highest, q.is_exact, q.is_column, q.unit) == (3, 3, True, False, PERCENT)


@pytest.mark.parametrize(
    ("low", "high", "censored"), [(F(1), F(2), False), (F(1), math.inf, True), (-math.inf, F(2), True)]
)
def test_a_value_known_to_one_side_is_censored(low: Fraction, high: Fraction, censored: bool) -> None:
    q = Quantity(F(1), low, high)
    assert q.is_censored is censored
    assert stacked([exact(1), q], BARE).is_censored is censored


def test_bounds_past_the_range_of_floats_are_not_infinite() -> None:
    assert not Quantity(F(1), F(1), F(10) ** 400).is_censored


def test_stacking_keeps_bounds_and_whether_they_are_excluded() -> None:
    column = stacked([exact(1), Quantity(F(2), F(1), F(3), True, False)], SECOND)
    one, two = column.take(0), column.take(1)
    assert (one.low, one.high, one.low_open) == (1, 1, False)
    assert (two.low, two.high, two.low_open, two.high_open, two.unit) == (1, 3, True, False, SECOND)


def test_stacking_exact_numbers_stays_exact() -> None:
    assert stacked([exact(1), exact(2)], BARE).is_exact


def test_rows_are_taken_by_position_and_by_choice() -> None:
    column = Quantity(column_of([F(1), F(2), F(3)]), unit=PERCENT)
    assert list(column.take(np.array([2, 0])).nominal) == [3, 1]
    assert list(column.take(np.array([False, True, False])).nominal) == [2]
    assert column.take(1).unit == PERCENT


def test_a_cell_of_a_float_column_is_the_decimal_typed() -> None:
    assert Quantity(np.array([0.1])).take(0).nominal == F(1, 10)


def test_floats_become_the_decimals_typed() -> None:
    assert list(fractions_of(np.array([0.1, 1e22, math.inf]))) == [F(1, 10), F(10) ** 22, math.inf]
    assert decimal_of(F(1, 3)) == F(1, 3)


def test_scaling_keeps_bounds_and_openness() -> None:
    q = Quantity(F(2), F(1), math.inf, True, False).scaled(F(60), SECOND)
    assert (q.nominal, q.low, q.high, q.low_open, q.unit) == (120, 60, math.inf, True, SECOND)


def test_scaling_a_float_column_is_exact() -> None:
    column = Quantity(np.array([0.1, 0.2]), digits=1).scaled(F(100), PERCENT)
    assert (list(column.all_exactly().nominal), column.unit) == ([10, 20], PERCENT)


def test_rows_of_a_computed_column_bear_its_unit() -> None:
    third = Quantity(np.array([0.3]), exactly=lambda rows: Quantity(column_of([F(1, 3)])), unit=SECOND)
    assert third.rows_exactly(np.array([0])).unit == SECOND
    assert third.take(0).nominal == F(1, 3)


def test_the_same_rows_are_worked_out_once() -> None:
    asked = []
    recall = remembered(lambda rows: asked.append(len(rows)) or exact(1))  # type: ignore[func-returns-value]
    for _ in range(3):
        recall(np.array([1, 2]))
    recall(np.array([2, 1]))
    assert asked == [2, 2]
