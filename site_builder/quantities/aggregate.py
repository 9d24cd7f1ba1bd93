"""Columns of quantities to one: sums, order statistics and spread, exact where the cells are, with true bounds."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.quantities import floats
from site_builder.quantities.amount import Quantity
from site_builder.quantities.units import QUOTIENT, Unit, multiply

_DENOMINATOR_BITS = 4_096
_EPSILON = Fraction(1, 2**52)
_ROOT_BITS = 120


def total(q: Quantity) -> Quantity:
    """The sum of a column: exact for fractions and decimals, else `math.fsum` with what rounding may hide."""
    if q.is_floating:
        return _float_total(q)
    nominal, slack = _sum(list(q.nominal))
    if q.low is None:
        return _within(nominal, slack, q.unit)
    low, below = _sum(list(q.low))
    high, above = _sum(list(q.high))
    opens = bool(np.any(q.low_open)), bool(np.any(q.high_open))
    return Quantity(nominal, _shifted(low, -below), _shifted(high, above), *opens, q.unit)


def _within(nominal: Any, slack: Fraction, unit: Unit) -> Quantity:
    return (
        Quantity(nominal, nominal - slack, nominal + slack, unit=unit)
        if slack
        else Quantity(nominal, unit=unit)
    )


def _shifted(end: Any, by: Fraction) -> Any:
    return end if isinstance(end, float) else end + by


def _float_total(q: Quantity) -> Quantity:
    scaled = floats.as_integers(q)
    if scaled is not None:
        return Quantity(Fraction(_integer_sum(scaled), 10 ** (q.digits or 0)), unit=q.unit)
    slack = _rounding_of_sum(q)
    if not math.isfinite(slack):
        return total(q.all_exactly())
    return _within(Fraction(math.fsum(q.nominal.tolist())), Fraction(slack), q.unit)


def _rounding_of_sum(q: Quantity) -> float:
    """How far the float sum of a column can be from that of the numbers it stands for."""
    sizes = np.abs(q.nominal)
    if not np.all(np.isfinite(sizes)) or float(sizes.max()) > 1e300:
        return math.inf
    return float(np.sum(floats.slack_of(q))) * 1.001 + math.fsum(sizes.tolist()) * 2.0**-52


def _integer_sum(values: npt.NDArray[np.int64]) -> int:
    """The exact sum of whole numbers below 1e15: in halves, so that no 64-bit sum overflows."""
    high, low = values >> 24, values & 0xFFFFFF
    return (int(high.sum()) << 24) + int(low.sum())


def _sum(values: list[Any]) -> tuple[Any, Fraction]:
    """A sum of fractions and how far from the true one it can be; infinite where a term is."""
    infinite = next((v for v in values if isinstance(v, float)), None)
    if infinite is not None:
        return infinite, Fraction(0)
    common = 1
    for value in values:
        if common % value.denominator:
            common = math.lcm(common, value.denominator)
            if common.bit_length() > _DENOMINATOR_BITS:
                return _sum_on_grid(values)
    return Fraction(sum(v.numerator * (common // v.denominator) for v in values), common), Fraction(0)


def _sum_on_grid(values: list[Any]) -> tuple[Fraction, Fraction]:
    """A sum of fractions cut to a fine grid, where their common denominator would be too long."""
    scale = 1 << _DENOMINATOR_BITS
    cut = sum(v.numerator * scale // v.denominator for v in values)
    return Fraction(cut, scale), Fraction(len(values), scale)


def mean(q: Quantity) -> Quantity:
    """The arithmetic mean; bare cells that are all 0 or 1 average to a share."""
    average = _divided(total(q), len(q.nominal))
    is_indicator = q.unit == Unit() and q.low is None and np.all((q.nominal == 0) | (q.nominal == 1))
    return replace(average, unit=QUOTIENT) if is_indicator else average


def _divided(q: Quantity, by: int) -> Quantity:
    low, high = (None if x is None else x if isinstance(x, float) else x / by for x in (q.low, q.high))
    return replace(q, nominal=q.nominal / by, low=low, high=high)


def minimum(q: Quantity) -> Quantity:
    """The least value: its bounds are the least of the lower and of the upper bounds."""
    return _ranked(q, 0)


def maximum(q: Quantity) -> Quantity:
    """The greatest value: its bounds are the greatest of the lower and of the upper bounds."""
    return _ranked(q, len(q.nominal) - 1)


def quantile(q: Quantity, share: Fraction) -> Quantity:
    """The sample quantile at `share` by linear interpolation.

    R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996), type 7.
    Each end of the result is the same quantile of the cells' ends, since a quantile rises with every cell.
    """
    position = share * (len(q.nominal) - 1)
    below = math.floor(position)
    weight = position - below
    lower = _ranked(q, below)
    return lower if weight == 0 else _between(lower, _ranked(q, below + 1), weight)


def _between(lower: Quantity, upper: Quantity, weight: Fraction) -> Quantity:
    def at(low: Any, high: Any) -> Any:
        infinite = next((x for x in (low, high) if isinstance(x, float)), None)
        return low + weight * (high - low) if infinite is None else infinite

    nominal = at(lower.nominal, upper.nominal)
    if lower.low is None:
        return Quantity(nominal, unit=lower.unit)
    ends = at(lower.low, upper.low), at(lower.high, upper.high)
    opens = lower.low_open or upper.low_open, lower.high_open or upper.high_open
    return Quantity(nominal, *ends, *opens, lower.unit)


def _ranked(q: Quantity, rank: int) -> Quantity:
    """The value at `rank` (0 the least) of the sorted column, with its bounds."""
    if q.is_floating:
        return _float_ranked(q, rank)
    nominal = sorted(q.nominal)[rank]
    if q.low is None:
        return Quantity(nominal, unit=q.unit)
    low, low_open = _ranked_end(q.low, q.low_open, rank, 1)
    high, high_open = _ranked_end(q.high, q.high_open, rank, -1)
    return Quantity(nominal, low, high, low_open, high_open, q.unit)


def _ranked_end(ends: npt.NDArray[Any], is_open: Any, rank: int, inwards: int) -> tuple[Any, bool]:
    """The end at `rank`; an open end counts as a little inside the bound, so after or before a closed one."""
    pairs = sorted(
        (end, inwards * bool(o)) for end, o in zip(ends, np.broadcast_to(is_open, len(ends)), strict=True)
    )
    return pairs[rank][0], bool(pairs[rank][1])


def _float_ranked(q: Quantity, rank: int) -> Quantity:
    """Found among the few rows that rounding leaves in question."""
    if q.exactly is None:
        value = np.partition(q.nominal, rank)[rank : rank + 1]
        return Quantity(value, unit=q.unit).take(0)
    slack = floats.slack_of(q)
    with np.errstate(all="ignore"):
        lows, highs = (
            np.nan_to_num(q.nominal + s, nan=w, posinf=np.inf, neginf=-np.inf)
            for s, w in ((-slack, -np.inf), (slack, np.inf))
        )
    least, most = np.partition(lows, rank)[rank], np.partition(highs, rank)[rank]
    rows = np.flatnonzero((highs >= least) & (lows <= most))
    below = int(np.count_nonzero(highs < least))
    return Quantity(sorted(q.rows_exactly(rows).nominal)[rank - below], unit=q.unit)


def variance(q: Quantity, ddof: int) -> Quantity:
    """The mean squared deviation from the mean, over n - ddof; the unit is squared.

    Exact for exact cells. With bounds, an interval that encloses it: each deviation is taken to its own ends.
    """
    unit, factor = multiply(q.unit, q.unit)
    factor /= len(q.nominal) - ddof
    squares = _float_squares(q) if q.is_floating else _squares(q)
    found = _scaled(squares, factor)
    return replace(found, low=None if found.low is None else max(found.low, Fraction(0)), unit=unit)


def _scaled(q: Quantity, factor: Fraction) -> Quantity:
    low, high = (None if x is None else x if isinstance(x, float) else x * factor for x in (q.low, q.high))
    return Quantity(q.nominal * factor, low, high)


def _squares(q: Quantity) -> Quantity:
    """The sum of squared deviations from the mean of a column of fractions."""
    nominal, slack = _squared_deviations(list(q.nominal))
    if q.low is None:
        return _within(nominal, slack, Unit())
    centre = _divided(total(replace(q, unit=Unit())), len(q.nominal))
    pairs = [_square_of_gap(low, high, centre) for low, high in zip(q.low, q.high, strict=True)]
    low, below = _sum([p[0] for p in pairs])
    high, above = _sum([p[1] for p in pairs])
    return Quantity(nominal, _shifted(low, -below), _shifted(high, above))


def _squared_deviations(values: list[Any]) -> tuple[Any, Fraction]:
    """Sum of squares less the square of the sum over n."""
    sum_of_squares, off = _sum([v * v for v in values])
    whole, by = _sum(values)
    slack = off + (2 * abs(whole) + by) * by / len(values)
    return sum_of_squares - whole * whole / len(values), slack


def _square_of_gap(low: Any, high: Any, centre: Quantity) -> tuple[Any, Any]:
    """The least and greatest square of a value between low and high less one of `centre`."""
    bottom, top = _gap(low, centre.highest), _gap(high, centre.lowest)
    ends = sorted((bottom * bottom, top * top))
    return (Fraction(0) if bottom <= 0 <= top else ends[0]), ends[1]


def _gap(x: Any, y: Any) -> Any:
    return x if isinstance(x, float) else -y if isinstance(y, float) else x - y


def _float_squares(q: Quantity) -> Quantity:
    scaled = floats.as_integers(q)
    if scaled is not None:
        return Quantity(_integer_squares(scaled - int(np.rint(scaled.mean())), 10 ** (q.digits or 0)))
    slack = floats.slack_of(q)
    if (
        not np.all(np.isfinite(slack))
        or not np.all(np.isfinite(q.nominal))
        or float(np.abs(q.nominal).max()) > 1e150
    ):
        return _squares(q.all_exactly())
    middle = math.fsum(q.nominal.tolist()) / len(q.nominal)
    gaps = q.nominal - middle
    off = slack + float(np.mean(slack)) + np.abs(gaps) * 2.0**-52 + abs(middle) * 2.0**-50
    near, spread = math.fsum((gaps * gaps).tolist()), math.fsum((off * (2 * np.abs(gaps) + off)).tolist())
    return _within(Fraction(near), Fraction(spread) * 2 + Fraction(near) * 4 * _EPSILON, Unit())


def _integer_squares(values: npt.NDArray[np.int64], scale: int) -> Fraction:
    """The sum of squared deviations of whole numbers of which `scale` make one."""
    whole, squares = _integer_sum(values), sum(v * v for v in values.tolist())
    return Fraction(len(values) * squares - whole * whole, len(values) * scale * scale)


def root(q: Quantity, unit: Unit) -> Quantity:
    """The square root of one quantity that is not negative, in `unit`; exact for perfect squares."""
    nominal, slack = square_root(q.nominal)
    if q.low is None and slack == 0:
        return Quantity(nominal, unit=unit)
    low, below = square_root(max(q.lowest, Fraction(0)))
    high, above = square_root(q.highest)
    is_open = bool(q.low_open) and below == 0 and q.lowest >= 0, bool(q.high_open) and above == 0
    return Quantity(nominal, _shifted(low, -below), _shifted(high, above), *is_open, unit=unit)


def square_root(value: Any) -> tuple[Any, Fraction]:
    """A square root and how far from the true one it can be."""
    if isinstance(value, float):
        return value, Fraction(0)
    over, under = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if over * over == value.numerator and under * under == value.denominator:
        return Fraction(over, under), Fraction(0)
    shift = _ROOT_BITS + value.denominator.bit_length()
    scaled = math.isqrt((value.numerator << (2 * shift)) // value.denominator)
    return Fraction(scaled, 1 << shift), Fraction(1, 1 << (shift - 1))
