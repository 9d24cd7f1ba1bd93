"""Logic on values, three-valued: a false decides `and`, a true decides `or`, unknowns wait (Kleene)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from site_builder.language.operands import (
    Codes,
    column_or_none,
    kind_hint,
    plain,
    reason_code,
    shape_of,
    shaped,
)
from site_builder.language.values import Scalar, Unknown, Value, kind_of, truth
from site_builder.problems import Mistake
from site_builder.tables import (
    FAR_MISSING,
    MISSING_CELL,
    MISSING_OR_FALSE,
    MISSING_OR_TRUE,
    Column,
    joined,
)

Reasons = npt.NDArray[np.int8]


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
    if isinstance(truths, Column) and truths.unknown is not None:
        return replace(truths, data=-truths.data, unknown=_turned(truths.unknown))
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
    codes = _codes_of_two(op, _codes(a, rows), _codes(b, rows))
    if codes is not None:
        codes = np.where(truths != 0, 0, codes).astype(np.int8)
    assert shape is not None
    return shaped(shape, "truth", truths, codes, (plain(a), plain(b)))


def _codes_of_two(op: str, a: Codes, b: Codes) -> Codes:
    """Why each row is open, where it is: an `or` is an `and` of the opposites, turned round."""
    if a is None or b is None:
        return a if b is None else b
    return _codes_of_and(a, b) if op == "and" else _turned(_codes_of_and(_turned(a), _turned(b)))


def _codes_of_and(a: Reasons, b: Reasons) -> Reasons:
    """Where both sides are open, what the row can be besides unknown for a missing cell."""
    misses = [(c == MISSING_CELL) | (c == MISSING_OR_TRUE) for c in (a, b)]
    ways = (
        (b == 0, a),
        (a == 0, b),
        (misses[0] & misses[1] & ((a == MISSING_CELL) | (b == MISSING_CELL)), MISSING_CELL),
        (_either(MISSING_CELL, a, b) | _either(MISSING_OR_FALSE, a, b), MISSING_OR_FALSE),
        ((a == MISSING_OR_TRUE) & (b == MISSING_OR_TRUE), MISSING_OR_TRUE),
        (_either(MISSING_OR_TRUE, a, b) | _either(FAR_MISSING, a, b), FAR_MISSING),
    )
    return np.select([when for when, _ in ways], [code for _, code in ways], a).astype(np.int8)


def _either(code: int, a: Reasons, b: Reasons) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (a == code) | (b == code)
    return found


def _turned(codes: Reasons) -> Reasons:
    """The codes of the opposite truths."""
    turned = codes.copy()
    turned[codes == MISSING_OR_FALSE] = MISSING_OR_TRUE
    turned[codes == MISSING_OR_TRUE] = MISSING_OR_FALSE
    return turned


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
