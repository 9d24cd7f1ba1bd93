"""Brackets: the rows where a condition holds, a column by its heading, or one group by its key."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from site_builder.language.logic import as_truth
from site_builder.language.operands import Codes
from site_builder.language.values import ItemList, Scalar, Unknown, Value, element, key_text, kind_of
from site_builder.problems import Mistake, did_you_mean
from site_builder.tables import MISSING_CELL, MISSING_OR_FALSE, Column, Index, Row, Table


def chosen(base: Table | Column, table: Table, condition: Value) -> Value:
    """The rows of a table, or of a column of it, where a condition holds.

    A row whose deciding cell is missing is not kept, and is counted in `left_out`; a row that bounds leave open is
    kept in doubt, since the evidence has a value there and nobody knows on which side it lies. A condition that is
    unknown as a whole makes the choice unknown.
    """
    if isinstance(condition, Row):
        message = "a filter needs something true or false, and this is a row already"
        raise Mistake("E-KIND", message, hint="name a column of the row, such as argmax(table.score).name")
    if isinstance(condition, Scalar) and condition.kind == "number":
        message = "rows are not numbered, and this asks for one by its number"
        hint = 'write first(…) or last(…), or one(…) with a condition, such as one(runs[name == "a"])'
        raise Mistake("E-KIND", message, hint=hint)
    truths = as_truth(condition, "a filter")
    if isinstance(truths, Scalar):
        if truths.data == 0:
            return Unknown(truths.reason, f"the filter is not known: {truths.detail}", truths.cells)
        hint = f"columns: {', '.join(table.names[:12])}"
        raise Mistake("E-KIND", "the condition in brackets looks at no column", hint=hint)
    if len(truths) != table.rows:
        message = f"a condition over {len(truths):,} rows cannot filter {table.rows:,} rows"
        raise Mistake("E-SHAPE", message, hint="write the condition on columns of the same table")
    if table.names and not truths.is_aligned(table.column(_known_column(table))):
        message = "the condition looks at another view of rows than the one it filters"
        raise Mistake("E-SHAPE", message, hint="inside the brackets, name the columns of this table")
    index, doubtful, left_out = _kept_rows(truths, table)
    kept = table.take(index, truths.cells.take(index).filtering(), doubtful)
    kept = replace(kept, left_out=kept.left_out + left_out)
    if isinstance(base, Table):
        return kept
    if table.owns(base):
        return kept.column(base.name)
    return replace(base.take(index), table=kept, doubtful=kept.doubtful)


def _known_column(table: Table) -> str:
    """A column that was asked for already, so that none is read for its rows alone."""
    made = table.made()
    return made[0].name if made else table.names[0]


def _kept_rows(truths: Column, table: Table) -> tuple[Index, Codes, int]:
    """The rows to keep, why each is in doubt (0 where it is not), and how many were left out for a missing cell."""
    if truths.unknown is None and table.doubtful is None and truths.data.all():
        index = np.flatnonzero(truths.data == 1)
        return index, np.zeros(len(index), dtype=np.int8), 0
    codes = np.zeros(table.rows, dtype=np.int8) if truths.unknown is None else truths.unknown
    left_out = (truths.data == 0) & ((codes == MISSING_CELL) | (codes == MISSING_OR_FALSE))
    index = np.flatnonzero((truths.data >= 0) & ~left_out)
    doubtful = np.where(truths.data[index] == 0, codes[index], 0).astype(np.int8)
    if table.doubtful is not None:
        own = table.doubtful[index]
        doubtful = np.where(own != 0, own, doubtful).astype(np.int8)
    return index, doubtful, int(np.count_nonzero(left_out))


def group_of(column: Column, key: Value) -> Value:
    """The value of one group of a grouped column; raises `Mistake` with the nearest key."""
    assert column.keys is not None
    wanted = tuple(_label(item) for item in (key.items if isinstance(key, ItemList) else (key,)))
    label = wanted[0] if len(wanted) == 1 else wanted
    if label in column.keys:
        return element(column, column.keys.index(label))
    shown, known = key_text(label), [key_text(k) for k in column.keys]
    hint = did_you_mean(shown, known, "groups: ")
    if shown in known:
        kind = "a number, without quotes" if isinstance(label, str) else "a text, in quotes"
        hint = f"write the key as {kind}"
    raise Mistake("E-KEY", f"no group {shown!r}; there are {', '.join(known[:12])}", hint=hint)


def _label(value: Value) -> str | Fraction | int:
    if isinstance(value, Scalar) and value.kind != "number":
        label: str | int = str(value.data) if value.kind == "date" else value.data
        return label
    if isinstance(value, Scalar) and (value.as_typed or value.data).is_exact:
        return Fraction((value.as_typed or value.data).nominal)
    message = f"a group is picked by its key, and this is {kind_of(value)}"
    raise Mistake("E-KIND", message, hint='write grouped["key"]')
