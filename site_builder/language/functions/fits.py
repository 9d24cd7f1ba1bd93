"""Fits: least-squares lines on plain and on log-log axes, and how well a line describes the points.

Ordinary least squares: the slope is Σ (x - x̄)(y - ȳ) / Σ (x - x̄)², that is, a weighted sum of the y with weights
(x - x̄) / Σ (x - x̄)². It therefore has true bounds when y has: each y enters at the end its weight's sign asks for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from site_builder.language.function import Function, Parameter
from site_builder.language.operators import check_aligned
from site_builder.language.summarising import numbers_of, obstacle
from site_builder.language.values import Unknown, Value, number
from site_builder.quantities import units
from site_builder.quantities.quantity import Quantity, computed
from site_builder.quantities.units import PURE, Unit
from site_builder.tables import Cells, Column, joined

_TIGHT = Fraction(1, 10**9)


class Pairs:
    """Two aligned columns as lists of numbers with the ends of y."""

    def __init__(self, x: Column, y: Column) -> None:
        self.cells = joined(x.cells, y.cells)
        self.x = _tight(x.data)
        self.y = list(_exact(y.data).nominal)
        self.low, self.high = list(_exact(y.data).lowest), list(_exact(y.data).highest)
        self.x_unit, self.y_unit = x.data.unit, y.data.unit
        self.is_tight_y = _tight(y.data) is not None


def _exact(q: Quantity) -> Quantity:
    import numpy as np

    return q.rows_exactly(np.arange(len(q.nominal)))


def _tight(q: Quantity) -> list[Any] | None:
    """The nominal values where bounds are only those of rounding, else None."""
    q = _exact(q)
    values = list(q.nominal)
    if q.low is None:
        return values
    close = all(h - lo <= abs(v) * _TIGHT for v, lo, h in zip(values, q.low, q.high, strict=True))
    return values if close else None


def _paired(name: str, x: Column, y: Column, least: int = 2) -> Pairs | Unknown:
    """The pairs to fit, or why there is no fit."""
    x, y = numbers_of(x, name), numbers_of(y, name)
    check_aligned(x, y, name)
    stop = obstacle(x, name) or obstacle(y, name)
    if stop is not None:
        return stop
    pairs = Pairs(x, y)
    if pairs.x is None:
        reason = "censored" if x.data.is_censored else "too-coarse"
        return Unknown(reason, f"{name}: the x values have bounds, and no slope is known for sure", pairs.cells)
    if len(pairs.x) < least or len(set(pairs.x)) < 2:
        return Unknown("undefined", f"{name}: fewer than {least} points at different x", pairs.cells)
    return pairs


def _weights(x: list[Any]) -> list[Any]:
    middle = _average(x)
    spread = sum(((v - middle) ** 2 for v in x), start=type(middle)(0))
    return [(v - middle) / spread for v in x]


def _average(values: list[Any]) -> Any:
    return sum(values, start=type(values[0])(0)) / len(values)


def _weighted(weights: list[Any], low: list[Any], high: list[Any], *, lowest: bool) -> Any:
    """The least (or greatest) weighted sum over all y between their ends."""
    total: Any = 0
    for weight, bottom, top in zip(weights, low, high, strict=True):
        if weight != 0:
            total = total + weight * (bottom if (weight > 0) == lowest else top)
    return total


def _line(name: str, weigh: Callable[[list[Any]], list[Any]], unit_of: Callable[[Pairs], tuple[Unit, Fraction]]) -> Any:
    def run(x: Column, y: Column) -> Value:
        pairs = _paired(name, x, y)
        if isinstance(pairs, Unknown):
            return pairs
        assert pairs.x is not None
        weights = weigh(pairs.x)
        unit, factor = unit_of(pairs)
        nominal, low, high = (
            _weighted(weights, a, b, lowest=lowest)
            for a, b, lowest in ((pairs.y, pairs.y, True), (pairs.low, pairs.high, True), (pairs.low, pairs.high, False))
        )
        exact = low == high
        q = Quantity(Fraction(nominal)) if exact else Quantity(Fraction(nominal), low, high)
        return number(q.scaled(factor, unit), pairs.cells)

    return run


def _intercept_weights(x: list[Any]) -> list[Any]:
    middle, share = _average(x), Fraction(1, len(x))
    return [share - middle * w for w in _weights(x)]


def _log_of(q: Quantity, name: str, cells: Cells) -> tuple[list[float], list[float], list[float]] | Unknown:
    q = _exact(q)
    if any(v <= 0 for v in q.nominal):
        return Unknown("undefined", f"{name}: a value that is not positive has no logarithm", cells)
    ends = ([_log(v) for v in side] for side in (q.nominal, q.lowest, q.highest))
    nominal, low, high = ends
    return nominal, low, high


def _log(value: Any) -> float:
    return -math.inf if value <= 0 else math.inf if value == math.inf else math.log(value)


def power_law(x: Column, y: Column) -> Value:
    """The exponent b of y = a x^b, fitted by least squares on log-log axes."""
    pairs = _paired("power_law", x, y)
    if isinstance(pairs, Unknown):
        return pairs
    logs_x = _log_of(numbers_of(x, "power_law").data, "power_law", pairs.cells)
    logs_y = _log_of(numbers_of(y, "power_law").data, "power_law", pairs.cells)
    if isinstance(logs_x, Unknown) or isinstance(logs_y, Unknown):
        return logs_x if isinstance(logs_x, Unknown) else logs_y  # type: ignore[return-value]
    weights = _weights(logs_x[0])
    nominal = math.fsum(w * v for w, v in zip(weights, logs_y[0], strict=True))
    low = _weighted(weights, logs_y[1], logs_y[2], lowest=True)
    high = _weighted(weights, logs_y[1], logs_y[2], lowest=False)
    if low == high:
        return number(_near(nominal, logs_y[0], PURE), pairs.cells)
    ends = [v if math.isinf(v) else Fraction(v) for v in (low - abs(low) * 1e-12, high + abs(high) * 1e-12)]
    return number(Quantity(Fraction(nominal), *ends, unit=PURE), pairs.cells)


def _near(value: float, scale: list[float], unit: Unit) -> Quantity:
    """A float result with the rounding of the sums that made it; zero when every y is the same."""
    if len(set(scale)) == 1:
        return Quantity(Fraction(0), unit=unit)
    slack = Fraction(max(abs(v) for v in scale)) * Fraction(1, 2**44)
    middle = Fraction(value)
    return Quantity(middle, middle - slack, middle + slack, unit=unit)


def _r_squared(x: Column, y: Column) -> Value:
    """The squared correlation of x and y: the share of the variance of y that a line explains."""
    return _correlated("r_squared", x, y, lambda r: r * r)


def _correlation(x: Column, y: Column, method: str) -> Value:
    if method == "spearman":
        from site_builder.language.functions.elementwise import ranked

        return _correlated("correlation", ranked(x), ranked(y), lambda r: r)
    return _correlated("correlation", x, y, lambda r: r)


def _correlated(name: str, x: Column, y: Column, finish: Callable[[float], float]) -> Value:
    pairs = _paired(name, x, y)
    if isinstance(pairs, Unknown):
        return pairs
    if not pairs.is_tight_y:
        censored = any(math.isinf(v) for v in (*pairs.low, *pairs.high) if isinstance(v, float))
        return Unknown("censored" if censored else "too-coarse", f"{name}: the y values have bounds", pairs.cells)
    assert pairs.x is not None
    if len(set(pairs.y)) < 2:
        return Unknown("undefined", f"{name} is undefined: every y is the same, so there is no variance", pairs.cells)
    return number(computed(finish(_pearson(pairs.x, pairs.y)), PURE, ulps=64), pairs.cells)


def _pearson(x: list[Any], y: list[Any]) -> float:
    """Pearson's product-moment correlation, from exact sums where the values are exact."""
    mean_x, mean_y = _average(x), _average(y)
    products = [(a - mean_x, b - mean_y) for a, b in zip(x, y, strict=True)]
    sxy, sxx, syy = (sum(terms) for terms in zip(*((a * b, a * a, b * b) for a, b in products), strict=True))
    return float(sxy) / math.sqrt(float(sxx) * float(syy))


slope: Callable[[Column, Column], Value] = _line(
    "slope", _weights, lambda p: units.divide(p.y_unit, p.x_unit)
)
intercept: Callable[[Column, Column], Value] = _line("intercept", _intercept_weights, lambda p: (p.y_unit, Fraction(1)))

_X, _Y = Parameter("x", "column"), Parameter("y", "column")
_BOUNDS = "A missing cell makes it unknown. Bounds on y give true bounds; bounds on x leave it unknown."
_OLS = "Ordinary least squares; see for example N. R. Draper and H. Smith, Applied Regression Analysis (1998), eq. 1.2.9."

FUNCTIONS = (
    Function("slope", "fits and statistics", "The slope of the least-squares line of y on x.", (_X, _Y),
             slope, ("slope(runs.minutes, runs.size)", "−0.08/min"),
             _BOUNDS, _OLS),
    Function("intercept", "fits and statistics", "The y of the least-squares line of y on x where x is 0.", (_X, _Y),
             intercept, ("intercept(runs.minutes, runs.size)", "5.2"),
             _BOUNDS, _OLS),
    Function("r_squared", "fits and statistics", "The share of the variance of y that the least-squares line on x explains, R².",
             (_X, _Y), _r_squared, ("round(r_squared(runs.minutes, runs.size), 3)", "0.123"),
             "Undefined when every x or every y is the same. Unknown where cells are missing or have bounds.", _OLS),
    Function("power_law", "fits and statistics", "The exponent b of y = a·x^b: the slope of log y on log x.", (_X, _Y), power_law,
             ("power_law(runs.minutes, runs.minutes)", "1"), _BOUNDS + " Right-censored y give a half-line.", _OLS),
    Function("correlation", "fits and statistics", "The correlation of two columns, by Pearson or by Spearman's ranks.",
             (_X, _Y, Parameter("method", "choice", "pearson", choices=("pearson", "spearman"))), _correlation,
             ("round(correlation(runs.minutes, runs.size), 3)", "−0.351"),
             "Undefined when every x or every y is the same. Unknown where cells are missing or have bounds.",
             "K. Pearson (1895), Proc. R. Soc. 58, 240; C. Spearman (1904), Am. J. Psychol. 15, 72."),
)  # fmt: skip
