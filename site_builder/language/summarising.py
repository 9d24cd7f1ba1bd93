"""Summaries of columns: what stands in the way of one, and how it is taken group by group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import columns_named
from site_builder.language.operators import as_numbers
from site_builder.language.values import Scalar, Unknown, Value
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity, column_of, stacked
from site_builder.quantities.units import BARE, PURE
from site_builder.tables import REASONS, Cells, Column

Names = tuple[str | Column, ...]
Summary = Callable[[Column], Scalar | Unknown]


def summarised(column: Column, by: Names | None, function: str, summary: Summary) -> Value:
    """`summary` of the whole column, or of each group of rows that share the cells of the `by` columns."""
    if by is None:
        return obstacle(column, function) or summary(column)
    keys, members = groups_of(column, by, function)
    return grouped(keys, [_of_group(column.take(rows), function, summary) for rows in members], column)


def _of_group(column: Column, function: str, summary: Summary) -> Scalar | Unknown:
    return obstacle(column, function) or summary(column)


def numbers_of(column: Column, function: str) -> Column:
    """A column as numbers: truths become counts of 1 and 0, unknown ones anything between."""
    if column.kind != "truth":
        return as_numbers(column, function)
    if column.unknown is None and not np.any(column.data == 0):
        data = (column.data == 1).astype(float) if len(column) > 5_000 else column_of([Fraction(int(t == 1)) for t in column.data])
        return replace(column, kind="number", data=Quantity(data, unit=PURE, digits=0))
    nominal = column_of([Fraction(int(t == 1)) for t in column.data])
    high = column_of([Fraction(int(t >= 0)) for t in column.data])
    return replace(column, kind="number", data=Quantity(nominal, nominal, high, unit=PURE), unknown=None)


def obstacle(column: Column, function: str) -> Unknown | None:
    """Why a summary of this column is unknown before any arithmetic: no rows, missing cells, rows in doubt."""
    if len(column) == 0:
        return Unknown("no-rows", f"{function}: {rows_of(column)}", column.cells)
    if column.doubtful is not None:
        code = int(column.doubtful[np.flatnonzero(column.doubtful)[0]])
        count = int(np.count_nonzero(column.doubtful))
        detail = f"{function}: whether {count} of {len(column)} rows belong is not known"
        return Unknown(REASONS[code], detail, column.cells)
    if column.unknown is not None and column.kind != "truth":
        count = int(np.count_nonzero(column.unknown))
        reason = column.why_unknown()
        words = {"missing-cell": "have no value", "undefined": "are undefined"}.get(reason, "are not known")
        named = f" of {column.name}" if column.name else ""
        detail = f"{function}: {count} of {len(column)} cells{named} {words}"
        return Unknown(reason, detail, column.cells)
    return None


def rows_of(column: Column) -> str:
    """A sentence on an empty column."""
    table = column.table
    if table is not None and table.is_filtered:
        return f"the filter keeps none of {table.source_rows} rows of {table.name}"
    return f"{table.name} has no rows" if table is not None else "there are no rows"


def groups_of(column: Column, by: Names, function: str) -> tuple[list[Any], list[npt.NDArray[np.intp]]]:
    """Group keys in order of first appearance (a tuple for several columns), and the rows of each."""
    key_columns = columns_named(column.table, by, function)
    for key in key_columns:
        if len(key) != len(column):
            raise Mistake("E-SHAPE", f"{function}: grouping {len(column)} rows by a column of {len(key)}")
    labels = [key_labels(key, function) for key in key_columns]
    combined: Sequence[Any] = labels[0] if len(labels) == 1 else list(zip(*labels, strict=True))
    members: dict[Any, list[int]] = {}
    for row, key in enumerate(combined):
        members.setdefault(key, []).append(row)
    return list(members), [np.array(rows, dtype=np.intp) for rows in members.values()]


def key_labels(key: Column, function: str) -> list[Any]:
    """A column's cells as things to group or join by: texts, exact numbers, truths or dates."""
    if key.unknown is not None:
        count = int(np.count_nonzero(key.unknown))
        message = f"{function}: {count} cells of the key column {key.name!r} have no value"
        raise Mistake("E-KEY", message, hint=f"leave those rows out with [not missing({key.name})]")
    if key.kind != "number":
        return [str(v) if key.kind == "date" else v for v in key.data.tolist()]
    if not key.data.is_exact:
        message = f"{function}: the key column {key.name!r} holds values with bounds"
        raise Mistake("E-KEY", message, hint="group by a column of texts or exact numbers")
    return [Fraction(repr(v)) if isinstance(v, float) else v for v in key.data.nominal.tolist()]


def grouped(keys: list[Any], values: list[Scalar | Unknown], column: Column) -> Column:
    """One value a group, as a column that knows its keys."""
    kinds = {v.kind for v in values if isinstance(v, Scalar)}
    kind = kinds.pop() if len(kinds) == 1 else "number"
    codes = np.array([REASONS.index(v.reason) if isinstance(v, Unknown) else 0 for v in values], dtype=np.int8)
    cells = Cells((), tuple(v.cells for v in values))
    data = _stack_numbers(values) if kind == "number" else _stack_plain(values, kind)
    return Column(kind, data, cells, codes if codes.any() else None, name=column.name, keys=tuple(keys))


def _stack_numbers(values: list[Scalar | Unknown]) -> Quantity:
    quantities = [v.data if isinstance(v, Scalar) else None for v in values]
    known = [q for q in quantities if q is not None]
    unit = known[0].unit if known else BARE
    zero = Quantity(Fraction(0))
    return stacked([q if q is not None else zero for q in quantities], unit)


def _stack_plain(values: list[Scalar | Unknown], kind: str) -> npt.NDArray[Any]:
    plain = [v.data if isinstance(v, Scalar) else _BLANK[kind] for v in values]
    if kind == "text":
        out = np.empty(len(plain), dtype=object)
        out[:] = plain
        return out
    return np.array(plain, dtype=np.int8 if kind == "truth" else "datetime64[D]")


_BLANK: dict[str, Any] = {"text": "", "truth": 0, "date": np.datetime64(0, "D")}
