"""Mapping numbers cell by cell: absolute values, and rising functions with bounds that hold what rounding loses."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from site_builder.language.operands import Operand, filled, merged_codes, numeric
from site_builder.language.values import Unknown, Value
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity, column_of
from site_builder.quantities.transcendental import Near, Rising, of_column, slack_of
from site_builder.quantities.units import BARE, Unit
from site_builder.tables import UNDEFINED

One = Callable[[Any, Any, Any], tuple[Any, Any, Any]]
"""A function of a nominal value and its bounds."""
Many = Callable[[Quantity], Near]
"""The same function of a column of floats, and how far each result can be from the true one."""


def cellwise(a: Operand, outside: Any, one: One, many: Many, why: str, unit: Unit = BARE) -> Value:
    """`one` of every cell, by `many` where they are floats; those `outside` a function's domain are undefined."""
    q = a.quantity
    if a.column is None:
        if outside:
            return Unknown("undefined", why, a.cells)
        return filled(None, _tidy(one(q.nominal, q.lowest, q.highest), unit), None, (a,))
    if q.is_floating and q.is_exact:
        return _filled(a, _of_floats(q, outside, one, many, unit), outside)
    q = q.rows_exactly(np.arange(len(q.nominal)))
    ones = (Fraction(1),) * 3
    if q.low is None:
        exact = zip(q.nominal, outside, strict=True)
        return _made(a, [ones if out else one(x, x, x) for x, out in exact], outside, unit)
    cells = zip(q.nominal, q.lowest, q.highest, outside, strict=True)
    triples = [ones if out else one(nominal, low, high) for nominal, low, high, out in cells]
    return _made(a, triples, outside, unit)


def _of_floats(q: Quantity, outside: Any, one: One, many: Many, unit: Unit) -> Quantity:
    """Floats with bounds as fractions, and what `one` gives for the cells of which floats do not know enough."""
    near, slack = many(q)
    is_open = np.isinf(slack) | outside
    rows = np.flatnonzero(is_open & ~outside)
    triples = [one(x, x, x) for x in q.rows_exactly(rows).nominal]
    if len(rows) == len(near):
        return _stacked(triples, unit)
    slack = np.where(is_open, 0.0, slack)
    low, high = np.nextafter(near - slack, -np.inf), np.nextafter(near + slack, np.inf)
    columns = [column_of([*map(Fraction, ends.tolist())]) for ends in (near, low, high)]
    for row, triple in zip(rows.tolist(), triples, strict=True):
        for column, value in zip(columns, triple, strict=True):
            column[row] = value
    return Quantity(columns[0], columns[1], columns[2], unit=unit)


def _made(a: Operand, triples: list[tuple[Any, Any, Any]], outside: Any, unit: Unit) -> Value:
    return _filled(a, _stacked(triples, unit), outside)


def _filled(a: Operand, result: Quantity, outside: Any) -> Value:
    codes = np.where(outside, UNDEFINED, 0).astype(np.int8)
    return filled(a.column, result, merged_codes(a.unknown, codes), (a,))


def _tidy(triple: tuple[Any, Any, Any], unit: Unit) -> Quantity:
    nominal, low, high = triple
    return Quantity(nominal, unit=unit) if low == nominal == high else Quantity(nominal, low, high, unit=unit)


def _stacked(triples: list[tuple[Any, Any, Any]], unit: Unit) -> Quantity:
    nominal, low, high = (column_of([t[i] for t in triples]) for i in range(3))
    is_exact = all(t[0] is t[1] is t[2] or t[0] == t[1] == t[2] for t in triples)
    return Quantity(nominal, unit=unit) if is_exact else Quantity(nominal, low, high, unit=unit)


def rising(
    name: str,
    function: Rising,
    inverse: Callable[[Fraction], Fraction | None],
    *,
    above: Fraction | None,
) -> Callable[[Value], Value]:
    """A rising function of plain numbers above some value; exact where `inverse` takes a whole result back."""

    def at(x: Any) -> tuple[Any, Any, Any]:
        """The value at x with its bounds."""
        if above is not None and x <= above:
            return -math.inf, -math.inf, -math.inf
        if isinstance(x, float):
            end = math.inf if x > 0 else Fraction(0)
            return end, end, end
        near = function.near(x)
        if near.is_integer() and inverse(Fraction(near)) == x:
            whole = Fraction(near)
            return whole, whole, whole
        slack = slack_of(near)
        low, high = (
            math.nextafter(end, way) for end, way in ((near - slack, -math.inf), (near + slack, math.inf))
        )
        return Fraction(near), Fraction(low), Fraction(high)

    def one(nominal: Any, low: Any, high: Any) -> tuple[Any, Any, Any]:
        middle = at(nominal)
        if (low is nominal and high is nominal) or low == nominal == high:
            return middle
        return middle[0], at(low)[1], at(high)[2]

    def run(value: Value) -> Value:
        a = numeric(value, name)
        if isinstance(a, Unknown):
            return a
        _refuse_share(a.quantity.unit, name)
        outside = (
            np.zeros_like(a.quantity.nominal, dtype=bool) if above is None else a.quantity.nominal <= above
        )
        is_out = outside if a.column is not None else bool(outside)
        many = partial(of_column, rising=function)
        return cellwise(a, is_out, one, many, f"{name} of a number that is not positive")

    return run


def _refuse_share(unit: Unit, name: str) -> None:
    """A logarithm depends on the unit only by a constant, which a slope ignores: units go, shares are refused."""
    if unit.symbol in ("%", "pp"):
        message = f"{name} of a percentage depends on how it is written"
        raise Mistake("E-UNIT", message, hint='divide by quantity("1%") first')


def absolute(value: Value) -> Value:
    """The size of a number without its sign, cell by cell."""
    a = numeric(value, "abs")
    if isinstance(a, Unknown):
        return a
    q = a.quantity
    if q.is_exact:
        return filled(a.column, _sizes(q), a.unknown, (a,))
    if not q.is_column:
        size = _tidy(_size(q.nominal, q.low, q.high), q.unit)
        return filled(None, size, None, (a,))
    triples = [_size(*triple) for triple in zip(q.nominal, q.lowest, q.highest, strict=True)]
    return filled(a.column, _stacked(triples, q.unit), a.unknown, (a,))


def _sizes(q: Quantity) -> Quantity:
    exactly = q.exactly
    back = None if exactly is None else lambda rows: _sizes(exactly(rows))
    return replace(q, nominal=abs(q.nominal), exactly=back)


def _size(nominal: Any, low: Any, high: Any) -> tuple[Any, Any, Any]:
    least, greatest = sorted((abs(low), abs(high)))
    return abs(nominal), Fraction(0) if low <= 0 <= high else least, greatest
