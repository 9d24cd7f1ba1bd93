"""Comparison as people say it: times, relative change, percentage points, and quantities written as text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from site_builder.language.function import Function, Parameter
from site_builder.language.operators import arithmetic, numeric
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities.reading import NotAQuantity, read_quantity
from site_builder.quantities.units import PERCENT, PP, TIMES
from site_builder.tables import Column


def _ratio(value: Value, base: Value) -> Value:
    quotient = arithmetic("/", value, base)
    return _as_times(quotient)


def _as_times(value: Value) -> Value:
    """A quotient without unit as a multiple; raises `Mistake` where units are left over."""
    if isinstance(value, Unknown) or not isinstance(value, Scalar | Column):
        return value
    unit = value.data.unit
    if unit.parts and unit != TIMES:
        message = f"ratio compares two numbers of one unit, and these leave {unit}"
        raise Mistake("E-UNIT", message, hint="write a / b for a rate")
    return replace(value, data=replace(value.data, unit=TIMES))


def _change(before: Value, after: Value) -> Value:
    """(after - before) / before, in per cent."""
    share = arithmetic("/", arithmetic("-", after, before), before)
    if isinstance(share, Unknown) or not isinstance(share, Scalar | Column):
        return share
    return replace(share, data=share.data.scaled(Fraction(100), PERCENT))


def _points(before: Value, after: Value) -> Value:
    """after - before, of two percentages, in percentage points."""
    a, b = (_as_percent(v) for v in (before, after))
    gap = arithmetic("-", b, a)
    if isinstance(gap, Unknown) or not isinstance(gap, Scalar | Column):
        return gap
    return replace(gap, data=replace(gap.data, unit=PP))


def _as_percent(value: Value) -> Value:
    operand = numeric(value, "points")
    if isinstance(operand, Unknown) or not isinstance(value, Scalar | Column):
        return value
    unit = operand.quantity.unit
    if unit == PERCENT:
        return value
    if unit.parts:
        raise Mistake("E-UNIT", f"points compares two percentages, and this is in {unit}", hint="write b - a")
    factor = Fraction(100) if unit.kind in ("pure", "quotient") else Fraction(1)
    scaled: Any = operand.quantity.scaled(factor, PERCENT)
    if isinstance(value, Scalar):
        return number(scaled, value.cells)
    assert operand.column is not None
    return replace(operand.column, data=scaled)


def _quantity(text: str) -> Value:
    try:
        return number(read_quantity(text).meant)
    except NotAQuantity as error:
        message = f"{text!r} is not a quantity: {error}"
        raise Mistake("E-QUANTITY", message, hint='write quantity("73%"), quantity("~2 h") or quantity("61-73 %")') from None


_SAME = "Bounds are carried through. A missing side, or a zero base, makes the result unknown."

FUNCTIONS = (
    Function("ratio", "comparison as people say it", "How many times the base a value is, in x.",
             (Parameter("value"), Parameter("base")), _ratio, ("ratio(85, 50)", "1.7x"), _SAME),
    Function("change", "comparison as people say it", "The relative change from before to after, in %.",
             (Parameter("before"), Parameter("after")), _change, ("change(54, 37)", "−31.4815 %"), _SAME),
    Function("points", "comparison as people say it", "The difference from one percentage to another, in percentage points (pp).",
             (Parameter("before"), Parameter("after")), _points, ('points(quantity("54%"), quantity("37%"))', "−17 pp"),
             _SAME + " Shares count as fractions; bare numbers as percentages."),
    Function("quantity", "comparison as people say it", "A quantity as people write it: approximate, bounded, a range, with a unit.",
             (Parameter("text", "text"),), _quantity, ('quantity("61-73%")', "67 %"), "Never missing: the text must be a quantity."),
)  # fmt: skip

