"""Elementwise: functions of one value that also work down a column, cell by cell, and those of a cell's place."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.function import Function, Parameter, whole
from site_builder.language.functions.truths import absolute
from site_builder.language.operators import (
    Operand,
    as_numbers,
    as_truth,
    check_aligned,
    column_cells,
    each,
    filled,
    numeric,
)
from site_builder.language.values import Scalar, Unknown, Value, kind_of
from site_builder.problems import Mistake
from site_builder.quantities import aggregate
from site_builder.quantities import quantity as quantities
from site_builder.quantities.quantity import Quantity, column_of
from site_builder.quantities.units import BARE, PURE, Unit, UnitClash, common
from site_builder.tables import MISSING_CELL, REASONS, UNDEFINED, Cells, Column

_SLACK = Fraction(1, 2**48)


def _rising(name: str, function: Callable[[float], float], inverse: Callable[[Fraction], Fraction | None],
            lowest: float) -> Callable[[Value], Value]:  # fmt: skip
    """A rising function of plain numbers above `lowest`; exact where `inverse` takes a candidate back."""

    def at(x: Any) -> tuple[Any, Any]:
        """The value at x as an interval (equal ends when exact)."""
        if isinstance(x, float) and math.isinf(x):
            return (function(x), function(x)) if x > 0 else (_at_minus_infinity(name), _at_minus_infinity(name))
        if x <= lowest and lowest > -math.inf:
            return -math.inf, -math.inf
        try:
            near = Fraction(function(float(x)))
        except OverflowError:
            return Fraction(10) ** 308, math.inf
        candidate = Fraction(round(near))
        if near == candidate and inverse(candidate) == x:
            return candidate, candidate
        return near - abs(near) * _SLACK, near + abs(near) * _SLACK

    def one(nominal: Any, low: Any, high: Any) -> tuple[Any, Any, Any]:
        middle, bottom, top = at(nominal), at(low)[0], at(high)[1]
        return (middle[0] if middle[0] == middle[1] else Fraction(function(float(nominal)))), bottom, top

    def run(value: Value) -> Value:
        a = numeric(value, name)
        if isinstance(a, Unknown):
            return a
        _refuse_unit(a.quantity.unit, name)
        outside = a.quantity.nominal <= lowest
        if not np.any(outside):
            return _cells_through(a, one)
        if a.column is None:
            return Unknown("undefined", f"{name} of a number that is not positive", a.cells)
        return _cells_through(_masked(a, outside), one)

    return run


def _at_minus_infinity(name: str) -> Any:
    return Fraction(0) if name == "exp" else -math.inf


def _masked(a: Operand, outside: Any) -> Operand:
    """The operand with the cells outside a function's domain set aside as undefined."""
    codes = np.zeros(len(outside), dtype=np.int8) if a.unknown is None else a.unknown.copy()
    codes[outside & (codes == 0)] = UNDEFINED
    q = a.quantity
    safe = {f: np.where(outside, Fraction(1) if v.dtype == object else 1.0, v)
            for f in ("nominal", "low", "high") if (v := getattr(q, f)) is not None}  # fmt: skip
    return replace(a, quantity=replace(q, **safe), unknown=codes)


def _cells_through(a: Operand, one: Callable[[Any, Any, Any], tuple[Any, Any, Any]], unit: Unit = BARE) -> Value:
    q = a.quantity
    if a.column is None:
        return filled(None, _tidy(*one(q.nominal, q.lowest, q.highest), unit), None, (a,))
    q = q.rows_exactly(np.arange(len(q.nominal)))
    triples = [one(*triple) for triple in zip(q.nominal, q.lowest, q.highest, strict=True)]
    nominal, low, high = (column_of([t[i] for t in triples]) for i in range(3))
    exact = all(t[0] == t[1] == t[2] for t in triples)
    return filled(a.column, Quantity(nominal, unit=unit) if exact else Quantity(nominal, low, high, unit=unit), a.unknown, (a,))


def _tidy(nominal: Any, low: Any, high: Any, unit: Unit) -> Quantity:
    return Quantity(nominal, unit=unit) if low == nominal == high else Quantity(nominal, low, high, unit=unit)


def _refuse_unit(unit: Unit, name: str) -> None:
    """A logarithm depends on the unit only by a constant, which a slope ignores: units are dropped, shares are not."""
    if unit.symbol in ("%", "pp"):
        raise Mistake("E-UNIT", f"{name} of a percentage depends on how it is written", hint='divide by quantity("1%") first')


def _sqrt(value: Value) -> Value:
    a = numeric(value, "sqrt")
    if isinstance(a, Unknown):
        return a
    unit = _half(a.quantity.unit)
    negative = a.quantity.nominal < 0
    if np.any(negative):
        if a.column is None:
            return Unknown("undefined", "the square root of a negative number", a.cells)
        a = _masked(a, negative)

    def one(nominal: Any, low: Any, high: Any) -> tuple[Any, Any, Any]:
        q = aggregate.root(Quantity(nominal, low, high), BARE)
        exact = low == nominal == high and aggregate.square_root(nominal)[1] == 0
        return (q.nominal, q.nominal, q.nominal) if exact else (q.nominal, q.low, q.high)

    return _cells_through(a, one, unit)


def _half(unit: Unit) -> Unit:
    if all(e % 2 == 0 for _, e in unit.parts):
        return replace(unit, parts=tuple((s, e // 2) for s, e in unit.parts))
    raise Mistake("E-UNIT", f"the square root of {unit} has no unit", hint="take the root of a plain number")


def _round(value: Value, digits: Quantity | None) -> Value:
    """Half away from zero, as people round; bounds round too."""
    places = 0 if digits is None else whole(digits, "round", "digits")
    step = Fraction(10) ** -places

    def rounded(x: Any) -> Any:
        if isinstance(x, float) and math.isinf(x):
            return x
        size = math.floor(abs(x) / step + Fraction(1, 2)) * step
        return size if x >= 0 else -size

    return _stepped(value, "round", rounded)


def _stepped(value: Value, name: str, step: Callable[[Any], Any]) -> Value:
    a = numeric(value, name)
    if isinstance(a, Unknown):
        return a
    return filled(a.column, each(a.quantity, step), a.unknown, (a,))


def _whole(step: Callable[[Any], int]) -> Callable[[Any], Any]:
    return lambda x: x if isinstance(x, float) and math.isinf(x) else Fraction(step(x))


def _where(condition: Any, then: Value, otherwise: Value) -> Value:
    """`then` where the condition holds, else `otherwise`; unknown where nobody knows."""
    truths = as_truth(condition, "where")
    if isinstance(truths, Scalar):
        if truths.data == 0:
            return Unknown(truths.reason, truths.detail, truths.cells)
        return then if truths.data == 1 else otherwise
    if isinstance(then, Scalar) and then.kind == "text":
        return _where_text(truths, then, otherwise)
    return _where_number(truths, then, otherwise)


def _where_text(truths: Column, then: Scalar, otherwise: Value) -> Value:
    if not (isinstance(otherwise, Scalar) and otherwise.kind == "text"):
        raise Mistake("E-KIND", f"where chooses between a text and {kind_of(otherwise)}", hint="give two texts or two numbers")
    data = np.where(truths.data == 1, then.data, otherwise.data).astype(object)
    return replace(truths, kind="text", data=data, read=None)


def _where_number(truths: Column, then: Value, otherwise: Value) -> Value:
    a, b = numeric(then, "where"), numeric(otherwise, "where")
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else b  # type: ignore[return-value]
    for operand in (a, b):
        if operand.column is not None:
            check_aligned(truths, operand.column, "where")
    try:
        unit, for_a, for_b = common(a.quantity.unit, b.quantity.unit, adding=True)
    except UnitClash as clash:
        raise Mistake("E-UNIT", f"where: {clash}", hint="give both sides one unit") from None
    sides = [_spread(q.scaled(f, unit), len(truths)) for q, f in ((a.quantity, for_a), (b.quantity, for_b))]
    holds = truths.data == 1
    codes = np.where(truths.data == 0, truths.unknown if truths.unknown is not None else 0, 0).astype(np.int8)
    for operand, chosen in ((a, holds), (b, truths.data == -1)):
        if operand.unknown is not None:
            codes = np.where(chosen & (codes == 0), operand.unknown, codes).astype(np.int8)
    picked = [np.where(holds, x, y) for x, y in zip(*sides, strict=True)]
    is_exact = a.quantity.is_exact and b.quantity.is_exact
    quantity = Quantity(picked[0], unit=unit) if is_exact else Quantity(*picked, unit=unit)
    operands = (Operand(quantity, truths, None, truths.cells), a, b)
    return filled(truths, quantity, codes if codes.any() else None, operands)


def _spread(q: Quantity, rows: int) -> tuple[Any, Any, Any]:
    q = q.rows_exactly(np.arange(rows)) if q.is_column else q
    return tuple(x if isinstance(x, np.ndarray) else column_of([x] * rows) for x in (q.nominal, q.lowest, q.highest))  # type: ignore[return-value]


def _rank(column: Column, descending: bool) -> Value:
    """1 for the first place; ties share the best place (1, 2, 2, 4)."""
    numbers = as_numbers(column, "rank")
    if numbers.unknown is not None or not numbers.data.is_exact:
        code = "missing-cell" if numbers.unknown is not None else "too-coarse"
        return Unknown(code, "rank: some cells have no exact value", numbers.cells)
    from scipy.stats import rankdata

    values = numbers.data.nominal.astype(float)
    ranks = rankdata(-values if descending else values, method="min")
    return replace(numbers, data=Quantity(column_of([Fraction(int(r)) for r in ranks]), unit=PURE), read=None)


def ranked(column: Column) -> Column:
    """The column's ranks, where ties share the mean of their places."""
    numbers = as_numbers(column, "rank")
    from scipy.stats import rankdata

    ranks = [Fraction(int(2 * r), 2) for r in rankdata(numbers.data.nominal.astype(float), method="average")]
    return replace(numbers, data=Quantity(column_of(ranks), unit=PURE), read=None)


def _cumsum(column: Column) -> Value:
    numbers = as_numbers(column, "cumsum")
    q = numbers.data.rows_exactly(np.arange(len(numbers)))
    ends = [np.add.accumulate(x, dtype=object) if x is not None and len(x) else x for x in (q.nominal, q.low, q.high)]
    codes = None
    if numbers.unknown is not None:
        first = int(np.flatnonzero(numbers.unknown)[0])
        codes = np.where(np.arange(len(numbers)) >= first, numbers.unknown[first], 0).astype(np.int8)
    return replace(numbers, data=Quantity(*ends, unit=q.unit), unknown=codes, read=None)


def _diff(column: Column) -> Value:
    """Each cell minus the one before: one row fewer."""
    numbers = as_numbers(column, "diff")
    last = max(0, len(numbers) - 1)
    before, after = numbers.take(np.arange(last)), numbers.take(np.arange(1, last + 1))
    gap = quantities.subtract(after.data, before.data)
    codes = np.where(after.known() & before.known(), 0, MISSING_CELL).astype(np.int8)
    cells = Cells((*after.cells.aligned, *before.cells.aligned), after.cells.fixed)
    return Column("number", gap, cells, codes if codes.any() else None, name=numbers.name)


def _shift(column: Column, n: Quantity | None) -> Value:
    """The cell n rows above; the first n cells have no value."""
    by = 1 if n is None else whole(n, "shift", "n")
    rows = np.arange(len(column)) - by
    inside = (rows >= 0) & (rows < len(column))
    taken = column.take(np.where(inside, rows, 0))
    own = np.zeros(len(column), dtype=np.int8) if taken.unknown is None else taken.unknown
    codes = np.where(inside, own, REASONS.index("undefined")).astype(np.int8)
    return replace(taken, unknown=codes if codes.any() else None, table=column.table, doubtful=column.doubtful)


def _power_back(base: int) -> Callable[[Fraction], Fraction | None]:
    return lambda x: Fraction(base) ** int(x) if abs(x) <= 400 else None


def _only(back: Fraction, at: Fraction) -> Callable[[Fraction], Fraction | None]:
    return lambda x: back if x == at else None


_VALUE, _COLUMN = Parameter("value"), Parameter("column", "column")
_CELLWISE = "A missing cell stays missing. Bounds go through the function."
_DOMAIN = "A cell outside the domain is undefined. Results are known to within 2^-48 of their size."


def _function(name: str, summary: str, run: Callable[..., Value], example: tuple[str, str], *parameters: Parameter,
              unknowns: str = _CELLWISE) -> Function:  # fmt: skip
    return Function(name, "elementwise", summary, parameters or (_VALUE,), run, example, unknowns)


FUNCTIONS = (
    _function("abs", "The size of a number without its sign.", absolute, ("abs(-3)", "3")),
    _function("round", "A number rounded to some decimal digits, half away from zero.", _round, ("round(2.345, 2)", "2.35"),
              _VALUE, Parameter("digits", "number", None)),
    _function("floor", "The greatest whole number that is not greater.", lambda v: _stepped(v, "floor", _whole(math.floor)),
              ("floor(-0.5)", "−1")),
    _function("ceil", "The least whole number that is not less.", lambda v: _stepped(v, "ceil", _whole(math.ceil)),
              ("ceil(0.2)", "1")),
    _function("sqrt", "The square root.", _sqrt, ("sqrt(2.25)", "1.5"), unknowns=_CELLWISE + " " + _DOMAIN),
    _function("exp", "e to the power of a number.", _rising("exp", math.exp, _only(Fraction(0), Fraction(1)), -math.inf),
              ("exp(0)", "1"), unknowns=_CELLWISE + " " + _DOMAIN),
    _function("log", "The natural logarithm.", _rising("log", math.log, _only(Fraction(1), Fraction(0)), 0), ("log(1)", "0"),
              unknowns=_CELLWISE + " " + _DOMAIN),
    _function("log2", "The logarithm to base 2.", _rising("log2", math.log2, _power_back(2), 0), ("log2(8)", "3"),
              unknowns=_CELLWISE + " " + _DOMAIN),
    _function("log10", "The logarithm to base 10.", _rising("log10", math.log10, _power_back(10), 0), ("log10(1000)", "3"),
              unknowns=_CELLWISE + " " + _DOMAIN),
    _function("where", "One value where a condition holds, another where it does not.", _where,
              ("sum(where(runs.accuracy > 60, 1, 0))", "3"), Parameter("condition"), Parameter("then"), Parameter("otherwise"),
              unknowns="Unknown where the condition is."),
    _function("rank", "Each cell's place when the column is sorted, 1 first; ties share the best place.", _rank,
              ("max(rank(runs.accuracy))", "4"), _COLUMN, Parameter("descending", "flag", False),
              unknowns="Unknown as a whole if a cell is missing or has bounds."),
    _function("cumsum", "The running total down a column.", _cumsum, ("max(cumsum(runs.minutes))", "60 min"), _COLUMN,
              unknowns="Unknown from the first missing cell on. Bounds add up."),
    _function("diff", "Each cell minus the one before, one row fewer.", _diff, ("max(diff(runs.accuracy))", "20 pp"), _COLUMN,
              unknowns="Missing where either cell is."),
    _function("shift", "The cell n rows above; the first n have no value.", _shift, ("last(shift(runs.accuracy))", "75 %"),
              _COLUMN, Parameter("n", "number", None), unknowns="The first n cells are undefined."),
)  # fmt: skip
