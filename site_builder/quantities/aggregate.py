"""Columns of quantities to one: sums, order statistics and spread, exact where the cells are, with true bounds."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.quantities.quantity import Quantity, column_of, fractions_of
from site_builder.quantities.units import QUOTIENT, Unit, multiply

_DENOMINATOR_BITS = 4_096
_EPSILON = Fraction(1, 2**52)


def total(q: Quantity) -> Quantity:
    """The sum of a column: exact for fractions and decimals, correctly rounded (`math.fsum`) with bounds otherwise."""
    nominal, slack = _sum(q.nominal, q.digits)
    if q.low is None:
        exact = Quantity(nominal, unit=q.unit)
        return exact if slack == 0 else Quantity(nominal, nominal - slack, nominal + slack, unit=q.unit)
    low, below = _sum(q.low, None)
    high, above = _sum(q.high, None)
    return Quantity(nominal, low - below, high + above, _any(q.low_open), _any(q.high_open), q.unit)


def _any(is_open: Any) -> bool:
    return bool(np.any(is_open))


def _sum(values: npt.NDArray[Any], digits: int | None) -> tuple[Any, Fraction]:
    """A sum and how far from the true one it can be."""
    if values.dtype == object:
        return _sum_of_fractions(list(values))
    if digits is not None:
        scaled = np.rint(values * 10.0**digits)
        if float(np.abs(scaled).sum()) < 2**62:
            return Fraction(int(scaled.astype(np.int64).sum()), 10**digits), Fraction(0)
    near = Fraction(math.fsum(values.tolist()))
    return near, Fraction(math.fsum(np.abs(values).tolist())) * 4 * _EPSILON


def _sum_of_fractions(values: list[Any]) -> tuple[Any, Fraction]:
    infinite = [v for v in values if isinstance(v, float) and math.isinf(v)]
    if infinite:
        return infinite[0], Fraction(0)
    common = 1
    for value in values:
        if common % value.denominator:
            common = math.lcm(common, value.denominator)
            if common.bit_length() > _DENOMINATOR_BITS:
                near = Fraction(math.fsum(float(v) for v in values))
                return near, Fraction(math.fsum(abs(float(v)) for v in values)) * 2 * _EPSILON
    return Fraction(sum(v.numerator * (common // v.denominator) for v in values), common), Fraction(0)


def mean(q: Quantity) -> Quantity:
    """The arithmetic mean; bare cells that are all 0 or 1 average to a share."""
    count = len(q.nominal)
    average = _map(total(q), lambda x: x / count)
    is_indicator = not q.unit.parts and q.unit.kind == "bare" and np.all((q.nominal == 0) | (q.nominal == 1))
    return replace(average, unit=QUOTIENT) if is_indicator else average


def minimum(q: Quantity) -> Quantity:
    """The least value: its bounds are the least of the lower and of the upper bounds."""
    return _extreme(q, min)


def maximum(q: Quantity) -> Quantity:
    """The greatest value: its bounds are the greatest of the lower and of the upper bounds."""
    return _extreme(q, max)


def _extreme(q: Quantity, pick: Any) -> Quantity:
    nominal = pick(_listed(q.nominal))
    if q.low is None:
        return Quantity(nominal, unit=q.unit)
    low, high = pick(_listed(q.low)), pick(_listed(q.high))
    low_open = all(o for v, o in zip(q.low, _spread(q.low_open, q), strict=True) if v == low)
    high_open = all(o for v, o in zip(q.high, _spread(q.high_open, q), strict=True) if v == high)
    return Quantity(nominal, low, high, low_open, high_open, q.unit)


def _spread(is_open: Any, q: Quantity) -> Any:
    return is_open if isinstance(is_open, np.ndarray) else [bool(is_open)] * len(q.nominal)


def _listed(values: npt.NDArray[Any]) -> list[Any]:
    if values.dtype == np.float64:
        ends = np.array([values.min(), values.max()])
        return list(fractions_of(ends))
    return list(values)


def quantile(q: Quantity, share: Fraction) -> Quantity:
    """The sample quantile at `share` by linear interpolation.

    R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996), type 7.
    Each end of the result is the same quantile of the cells' ends, since a quantile rises with every cell.
    """
    def at(values: npt.NDArray[Any]) -> Any:
        ordered = np.sort(values) if values.dtype == np.float64 else sorted(values)
        position = share * (len(ordered) - 1)
        below = math.floor(position)
        above = min(below + 1, len(ordered) - 1)
        low, high = (_fraction(ordered[i]) for i in (below, above))
        weight = position - below
        return low if weight == 0 or low == high else low + weight * (high - low)

    if q.low is None:
        return Quantity(at(q.nominal), unit=q.unit)
    return Quantity(at(q.nominal), at(q.low), at(q.high), unit=q.unit)


def _fraction(value: Any) -> Any:
    return Fraction(repr(float(value))) if isinstance(value, np.floating | float) and math.isfinite(value) else value


def variance(q: Quantity, ddof: int) -> Quantity:
    """The mean squared deviation from the mean, over n - ddof; the unit is squared.

    Exact for up to 5,000 exact cells. With bounds, an interval that encloses it (each deviation taken to its ends).
    """
    count = len(q.nominal)
    unit, factor = multiply(q.unit, q.unit)
    if q.low is None and q.nominal.dtype == np.float64:
        floats = q.nominal - math.fsum(q.nominal.tolist()) / count
        value = Fraction(math.fsum((floats * floats).tolist()) / (count - ddof)) * factor
        return Quantity(value, value * (1 - 2**12 * _EPSILON), value * (1 + 2**12 * _EPSILON), unit=unit)
    centre = mean(replace(q, unit=Unit()))
    nominal = total(Quantity(column_of([(v - centre.nominal) ** 2 for v in q.nominal])))
    value = nominal.nominal / (count - ddof) * factor
    if q.low is None and nominal.low is None and centre.low is None:
        return Quantity(value, unit=unit)
    lows, highs = zip(*(_squared(low - centre.highest, high - centre.lowest) for low, high in zip(q.lowest, q.highest, strict=True)), strict=True)
    low, high = (_sum_of_fractions(list(ends))[0] / (count - ddof) * factor for ends in (lows, highs))
    return Quantity(value, low, high, unit=unit)


def _squared(low: Any, high: Any) -> tuple[Any, Any]:
    ends = sorted((low * low, high * high))
    return (Fraction(0) if low <= 0 <= high else ends[0]), ends[1]


def root(q: Quantity, unit: Unit) -> Quantity:
    """The square root of one quantity that is not negative, in `unit`; exact for perfect squares."""
    nominal, slack = square_root(q.nominal)
    if q.low is None and slack == 0:
        return Quantity(nominal, unit=unit)
    low, below = square_root(max(q.lowest, Fraction(0)))
    high, above = square_root(q.highest)
    return Quantity(nominal, low - below, high + above, unit=unit)


def square_root(value: Any) -> tuple[Any, Fraction]:
    """A square root and how far from the true one it can be."""
    if isinstance(value, float):
        return value, Fraction(0)
    over, under = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if over * over == value.numerator and under * under == value.denominator:
        return Fraction(over, under), Fraction(0)
    shift = 120 + value.denominator.bit_length()
    scaled = math.isqrt((value.numerator << (2 * shift)) // value.denominator)
    return Fraction(scaled, 1 << shift), Fraction(1, 1 << (shift - 1))


def _map(q: Quantity, function: Any) -> Quantity:
    if q.low is None:
        return replace(q, nominal=function(q.nominal))
    return replace(q, nominal=function(q.nominal), low=function(q.low), high=function(q.high))
