"""Which row, label or group is the extreme of a column."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from site_builder.language.dates import dates_in
from site_builder.language.function import Function, Parameter
from site_builder.language.operands import check_aligned
from site_builder.language.summarising import Names, grouped, groups_of, numbers_of, obstacle
from site_builder.language.values import Scalar, Unknown, Value, element, key_text, number
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity, compare, negate
from site_builder.tables import Cells, Column, Row


def _extreme(name: str, *, largest: bool) -> Callable[..., Value]:
    def run(column: Column, labels: Column | None, by: Names | None) -> Value:
        column = dates_in(column)
        measured = column if column.kind == "date" else numbers_of(column, name)
        if labels is not None:
            check_aligned(measured, labels, name)
        if by is not None:
            return _by_group(measured, labels, by)
        found = obstacle(measured, name) or _position(measured, name, largest=largest)
        return found if isinstance(found, Unknown) else _labelled(column, labels, found, name)

    def _by_group(measured: Column, labels: Column | None, by: Names) -> Value:
        if labels is None:
            hint = f'write {name}(values, labels, by="group")'
            raise Mistake("E-CALL", f"{name} by groups needs labels", hint=hint)
        keys, members = groups_of(measured, by, name)
        values: list[Scalar | Unknown] = []
        for rows in members:
            part = measured.take(rows)
            found = obstacle(part, name) or _position(part, name, largest=largest)
            values.append(found if isinstance(found, Unknown) else element(labels, int(rows[found])))
        return grouped(keys, values, labels)

    return run


def _position(column: Column, name: str, *, largest: bool) -> int | Unknown:
    """The one row that is surely the extreme, or why there is none."""
    if column.kind == "date":
        days = column.data.astype(np.int64)
        return _unrivalled(column, name, days == (days.max() if largest else days.min()))
    q = column.data if largest else negate(column.data)
    best = int(np.argmax(q.nominal))
    behind = np.asarray(compare("<", q, q.take(best)))
    behind[best] = 1
    if np.all(behind == 1):
        return best
    if np.any(behind == 0):
        reason = "censored" if column.data.is_censored else "too-coarse"
        count = int(np.count_nonzero(behind != 1)) + 1
        return Unknown(reason, f"{name}: {count:,} rows overlap at the extreme", column.cells)
    behind[best] = -1
    return _unrivalled(column, name, behind == -1)


def _unrivalled(column: Column, name: str, at_extreme: npt.NDArray[np.bool_]) -> int | Unknown:
    count = int(np.count_nonzero(at_extreme))
    if count == 1:
        return int(np.argmax(at_extreme))
    return Unknown("undefined", f"{name}: {count:,} rows tie at the extreme", column.cells)


def _labelled(column: Column, labels: Column | None, position: int, name: str) -> Value:
    if labels is not None:
        found = element(labels, position)
        return _resting_on(found, column.cells)
    if column.keys is not None:
        return _key(column, position)
    if column.table is None:
        raise Mistake(
            "E-KIND", f"{name} needs a column of a table", hint=f"give labels: {name}(values, labels)"
        )
    return Row(column.table.take(np.array([position]), column.cells.filtering()))


def _resting_on(found: Scalar | Unknown, cells: Cells) -> Scalar | Unknown:
    """A label, which the compared cells chose."""
    if isinstance(found, Unknown):
        return found
    both = Cells((), (found.cells, cells.filtering()))
    return Scalar(found.kind, found.data, both, found.reason, found.detail, found.tally, found.read)


def _key(column: Column, position: int) -> Scalar:
    assert column.keys is not None
    key = column.keys[position]
    if isinstance(key, Fraction):
        return number(Quantity(key), column.cells)
    return Scalar("text", key_text(key), column.cells)


_PARAMETERS = (
    Parameter("column", "column"),
    Parameter("labels", "column", None),
    Parameter("by", "names", None),
)
_UNKNOWNS = "A missing cell, no row, a tie, or bounds that overlap at the extreme make it unknown."

FUNCTIONS = (
    Function(
        "argmin",
        "columns to a value",
        "The row where a column is least, or its label, or the key of a group.",
        _PARAMETERS,
        _extreme("argmin", largest=False),
        ("argmin(runs.accuracy).name", '"a"'),
        _UNKNOWNS,
    ),
    Function(
        "argmax",
        "columns to a value",
        "The row where a column is greatest, or its label, or the key of a group.",
        _PARAMETERS,
        _extreme("argmax", largest=True),
        ('argmax(mean(runs.accuracy, by="kind"))', '"switch"'),
        _UNKNOWNS,
    ),
)
