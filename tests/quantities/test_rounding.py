"""Rounding long columns: floats give what fractions give, cell by cell."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quantities.quantity import Quantity, column_of, divide, exact, fractions_of
from site_builder.quantities.rounding import Way, rounded

_WAYS: tuple[Way, ...] = ("nearest", "down", "up")


def _cells(q: Quantity) -> list[Fraction]:
    return list(q.all_exactly().nominal)


@given(
    st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=20),
    st.integers(0, 4),
    st.integers(-3, 6),
    st.sampled_from(_WAYS),
)
def test_decimals_are_rounded_as_fractions_are(cells: list[int], digits: int, places: int, way: Way) -> None:
    slow = rounded(Quantity(column_of([Fraction(c, 10**digits) for c in cells])), places, way)
    fast = rounded(Quantity(np.array(cells) / 10.0**digits, digits=digits), places, way)
    assert fast.is_floating
    assert _cells(fast) == _cells(slow)


@given(
    st.lists(st.floats(-1e6, 1e6) | st.integers(-99, 99).map(lambda n: n / 8), min_size=1, max_size=20),
    st.integers(-3, 6),
    st.sampled_from(_WAYS),
)
def test_floats_are_rounded_as_the_decimals_they_stand_for(cells: list[float], places: int, way: Way) -> None:
    values = np.array(cells)
    slow = rounded(Quantity(fractions_of(values)), places, way)
    assert _cells(rounded(Quantity(values), places, way)) == _cells(slow)


def test_a_computed_column_is_rounded_by_its_exact_rows() -> None:
    thirds = divide(Quantity(np.array([3.0, 4.5, 7.0]), digits=1), exact(3))
    assert _cells(rounded(thirds, 0, "down")) == [1, 1, 2]
    assert _cells(rounded(thirds, 0, "nearest")) == [1, 2, 2]


@pytest.mark.parametrize("way", _WAYS)
def test_floats_too_large_for_decimals_are_rounded_in_fractions(way: Way) -> None:
    found = rounded(Quantity(np.array([1e200, -1e200])), 2, way)
    assert _cells(found) == [10**200, -(10**200)]


def test_bounds_are_rounded_too() -> None:
    found = rounded(Quantity(Fraction(5, 2), Fraction(1), Fraction(18, 5)), 0, "nearest")
    assert (found.nominal, found.low, found.high) == (3, 1, 4)


@pytest.mark.parametrize(
    ("way", "expected"), [("nearest", [0, 0, 0]), ("down", [0, -(10**15), 0]), ("up", [0, 0, 10**15])]
)
def test_steps_far_larger_than_the_decimals_leave_only_their_sign(way: Way, expected: list[int]) -> None:
    decimals = Quantity(np.array([0.0, -2.5, 7.25]), digits=4)
    assert _cells(rounded(decimals, -15, way)) == expected
