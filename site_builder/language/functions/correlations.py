"""Correlation: how well a line, or any rising order, describes the points."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from site_builder.language.function import Function, Parameter
from site_builder.language.functions.pairing import average, paired
from site_builder.language.functions.places import places, unrankable
from site_builder.language.functions.significance import correlation_tail
from site_builder.language.operands import check_aligned
from site_builder.language.summarising import numbers_of, obstacle
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.quantities.quantity import Quantity, column_of, computed
from site_builder.quantities.units import PURE
from site_builder.tables import Column


def _r_squared(x: Column, y: Column) -> Value:
    """The squared correlation of x and y: the share of the variance of y that a line explains."""
    return _correlated("r_squared", x, y, lambda sxy, sxx, syy: float(sxy * sxy / (sxx * syy)))


def _correlation(x: Column, y: Column, method: str) -> Value:
    found = _pearsons(x, y) if method == "pearson" else _spearmans(x, y)
    if not isinstance(found, Scalar):
        return found
    return replace(found, p_value=partial(correlation_tail, x, y, method))


def _pearsons(x: Column, y: Column) -> Value:
    return _correlated("correlation", x, y, _pearson)


def _spearmans(x: Column, y: Column) -> Value:
    x, y = numbers_of(x, "correlation"), numbers_of(y, "correlation")
    check_aligned(x, y, "correlation")
    for column in (x, y):
        stop = obstacle(column, "correlation") or unrankable(column, "correlation")
        if stop is not None:
            return stop
    return _correlated("correlation", _ranked(x), _ranked(y), _pearson)


def _ranked(column: Column) -> Column:
    """The column's ranks, where ties share the mean of their places."""
    first, last = places(column.data)
    ranks = [Fraction(int(a + b + 1), 2) for a, b in zip(first, last, strict=True)]
    return replace(column, data=Quantity(column_of(ranks), unit=PURE), read=None)


def _correlated(name: str, x: Column, y: Column, finish: Callable[[Any, Any, Any], float]) -> Value:
    pairs = paired(name, x, y)
    if isinstance(pairs, Unknown):
        return pairs
    if not pairs.is_tight_y:
        reason = "censored" if pairs.is_censored_y else "too-coarse"
        return Unknown(reason, f"{name}: the y values have bounds", pairs.cells)
    if len(set(pairs.y)) < 2:
        detail = f"{name} is undefined: every y is the same, so there is no variance"
        return Unknown("undefined", detail, pairs.cells)
    mean_x, mean_y = average(pairs.x), average(pairs.y)
    gaps = [(a - mean_x, b - mean_y) for a, b in zip(pairs.x, pairs.y, strict=True)]
    sums = [sum(terms) for terms in zip(*((a * b, a * a, b * b) for a, b in gaps), strict=True)]
    return number(computed(finish(*sums), PURE, ulps=64), pairs.cells)


def _pearson(sxy: Any, sxx: Any, syy: Any) -> float:
    """Pearson's product-moment correlation from exact sums: the signed root of an exact share."""
    return math.copysign(math.sqrt(sxy * sxy / (sxx * syy)), sxy)


_GROUP = "fits and statistics"
_XY = (Parameter("x", "column"), Parameter("y", "column"))
_UNKNOWNS = "Undefined when every x or every y is the same. Unknown where cells are missing or have bounds."

FUNCTIONS = (
    Function(
        "r_squared",
        _GROUP,
        "The share of the variance of y that the least-squares line on x explains, R².",
        _XY,
        _r_squared,
        ("r_squared(runs.size, runs.accuracy)", "0.852071"),
        _UNKNOWNS,
        "N. R. Draper and H. Smith, Applied Regression Analysis (1998), section 1.3.",
    ),
    Function(
        "correlation",
        _GROUP,
        "The correlation of two columns, by Pearson or by Spearman's ranks.",
        (*_XY, Parameter("method", "choice", "pearson", choices=("pearson", "spearman"))),
        _correlation,
        ("correlation(runs.size, runs.accuracy)", "0.923077"),
        _UNKNOWNS,
        "K. Pearson (1895), Proc. R. Soc. 58, 240; C. Spearman (1904), Am. J. Psychol. 15, 72.",
    ),
)
