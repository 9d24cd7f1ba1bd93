"""Picking one of two values where a condition holds, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from site_builder.language.logic import as_truth
from site_builder.language.operands import (
    Codes,
    Operand,
    check_aligned,
    column_cells,
    filled,
    first_unknown,
    kind_word,
    merged_codes,
    numeric,
    plain,
    shaped,
    spread,
)
from site_builder.language.values import Scalar, Unknown, Value, kind_of
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import UnitClash, common
from site_builder.tables import FAR_MISSING, REASONS, Column


def where(condition: Value, then: Value, otherwise: Value) -> Value:
    """`then` where the condition holds, else `otherwise`; unknown where nobody knows."""
    truths = as_truth(condition, "where")
    if isinstance(truths, Scalar):
        if truths.data == 0:
            return Unknown(truths.reason, truths.detail, truths.cells)
        return then if truths.data == 1 else otherwise
    for side in (then, otherwise):
        if isinstance(side, Column):
            check_aligned(truths, side, "where")
    kinds = {kind_word(then), kind_word(otherwise)}
    if len(kinds) == 1 and kinds <= {"text", "truth", "date"}:
        return _of_plain(truths, then, otherwise)
    if kinds == {"text", "number"} and not _can_read(then, otherwise):
        message = f"where chooses between {kind_of(then)} and {kind_of(otherwise)}"
        raise Mistake("E-KIND", message, hint="give two texts or two numbers")
    return _of_numbers(truths, then, otherwise)


def _can_read(*sides: Value) -> bool:
    return all(s.kind == "number" or s.read is not None for s in sides if isinstance(s, Scalar | Column))


def _codes(truths: Column, sides: tuple[tuple[Codes, Any], ...]) -> Codes:
    """Why each picked cell is unknown: the condition's reason, or that of the side it picks."""
    codes = merged_codes(truths.unknown, None)
    for unknown, picked in sides:
        if unknown is not None:
            codes = merged_codes(codes, np.where(picked, unknown, 0).astype(np.int8))
    return codes


def _of_plain(truths: Column, then: Value, otherwise: Value) -> Value:
    assert isinstance(then, Scalar | Column) and isinstance(otherwise, Scalar | Column)  # noqa: PT018
    holds = truths.data == 1
    data = np.where(holds, then.data, otherwise.data)
    sides = tuple((_own_codes(s, len(truths)), p) for s, p in ((then, holds), (otherwise, truths.data == -1)))
    codes = _codes(truths, sides)
    if then.kind == "text":
        data = data.astype(object)
    if then.kind == "truth":
        data = np.where(truths.data == 0, 0, data).astype(np.int8)
    return shaped(truths, then.kind, data, codes, (plain(truths), plain(then), plain(otherwise)))


def _own_codes(side: Scalar | Column, rows: int) -> Codes:
    if isinstance(side, Column):
        return side.unknown
    if side.kind == "truth" and side.data == 0:
        return np.full(
            rows, REASONS.index(side.reason) if side.reason != "missing-cell" else FAR_MISSING, np.int8
        )
    return None


def _of_numbers(truths: Column, then: Value, otherwise: Value) -> Value:
    a, b = numeric(then, "where"), numeric(otherwise, "where")
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return first_unknown(a, b)
    try:
        unit, for_a, for_b = common(a.quantity.unit, b.quantity.unit, adding=True)
    except UnitClash as clash:
        raise Mistake("E-UNIT", f"where: {clash}", hint="give both sides one unit") from None
    holds = truths.data == 1
    quantity = _picked(holds, a.quantity.scaled(for_a, unit), b.quantity.scaled(for_b, unit))
    codes = _codes(truths, ((a.unknown, holds), (b.unknown, truths.data == -1)))
    operands: tuple[Operand, ...] = (plain(truths), a, b)
    made = filled(truths, quantity, codes, operands)
    assert isinstance(made, Column)
    return replace(made, cells=column_cells(operands))


def _picked(holds: Any, a: Quantity, b: Quantity) -> Quantity:
    rows = len(holds)
    if a.is_exact and b.is_exact and any(q.is_column and q.nominal.dtype == np.float64 for q in (a, b)):
        return _picked_floats(holds, a, b)
    sides = [[_listed(x, rows) for x in (q.nominal, q.lowest, q.highest)] for q in (_exact(a), _exact(b))]
    nominal, low, high = (np.where(holds, x, y) for x, y in zip(*sides, strict=True))
    is_exact = a.is_exact and b.is_exact
    return Quantity(nominal, unit=a.unit) if is_exact else Quantity(nominal, low, high, unit=a.unit)


def _picked_floats(holds: Any, a: Quantity, b: Quantity) -> Quantity:
    """Two exact sides, one of them a long column: floats, with a way back to the exact numbers."""
    floats = [q.nominal.astype(float) if q.is_column else float(q.nominal) for q in (a, b)]

    def exactly(rows: Any) -> Quantity:
        return _picked(holds[rows], *(q.rows_exactly(rows) for q in (a, b)))

    return Quantity(np.where(holds, *floats), unit=a.unit, exactly=exactly)


def _exact(q: Quantity) -> Quantity:
    return q.rows_exactly(np.arange(len(q.nominal))) if q.is_column else q


def _listed(value: Any, rows: int) -> Any:
    return value if isinstance(value, np.ndarray) else spread(value, rows)
