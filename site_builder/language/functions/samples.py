"""Samples: columns as numbers to compute statistics from, several columns by group, and what bounds leave open."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import Parameter, columns_named
from site_builder.language.summarising import Names, grouped, groups_of, numbers_of, obstacle
from site_builder.language.values import Scalar, Unknown, Value
from site_builder.problems import Mistake
from site_builder.quantities import aggregate
from site_builder.quantities.floats import slack_of
from site_builder.quantities.quantity import Quantity, multiply
from site_builder.quantities.units import BARE, UnitClash, common
from site_builder.tables import Cells, Column, joined

GROUP = "fits and statistics"
STRICT = "A missing cell, or no row, makes the result unknown; leave it out with [not missing(column)]. "
PAIR = (Parameter("a", "column"), Parameter("b", "column"))
_LARGEST = 10**300
_FINEST_BITS, _TINY_BITS = 4_096, 120
_LARGEST_FLOAT, _OFF_BY, _STEADY = 1e300, 1e-11, 2.0**-40


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two columns of numbers in one unit (dropped from both), and the cells they rest on."""

    a: Column
    b: Column
    cells: Cells


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """How many numbers, their mean and their sum of squared deviations from it, as plain quantities with bounds."""

    count: int
    mean: Quantity
    squares: Quantity


def pair_of(name: str, a: Column, b: Column) -> Pair | Unknown:
    """Two samples, or why they are not known; raises `Mistake` where their units do not meet."""
    a, b = numbers_of(a, name), numbers_of(b, name)
    cells = joined(a.cells, b.cells)
    stop = obstacle(a, name) or obstacle(b, name)
    if stop is not None:
        return replace(stop, cells=cells)
    try:
        _, for_a, for_b = common(a.unit, b.unit, adding=False)
    except UnitClash as clash:
        message = f"{name} compares columns whose units do not meet: {clash}"
        raise Mistake("E-UNIT", message, hint="declare both columns in one unit") from None
    a, b = (replace(c, data=c.data.scaled(f, BARE)) for c, f in ((a, for_a), (b, for_b)))
    return Pair(a, b, cells)


def inexact(name: str, cells: Cells, *columns: Column) -> Unknown | None:
    """Why a statistic that takes exact numbers alone is unknown: a cell of these columns has bounds."""
    if all(c.data.is_exact for c in columns):
        return None
    is_censored = any(c.data.is_censored for c in columns)
    reason, word = ("censored", "censored") if is_censored else ("too-coarse", "known to within bounds only")
    return Unknown(reason, f"{name} takes exact numbers, and some cells are {word}", cells)


def censored(name: str, cells: Cells, *columns: Column) -> Unknown | None:
    """Why a statistic of finite numbers is unknown: a cell is known to one side only."""
    if not any(c.data.is_censored for c in columns):
        return None
    return Unknown("censored", f"{name}: some cells are known to one side only", cells)


def moments(q: Quantity) -> Moments:
    """Mean and squared deviations: exact for up to 5,000 exact cells, enclosing bounds for cells with bounds."""
    plain = replace(q, unit=BARE)
    count = len(plain.nominal)
    mean, variance = aggregate.mean(plain), aggregate.variance(plain, 0)
    return Moments(count, replace(mean, unit=BARE), variance.scaled(Fraction(count), BARE))


def sample_of(q: Quantity) -> list[Fraction]:
    """Every cell of an exact column as an exact fraction."""
    return list(q.rows_exactly(np.arange(len(q.nominal))).nominal)


def step_of(cells: list[Fraction]) -> Fraction:
    """The step of which all cells are whole multiples, or, where that is finer than is reckoned with, a tiny one."""
    common = 1
    for cell in cells:
        common = math.lcm(common, cell.denominator)
        if common.bit_length() > _FINEST_BITS:
            largest = max(abs(cell) for cell in cells)
            return Fraction(largest, 2**_TINY_BITS)
    return Fraction(1, common)


def deviations(q: Quantity) -> list[int] | npt.NDArray[np.float64]:
    """Each cell of an exact column less the mean of all, times some positive factor.

    Whole numbers for up to 5,000 cells, and where floats would be off by more than 1e-11 of the spread; else floats
    between -1 and 1.
    """
    floats = _float_deviations(q) if q.is_floating else None
    if floats is not None:
        return floats
    cells = sample_of(q)
    step = step_of(cells)
    multiples = [round(cell / step) for cell in cells]
    total = sum(multiples)
    return [len(cells) * cell - total for cell in multiples]


def _float_deviations(q: Quantity) -> npt.NDArray[np.float64] | None:
    """Deviations in floats, from the whole numbers that decimals are where they are; None where too much is lost."""
    is_decimal = q.digits is not None and q.exactly is None
    cells = np.rint(q.nominal * 10.0 ** (q.digits or 0)) if is_decimal else q.nominal
    if not float(np.max(np.abs(cells))) < _LARGEST_FLOAT:
        return None
    near = cells - np.rint(math.fsum(cells.tolist()) / len(cells))
    apart = near - math.fsum(near.tolist()) / len(near)
    reach = float(np.max(np.abs(apart)))
    if reach == 0:
        return np.asarray(apart, dtype=float) if is_decimal else None
    scaled = np.asarray(apart / reach, dtype=float)
    off = 0.0 if is_decimal else float(np.max(slack_of(q))) / reach
    return scaled if off <= _OFF_BY * math.sqrt(float(np.mean(np.square(scaled)))) else None


def unit_floats(cells: list[int] | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Whole numbers, times some positive factor, as floats between -1 and 1; floats as they are."""
    if isinstance(cells, np.ndarray):
        return cells
    reach = max(map(abs, cells)) or 1
    return np.array([cell / reach for cell in cells])


def products(u: Any, v: Any) -> Any:
    """The sum of products of two lists of whole numbers (exact), or of two arrays of floats."""
    if isinstance(u, list):
        return sum(a * b for a, b in zip(u, v, strict=True))
    return math.fsum((u * v).tolist())


def steady(q: Quantity) -> Quantity:
    """A column whose floats, if it has any, are known to within 2^-40 of their size; else in exact fractions."""
    if not q.is_floating or q.exactly is None:
        return q
    is_steady = bool(np.all(slack_of(q) <= np.abs(q.nominal) * _STEADY))
    return q if is_steady else q.all_exactly()


def in_order(q: Quantity) -> Quantity:
    """A column whose floats, if it has any, are in order and equal exactly where its numbers are."""
    return q if q.exactly is None else q.all_exactly()


def times(q: Quantity, factor: Fraction) -> Quantity:
    """A plain quantity times an exact number."""
    return multiply(q, Quantity(factor))


def near_float(value: Any) -> float:
    """The nearest float; a number past the range of floats is infinite."""
    if abs(value) > _LARGEST:
        return math.inf if value > 0 else -math.inf
    return float(value)


def around(value: float, slack: float) -> Quantity:
    """One computed number, known to within `slack` times its size."""
    middle = Fraction(value)
    gap = abs(middle) * Fraction(slack)
    return Quantity(middle, middle - gap, middle + gap)


def by_group(
    columns: tuple[Column, ...], by: Names | None, name: str, summary: Callable[..., Scalar | Unknown]
) -> Value:
    """`summary` of columns that belong together, of all rows or of each group of rows."""
    if by is None:
        return summary(*columns)
    keys, members = groups_of(columns[0], by, name)
    values = [summary(*(c.take(rows) for c in columns)) for rows in members]
    key_cells = tuple(key.cells.filtering() for key in columns_named(columns[0].table, by, name))
    made = grouped(keys, values, columns[0])
    return replace(made, cells=Cells((), (*made.cells.fixed, *key_cells)))
