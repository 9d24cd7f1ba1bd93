"""Counting: rows, true cells, cells with a value, and distinct values."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.dictionary import labels_of
from site_builder.language.function import Function, Parameter, columns_named
from site_builder.language.summarising import (
    Names,
    by_groups,
    empty,
    obstacle,
    row_doubt,
    rows_of,
    summarised,
)
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import PURE
from site_builder.tables import Cells, Column, Table


def _count(rows: Table | Column, by: Names | None) -> Value:
    """Rows of a table, true cells of a truth column, or cells with a value of any other column."""
    if isinstance(rows, Table):
        return (
            _count_rows(rows) if by is None else by_groups(_placeholder(rows, by), by, "count", _count_cells)
        )
    return _count_cells(rows) if by is None else by_groups(rows, by, "count", _count_cells)


def _count_rows(table: Table) -> Value:
    if table.rows == 0:
        hint = "; say none(condition) to claim that no row fulfils one" if table.is_filtered else ""
        return Unknown("no-rows", f"count: {empty(table)}{hint}", table.chosen)
    unsure = _unsure(table)
    if unsure is not None:
        return unsure
    doubtful = 0 if table.doubtful is None else int(np.count_nonzero(table.doubtful))
    return number(_between(table.rows - doubtful, table.rows), _row_cells(table))


def _unsure(rows: Table | Column) -> Unknown | None:
    """A count of rows of which none surely belongs: there may be no row at all, and that is not zero."""
    if rows.doubtful is None or not rows.doubtful.all():
        return None
    return row_doubt(rows, "count")


def _row_cells(table: Table) -> Cells:
    """A count of rows rests on the rows themselves: their first column, and what the filter looked at."""
    return table.column(table.names[0]).cells if table.names else table.chosen


def _placeholder(table: Table, by: Names) -> Column:
    """A column with a value in every row of the table."""
    key = columns_named(table, by, "count")[0]
    return replace(key, kind="truth", data=np.ones(len(key), dtype=np.int8), unknown=None, read=None, kept={})


def _count_cells(column: Column) -> Scalar | Unknown:
    if len(column) == 0:
        return Unknown("no-rows", f"count: {rows_of(column)}", column.cells)
    unsure = _unsure(column)
    if unsure is not None:
        return unsure
    sure = np.ones(len(column), dtype=bool) if column.doubtful is None else column.doubtful == 0
    if column.kind == "truth":
        holds, maybe = column.data == 1, column.data >= 0
    else:
        holds = maybe = column.known()
    return number(_between(_true(holds & sure), _true(maybe)), column.cells)


def _true(cells: Any) -> int:
    return int(np.count_nonzero(cells))


def _between(low: int, high: int) -> Quantity:
    if low == high:
        return Quantity(Fraction(high), unit=PURE)
    return Quantity(Fraction(low), Fraction(low), Fraction(high), unit=PURE)


def _unique(column: Column) -> Value:
    stop = obstacle(column, "unique")
    if stop is not None and stop.reason == "no-rows":
        return stop
    if column.doubtful is not None:
        return stop if stop is not None else column
    seen: dict[Any, int] = {}
    for position, label in enumerate(labels_of(column, "unique")):
        seen.setdefault(label, position)
    return column.take(np.array(list(seen.values()), dtype=np.intp))


def _distinct(column: Column, by: Names | None) -> Value:
    return summarised(column, by, "distinct", _count_distinct)


def _count_distinct(column: Column) -> Scalar:
    return number(Quantity(Fraction(len(set(labels_of(column, "distinct")))), unit=PURE), column.cells)


_COLUMN = Parameter("column", "column")

FUNCTIONS = (
    Function(
        "count",
        "rows",
        "How many rows a table has, how many cells of a truth column hold, or how many cells of any other column "
        "have a value.",
        (Parameter("rows", "rows"), Parameter("by", "names", None)),
        _count,
        ("count(runs)", "4"),
        "No row at all is unknown, never zero: say none(condition) to claim that no row fulfils a condition. Rows "
        "and truths in doubt give a count with bounds.",
    ),
    Function(
        "unique",
        "rows",
        "The distinct values of a column, in order of first appearance.",
        (_COLUMN,),
        _unique,
        ("unique(runs.kind)", "training, switch"),
        "A missing cell is a mistake: leave it out first.",
    ),
    Function(
        "distinct",
        "rows",
        "How many distinct values a column has.",
        (_COLUMN, Parameter("by", "names", None)),
        _distinct,
        ("distinct(runs.kind)", "2"),
        "A missing cell makes the number unknown. For distinct combinations of columns, count the groups: "
        'count(count(runs, by=["kind", "size"])).',
    ),
)
