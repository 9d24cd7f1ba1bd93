"""Long columns in float64 say what the same columns in fractions say, also after arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from site_builder.quantities import aggregate
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
from tests.quantities.possible import cells, contains, floating, fractional

F = Fraction
Run = Callable[[Quantity, Quantity], Quantity]
OPS = ("<", "<=", ">", ">=", "==", "!=")

decimals = st.one_of(
    st.decimals(-1000, 1000, places=2).map(str),
    st.decimals(-2, 2, places=1).map(str),
    st.sampled_from(["1e-7", "3e22", "123456.789", "0.1", "0.2", "0.3", "1e16", "9007199254740992"]),
)
decimal_lists = st.lists(decimals, min_size=1, max_size=5)
literals = st.sampled_from([F(0), F(1, 3), F(3, 10), F(100), F(-7, 2), F(1, 8), F(10) ** 30])

STEPS: dict[str, Callable[[Quantity, Quantity], Quantity]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "back and forth": lambda a, b: subtract(add(a, b), b),
    "there and back": lambda a, b: multiply(divide(a, b), b),
    "against itself": lambda a, b: subtract(a, a),
    "negative": lambda a, b: subtract(negate(a), b),
    "twice": lambda a, b: add(multiply(a, exact(F(1, 3))), multiply(a, exact(F(2, 3)))),
}


DIVIDING = ("/", "there and back")


def both(values: list[str], step: Run, other: Quantity | list[str]) -> tuple[Quantity, Quantity]:
    """One step on floats and on fractions."""
    if isinstance(other, list):
        return step(floating(values), floating(other)), step(fractional(values), fractional(other))
    return step(floating(values), other), step(fractional(values), other)


@pytest.mark.parametrize("name", STEPS)
@settings(max_examples=60)
@given(values=decimal_lists, number=literals, mark=literals)
def test_verdicts_on_a_computed_column_are_those_of_fractions(
    name: str, values: list[str], number: Fraction, mark: Fraction
) -> None:
    assume(number != 0 or name not in DIVIDING)
    fast, true = both(values, STEPS[name], exact(number))
    for op in OPS:
        assert list(compare(op, fast, exact(mark))) == list(compare(op, true, exact(mark)))
        assert list(compare(op, fast, floating(values))) == list(compare(op, true, fractional(values)))


@pytest.mark.parametrize("name", STEPS)
@settings(max_examples=60)
@given(values=decimal_lists, others=decimal_lists)
def test_verdicts_on_two_computed_columns_are_those_of_fractions(
    name: str, values: list[str], others: list[str]
) -> None:
    others = (others * 5)[: len(values)]
    assume(all(float(v) != 0 for v in others))
    fast, true = both(values, STEPS[name], others)
    for op in OPS:
        assert list(compare(op, fast, exact(0))) == list(compare(op, true, exact(0)))
        assert list(compare(op, fast, multiply(fast, exact(1)))) == list(compare(op, true, true))


@pytest.mark.parametrize("name", STEPS)
@settings(max_examples=60)
@given(values=decimal_lists, number=literals)
def test_a_cell_of_a_computed_column_is_exact(name: str, values: list[str], number: Fraction) -> None:
    assume(number != 0 or name not in DIVIDING)
    fast, true = both(values, STEPS[name], exact(number))
    assert [q.nominal for q in cells(fast)] == list(true.nominal)


SUMMARIES: dict[str, Callable[[Quantity], Quantity]] = {
    "sum": aggregate.total,
    "mean": aggregate.mean,
    "min": aggregate.minimum,
    "max": aggregate.maximum,
    "median": lambda q: aggregate.quantile(q, F(1, 2)),
    "third": lambda q: aggregate.quantile(q, F(1, 3)),
    "variance": lambda q: aggregate.variance(q, 0),
}


@pytest.mark.parametrize("summary", SUMMARIES)
@settings(max_examples=60)
@given(values=decimal_lists, number=literals, name=st.sampled_from(sorted(STEPS)))
def test_a_summary_of_a_computed_column_encloses_the_true_one(
    summary: str, values: list[str], number: Fraction, name: str
) -> None:
    assume(number != 0)
    fast, true = both(values, STEPS[name], exact(number))
    assert contains(SUMMARIES[summary](fast), SUMMARIES[summary](true).nominal)


@pytest.mark.parametrize("summary", SUMMARIES)
@settings(max_examples=60)
@given(values=st.lists(st.decimals(-1000, 1000, places=2).map(str), min_size=1, max_size=6))
def test_a_summary_of_decimals_is_exact(summary: str, values: list[str]) -> None:
    fast = SUMMARIES[summary](floating(values))
    assert fast.is_exact
    assert fast.nominal == SUMMARIES[summary](fractional(values)).nominal


@pytest.mark.parametrize("summary", ["min", "max", "median", "third"])
@settings(max_examples=60)
@given(values=decimal_lists, number=literals, name=st.sampled_from(sorted(STEPS)))
def test_order_statistics_of_a_computed_column_are_exact(
    summary: str, values: list[str], number: Fraction, name: str
) -> None:
    assume(number != 0)
    fast, true = both(values, STEPS[name], exact(number))
    assert SUMMARIES[summary](fast).nominal == SUMMARIES[summary](true).nominal


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    total = add(floating(["0.1", "0.7"]), floating(["0.2", "0.1"]))
    assert list(compare("==", total, floating(["0.3", "0.8"]))) == [1, 1]


def test_what_cancels_to_nothing_is_nothing() -> None:
    rest = subtract(add(floating(["0.1"]), floating(["0.2"])), floating(["0.3"]))
    assert list(compare("==", rest, exact(0))) == [1]


def test_thirds_that_cancel_are_nothing() -> None:
    third = divide(floating(["0.1"]), exact(3))
    rest = subtract(add(add(third, third), third), floating(["0.1"]))
    assert list(compare("==", rest, exact(0))) == [1]


def test_taking_rows_keeps_the_way_back() -> None:
    thirds = divide(floating(["1", "2", "3"]), exact(3)).take(np.array([2, 0])).take(np.array([False, True]))
    assert list(compare("==", thirds, exact(F(1, 3)))) == [1]


def test_a_result_past_the_range_of_floats_is_judged_exactly() -> None:
    huge = multiply(floating(["1e300", "2e300"]), exact(F(10) ** 100))
    assert list(compare("==", huge, exact(F(10) ** 400))) == [1, -1]


def test_a_result_below_the_range_of_floats_is_judged_exactly() -> None:
    tiny = multiply(floating(["1e-300", "2e-300"]), exact(F(1, 10**100)))
    assert list(compare(">", tiny, exact(0))) == [1, 1]


def test_a_column_that_lost_its_slack_is_still_judged_exactly() -> None:
    third = divide(floating(["1"]), exact(3))
    bare = Quantity(third.nominal, exactly=third.exactly)
    assert list(compare("==", bare, exact(F(1, 3)))) == [1]


def test_shared_parts_of_a_long_chain_are_worked_out_once() -> None:
    q = divide(floating(["1"]), exact(3))
    for _ in range(60):
        q = subtract(add(q, q), q)
    assert list(compare("==", q, exact(F(1, 3)))) == [1]


def test_sums_of_shares_with_large_columns_do_not_overflow() -> None:
    column = Quantity(np.full(20_000, 999_999_999_999_999.0), digits=0)
    assert aggregate.total(column).nominal == 20_000 * 999_999_999_999_999
