"""Comparison of values: three-valued, row by row where a side is a column; different kinds never compare."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.dates import as_date, dated
from site_builder.language.dictionary import equal_to
from site_builder.language.logic import logic, negation
from site_builder.language.membership import among
from site_builder.language.operands import (
    Codes,
    Operand,
    as_numbers,
    codes_of,
    column_or_none,
    kind_hint,
    kind_word,
    merged_codes,
    numeric,
    plain,
    reason_code,
    shape_of,
    shaped,
)
from site_builder.language.operators import unit_mistake
from site_builder.language.values import ItemList, Scalar, Unknown, Value, kind_of, number, truth
from site_builder.problems import Mistake
from site_builder.quantities import quantity as quantities
from site_builder.quantities import units
from site_builder.quantities.quantity import Quantity, exact
from site_builder.quantities.shown import interval_text
from site_builder.quantities.units import UnitClash
from site_builder.tables import CENSORED, TOO_COARSE, Column, joined


def comparison(op: str, left: Value, right: Value) -> Scalar | Column:
    """``left op right``: a truth, or a column of truths; raises `Mistake` for kinds that do not compare."""
    if op in ("in", "not in"):
        found = _contained(left, right)
        return found if op == "in" else negation(found)
    left, right = _same_kind(left, right, op)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _undecided(left, right)
    if kind_word(left) == "number":
        return _compare_numbers(op, left, right)
    assert isinstance(left, Scalar | Column) and isinstance(right, Scalar | Column)  # noqa: PT018
    return _compare_plain(op, left, right)


def _undecided(left: Value, right: Value) -> Scalar | Column:
    """A comparison with an unknown value: unknown, in every row where the other side is a column."""
    unknown = left if isinstance(left, Unknown) else right
    assert isinstance(unknown, Unknown)
    cells = joined(*(v.cells for v in (left, right) if isinstance(v, Scalar | Unknown | Column)))
    lone = truth(0, cells, unknown.reason, unknown.detail)
    column = left if isinstance(left, Column) else right
    if not isinstance(column, Column):
        return lone
    codes = np.full(len(column), reason_code(unknown.reason), dtype=np.int8)
    truths = np.zeros(len(column), dtype=np.int8)
    return shaped(column, "truth", truths, merged_codes(column.unknown, codes), (plain(column), plain(lone)))


def _same_kind(left: Value, right: Value, op: str) -> tuple[Value, Value]:
    """Both sides in one kind: a text meets a number as the number a person reads in it, and a date as a date."""
    for value in (left, right):
        if not isinstance(value, Scalar | Column | Unknown):
            message = f"`{op}` compares values, and this is {kind_of(value)}"
            hint = _LIST_HINT if isinstance(value, ItemList) else kind_hint(value)
            raise Mistake("E-KIND", message, hint=hint)
    kinds = {kind_word(left), kind_word(right)}
    if kinds == {"text"} and op not in ("==", "!="):
        return _both_read(left, right)
    if "" in kinds or len(kinds) == 1:
        return left, right
    if kinds == {"number", "text"}:
        return _as_read(left, right, left, op), _as_read(left, right, right, op)
    if kinds == {"date", "text"}:
        return as_date(left), as_date(right)
    raise _kind_clash(left, right, op)


_LIST_HINT = "write `in` to look for a value in a list, or compare counts, such as count(…) == 3"


def _both_read(left: Value, right: Value) -> tuple[Value, Value]:
    """Two texts to be put in order: as the numbers in them where both have one, else as they are."""
    try:
        return _number_in(left), _number_in(right)
    except Mistake:
        return left, right


def _number_in(text: Value) -> Value:
    operand = numeric(text, "an order")
    if isinstance(operand, Unknown):
        return operand
    return operand.column if operand.column is not None else number(operand.quantity, operand.cells)


def _as_read(left: Value, right: Value, value: Value, op: str) -> Value:
    """One side of a comparison with a number: a text as the number in it."""
    if not isinstance(value, Scalar | Column) or value.kind != "text":
        return value
    if value.read is None:
        raise _kind_clash(left, right, op)
    if isinstance(value, Column):
        return as_numbers(value, f"`{op}`")
    read = value.read()
    return read.data if isinstance(read.data, Unknown) else read


def _kind_clash(left: Value, right: Value, op: str) -> Mistake:
    hint = "different kinds never compare"
    text = next((v for v in (left, right) if isinstance(v, Scalar) and v.kind == "text"), None)
    if text is not None and "number" in (kind_word(left), kind_word(right)):
        shown = f"quantity({str(text.data)[:40]!r})"
        hint = f"write the number without quotes, {shown} with a unit, or declare the column as text"
    elif "truth" in (kind_word(left), kind_word(right)):
        hint = "a truth compares with True or False, and stands by itself in a condition"
    return Mistake("E-KIND", f"`{op}` between {kind_of(left)} and {kind_of(right)}", hint=hint)


# Numbers


def _compare_numbers(op: str, left: Value, right: Value) -> Scalar | Column:
    if op in ("==", "!="):
        left, right = _by_digits(left, right)
    a, b = numeric(left, f"`{op}`"), numeric(right, f"`{op}`")
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return _undecided(a if isinstance(a, Unknown) else left, b if isinstance(b, Unknown) else right)
    shape = shape_of(a.column, b.column, op)
    unknown = codes_of(a, b)
    truths = _decided(op, a.quantity, b.quantity, unknown)
    if shape is None:
        return _one_truth(int(truths), a, b)
    if unknown is not None:
        truths = np.where(unknown != 0, 0, truths).astype(np.int8)
    if not isinstance(truths, np.ndarray):
        truths = np.full(len(shape), truths, dtype=np.int8)
    open_codes = None if np.all(truths) else _bound_codes(truths, a.quantity, b.quantity)
    return shaped(shape, "truth", truths, merged_codes(unknown, open_codes), (a, b))


def _by_digits(left: Value, right: Value) -> tuple[Value, Value]:
    """Both sides by the digits typed, where one is of rounded whole numbers and the other of whole numbers too."""
    if all(not isinstance(v, Scalar | Column) or v.as_typed is None for v in (left, right)):
        return left, right
    a, b = _whole_numbers(left), _whole_numbers(right)
    return (left, right) if a is None or b is None else (a, b)


def _whole_numbers(value: Value) -> Value | None:
    """Bare whole numbers, exact or by the digits typed; None for others."""
    if not isinstance(value, Scalar | Column):
        return None
    if value.as_typed is not None:
        return replace(value, data=value.as_typed, as_typed=None)
    q = value.data
    if not q.is_exact or q.unit.parts:
        return None
    return value if np.all(q.nominal == q.nominal // 1) else None


def _one_truth(result: int, a: Operand, b: Operand) -> Scalar:
    cells = joined(a.cells, b.cells)
    if result != 0:
        return truth(result, cells)
    reason = "censored" if a.quantity.is_censored or b.quantity.is_censored else "too-coarse"
    left, right = interval_text(a.quantity), interval_text(b.quantity)
    detail = f"{left} against {right}: the possible values overlap"
    if left == right and all(_is_tight(o.quantity) for o in (a, b)):
        detail = f"both sides are {left} to within rounding: write approx(…, …, within=…) to claim that"
    return truth(0, cells, reason, detail)


def _is_tight(q: Quantity) -> bool:
    """Whether a quantity is as good as exact: what keeps it from that is rounding in the computation."""
    return bool(q.highest - q.lowest <= abs(q.nominal) / 10**9)


def _decided(op: str, a: Quantity, b: Quantity, unknown: Codes) -> Any:
    """Compare; a quotient of bare numbers meets a percentage as a fraction, which it is from -1 to 1.

    Beyond that it may be in per cent already, and must then say the same both ways; cells that are `unknown` have
    no say.
    """
    try:
        truths = quantities.compare(op, a, b)
    except UnitClash as clash:
        raise unit_mistake(op, a, b, clash) from None
    if {a.unit, b.unit} >= {units.QUOTIENT, units.PERCENT}:
        quotient = a if a.unit == units.QUOTIENT else b
        if not _of_known(_is_fraction(quotient), unknown).all():
            per_cent = quantities.compare(op, *(replace(q, unit=units.PERCENT) for q in (a, b)))
            if _of_known(truths != per_cent, unknown).any():
                raise _share_or_per_cent()
    return truths


def _is_fraction(quotient: Quantity) -> Any:
    """Where a quotient surely lies in [-1, 1]."""
    bare = replace(quotient, unit=units.BARE)
    least, most = (quantities.compare("<=", *pair) for pair in ((exact(-1), bare), (bare, exact(1))))
    return np.minimum(least, most) == 1


def _of_known(holds: Any, unknown: Codes) -> npt.NDArray[np.bool_]:
    """One truth, or those of the cells that are known."""
    if unknown is None:
        return np.asarray(holds)
    known: npt.NDArray[np.bool_] = np.broadcast_to(np.asarray(holds), len(unknown))[unknown == 0]
    return known


def _share_or_per_cent() -> Mistake:
    message = (
        "a quotient of bare numbers beyond 1 is compared with a percentage: a share, or already in per cent?"
    )
    hint = 'write ratio(a, b) for a share (0.4 is 40 %), or multiply by quantity("1%")'
    return Mistake("E-UNIT", message, hint=hint)


def _bound_codes(truths: Any, a: Quantity, b: Quantity) -> npt.NDArray[np.int8]:
    infinite = np.zeros(len(truths), dtype=bool)
    for end in (a.low, a.high, b.low, b.high):
        if end is not None:
            infinite |= (end == np.inf) | (end == -np.inf)
    return np.where(truths == 0, np.where(infinite, CENSORED, TOO_COARSE), 0).astype(np.int8)


# Texts, truths and dates

_PLAIN: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _compare_plain(op: str, left: Scalar | Column, right: Scalar | Column) -> Scalar | Column:
    """Texts and truths are equal or not; dates, and texts that all are dates, also come before and after."""
    if left.kind != "date" and op not in ("==", "!="):
        from_left, from_right = dated(left), dated(right)
        if from_left is not None and from_right is not None:
            return _compare_plain(op, from_left, from_right)
        hint = "texts and truths compare with == and !="
        if left.kind == "text":
            hint += "; declare columns of dates or numbers with `columns:`"
        raise Mistake("E-KIND", f"`{op}` does not order {kind_of(left)}", hint=hint)
    shape = shape_of(column_or_none(left), column_or_none(right), op)
    if shape is None:
        return _compare_two(op, left, right)
    truths = _signs(op, left, right)
    codes = merged_codes(_codes(left, len(shape)), _codes(right, len(shape)))
    if codes is not None:
        truths[codes != 0] = 0
    return shaped(shape, "truth", truths, codes, (plain(left), plain(right)))


def _signs(op: str, left: Scalar | Column, right: Scalar | Column) -> npt.NDArray[np.int8]:
    """1 where the comparison holds, -1 where it does not, before unknown cells are set aside."""
    column, other = (left, right) if isinstance(left, Column) else (right, left)
    if isinstance(column, Column) and column.kind == "text" and isinstance(other, Scalar):
        holds = equal_to(column, other.data)
        holds = holds if op == "==" else ~holds
    else:
        holds = np.asarray(_PLAIN[op](left.data, right.data), dtype=bool)
    return (holds.view(np.int8) * np.int8(2) - np.int8(1)).astype(np.int8)


def _compare_two(op: str, left: Scalar | Column, right: Scalar | Column) -> Scalar:
    cells = joined(left.cells, right.cells)
    unsure = next((v for v in (left, right) if isinstance(v, Scalar) and _is_open(v)), None)
    if unsure is not None:
        return truth(0, cells, unsure.reason, unsure.detail)
    return truth(1 if _PLAIN[op](left.data, right.data) else -1, cells)


def _is_open(value: Scalar) -> bool:
    return value.kind == "truth" and value.data == 0


def _codes(value: Scalar | Column, rows: int) -> Codes:
    if isinstance(value, Column):
        return value.unknown
    return np.full(rows, reason_code(value.reason), dtype=np.int8) if _is_open(value) else None


# Membership


def _contained(left: Value, right: Value) -> Scalar | Column:
    """Whether a value, or each cell of a column, is in a list or among the cells of a column."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _undecided(left, right)
    if isinstance(right, Column):
        return among(left, right, comparison)
    if isinstance(left, Scalar) and isinstance(right, Scalar) and left.kind == right.kind == "text":
        return truth(1 if left.data in right.data else -1, joined(left.cells, right.cells))
    if not isinstance(right, ItemList):
        message = f"`in` looks in a list or a column, and this is {kind_of(right)}"
        raise Mistake("E-KIND", message, hint='write x in ["a", "b"], or x in table.column')
    if not right.items:
        return truth(0, reason="no-rows", detail="there is nothing to be in")
    return functools.reduce(
        lambda a, b: logic("or", a, b), (comparison("==", left, item) for item in right.items)
    )
