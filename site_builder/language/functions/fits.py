"""Fits: least-squares lines on plain and on log-log axes.

Ordinary least squares: the slope is Σ (x - x̄)(y - ȳ) / Σ (x - x̄)², that is, a weighted sum of the y with weights
(x - x̄) / Σ (x - x̄)². It therefore has true bounds when y has: each y enters at the end its weight's sign asks for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from site_builder.language.function import Function, Parameter
from site_builder.language.functions.pairing import Pairs, average, paired
from site_builder.language.values import Unknown, Value, number
from site_builder.quantities import units
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import PURE, Unit
from site_builder.tables import Column

_LOOSE_X = Fraction(1, 10**9)
"""Of the sizes of the terms: what rounding in x, tight as it is, can do to a slope."""
_FLOAT = 2.0**-40
Weigh = Callable[[list[Any]], list[Any]]


def _weights(x: list[Any]) -> list[Any]:
    middle = average(x)
    spread = sum(((v - middle) ** 2 for v in x), start=type(middle)(0))
    return [(v - middle) / spread for v in x]


def _intercept_weights(x: list[Any]) -> list[Any]:
    middle, share = average(x), Fraction(1, len(x))
    return [share - middle * w for w in _weights(x)]


def _weighted(weights: list[Any], low: list[Any], high: list[Any]) -> Any:
    """The least weighted sum over all y between their ends; the greatest when the ends are swapped."""
    pairs = zip(weights, low, high, strict=True)
    terms = [w * (bottom if w > 0 else top) for w, bottom, top in pairs if w != 0]
    return math.fsum(terms) if any(isinstance(t, float) for t in terms) else sum(terms, start=Fraction(0))


def _size(weights: list[Any], y: list[Any]) -> Any:
    return sum(abs(w * v) for w, v in zip(weights, y, strict=True))


def _line(name: str, weigh: Weigh, unit_of: Callable[[Pairs], tuple[Unit, Fraction]]) -> Callable[..., Value]:
    def run(x: Column, y: Column) -> Value:
        pairs = paired(name, x, y)
        if isinstance(pairs, Unknown):
            return pairs
        weights = weigh(pairs.x)
        unit, factor = unit_of(pairs)
        nominal = _weighted(weights, pairs.y, pairs.y)
        slack = Fraction(0) if pairs.is_exact_x else Fraction(_size(weights, pairs.y)) * _LOOSE_X
        low = _weighted(weights, pairs.low, pairs.high)
        high = _weighted(weights, pairs.high, pairs.low)
        return number(_enclosed(nominal, low, high, slack).scaled(factor, unit), pairs.cells)

    return run


def _enclosed(nominal: Any, low: Any, high: Any, slack: Fraction) -> Quantity:
    """A quantity between two ends, each moved outwards by `slack`; exact where nothing is left open."""
    if low == high and slack == 0:
        return Quantity(Fraction(nominal))
    low, high = (
        end if isinstance(end, float) and math.isinf(end) else Fraction(end) + move
        for end, move in ((low, -slack), (high, slack))
    )
    return Quantity(Fraction(nominal), low, high)


def power_law(x: Column, y: Column) -> Value:
    """The exponent b of y = a x^b, fitted by least squares on log-log axes."""
    pairs = paired("power_law", x, y)
    if isinstance(pairs, Unknown):
        return pairs
    if any(v <= 0 for v in (*pairs.x, *pairs.y)):
        detail = "power_law: a value that is not positive has no logarithm"
        return Unknown("undefined", detail, pairs.cells)
    if all(p == q == r == pairs.y[0] for p, q, r in zip(pairs.low, pairs.y, pairs.high, strict=True)):
        return number(Quantity(Fraction(0), unit=PURE), pairs.cells)
    logs_x = [_log(v) for v in pairs.x]
    nominal, low, high = ([_log(v) for v in side] for side in (pairs.y, pairs.low, pairs.high))
    if len(set(logs_x)) < 2:
        return Unknown("undefined", "power_law: the x values are too close to tell apart", pairs.cells)
    weights = _weights(logs_x)
    ends = _weighted(weights, nominal, nominal), _weighted(weights, low, high), _weighted(weights, high, low)
    finite = [v for v in (*nominal, *low, *high) if not math.isinf(v)]
    scale = sum(map(abs, weights)) * max(map(abs, finite))
    slack = Fraction(scale) * (Fraction(_FLOAT) if pairs.is_exact_x else _LOOSE_X)
    q = _enclosed(*ends, slack)
    return number(Quantity(q.nominal, q.low, q.high, unit=PURE), pairs.cells)


def _log(value: Any) -> float:
    """The logarithm of a fraction of any size; of an end at or below zero, minus infinity."""
    if value <= 0:
        return -math.inf
    return math.inf if value == math.inf else math.log(value.numerator) - math.log(value.denominator)


def _slope_unit(pairs: Pairs) -> tuple[Unit, Fraction]:
    return units.divide(pairs.y_unit, pairs.x_unit)


slope: Callable[[Column, Column], Value] = _line("slope", _weights, _slope_unit)
intercept: Callable[[Column, Column], Value] = _line(
    "intercept", _intercept_weights, lambda pairs: (pairs.y_unit, Fraction(1))
)

_GROUP = "fits and statistics"
_XY = (Parameter("x", "column"), Parameter("y", "column"))
_BOUNDS = "A missing cell makes it unknown. Bounds on y give true bounds; bounds on x leave it unknown."
_OLS = "Ordinary least squares: N. R. Draper and H. Smith, Applied Regression Analysis (1998), section 1.2."

FUNCTIONS = (
    Function(
        "slope",
        _GROUP,
        "The slope of the least-squares line of y on x.",
        _XY,
        slope,
        ("slope(runs.size, runs.accuracy)", "4.61538 %"),
        _BOUNDS,
        _OLS,
    ),
    Function(
        "intercept",
        _GROUP,
        "The y of the least-squares line of y on x where x is 0.",
        _XY,
        intercept,
        ("intercept(runs.size, runs.accuracy)", "51.5385 %"),
        _BOUNDS,
        _OLS,
    ),
    Function(
        "power_law",
        _GROUP,
        "The exponent b of y = a·x^b: the slope of log y on log x.",
        _XY,
        power_law,
        ("power_law(runs.size, runs.size ** 2)", "2"),
        _BOUNDS + " Right-censored y give a half-line. Unknown where a value is not positive.",
        _OLS,
    ),
)
