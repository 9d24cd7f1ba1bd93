"""Logic on values, three-valued: a false decides `and`, a true decides `or`, unknowns wait (Kleene)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from site_builder.language.operands import (
    Codes,
    column_or_none,
    kind_hint,
    merged_codes,
    plain,
    reason_code,
    shape_of,
    shaped,
)
from site_builder.language.values import Scalar, Unknown, Value, kind_of, truth
from site_builder.problems import Mistake
from site_builder.tables import Column, joined


def as_truth(value: Value, use: str) -> Scalar | Column:
    """The value as truths; an unknown value is an unknown truth; raises `Mistake` for other kinds."""
    if isinstance(value, Unknown):
        return truth(0, value.cells, value.reason, value.detail)
    if isinstance(value, Scalar | Column) and value.kind == "truth":
        return value
    hint = "compare it with something" if isinstance(value, Scalar | Column) else kind_hint(value)
    message = f"{use} needs something true or false, and this is {kind_of(value)}"
    raise Mistake("E-KIND", message, hint=hint)


def negation(value: Value) -> Scalar | Column:
    """not value."""
    truths = as_truth(value, "`not`")
    return replace(truths, data=-truths.data)


def logic(op: str, left: Value, right: Value) -> Scalar | Column:
    """``left and right``, ``left or right``, row by row where a side is a column."""
    a, b = as_truth(left, f"`{op}`"), as_truth(right, f"`{op}`")
    pick = np.minimum if op == "and" else np.maximum
    shape = shape_of(column_or_none(a), column_or_none(b), op)
    if shape is None and isinstance(a, Scalar) and isinstance(b, Scalar):
        return _of_two(int(pick(a.data, b.data)), a, b)
    truths = pick(a.data, b.data).astype(np.int8)
    rows = len(truths)
    codes = merged_codes(_codes(a, rows), _codes(b, rows))
    if codes is not None:
        codes = np.where(truths != 0, 0, codes).astype(np.int8)
    assert shape is not None
    return shaped(shape, "truth", truths, codes, (plain(a), plain(b)))


def _of_two(result: int, a: Scalar, b: Scalar) -> Scalar:
    """One truth of two; where it stays open, the side that left it so says why."""
    cells = joined(a.cells, b.cells)
    if result != 0:
        return truth(result, cells)
    open_side = a if a.data == 0 else b
    return truth(0, cells, open_side.reason, open_side.detail)


def _codes(value: Scalar | Column, rows: int) -> Codes:
    if isinstance(value, Column):
        return value.unknown
    return np.full(rows, reason_code(value.reason), dtype=np.int8) if value.data == 0 else None
