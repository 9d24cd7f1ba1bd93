"""Means other than the arithmetic one: geometric, harmonic and weighted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np

from site_builder.language.function import Function, Parameter
from site_builder.language.functions.samples import STRICT, by_group, steady, step_of
from site_builder.language.operands import check_aligned
from site_builder.language.summarising import Names, numbers_of, obstacle, summarised
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.quantities import aggregate
from site_builder.quantities.quantity import EXACT_ROWS, Quantity, column_of, divide
from site_builder.tables import Cells, Column, joined

_SLACK = Fraction(1, 2**38)
_MOST_BITS, _SMALLEST = 20_000, 1e-300
_PLAIN_DENOMINATOR = 10**6


def _positive_mean(
    name: str, mean: Callable[[Any], tuple[Any, Any, Any]], least: str
) -> Callable[..., Value]:
    """A mean that rises with every cell, of numbers that must not be negative."""

    def summary(column: Column) -> Scalar | Unknown:
        q = steady(column.data)
        if np.any(q.nominal < 0) or (least == "above zero" and np.any(q.nominal == 0)):
            return Unknown("undefined", f"{name} takes numbers {least}, and some are not", column.cells)
        nominal, low, high = mean(q.nominal)
        if not q.is_exact:
            low, high = mean(np.maximum(q.low, 0))[1], mean(q.high)[2]
        exact = low == nominal == high
        return number(
            Quantity(nominal, unit=q.unit) if exact else Quantity(nominal, low, high, unit=q.unit),
            column.cells,
        )

    def run(column: Column, by: Names | None) -> Value:
        return summarised(numbers_of(column, name), by, name, summary)

    return run


def _geometric(values: Any) -> tuple[Any, Any, Any]:
    """The n-th root of the product of n numbers, with what rounding leaves open; exact where it is a plain number."""
    if np.any(values == 0):
        return (Fraction(0),) * 3
    if any(isinstance(v, float) and math.isinf(v) for v in values.tolist()):
        return math.inf, math.inf, math.inf
    # Not numpy's logarithm, whose last digit depends on the processor.
    logs = [math.log(v) for v in values.tolist()] if values.dtype == np.float64 else [_log(v) for v in values]
    middle = math.fsum(logs) / len(logs)
    near = Fraction(math.exp(min(700.0, max(-700.0, middle))))
    exact = _plain_root(near, values)
    if exact is not None:
        return exact, exact, exact
    slack = near * _SLACK * (1 + Fraction(max(abs(v) for v in logs)))
    return near, near - slack, near + slack


def _log(value: Fraction) -> float:
    return math.log(value.numerator) - math.log(value.denominator)


def _plain_root(near: Fraction, values: Any) -> Fraction | None:
    """The root where it is a fraction of small numbers: near it lies one whose power is the product."""
    count = len(values)
    root = near.limit_denominator(_PLAIN_DENOMINATOR)
    if (
        root <= 0
        or count * _bits(root) > _MOST_BITS
        or values.dtype != object
        or sum(map(_bits, values)) > _MOST_BITS
    ):
        return None
    over, under = (math.prod(getattr(v, part) for v in values) for part in ("numerator", "denominator"))
    return root if root.numerator**count * under == root.denominator**count * over else None


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def _harmonic(values: Any) -> tuple[Any, Any, Any]:
    """n over the sum of reciprocals; a number without end adds nothing, and one down to zero takes it to zero."""
    if np.any(values == 0):
        return (Fraction(0),) * 3
    if values.dtype == np.float64 and np.all(values > _SMALLEST):
        near = Fraction(len(values) / math.fsum((1 / values).tolist()))
        return near, near * (1 - _SLACK), near * (1 + _SLACK)
    exact = Quantity(values).rows_exactly(np.arange(len(values))).nominal
    total = aggregate.total(Quantity(column_of([Fraction(0) if math.isinf(v) else 1 / v for v in exact])))
    if total.nominal == 0:
        return math.inf, math.inf, math.inf
    nominal, low, high = (len(values) / end for end in (total.nominal, total.highest, total.lowest))
    return nominal, low, high


def _weighted_mean(column: Column, weights: Column, by: Names | None) -> Value:
    x, w = numbers_of(column, "weighted_mean"), numbers_of(weights, "weighted_mean")
    check_aligned(x, w, "weighted_mean")
    return by_group((x, w), by, "weighted_mean", _weighted)


def _weighted(x: Column, w: Column) -> Scalar | Unknown:
    cells = joined(x.cells, w.cells)
    stop = obstacle(x, "weighted_mean") or obstacle(w, "weighted_mean")
    if stop is not None:
        return stop
    if x.data.is_exact and w.data.is_exact and max(len(x), len(w)) > EXACT_ROWS:
        return _weighted_floats(x.data, w.data, cells)
    values, weights = (c.data.rows_exactly(np.arange(len(c))) for c in (x, w))
    if np.any(weights.nominal < 0) or np.any(weights.lowest < 0):
        return Unknown("undefined", "weighted_mean: a weight is, or could be, negative", cells)
    if weights.is_censored:
        return Unknown("censored", "weighted_mean: a weight is known to one side only", cells)
    if not np.any(weights.nominal > 0):
        return Unknown("undefined", "weighted_mean: every weight is zero", cells)
    nominal = _average(values, weights)
    if values.is_exact and weights.is_exact:
        return number(replace(nominal, unit=x.unit), cells)
    low, high = -_greatest([-v for v in values.lowest], weights), _greatest(list(values.highest), weights)
    return number(Quantity(nominal.nominal, low, high, unit=x.unit), cells)


def _weighted_floats(values: Quantity, weights: Quantity, cells: Cells) -> Scalar | Unknown:
    """The weighted mean of many exact cells, known to within the rounding of its products."""
    x, w = (np.asarray(steady(q).nominal, dtype=float) for q in (values, weights))
    whole = math.fsum(w.tolist())
    if np.any(w < 0) or whole == 0:
        return Unknown("undefined", "weighted_mean: a weight is negative, or every weight is zero", cells)
    nominal = Fraction(math.fsum((x * w).tolist()) / whole)
    slack = Fraction(math.fsum(np.abs(x * w).tolist()) / whole) * _SLACK
    return number(Quantity(nominal, nominal - slack, nominal + slack, unit=values.unit), cells)


def _average(values: Quantity, weights: Quantity) -> Quantity:
    """Σ w x over Σ w of the nominal numbers; exact unless their fractions grow past reason."""
    products = column_of([v * w for v, w in zip(values.nominal, weights.nominal, strict=True)])
    return divide(aggregate.total(Quantity(products)), aggregate.total(Quantity(weights.nominal)))


def _greatest(values: list[Any], weights: Quantity) -> Any:
    """The greatest weighted mean over all weights between their bounds, or a little more.

    The mean rises with a weight exactly where the value lies above it, so that at the greatest one the large values
    have their upper weights and the others their lower: of these splits the best is taken.
    """
    if any(v == math.inf and w > 0 for v, w in zip(values, weights.highest, strict=True)):
        return math.inf
    order = sorted((i for i, v in enumerate(values) if not isinstance(v, float)), key=lambda i: values[i])
    step = step_of([values[i] for i in order])
    cells = [math.ceil(values[i] / step) for i in order]
    weight = step_of([w for i in order for w in (weights.lowest[i], weights.highest[i])])
    low = [math.floor(weights.lowest[i] / weight) for i in order]
    high = [math.ceil(weights.highest[i] / weight) for i in order]
    below, above = _running(cells, low), _running(cells[::-1], high[::-1])[::-1]
    splits = ((a[0] + b[0], a[1] + b[1]) for a, b in zip(below, above, strict=True))
    return max(Fraction(weighted, whole) for weighted, whole in splits if whole > 0) * step


def _running(cells: list[int], weights: list[int]) -> list[tuple[int, int]]:
    """Running totals of the weighted cells and of the weights, from nothing to all of them."""
    weighted = accumulate((w * v for v, w in zip(cells, weights, strict=True)), initial=0)
    return list(zip(weighted, accumulate(weights, initial=0), strict=True))


_BY, _COLUMN = Parameter("by", "names", None), Parameter("column", "column")

FUNCTIONS = (
    Function(
        "geometric_mean",
        "columns to a value",
        "The n-th root of the product of n numbers.",
        (_COLUMN, _BY),
        _positive_mean("geometric_mean", _geometric, "that are not negative"),
        ("geometric_mean([1, 3, 9])", "3"),
        STRICT
        + "Bounds are the means of the bounds. A negative number makes it undefined, a zero makes it zero.",
        "G. H. Hardy, J. E. Littlewood and G. Pólya, Inequalities (1934), eq. 2.1.5.",
    ),
    Function(
        "harmonic_mean",
        "columns to a value",
        "The number of numbers over the sum of their reciprocals.",
        (_COLUMN, _BY),
        _positive_mean("harmonic_mean", _harmonic, "above zero"),
        ("harmonic_mean(runs.minutes)", "10 min"),
        STRICT + "Bounds are the means of the bounds. A number that is not above zero makes it undefined.",
        "G. H. Hardy, J. E. Littlewood and G. Pólya, Inequalities (1934), section 2.1.",
    ),
    Function(
        "weighted_mean",
        "columns to a value",
        "The mean in which each number counts as much as its weight: the sum of the products over the sum of "
        "the weights.",
        (_COLUMN, Parameter("weights", "column"), _BY),
        _weighted_mean,
        ("weighted_mean(runs.accuracy, runs.size)", "77.5 %"),
        STRICT
        + "Bounds on numbers and on weights give true bounds. A negative weight, or weights that are all "
        "zero, "
        "make it undefined.",
        "G. H. Hardy, J. E. Littlewood and G. Pólya, Inequalities (1934), eq. 2.2.3.",
    ),
)
