"""Interval arithmetic against sampling: never too narrow, never wider than needed, units combined."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings

from site_builder.problems import Mistake
from site_builder.quantities.quantity import (
    Quantity,
    add,
    compare,
    divide,
    exact,
    multiply,
    negate,
    subtract,
)
from site_builder.quantities.units import PERCENT, PP, SECOND, UnitClash, named
from tests.quantities.possible import (
    FAR,
    NEAR,
    amounts,
    cells,
    columns,
    contains,
    intervals,
    reaches,
    samples,
)

PAIRS: dict[
    str, tuple[Callable[[Quantity, Quantity], Quantity], Callable[[Fraction, Fraction], Fraction]]
] = {
    "+": (add, operator.add),
    "-": (subtract, operator.sub),
    "*": (multiply, operator.mul),
}
F = Fraction


@pytest.mark.parametrize("op", PAIRS)
@given(a=amounts, b=amounts)
def test_bounds_enclose_every_possible_result_and_no_more(op: str, a: Quantity, b: Quantity) -> None:
    run, true = PAIRS[op]
    found = [true(x, y) for x, y in product(samples(a), samples(b))]
    result = run(a, b)
    assert all(contains(result, v) for v in found)
    assert reaches(result, found)


@given(a=amounts, b=amounts)
def test_a_quotient_encloses_every_possible_result(a: Quantity, b: Quantity) -> None:
    assume(b.nominal != 0)
    result = divide(a, b)
    found = [x / y for x, y in product(samples(a), samples(b)) if y != 0]
    assert all(contains(result, v) for v in found)


@given(a=amounts, b=amounts)
def test_a_quotient_by_what_cannot_be_zero_is_no_wider_than_needed(a: Quantity, b: Quantity) -> None:
    assume(b.nominal != 0 and not contains(b, F(0)))
    found = [x / y for x, y in product(samples(a), samples(b))]
    assert reaches(divide(a, b), found, tolerance=F(1, 1000))


@given(a=amounts)
def test_a_negative_swaps_the_ends(a: Quantity) -> None:
    result = negate(a)
    found = [-x for x in samples(a)]
    assert all(contains(result, v) for v in found)
    assert reaches(result, found)


@pytest.mark.parametrize("op", [*PAIRS, "/"])
@settings(max_examples=60)
@given(a=columns(), b=amounts)
def test_a_column_is_worked_out_cell_by_cell(op: str, a: Quantity, b: Quantity) -> None:
    run = {**{k: v[0] for k, v in PAIRS.items()}, "/": divide}[op]
    assume(op != "/" or b.nominal != 0)
    for got, cell in zip(cells(run(a, b)), cells(a), strict=True):
        want = run(cell, b)
        assert (got.nominal, got.lowest, got.highest) == (want.nominal, want.lowest, want.highest)
        assert _opens(got) == _opens(want)


@settings(max_examples=60)
@given(a=columns(), b=columns())
def test_two_columns_multiply_and_divide_cell_by_cell(a: Quantity, b: Quantity) -> None:
    assume(len(a.nominal) == len(b.nominal) and all(v != 0 for v in b.nominal))
    for run in (multiply, divide):
        for got, x, y in zip(cells(run(a, b)), cells(a), cells(b), strict=True):
            want = run(x, y)
            assert (got.lowest, got.highest, *_opens(got)) == (want.lowest, want.highest, *_opens(want))


def _opens(q: Quantity) -> tuple[bool, bool]:
    """Whether each finite end is excluded (an infinite one always is)."""
    low, high = q.lowest, q.highest
    return bool(q.low_open) or low == -math.inf, bool(q.high_open) or high == math.inf


@given(a=intervals())
def test_a_difference_with_itself_never_decides_wrongly(a: Quantity) -> None:
    gap = subtract(a, a)
    for op in ("==", "<=", ">="):
        assert compare(op, gap, exact(0)) != -1
    for op in ("<", ">", "!="):
        assert compare(op, gap, exact(0)) != 1


@given(a=intervals())
def test_a_ratio_with_itself_never_decides_wrongly(a: Quantity) -> None:
    assume(a.nominal != 0)
    ratio = divide(a, a)
    assert compare("==", ratio, exact(1)) != -1
    assert compare("!=", ratio, exact(1)) != 1


def test_a_zero_that_is_reached_makes_a_product_of_zero_possible() -> None:
    product_ = multiply(Quantity(F(1, 2), F(0), F(1)), Quantity(F(5, 2), F(2), F(3), True, True))
    assert compare(">", product_, exact(0)) == 0


def test_nothing_of_something_unbounded_is_nothing() -> None:
    nothing = multiply(exact(0), Quantity(F(10), F(10), math.inf))
    assert (nothing.low, nothing.high) == (0, 0)


def test_a_share_of_something_censored_is_above_zero() -> None:
    assert compare(">", divide(exact(5), Quantity(F(10), F(10), math.inf)), exact(0)) == 1


def test_a_divisor_that_may_be_zero_leaves_everything_open() -> None:
    assert divide(exact(1), Quantity(F(1), F(0), F(2))).is_censored
    assert divide(exact(1), Quantity(F(1), F(-1), F(2))).low == -math.inf


def test_a_divisor_that_only_approaches_zero_leaves_a_half_line() -> None:
    quotient = divide(exact(1), Quantity(F(1), F(0), F(2), True, False))
    assert (quotient.low, quotient.high) == (F(1, 2), math.inf)


def test_a_negative_divisor_that_only_approaches_zero_leaves_the_other_half_line() -> None:
    quotient = divide(exact(1), Quantity(F(-1), F(-2), F(0), False, True))
    assert (quotient.low, quotient.high) == (-math.inf, F(-1, 2))


def test_long_fractions_meet_infinite_bounds() -> None:
    huge = exact(F(10) ** 400)
    assert multiply(huge, Quantity(F(1), F(1), math.inf)).high == math.inf
    assert add(huge, Quantity(F(1), -math.inf, F(1))).low == -math.inf


def test_percentages_differ_by_points() -> None:
    assert subtract(exact(54, PERCENT), exact(37, PERCENT)).unit == PP


def test_points_are_added_to_a_percentage() -> None:
    raised = add(exact(37, PERCENT), exact(17, PP))
    assert (raised.nominal, raised.unit) == (54, PERCENT)


def test_a_sum_converts_to_the_first_unit() -> None:
    total = add(exact(1, named(("min", 1))), exact(90, SECOND))
    assert (total.nominal, str(total.unit)) == (F(5, 2), "min")


def test_a_sum_of_different_things_is_refused() -> None:
    with pytest.raises(UnitClash, match="measure different things"):
        add(exact(1, SECOND), exact(1, named(("ep", 1))))


def test_a_number_with_too_many_digits_is_the_authors_mistake() -> None:
    power = exact(F(10) ** 30_000)
    with pytest.raises(Mistake, match="digits"):
        multiply(power, power)


def test_sampling_would_notice_bounds_that_are_too_narrow_or_too_wide() -> None:
    assert not contains(Quantity(F(1), F(0), F(1), True, False), F(0))
    assert not reaches(Quantity(F(1), F(0), F(2)), [F(0), F(1)])
    assert reaches(Quantity(F(1), F(0), math.inf, True, False), [NEAR, FAR])
