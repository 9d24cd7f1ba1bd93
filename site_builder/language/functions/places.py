"""Functions of a cell's place in its column: ranks, running totals, differences and shifts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import DESCENDING, Function, Parameter, whole
from site_builder.language.operands import Operand, as_numbers, filled, shaped
from site_builder.language.summarising import row_doubt
from site_builder.language.values import Unknown, Value
from site_builder.quantities import quantity as quantities
from site_builder.quantities.quantity import EXACT_ROWS, Quantity, column_of
from site_builder.quantities.running import running_total
from site_builder.quantities.units import PURE
from site_builder.tables import MISSING_CELL, Cells, Column


def _rank(column: Column, descending: bool, ties: str) -> Value:
    """1 for the first place; ties share the mean of their places, the best one or the last one."""
    numbers = as_numbers(column, "rank")
    stop = unrankable(numbers, "rank")
    if stop is not None:
        return stop
    first, last = places(numbers.data)
    if descending:
        first, last = len(numbers) - last, len(numbers) - first
    twice = {"min": 2 * (first + 1), "max": 2 * last}.get(ties, first + 1 + last)
    data = twice / 2 if len(twice) > EXACT_ROWS else column_of([Fraction(int(r), 2) for r in twice])
    return _in_place_of(numbers, Quantity(data, unit=PURE, digits=1), None)


def unrankable(numbers: Column, name: str) -> Unknown | None:
    """Why a column has no ranks: a missing cell, bounds, or rows in doubt."""
    unsure = row_doubt(numbers, name)
    if unsure is not None:
        return unsure
    if numbers.unknown is not None:
        return Unknown(numbers.why_unknown(), f"{name}: some cells have no value", numbers.cells)
    if not numbers.data.is_exact:
        reason = "censored" if numbers.data.is_censored else "too-coarse"
        return Unknown(reason, f"{name}: some cells have bounds", numbers.cells)
    return None


def places(q: Quantity) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """For each cell, how many cells are less, and how many are not greater."""
    if q.nominal.dtype == np.float64:
        _, position, counts = np.unique(q.nominal, return_inverse=True, return_counts=True)
        upto = np.cumsum(counts)
        return (upto - counts)[position], upto[position]
    ordered_cells = sorted(q.nominal.tolist())
    first: dict[Any, int] = {}
    last: dict[Any, int] = {}
    for place, cell in enumerate(ordered_cells):
        first.setdefault(cell, place)
        last[cell] = place + 1
    return np.array([first[c] for c in q.nominal], dtype=np.intp), np.array(
        [last[c] for c in q.nominal], dtype=np.intp
    )


def _in_place_of(column: Column, data: Quantity, unknown: npt.NDArray[np.int8] | None) -> Column:
    return shaped(column, "number", data, unknown, (Operand(column.data, column, None, column.cells),))


def _cumsum(column: Column) -> Value:
    numbers = as_numbers(column, "cumsum")
    unsure = row_doubt(numbers, "cumsum")
    if unsure is not None:
        return unsure
    codes = None
    if numbers.unknown is not None:
        first = int(np.flatnonzero(numbers.unknown)[0])
        codes = np.where(np.arange(len(numbers)) >= first, numbers.unknown[first], 0).astype(np.int8)
    return _in_place_of(numbers, running_total(numbers.data), codes)


def _diff(column: Column) -> Value:
    """Each cell minus the one before: one row fewer."""
    numbers = as_numbers(column, "diff")
    unsure = row_doubt(numbers, "diff")
    if unsure is not None:
        return unsure
    last = max(0, len(numbers) - 1)
    before, after = numbers.take(np.arange(last)), numbers.take(np.arange(1, last + 1))
    a, b = (Operand(c.data, c, c.unknown, c.cells) for c in (after, before))
    gone = [np.zeros(last, dtype=np.int8) if c.unknown is None else c.unknown for c in (after, before)]
    codes = np.where(gone[0] != 0, gone[0], gone[1]).astype(np.int8)
    gap = quantities.subtract(after.data, before.data)
    return filled(after, gap, codes if codes.any() else None, (a, b))


def _shift(column: Column, n: Quantity | None) -> Value:
    """The cell n rows above; the first n cells have no value."""
    by = 1 if n is None else whole(n, "shift", "n")
    unsure = row_doubt(column, "shift")
    if unsure is not None:
        return unsure
    rows = np.arange(len(column)) - by
    inside = (rows >= 0) & (rows < len(column))
    taken = column.take(np.where(inside, rows, 0))
    own = np.zeros(len(column), dtype=np.int8) if taken.unknown is None else taken.unknown
    codes = np.where(inside, own, MISSING_CELL).astype(np.int8)
    data = np.where(inside, taken.data, 0).astype(np.int8) if taken.kind == "truth" else taken.data
    return Column(
        taken.kind,
        data,
        Cells(taken.cells.aligned, taken.cells.fixed),
        codes if codes.any() else None,
        table=column.table,
        keys=column.keys,
        read=taken.read if inside.all() else None,
        as_typed=taken.as_typed,
    )


_COLUMN = Parameter("column", "column")
_TIES = Parameter("ties", "choice", "mean", also=("method",), choices=("mean", "average", "min", "max"))

FUNCTIONS = (
    Function(
        "rank",
        "elementwise",
        'Each cell\'s place when the column is sorted, 1 first. Ties share the mean of their places; with ties="min" '
        'the best of them, with ties="max" the last.',
        (_COLUMN, DESCENDING, _TIES),
        _rank,
        ("max(rank(runs.accuracy))", "4"),
        "Unknown as a whole if a cell is missing or has bounds.",
    ),
    Function(
        "cumsum",
        "elementwise",
        "The running total down a column.",
        (_COLUMN,),
        _cumsum,
        ("max(cumsum(runs.minutes))", "60 min"),
        "Unknown from the first missing cell on. Bounds add up.",
    ),
    Function(
        "diff",
        "elementwise",
        "Each cell minus the one before, one row fewer.",
        (_COLUMN,),
        _diff,
        ("max(diff(runs.accuracy))", "20 pp"),
        "Missing where either cell is.",
    ),
    Function(
        "shift",
        "elementwise",
        "The cell n rows above; the first n have no value.",
        (_COLUMN, Parameter("n", "number", None)),
        _shift,
        ("last(shift(runs.accuracy))", "75 %"),
        "The first n cells are missing.",
    ),
)
