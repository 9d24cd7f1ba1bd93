"""Rows: the only one, the first and the last, and asking for missing cells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from site_builder.language.function import Function, Parameter, whole
from site_builder.language.operands import merged_codes
from site_builder.language.summarising import empty, row_doubt, rows_of
from site_builder.language.values import Scalar, Unknown, Value, element, kind_of, truth
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity
from site_builder.tables import MISSING_CELL, MISSING_OR_FALSE, MISSING_OR_TRUE, Column, Row, Table


def _one(rows: Table | Column) -> Value:
    unsure = row_doubt(rows, "one")
    if unsure is not None:
        return unsure
    count = rows.rows if isinstance(rows, Table) else len(rows)
    if count == 0:
        return _nothing(rows, "one")
    if count == 1:
        return Row(rows) if isinstance(rows, Table) else element(rows, 0)
    message = f"one(…) needs exactly one row, and {_how_many(rows, count)}"
    raise Mistake(
        "E-ROWS", message, hint="narrow the condition, or summarise the rows with mean(…), max(…) …"
    )


def _how_many(rows: Table | Column, count: int) -> str:
    table = rows if isinstance(rows, Table) else rows.table
    if table is None:
        return f"the column has {count:,}"
    if table.is_filtered:
        return f"the filter keeps {count:,} of {table.source_rows:,}"
    return f"{table.name} has {count:,}"


def _ends(name: str, *, at_start: bool) -> Callable[..., Value]:
    def run(rows: Table | Column, n: Quantity | None) -> Value:
        count = 1 if n is None else _count(n, name)
        unsure = row_doubt(rows, name)
        if unsure is not None:
            return unsure
        length = rows.rows if isinstance(rows, Table) else len(rows)
        if length == 0:
            return _nothing(rows, name)
        count = min(length, count)
        index = np.arange(count) if at_start else np.arange(length - count, length)
        if isinstance(rows, Table):
            return Row(rows.take(index)) if n is None else rows.take(index)
        return element(rows, int(index[0])) if n is None else rows.take(index)

    return run


def _count(n: Quantity, name: str) -> int:
    count = whole(n, name, "n")
    if count < 1:
        message = f"{name} takes at least 1 row, and n is {count}"
        raise Mistake("E-CALL", message, hint=f"write {name}(rows) or {name}(rows, 3)")
    return count


def _nothing(rows: Table | Column, name: str) -> Unknown:
    if isinstance(rows, Table):
        return Unknown("no-rows", f"{name}: {empty(rows)}", rows.chosen)
    return Unknown("no-rows", f"{name}: {rows_of(rows)}", rows.cells)


def _missing(value: Value) -> Value:
    if isinstance(value, Column):
        codes = np.zeros(len(value), dtype=np.int8) if value.unknown is None else value.unknown
        is_open = (codes == MISSING_OR_FALSE) | (codes == MISSING_OR_TRUE)
        truths = np.where(is_open, 0, np.where(codes == MISSING_CELL, 1, -1)).astype(np.int8)
        return Column(
            "truth",
            truths,
            value.cells,
            merged_codes(None, np.where(is_open, codes, 0).astype(np.int8)) if is_open.any() else None,
            table=value.table,
            keys=value.keys,
            doubtful=value.doubtful,
        )
    if isinstance(value, Unknown):
        return _missing_cell(value)
    if isinstance(value, Scalar):
        is_gone = value.reason == "missing-cell"
        return truth(1 if is_gone else -1, value.cells)
    message = f"missing takes a column or a cell, and this is {kind_of(value)}"
    raise Mistake("E-KIND", message, hint="write missing(table.column)")


def _missing_cell(value: Unknown) -> Scalar:
    """True for a missing cell; where there is no row or no file to look in, nobody knows."""
    if value.reason in ("no-rows", "missing-file", "missing-engine", "awaited"):
        return truth(0, value.cells, value.reason, value.detail)
    return truth(1 if value.reason == "missing-cell" else -1, value.cells)


_ROWS, _N = Parameter("rows", "rows"), Parameter("n", "number", None)
_NO_ROW = "No row is unknown, and so are rows in doubt."

FUNCTIONS = (
    Function(
        "one",
        "rows",
        "The only row of a table, whose columns are then single values, or the only cell of a column.",
        (Parameter("rows", "rows", also=("table",)),),
        _one,
        ('one(runs[name == "b"]).accuracy', "70 %"),
        "More than one row is a mistake that says how many; none is unknown, and so is a row in doubt.",
    ),
    Function(
        "first",
        "rows",
        "The first row of a table (or cell of a column), or its first n.",
        (_ROWS, _N),
        _ends("first", at_start=True),
        ("first(runs).accuracy", "50 %"),
        _NO_ROW,
    ),
    Function(
        "last",
        "rows",
        "The last row of a table (or cell of a column), or its last n.",
        (_ROWS, _N),
        _ends("last", at_start=False),
        ("last(runs).accuracy", "85 %"),
        _NO_ROW,
    ),
    Function(
        "missing",
        "rows",
        "Whether a cell has no value, cell by cell.",
        (Parameter("value"),),
        _missing,
        ("any(missing(runs.accuracy))", "false (0 of 4 rows hold)"),
        "True also for the cells that shift(…) leaves without one. A cell that is undefined, as after a division by "
        "zero, is not missing. Unknown only where there is no row or no file to look in.",
    ),
)
