"""The possible values of a quantity, sampled: an oracle for bounds that shares nothing with interval arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from site_builder.quantities.quantity import Quantity, column_of, stacked
from site_builder.quantities.units import BARE

NEAR = Fraction(1, 10**6)
FAR = Fraction(10**6)
_GRID = tuple(Fraction(n, 4) for n in range(-16, 17))

grid_points = st.sampled_from([Fraction(n, 2) for n in range(-8, 9)])


@st.composite
def intervals(draw: st.DrawFn, *, infinite: bool = True) -> Quantity:
    """A number with bounds on a grid of halves, open or closed, at times infinite to one side."""
    low, high = sorted((draw(grid_points), draw(grid_points)))
    if low == high:
        return Quantity(low, low, high)
    nominal = draw(st.sampled_from([(low + high) / 2, low + NEAR, high - NEAR]))
    left, right = draw(
        st.sampled_from([(False, False)] * 3 + ([(True, False), (False, True)] if infinite else []))
    )
    return Quantity(
        nominal,
        -math.inf if left else low,
        math.inf if right else high,
        False if left else draw(st.booleans()),
        False if right else draw(st.booleans()),
    )


numbers = grid_points.map(Quantity)
amounts = st.one_of(numbers, intervals())


@st.composite
def columns(draw: st.DrawFn, *, infinite: bool = True, most: int = 4) -> Quantity:
    """A short column whose cells are exact or have bounds."""
    cells = draw(st.lists(st.one_of(numbers, intervals(infinite=infinite)), min_size=1, max_size=most))
    return stacked(cells, BARE)


def samples(q: Quantity) -> list[Fraction]:
    """Possible values of one quantity: its closed ends, points close to its open ends, far out, and inside."""
    if q.low is None:
        return [q.nominal]
    low = -FAR if math.isinf(q.low) else q.low + NEAR * bool(q.low_open)
    high = FAR if math.isinf(q.high) else q.high - NEAR * bool(q.high_open)
    return sorted({low, high, *(g for g in _GRID if low < g < high)})


def contains(q: Quantity, value: Fraction) -> bool:
    """Whether a value is possible."""
    low, high = q.lowest, q.highest
    above = value > low or (value == low and not q.low_open)
    return bool(above and (value < high or (value == high and not q.high_open)))


def reaches(q: Quantity, found: list[Fraction], tolerance: Fraction = 100 * NEAR) -> bool:
    """Whether the bounds are no wider than what sampling found: reached where closed, approached where open."""
    return _touches(q.lowest, bool(q.low_open), min(found), tolerance) and _touches(
        q.highest, bool(q.high_open), max(found), tolerance
    )


def _touches(end: Any, is_open: bool, nearest: Fraction, tolerance: Fraction) -> bool:
    if isinstance(end, float):
        return abs(nearest) >= 1000
    return bool(abs(nearest - end) <= tolerance and (nearest != end if is_open else nearest == end))


def cells(q: Quantity) -> list[Quantity]:
    """The cells of a column, one by one."""
    return [q.take(i) for i in range(len(q.nominal))]


def floating(values: list[str]) -> Quantity:
    """A long column's representation of decimals: float64, with the number of places where they allow it."""
    numbers = np.array([float(v) for v in values])
    places = max(len(v.partition(".")[2]) for v in values)
    is_decimal = not any("e" in v for v in values) and float(np.abs(numbers).max()) * 10.0**places < 1e15
    return Quantity(numbers, digits=places if is_decimal else None)


def fractional(values: list[str]) -> Quantity:
    """The same column as exact fractions."""
    return Quantity(column_of([Fraction(v) for v in values]))
