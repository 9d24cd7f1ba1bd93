"""Arithmetic on values: one value or a column on either side, unknowns and bounds carried along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.dates import as_date
from site_builder.language.operands import (
    Codes,
    Operand,
    as_numbers,
    codes_of,
    column_or_none,
    filled,
    first_unknown,
    kind_word,
    merged_codes,
    numeric,
    plain,
    shape_of,
)
from site_builder.language.powers import power
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities import quantity as quantities
from site_builder.quantities import units
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.rounding import rounded
from site_builder.quantities.units import UnitClash
from site_builder.tables import UNDEFINED, Column, joined

__all__ = ["arithmetic", "as_numbers", "negative"]


def arithmetic(op: str, left: Value, right: Value, *, by_hundred: bool = False) -> Value:
    """``left op right`` for ``+ - * / // % **``; `by_hundred` when one side is the literal 100."""
    if op == "-" and "date" in (kind_word(left), kind_word(right)):
        return _days_between(left, right)
    a, b = numeric(left, f"`{op}`"), numeric(right, f"`{op}`")
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return first_unknown(a, b)
    shape = shape_of(a.column, b.column, op)
    unknown = codes_of(a, b)
    if op in ("/", "//", "%") and np.any(b.quantity.nominal == 0):
        if b.column is None:
            return Unknown("undefined", "it divides by zero", joined(a.cells, b.cells))
        b, unknown = _without_zero(b, unknown)
    result = _operated(op, a.quantity, b.quantity)
    if isinstance(result, Unknown):
        return replace(result, cells=joined(a.cells, b.cells))
    if by_hundred and op == "*":
        result = replace(result, unit=units.times_hundred(result.unit))
    return filled(shape, result, unknown, (a, b))


def _operated(op: str, a: Quantity, b: Quantity) -> Quantity | Unknown:
    if op == "-" and b.unit == units.PERCENT and a.unit == units.BARE and not a.is_column and a.nominal == 1:
        message = "1 less a percentage: is 1 the whole, or 1 %?"
        raise Mistake("E-UNIT", message, hint='write quantity("100%") - … for the rest of the whole')
    try:
        return _OPERATIONS[op](a, b)
    except UnitClash as clash:
        raise unit_mistake(op, a, b, clash) from None


def _without_zero(b: Operand, unknown: Codes) -> tuple[Operand, Codes]:
    """A divisor with its zeros set aside as undefined cells."""
    codes = np.where(b.quantity.nominal == 0, UNDEFINED, 0).astype(np.int8)
    return replace(b, quantity=_ones_for_zeros(b.quantity)), merged_codes(unknown, codes)


def _ones_for_zeros(q: Quantity) -> Quantity:
    zero = q.nominal == 0
    one: Any = Fraction(1) if q.nominal.dtype == object else 1.0
    low, high = (None if v is None else np.where(zero, one, v) for v in (q.low, q.high))
    exactly = q.exactly
    back = None if exactly is None else lambda rows: _ones_for_zeros(exactly(rows))
    return replace(q, nominal=np.where(zero, one, q.nominal), low=low, high=high, exactly=back)


def _remainder(a: Quantity, b: Quantity) -> Quantity | Unknown:
    if not (a.is_exact and b.is_exact):
        return Unknown("too-coarse", "a remainder needs exact numbers")
    whole = rounded(quantities.divide(a, b), 0, "down")
    return quantities.subtract(a, quantities.multiply(replace(whole, unit=units.PURE), b))


_OPERATIONS: dict[str, Callable[[Quantity, Quantity], Quantity | Unknown]] = {
    "+": quantities.add,
    "-": quantities.subtract,
    "*": quantities.multiply,
    "/": quantities.divide,
    "//": lambda a, b: rounded(quantities.divide(a, b), 0, "down"),
    "%": _remainder,
    "**": power,
}
_VERBS = {
    "+": "added",
    "-": "subtracted",
    "*": "combined",
    "/": "combined",
    "//": "combined",
    "%": "combined",
}


def unit_mistake(op: str, a: Quantity, b: Quantity, clash: UnitClash) -> Mistake:
    """The mistake of two units that do not meet."""
    left, right = str(a.unit) or "a bare number", str(b.unit) or "a bare number"
    hint = "declare or convert the units so that both sides measure the same"
    if {left, right} == {"%", "pp"}:
        hint = 'write quantity("5 pp") for a difference and quantity("5%") for a percentage'
    message = f"{left} and {right} cannot be {_VERBS.get(op, 'compared')}: {clash}"
    return Mistake("E-UNIT", message, hint=hint)


def _days_between(left: Value, right: Value) -> Value:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return left if isinstance(left, Unknown) else right
    a, b = as_date(left), as_date(right)
    shape = shape_of(column_or_none(a), column_or_none(b), "-")
    days = (a.data - b.data) / np.timedelta64(1, "D")
    if shape is None:
        return number(Quantity(Fraction(int(days)), unit=units.DAY), joined(a.cells, b.cells))
    quantity = Quantity(quantities.column_of([Fraction(int(d)) for d in days]), unit=units.DAY)
    codes: list[Any] = [v.unknown if isinstance(v, Column) else None for v in (a, b)]
    return filled(shape, quantity, merged_codes(*codes), (plain(a), plain(b)))


def negative(value: Value) -> Value:
    """-value."""
    a = numeric(value, "`-`")
    if isinstance(a, Unknown):
        return a
    return filled(a.column, quantities.negate(a.quantity), a.unknown, (a,))


def rescaled(value: Value, factor: Fraction, unit: units.Unit) -> Value:
    """The same numbers times a positive factor, in another unit; an unknown stays unknown."""
    if isinstance(value, Scalar | Column):
        return replace(value, data=value.data.scaled(factor, unit))
    return value
