"""Rows in order: sorted, and the greatest or least of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from site_builder.language.dictionary import labels_of
from site_builder.language.function import DESCENDING, Function, Parameter, columns_named, whole
from site_builder.language.operands import as_numbers
from site_builder.language.summarising import Names
from site_builder.language.values import Value
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity, compare
from site_builder.tables import UNDEFINED, Cells, Column, Index, Table, joined


def _sort(rows: Table | Column, by: Names | None, descending: bool) -> Value:
    if isinstance(rows, Column):
        return rows.take(_order(_own_ranks(rows, by, "sort"), descending=descending))
    keys = _ranks(rows, by, "sort")
    return rows.take(_order(keys, descending=descending), _sorting(rows, by, "sort"))


def _own_ranks(column: Column, by: Names | None, function: str) -> list[Index]:
    """The places of a column's own cells; raises `Mistake` where it is to go by others."""
    if by is None:
        return [_places(column, function)]
    message = f"{function} puts a column in the order of its own cells"
    raise Mistake("E-CALL", message, hint=f'write {function}(table, …, by="column").column')


def _order(keys: list[Index], *, descending: bool) -> Index:
    """Row positions in order of their places; ties keep the order of the file."""
    signed = [-places if descending else places for places in keys]
    return np.lexsort(signed[::-1])


def _ranks(table: Table, by: Names | None, function: str) -> list[Index]:
    """For each `by` column, the places of its cells among its sorted distinct cells."""
    columns = columns_named(table, by or (), function)
    for column in columns:
        if len(column) != table.rows:
            message = f"{function}: {table.rows:,} rows by a column of {len(column):,}"
            raise Mistake("E-SHAPE", message, hint="sort by columns of the same table")
    if not columns:
        raise Mistake(
            "E-CALL", f"{function} needs a column to go by", hint=f'write {function}(…, by="column")'
        )
    return [_places(column, function) for column in columns]


def _places(column: Column, function: str) -> Index:
    if _is_plain(column):
        return np.unique(column.data.nominal, return_inverse=True)[1]
    cells = _sortable(column, function)
    places = {cell: place for place, cell in enumerate(sorted(set(cells)))}
    return np.array([places[cell] for cell in cells], dtype=np.intp)


def _is_plain(column: Column) -> bool:
    """Whether a column is one of long columns of floats that stand for themselves."""
    if column.kind != "number" or column.unknown is not None or not column.data.is_exact:
        return False
    return column.data.nominal.dtype == np.float64 and column.data.exactly is None


def _sortable(column: Column, function: str) -> list[Any]:
    if column.kind == "text" and column.read is not None:
        try:
            column = as_numbers(column, function)
        except Mistake:
            return labels_of(column, function)
    has_labels = column.as_typed is not None or column.kind != "number" or column.data.is_exact
    if has_labels or column.unknown is not None:
        return labels_of(column, function)
    if not _is_separate(column.data):
        message = f"{function}: the bounds of {column.name!r} overlap, so their order is not known"
        raise Mistake("E-KEY", message, hint="sort by a column of exact numbers, or leave those rows out")
    return list(column.data.nominal)


def _is_separate(q: Quantity) -> bool:
    """Whether intervals are disjoint, so that they have one order."""
    order = np.array(sorted(range(len(q.nominal)), key=lambda i: q.nominal[i]), dtype=np.intp)
    return bool(np.all(compare("<", q.take(order[:-1]), q.take(order[1:])) == 1))


def _sorting(table: Table, by: Names | None, function: str) -> Cells:
    return joined(*(c.cells.filtering() for c in columns_named(table, by or (), function)))


def _top(rows: Table | Column, n: Quantity, by: Names | None, descending: bool) -> Value:
    """The first n rows, or cells, in falling order.

    A row may belong when fewer than n sure rows are better; it surely does when fewer than n rows are as good. Those
    between, at a tie or beside rows in doubt, are in doubt.
    """
    count = whole(n, "top", "n")
    if count < 1:
        raise Mistake(
            "E-CALL", f"top takes at least 1 row, and n is {count}", hint="write top(table, 3, by=…)"
        )
    keys = _own_ranks(rows, by, "top") if isinstance(rows, Column) else _ranks(rows, by, "top")
    order = _order(keys, descending=descending)
    own = np.zeros(len(order), dtype=np.int8) if rows.doubtful is None else rows.doubtful
    better, as_good = _standing(np.stack(keys)[:, order], own[order] == 0)
    kept = np.flatnonzero(better < count)
    index = order[kept]
    if isinstance(rows, Column) and rows.doubtful is None:
        return rows.take(index[:count])
    doubt = np.where(own[index] != 0, own[index], np.where(as_good[kept] > count, UNDEFINED, 0))
    if isinstance(rows, Table):
        return rows.take(index, _sorting(rows, by, "top"), doubt.astype(np.int8))
    return replace(rows.take(index), doubtful=doubt.astype(np.int8))


def _standing(keys: Any, sure: Any) -> tuple[Any, Any]:
    """For rows in order: how many sure rows are better, and how many rows (itself too) are at least as good."""
    rows = keys.shape[1]
    is_new = np.ones(rows, dtype=bool)
    is_new[1:] = np.any(keys[:, 1:] != keys[:, :-1], axis=0)
    starts = np.flatnonzero(is_new)
    ends = np.append(starts[1:], rows)
    level = np.cumsum(is_new) - 1
    surely = np.concatenate(([0], np.cumsum(sure)))
    return surely[starts][level], ends[level]


_ROWS, _BY = Parameter("rows", "rows", also=("table",)), Parameter("by", "names", None)

FUNCTIONS = (
    Function(
        "sort",
        "rows",
        "The rows of a table in order of one or more columns, or the cells of a column in their own, rising unless "
        "descending=True.",
        (_ROWS, _BY, DESCENDING),
        _sort,
        ('first(sort(runs, "minutes")).name', '"d"'),
        "Ties keep the order of the file. A missing cell, or bounds that overlap, is a mistake.",
    ),
    Function(
        "top",
        "rows",
        "The n rows of a table with the greatest values of a column (the least with descending=False), or the n "
        "greatest cells of a column.",
        (_ROWS, Parameter("n", "number"), _BY, replace(DESCENDING, default=True)),
        _top,
        ('mean(top(runs, 2, by="accuracy").accuracy)', "80 %"),
        "Rows that tie at the cut are in doubt, and so is what is computed from them.",
    ),
)
