"""Rows: choosing, ordering and joining them, and asking for missing cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from site_builder.language.function import Function, Parameter, columns_named, whole
from site_builder.language.operators import as_numbers
from site_builder.language.summarising import Names, key_labels
from site_builder.language.values import Scalar, Unknown, Value, element, truth
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity
from site_builder.tables import MISSING_CELL, NO_CELLS, UNDEFINED, Cells, Column, Row, Table, joined

_TABLE = Parameter("table", "table")


def _one(table: Table) -> Value:
    sure = table.rows if table.doubtful is None else int(np.count_nonzero(table.doubtful == 0))
    if table.doubtful is not None:
        return Unknown("missing-cell", f"one: of {table.rows} rows only {sure} surely belong", table.chosen)
    if table.rows == 0:
        return _no_rows("one", table)
    if table.rows != 1:
        what = "the filter keeps" if table.is_filtered else f"{table.name} has"
        of = f" of {table.source_rows}" if table.is_filtered else ""
        message = f"one(…) needs exactly one row, and {what} {table.rows}{of}"
        raise Mistake("E-ROWS", message, hint="narrow the condition, or summarise the rows with mean(…), max(…) …")
    return Row(table)


def _no_rows(function: str, table: Table) -> Unknown:
    words = f"the filter keeps none of {table.source_rows} rows of {table.name}"
    return Unknown("no-rows", f"{function}: {words if table.is_filtered else f'{table.name} has no rows'}", table.chosen)


def _ends(name: str, *, at_start: bool) -> Callable[..., Value]:
    def run(rows: Table | Column, n: Quantity | None) -> Value:
        length = rows.rows if isinstance(rows, Table) else len(rows)
        if rows.doubtful is not None:
            return Unknown("missing-cell", f"{name}: which rows belong is not known", NO_CELLS)
        if length == 0:
            return _no_rows(name, rows) if isinstance(rows, Table) else Unknown("no-rows", f"{name}: there are no rows")
        count = 1 if n is None else min(length, max(0, whole(n, name, "n")))
        index = np.arange(count) if at_start else np.arange(length - count, length)
        if isinstance(rows, Table):
            return Row(rows.take(index)) if n is None else rows.take(index)
        return element(rows, int(index[0])) if n is None else rows.take(index)

    return run


def _order(table: Table, by: Names, function: str, *, descending: bool) -> Any:
    """Row positions in order of the `by` columns; ties keep the order of the file."""
    order = np.arange(table.rows)
    for column in reversed(columns_named(table, by, function)):
        ranks = _sortable(column, function)
        step = sorted(order.tolist(), key=lambda i: ranks[i], reverse=descending)
        order = np.array(step, dtype=np.intp)
    return order


def _sortable(column: Column, function: str) -> list[Any]:
    if column.kind == "text" and column.read is not None:
        try:
            column = as_numbers(column, function)
        except Mistake:
            return key_labels(column, function)
    if column.kind != "number":
        return key_labels(column, function)
    if column.unknown is not None:
        raise Mistake("E-KEY", f"{function}: some cells of {column.name!r} have no value", hint=(
            f"leave those rows out with [not missing({column.name})]"
        ))  # fmt: skip
    if not column.data.is_exact and not _is_separate(column.data):
        raise Mistake("E-KEY", f"{function}: the bounds of {column.name!r} overlap, so their order is not known")
    return list(column.data.nominal)


def _is_separate(q: Quantity) -> bool:
    """Whether intervals are disjoint, so that they have one order."""
    order = sorted(range(len(q.nominal)), key=lambda i: q.nominal[i])
    return all(q.highest[a] < q.lowest[b] for a, b in zip(order, order[1:], strict=False))


def _sort(table: Table, by: Names, descending: bool) -> Value:
    return table.take(_order(table, by, "sort", descending=descending), _sorting(table, by))


def _sorting(table: Table, by: Names) -> Cells:
    return joined(*(c.cells.filtering() for c in columns_named(table, by, "sort")))


def _top(table: Table, n: Quantity, by: Names, descending: bool) -> Value:
    """The first n rows in falling order; rows that tie at the cut are in doubt."""
    count = whole(n, "top", "n")
    order = _order(table, by, "top", descending=descending)
    kept = order[: max(0, count)]
    labels = list(zip(*(_sortable(c, "top") for c in columns_named(table, by, "top")), strict=True))
    if 0 < count < len(order) and labels[order[count]] == labels[order[count - 1]]:
        tied = [i for i in order if labels[i] == labels[order[count - 1]]]
        kept = np.array([i for i in order if i in set(kept.tolist()) | set(tied)], dtype=np.intp)
        doubt = np.array([UNDEFINED if i in set(tied) else 0 for i in kept], dtype=np.int8)
        return table.take(kept, _sorting(table, by), doubt)
    return table.take(kept, _sorting(table, by))


def _join(left: Table, right: Table, on: Names, right_on: Names | None) -> Value:
    """Each left row beside the one right row with the same key; rows without a partner are left out."""
    keys = list(zip(*(key_labels(c, "join") for c in columns_named(left, on, "join")), strict=True))
    partner_on = right_on if right_on is not None else on
    partners: dict[tuple[Any, ...], int] = {}
    for row, key in enumerate(zip(*(key_labels(c, "join") for c in columns_named(right, partner_on, "join")), strict=True)):
        if key in partners:
            message = f"join: the key {_key_text(key)} stands in several rows of {right.name}"
            raise Mistake("E-ROWS", message, hint="put the table with repeated keys first, or join on more columns")
        partners[key] = row
    kept = [(i, partners[key]) for i, key in enumerate(keys) if key in partners]
    lefts, rights = (np.array([pair[side] for pair in kept], dtype=np.intp) for side in (0, 1))
    return _beside(left.take(lefts), right.take(rights), {n for n in partner_on if isinstance(n, str)})


def _key_text(key: tuple[Any, ...]) -> str:
    return ", ".join(str(k) for k in key)


def _beside(left: Table, right: Table, keys: set[str]) -> Table:
    makers: dict[str, Callable[[], Column]] = {name: _maker(left, name) for name in left.names}
    titles = dict(left.titles)
    for name in right.names:
        if name in keys:
            continue
        placed = f"{name}_{right.name}" if name in makers else name
        makers[placed] = _maker(right, name)
        titles[placed] = right.title(name)
    name = f"{left.name} with {right.name}"
    return Table(name, left.rows, makers, left.rows, joined(left.chosen, right.chosen), titles=titles, is_filtered=True)


def _maker(table: Table, name: str) -> Callable[[], Column]:
    return lambda: replace(table.column(name), table=None)


def _missing(value: Value) -> Value:
    if isinstance(value, Column):
        codes = np.zeros(len(value), dtype=np.int8) if value.unknown is None else value.unknown
        truths = np.where(codes == MISSING_CELL, 1, -1).astype(np.int8)
        return replace(value, kind="truth", data=truths, unknown=None, read=None)
    if isinstance(value, Unknown):
        return truth(1 if value.reason == "missing-cell" else -1, value.cells)
    if isinstance(value, Scalar):
        return truth(-1, value.cells)
    raise Mistake("E-KIND", "missing takes a column or a cell", hint="write missing(table.column)")


_DESCENDING = Parameter("descending", "flag", False, also=("desc", "reverse"))

FUNCTIONS = (
    Function("one", "rows", "The only row of a table, whose columns are then single values.", (_TABLE,), _one,
             ('one(runs[name == "b"]).accuracy', "70 %"), "More than one row is a mistake that says how many; none is unknown."),
    Function("first", "rows", "The first row of a table (or cell of a column), or its first n.",
             (Parameter("rows", "rows"), Parameter("n", "number", None)), _ends("first", at_start=True),
             ("first(runs).accuracy", "50 %"), "No row is unknown."),
    Function("last", "rows", "The last row of a table (or cell of a column), or its last n.",
             (Parameter("rows", "rows"), Parameter("n", "number", None)), _ends("last", at_start=False),
             ("last(runs).accuracy", "85 %"), "No row is unknown."),
    Function("sort", "rows", "The rows of a table in order of one or more columns, rising unless descending=True.",
             (_TABLE, Parameter("by", "names"), _DESCENDING), _sort, ('first(sort(runs, "minutes")).name', "d"),
             "Ties keep the order of the file. A missing cell, or bounds that overlap, is a mistake."),
    Function("top", "rows", "The n rows of a table with the greatest values of a column (the least with descending=False).",
             (_TABLE, Parameter("n", "number"), Parameter("by", "names"), replace(_DESCENDING, default=True)), _top,
             ('mean(top(runs, 2, by="accuracy").accuracy)', "80 %"), "Rows that tie at the cut are in doubt, and so is what "
             "is computed from them."),
    Function("join", "rows", "Rows of two tables side by side where their key columns agree; rows without a partner are left out.",
             (Parameter("left", "table"), Parameter("right", "table"), Parameter("on", "names"),
              Parameter("right_on", "names", None)), _join,
             ('one(join(runs, sizes, on="name")[name == "b"]).size', "7"),
             "A key that the right table repeats, or a missing key, is a mistake. A right column whose name is taken is called "
             "column_table."),
    Function("missing", "rows", "Whether a cell has no value, cell by cell.", (Parameter("value", "value"),), _missing,
             ("any(missing(runs.accuracy))", "False"), "Never unknown."),
)  # fmt: skip
