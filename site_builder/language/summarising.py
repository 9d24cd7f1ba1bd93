"""Summaries of columns: what stands in the way of one, and how it is taken group by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.dictionary import LONG, dictionary_of, labels_of
from site_builder.language.function import columns_named
from site_builder.language.operands import as_numbers, check_aligned
from site_builder.language.quantifiers import doubt
from site_builder.language.values import Scalar, Unknown, Value
from site_builder.problems import Mistake
from site_builder.quantities.quantity import EXACT_ROWS, Quantity, column_of, stacked
from site_builder.quantities.units import BARE, PURE
from site_builder.tables import CENSORED, REASONS, TOO_COARSE, Cells, Column, Table

Names = tuple[str | Column, ...]
Rows = npt.NDArray[np.intp]
Summary = Callable[[Column], Scalar | Unknown]
_WORDS = {"missing-cell": "have no value", "undefined": "are undefined"}


def summarised(column: Column, by: Names | None, function: str, summary: Summary) -> Value:
    """`summary` of the whole column, or of each group of rows that share the cells of the `by` columns."""

    def one(part: Column) -> Scalar | Unknown:
        return obstacle(part, function) or summary(part)

    return one(column) if by is None else by_groups(column, by, function, one)


def by_groups(column: Column, by: Names, function: str, summary: Summary) -> Column:
    """`summary` of each group of rows, as a column that knows its groups."""
    keys, members = groups_of(column, by, function)
    key_cells = tuple(key.cells.filtering() for key in columns_named(column.table, by, function))
    made = grouped(keys, [summary(column.take(rows)) for rows in members], column)
    return replace(made, cells=Cells((), (*made.cells.fixed, *key_cells)))


def numbers_of(column: Column, function: str) -> Column:
    """A column as numbers: truths become 1 and 0, those that bounds leave open anything between."""
    if column.kind != "truth":
        return as_numbers(column, function)
    is_open = column.data == 0 if column.unknown is None else np.isin(column.unknown, (CENSORED, TOO_COARSE))
    gone = None if column.unknown is None else np.where(is_open, 0, column.unknown).astype(np.int8)
    return replace(
        column,
        kind="number",
        data=_shares(column.data, is_open),
        unknown=gone if gone is not None and gone.any() else None,
    )


def _shares(truths: npt.NDArray[np.int8], is_open: npt.NDArray[np.bool_]) -> Quantity:
    if not is_open.any() and len(truths) > EXACT_ROWS:
        return Quantity((truths == 1).astype(float), unit=PURE, digits=0)
    low = column_of([Fraction(int(t == 1)) for t in truths])
    if not is_open.any():
        return Quantity(low, unit=PURE, digits=0)
    high = column_of([Fraction(int(t == 1 or o)) for t, o in zip(truths, is_open, strict=True)])
    return Quantity(low, low, high, unit=PURE)


def obstacle(column: Column, function: str) -> Unknown | None:
    """Why a summary of this column is unknown before any arithmetic: no rows, missing cells, rows in doubt."""
    if len(column) == 0:
        return Unknown("no-rows", f"{function}: {rows_of(column)}", column.cells)
    if column.doubtful is not None:
        reason, detail = doubt(column)
        return Unknown(reason, f"{function}: {detail}", column.cells)
    if column.unknown is not None and column.kind != "truth":
        count = int(np.count_nonzero(column.unknown))
        reason = column.why_unknown()
        named = f" of {column.name}" if column.name else ""
        words = _WORDS.get(reason, "are not known")
        detail = f"{function}: {count:,} of {len(column):,} cells{named} {words}"
        return Unknown(reason, detail, column.cells)
    return None


def row_doubt(rows: Table | Column, function: str) -> Unknown | None:
    """Why what depends on a row's place is unknown: it is not known which rows belong."""
    if rows.doubtful is None:
        return None
    column = rows if isinstance(rows, Column) else Column("truth", rows.doubtful, doubtful=rows.doubtful)
    reason, detail = doubt(column)
    cells = rows.chosen if isinstance(rows, Table) else rows.cells
    return Unknown(reason, f"{function}: {detail}", cells)


def rows_of(column: Column) -> str:
    """A sentence on an empty column."""
    return empty(column.table) if column.table is not None else "there are no rows"


def empty(table: Table) -> str:
    """A sentence on an empty table."""
    if table.is_filtered:
        return f"the filter keeps none of {table.source_rows:,} rows of {table.name}"
    return f"{table.name} has no rows"


def groups_of(column: Column, by: Names, function: str) -> tuple[list[Any], list[Rows]]:
    """Group keys (a tuple for several columns) and the rows of each.

    Groups stand in order of first appearance; those of one column of numbers or dates in rising order.
    """
    keys = columns_named(column.table, by, function)
    for key in keys:
        check_aligned(column, key, f"{function}(by=…)")
    if len(keys) == 1:
        return _groups_by_one(keys[0], function)
    combined = list(zip(*(labels_of(key, function) for key in keys), strict=True))
    return _members(combined)


def _groups_by_one(key: Column, function: str) -> tuple[list[Any], list[Rows]]:
    if key.kind == "text" and key.unknown is None and len(key) >= LONG:
        return _groups_by_codes(key)
    labels, members = _members(labels_of(key, function))
    if key.kind not in ("number", "date"):
        return labels, members
    order = sorted(range(len(labels)), key=lambda i: labels[i])
    return [labels[i] for i in order], [members[i] for i in order]


def _members(labels: list[Any]) -> tuple[list[Any], list[Rows]]:
    members: dict[Any, list[int]] = {}
    for row, key in enumerate(labels):
        members.setdefault(key, []).append(row)
    return list(members), [np.array(rows, dtype=np.intp) for rows in members.values()]


def _groups_by_codes(key: Column) -> tuple[list[Any], list[Rows]]:
    found = dictionary_of(key)
    small = len(found.labels) < 2**15
    order = np.argsort(found.codes.astype(np.int16) if small else found.codes, kind="stable")
    used, starts = np.unique(found.codes[order], return_index=True)
    members = np.split(order, starts[1:])
    by_appearance = sorted(range(len(used)), key=lambda i: members[i][0])
    return [found.labels[used[i]] for i in by_appearance], [members[i] for i in by_appearance]


def grouped(keys: list[Any], values: list[Scalar | Unknown], column: Column) -> Column:
    """One value a group, as a column that knows its keys; raises `Mistake` where groups give different kinds."""
    kinds = sorted({v.kind for v in values if isinstance(v, Scalar)})
    if len(kinds) > 1:
        raise Mistake("E-KIND", f"the groups give {' and '.join(kinds)}", hint="summarise one kind of cell")
    kind = kinds[0] if kinds else "number"
    codes = np.array(
        [REASONS.index(v.reason) if isinstance(v, Unknown) else 0 for v in values], dtype=np.int8
    )
    cells = Cells((), tuple(v.cells for v in values))
    data = _stack_numbers(values) if kind == "number" else _stack_plain(values, kind)
    unknown = codes if codes.any() else None
    return Column(kind, data, cells, unknown, name=column.name, keys=tuple(keys))


def _stack_numbers(values: list[Scalar | Unknown]) -> Quantity:
    quantities = [v.data if isinstance(v, Scalar) else None for v in values]
    unit = next((q.unit for q in quantities if q is not None), BARE)
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
