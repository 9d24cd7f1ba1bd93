"""Sums, differences, products and quotients of quantities, with bounds and units carried along.

Interval arithmetic follows R. E. Moore, Interval Analysis (1966), chapter 2, with open and infinite ends.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from site_builder.quantities import floats, units
from site_builder.quantities.amount import Numbers, Quantity, column_of, settled
from site_builder.quantities.units import Unit

End = tuple[Numbers, Any]
"""A bound and whether it is excluded: one of each, or arrays."""


def add(a: Quantity, b: Quantity) -> Quantity:
    """a + b, in the unit in which they meet; raises `UnitClash`."""
    a, b, unit = meeting(a, b, adding=True)
    return _sum(a, b, unit)


def subtract(a: Quantity, b: Quantity) -> Quantity:
    """a - b; two percentages differ by percentage points; raises `UnitClash`, also for points less a percentage."""
    both_alike = a.unit == b.unit
    if a.unit == units.PP and b.unit == units.PERCENT:
        raise units.UnitClash("points adjust a percentage, and nothing is left of points less a percentage")
    a, b, unit = meeting(a, b, adding=True)
    return _sum(a, negate(b), units.difference(unit) if both_alike else unit)


def negate(a: Quantity) -> Quantity:
    """-a."""
    if a.is_floating:
        return floats.negated(a, negate)
    if a.low is None:
        return replace(a, nominal=-a.nominal)
    return Quantity(-a.nominal, -a.high, -a.low, a.high_open, a.low_open, a.unit)


def multiply(a: Quantity, b: Quantity) -> Quantity:
    """a * b; units combine."""
    unit, factor = units.multiply(a.unit, b.unit)
    return settled(_multiplied(a, b).scaled(factor, unit))


def divide(a: Quantity, b: Quantity) -> Quantity:
    """a / b; units combine. The caller has ruled out divisors whose nominal value is zero."""
    unit, factor = units.divide(a.unit, b.unit)
    return settled(_divided(a, b).scaled(factor, unit))


def meeting(a: Quantity, b: Quantity, *, adding: bool) -> tuple[Quantity, Quantity, Unit]:
    """Both quantities in the unit in which they meet, and that unit; raises `UnitClash`."""
    if a.unit == b.unit:
        return a, b, a.unit
    unit, for_a, for_b = units.common(a.unit, b.unit, adding=adding)
    return a.scaled(for_a, unit), b.scaled(for_b, unit), unit


def _sum(a: Quantity, b: Quantity, unit: Unit) -> Quantity:
    if _in_floats(a, b):
        return replace(floats.added(a, b, lambda x, y: _sum(x, y, unit)), unit=unit)
    a, b = a.all_exactly(), b.all_exactly()
    nominal = a.nominal + b.nominal
    if a.low is None and b.low is None:
        return settled(Quantity(nominal, unit=unit))
    low, high = _plus(a.lowest, b.lowest), _plus(a.highest, b.highest)
    return settled(Quantity(nominal, low, high, a.low_open | b.low_open, a.high_open | b.high_open, unit))


def _in_floats(a: Quantity, b: Quantity) -> bool:
    """Whether a result is a float column: no side has bounds, none is a column of fractions, one is of floats."""
    sides = (a, b)
    return (
        any(q.is_floating for q in sides)
        and all(q.low is None for q in sides)
        and all(q.is_floating or not q.is_column for q in sides)
    )


def _multiplied(a: Quantity, b: Quantity) -> Quantity:
    if _in_floats(a, b):
        return floats.multiplied(a, b)
    a, b = a.all_exactly(), b.all_exactly()
    nominal = a.nominal * b.nominal
    if a.low is None and b.low is None:
        return Quantity(nominal)
    return _hull(nominal, _ends(a), _ends(b))


def _divided(a: Quantity, b: Quantity) -> Quantity:
    if _in_floats(a, b):
        return floats.divided(a, b)
    a, b = a.all_exactly(), b.all_exactly()
    nominal = a.nominal / b.nominal
    if a.low is None and b.low is None:
        return Quantity(nominal)
    out = _hull(nominal, _ends(a), _reciprocal_ends(b))
    return _unbounded_where(_may_be_zero(b), out)


def _ends(q: Quantity) -> list[End]:
    if q.low is None:
        return [(q.nominal, False)]
    return [(q.low, q.low_open | _is_infinite(q.low)), (q.high, q.high_open | _is_infinite(q.high))]


def _is_infinite(end: Numbers) -> Any:
    if isinstance(end, np.ndarray):
        return (end == math.inf) | (end == -math.inf)
    return isinstance(end, float)


def _hull(nominal: Numbers, left: list[End], right: list[End]) -> Quantity:
    """The least and the greatest product of an end on the left with one on the right."""
    corners = [_corner(x, y) for x in left for y in right]
    low, high = (reduce(pick, (value for value, _ in corners)) for pick in (_lesser, _greater))
    low_open, high_open = (_open_at(end, corners) for end in (low, high))
    return Quantity(nominal, low, high, low_open, high_open)


def _corner(x: End, y: End) -> End:
    """The product of two ends: reached where both are, or where one is a zero that is reached."""
    product = _times(x[0], y[0])
    is_open = (_flag(x[1]) | _flag(y[1])) & _never_zero(x) & _never_zero(y)
    return product, is_open


def _never_zero(end: End) -> Any:
    return (end[0] != 0) | _flag(end[1])


def _flag(is_open: Any) -> Any:
    return is_open if isinstance(is_open, np.ndarray) else bool(is_open)


def _open_at(end: Numbers, corners: list[End]) -> Any:
    """Whether no corner reaches `end`."""
    out = reduce(lambda so_far, corner: so_far & ((corner[0] != end) | corner[1]), corners, True)
    return out.astype(bool) if isinstance(out, np.ndarray) else bool(out)


def _times(x: Numbers, y: Numbers) -> Numbers:
    return _TIMES(x, y) if isinstance(x, np.ndarray) or isinstance(y, np.ndarray) else _product(x, y)


def _plus(x: Numbers, y: Numbers) -> Numbers:
    return _PLUS(x, y) if isinstance(x, np.ndarray) or isinstance(y, np.ndarray) else _total(x, y)


def _product(x: Any, y: Any) -> Any:
    """x * y, where nothing times infinity is nothing."""
    if x == 0 or y == 0:
        return Fraction(0)
    if isinstance(x, float) or isinstance(y, float):
        return math.inf if (x > 0) == (y > 0) else -math.inf
    return x * y


def _total(x: Any, y: Any) -> Any:
    return x if isinstance(x, float) else y if isinstance(y, float) else x + y


_TIMES = np.frompyfunc(_product, 2, 1)
_PLUS = np.frompyfunc(_total, 2, 1)


def _reciprocal_ends(b: Quantity) -> list[End]:
    """The ends of 1 / b; infinite where b reaches or straddles zero."""
    if b.low is None:
        return [(1 / b.nominal, False)]
    if not b.is_column:
        return _reciprocals(b.low, b.high, b.low_open, b.high_open)
    rows = len(b.nominal)
    opens = [np.broadcast_to(o, rows) for o in (b.low_open, b.high_open)]
    pairs = [_reciprocals(*row) for row in zip(b.low, b.high, *opens, strict=True)]
    return [
        (column_of([p[side][0] for p in pairs]), np.array([p[side][1] for p in pairs], dtype=bool))
        for side in (0, 1)
    ]


def _reciprocals(low: Any, high: Any, low_open: Any, high_open: Any) -> list[End]:
    upper = (_inverse(low), bool(low_open) or isinstance(low, float))
    lower = (_inverse(high), bool(high_open) or isinstance(high, float))
    if low == 0 and high > 0:
        upper = (math.inf, True)
    elif high == 0 and low < 0:
        lower = (-math.inf, True)
    elif low <= 0 <= high:
        return [(-math.inf, True), (math.inf, True)]
    return [lower, upper]


def _inverse(y: Any) -> Any:
    return Fraction(0) if isinstance(y, float) else None if y == 0 else 1 / y


def _may_be_zero(b: Quantity) -> Any:
    """Where zero is a possible value of b."""
    at_low = (b.lowest == 0) & _shut(b.low_open)
    at_high = (b.highest == 0) & _shut(b.high_open)
    return ((b.lowest < 0) & (b.highest > 0)) | at_low | at_high


def _shut(is_open: Any) -> Any:
    return ~is_open if isinstance(is_open, np.ndarray) else not is_open


def _unbounded_where(rows: Any, q: Quantity) -> Quantity:
    """`q`, with nothing known where `rows` holds."""
    if not np.any(rows):
        return q
    if not q.is_column:
        return Quantity(q.nominal, -math.inf, math.inf)
    low, high = np.where(rows, -math.inf, q.lowest), np.where(rows, math.inf, q.highest)
    return replace(q, low=low, high=high)


def _lesser(x: Numbers, y: Numbers) -> Numbers:
    return np.minimum(x, y) if isinstance(x, np.ndarray) else min(x, y)


def _greater(x: Numbers, y: Numbers) -> Numbers:
    return np.maximum(x, y) if isinstance(x, np.ndarray) else max(x, y)
