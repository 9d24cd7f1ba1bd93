"""Elementwise: functions of one value that also work down a column, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from site_builder.language.function import Function, Parameter, whole
from site_builder.language.functions.mapping import absolute, cellwise, rising
from site_builder.language.functions.picking import where
from site_builder.language.operands import filled, numeric
from site_builder.language.values import Unknown, Value
from site_builder.problems import Mistake
from site_builder.quantities import aggregate
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.rounding import Way, rounded
from site_builder.quantities.transcendental import EXP, LOG, LOG2, LOG10, Rising, roots
from site_builder.quantities.units import BARE, Unit, named

MOST_DIGITS = 30

__all__ = ["FUNCTIONS", "absolute"]


def _sqrt(value: Value) -> Value:
    a = numeric(value, "sqrt")
    if isinstance(a, Unknown):
        return a
    outside = a.quantity.nominal < 0
    unit = _half(a.quantity.unit)
    return cellwise(a, outside, _root, roots, "the square root of a negative number", unit)


def _root(nominal: Any, low: Any, high: Any) -> tuple[Any, Any, Any]:
    if (low is nominal and high is nominal) or low == nominal == high:
        near, slack = aggregate.square_root(nominal)
        return (near, near - slack, near + slack) if slack else (near, near, near)
    q = aggregate.root(Quantity(nominal, low, high), BARE)
    return q.nominal, q.low, q.high


def _half(unit: Unit) -> Unit:
    if not unit.parts:
        return unit
    if all(e % 2 == 0 for _, e in unit.parts):
        return named(*((s, e // 2) for s, e in unit.parts))
    raise Mistake("E-UNIT", f"the square root of {unit} has no unit", hint="take the root of a plain number")


def _round(value: Value, digits: Quantity | None) -> Value:
    """Half away from zero, as people round; bounds round too."""
    places = 0 if digits is None else whole(digits, "round", "digits")
    if abs(places) > MOST_DIGITS:
        message = f"round takes at most {MOST_DIGITS} digits, and {places} are asked for"
        raise Mistake("E-LIMIT", message, hint="write round(value, 3)")
    return _rounded("round", value, places, "nearest")


def _rounded(name: str, value: Value, places: int, way: Way) -> Value:
    a = numeric(value, name)
    if isinstance(a, Unknown):
        return a
    return filled(a.column, rounded(a.quantity, places, way), a.unknown, (a,))


def _power_back(base: int) -> Callable[[Fraction], Fraction | None]:
    return lambda x: Fraction(base) ** int(x) if abs(x) <= 400 else None


def _only(back: Fraction, at: Fraction) -> Callable[[Fraction], Fraction | None]:
    return lambda x: back if x == at else None


def _logarithm(name: str, function: Rising, back: Callable[[Fraction], Fraction | None]) -> Any:
    return rising(name, function, back, above=Fraction(0))


_VALUE = Parameter("value")
_CELLWISE = "A missing cell stays missing. Bounds go through the function."
_DOMAIN = (
    _CELLWISE + " A cell outside the domain is undefined. Results are known to within 2^-48 of their size."
)


def _function(
    name: str,
    summary: str,
    run: Callable[..., Value],
    example: tuple[str, str],
    unknowns: str,
    *more: Parameter,
) -> Function:
    return Function(name, "elementwise", summary, (_VALUE, *more), run, example, unknowns)


FUNCTIONS = (
    _function("abs", "The size of a number without its sign.", absolute, ("abs(-3)", "3"), _CELLWISE),
    _function(
        "round",
        "A number rounded to some decimal digits, half away from zero.",
        _round,
        ("round(2.345, 2)", "2.35"),
        _CELLWISE,
        Parameter("digits", "number", None),
    ),
    _function(
        "floor",
        "The greatest whole number that is not greater.",
        lambda value: _rounded("floor", value, 0, "down"),
        ("floor(-0.5)", "−1"),
        _CELLWISE,
    ),
    _function(
        "ceil",
        "The least whole number that is not less.",
        lambda value: _rounded("ceil", value, 0, "up"),
        ("ceil(0.2)", "1"),
        _CELLWISE,
    ),
    _function("sqrt", "The square root.", _sqrt, ("sqrt(2.25)", "1.5"), _DOMAIN),
    _function(
        "exp",
        "e to the power of a number.",
        rising("exp", EXP, _only(Fraction(0), Fraction(1)), above=None),
        ("exp(0)", "1"),
        _DOMAIN,
    ),
    _function(
        "log",
        "The natural logarithm.",
        _logarithm("log", LOG, _only(Fraction(1), Fraction(0))),
        ("log(1)", "0"),
        _DOMAIN,
    ),
    _function(
        "log2",
        "The logarithm to base 2.",
        _logarithm("log2", LOG2, _power_back(2)),
        ("log2(8)", "3"),
        _DOMAIN,
    ),
    _function(
        "log10",
        "The logarithm to base 10.",
        _logarithm("log10", LOG10, _power_back(10)),
        ("log10(1000)", "3"),
        _DOMAIN,
    ),
    Function(
        "where",
        "elementwise",
        "One value where a condition holds, another where it does not.",
        (Parameter("condition"), Parameter("then"), Parameter("otherwise")),
        where,
        ("sum(where(runs.accuracy > 60, 1, 0))", "3"),
        "Unknown where the condition is.",
    ),
)
