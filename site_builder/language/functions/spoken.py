"""Comparison as people say it: times, relative change, percentage points, and quantities written as text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from site_builder.language.dates import as_date
from site_builder.language.function import Function, Parameter
from site_builder.language.operands import numeric
from site_builder.language.operators import arithmetic, rescaled
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities.quantity import exact
from site_builder.quantities.reading import NotAQuantity, read_quantity
from site_builder.quantities.units import BARE, PERCENT, PP, TIMES
from site_builder.tables import Column


def _ratio(value: Value, base: Value) -> Value:
    """A quotient without unit as a multiple; raises `Mistake` where units are left over."""
    quotient = arithmetic("/", value, base)
    if not isinstance(quotient, Scalar | Column):
        return quotient
    unit = quotient.data.unit
    if unit.parts and unit != TIMES:
        message = f"ratio compares two numbers of one unit, and these leave {unit}"
        raise Mistake("E-UNIT", message, hint="write a / b for a rate")
    return replace(quotient, data=replace(quotient.data, unit=TIMES))


def _change(before: Value, after: Value) -> Value:
    """(after - before) / before, in per cent; as after / before - 1 where units allow, which keeps bounds tight."""
    gap = arithmetic("-", after, before)
    if isinstance(gap, Unknown):
        return gap
    quotient = arithmetic("/", after, before)
    if isinstance(quotient, Scalar | Column) and not quotient.data.unit.parts:
        share = arithmetic("-", quotient, number(exact(1, quotient.data.unit)))
    else:
        share = arithmetic("/", gap, before)
    return rescaled(share, Fraction(100), PERCENT)


def _points(before: Value, after: Value) -> Value:
    """after - before, of two percentages, in percentage points."""
    if _may_be_share(before) and _may_be_share(after):
        message = "points of two bare numbers between −1 and 1: are they fractions, or in per cent?"
        hint = (
            "declare the columns' unit, `units: {column: '1'}` for fractions or '%', or multiply both by 100"
        )
        raise Mistake("E-UNIT", message, hint=hint)
    gap = arithmetic("-", _as_percent(after), _as_percent(before))
    return rescaled(gap, Fraction(1), PP)


def _may_be_share(value: Value) -> bool:
    operand = numeric(value, "points")
    if isinstance(operand, Unknown) or operand.quantity.unit != BARE:
        return False
    return bool(np.all((operand.quantity.lowest >= -1) & (operand.quantity.highest <= 1)))


def _as_percent(value: Value) -> Value:
    operand = numeric(value, "points")
    if isinstance(operand, Unknown):
        return operand
    unit = operand.quantity.unit
    if unit.parts and unit != PERCENT:
        raise Mistake("E-UNIT", f"points compares two percentages, and this is in {unit}", hint="write b - a")
    is_share = not unit.parts and unit.kind in ("pure", "quotient")
    scaled = operand.quantity.scaled(Fraction(100 if is_share else 1), PERCENT)
    if operand.column is None:
        return number(scaled, operand.cells)
    return replace(operand.column, data=scaled)


def _quantity(text: str) -> Value:
    try:
        return number(read_quantity(text).meant)
    except NotAQuantity as error:
        message = f"{text[:60]!r} is not a quantity: {error}"
        hint = 'write quantity("73%"), quantity("~2 h") or quantity("61-73 %")'
        raise Mistake("E-QUANTITY", message, hint=hint) from None


def _date(text: str) -> Value:
    return as_date(Scalar("text", text))


_GROUP = "comparison as people say it"
_SAME = "Bounds are carried through. A missing side, or a zero base, makes the result unknown."
_BEFORE, _AFTER = Parameter("before"), Parameter("after")

FUNCTIONS = (
    Function(
        "ratio",
        _GROUP,
        "How many times the base a value is, in x.",
        (Parameter("value"), Parameter("base")),
        _ratio,
        ("ratio(85, 50)", "1.7x"),
        _SAME,
    ),
    Function(
        "change",
        _GROUP,
        "The relative change from before to after, in %.",
        (_BEFORE, _AFTER),
        _change,
        ("change(54, 37)", "−31.4815 %"),
        _SAME,
    ),
    Function(
        "points",
        _GROUP,
        "The difference from one percentage to another, in percentage points (pp).",
        (_BEFORE, _AFTER),
        _points,
        ('points(quantity("54%"), quantity("37%"))', "−17 pp"),
        _SAME
        + " Shares count as fractions, and bare numbers as percentages; those that could be either are a mistake.",
    ),
    Function(
        "quantity",
        _GROUP,
        "A quantity as people write it: approximate, bounded, a range, with a unit.",
        (Parameter("text", "text"),),
        _quantity,
        ('quantity("61-73%")', "67 % (61 to 73 %)"),
        "Never missing: the text must be a quantity.",
    ),
    Function(
        "date",
        _GROUP,
        "A day of the calendar.",
        (Parameter("text", "text"),),
        _date,
        ('date("2026-01-31") > date("2025-12-31")', "true"),
        "Never missing: the text must be a date. Beside a column of dates, a text in quotes will do.",
    ),
)
