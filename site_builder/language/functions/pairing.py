"""Pairs of x and y: two columns that belong together, as lists, with the ends of y."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.operands import check_aligned
from site_builder.language.summarising import numbers_of, obstacle
from site_builder.language.values import Unknown
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import Unit
from site_builder.tables import Cells, Column, joined

_TIGHT = Fraction(1, 2**40)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """n points: x, y, the ends of each y, the units, and the cells they rest on."""

    x: list[Any]
    y: list[Any]
    low: list[Any]
    high: list[Any]
    x_unit: Unit
    y_unit: Unit
    cells: Cells
    is_exact_x: bool

    @property
    def is_tight_y(self) -> bool:
        """Whether the bounds of y are only those of rounding."""
        return _is_tight(self.y, self.low, self.high)

    @property
    def is_censored_y(self) -> bool:
        """Whether a y is known to one side only."""
        return any(isinstance(v, float) for v in (*self.low, *self.high))


def paired(name: str, x: Column, y: Column) -> Pairs | Unknown:
    """The pairs to fit, or why there is no fit; raises `Mistake` for columns that do not belong together."""
    x, y = numbers_of(x, name), numbers_of(y, name)
    check_aligned(x, y, name)
    stop = obstacle(x, name) or obstacle(y, name)
    if stop is not None:
        return stop
    cells = joined(x.cells, y.cells)
    of_x, of_y = _exactly(x.data), _exactly(y.data)
    xs = list(of_x.nominal)
    if not _is_tight(xs, of_x.lowest, of_x.highest):
        reason = "censored" if x.data.is_censored else "too-coarse"
        return Unknown(reason, f"{name}: the x values have bounds", cells)
    if len(set(xs)) < 2:
        return Unknown("undefined", f"{name}: fewer than 2 points at different x", cells)
    y_low, y_high = list(of_y.lowest), list(of_y.highest)
    return Pairs(xs, list(of_y.nominal), y_low, y_high, x.data.unit, y.data.unit, cells, of_x.is_exact)


def _exactly(q: Quantity) -> Quantity:
    return q.rows_exactly(np.arange(len(q.nominal)))


def _is_tight(nominal: Any, low: Any, high: Any) -> bool:
    return all(h - lo <= abs(v) * _TIGHT for v, lo, h in zip(nominal, low, high, strict=True))


def average(values: list[Any]) -> Any:
    """The arithmetic mean, in the kind of number that came in."""
    return sum(values, start=type(values[0])(0)) / len(values)
