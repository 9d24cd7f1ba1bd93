"""Arithmetic, comparison and logic on values: one value or a column on either side, unknowns carried along."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.values import ItemList, Scalar, Unknown, Value, kind_of, number, truth
from site_builder.problems import Mistake
from site_builder.quantities import quantity as quantities
from site_builder.quantities import units
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import BARE, UnitClash
from site_builder.tables import CENSORED, REASONS, TOO_COARSE, UNDEFINED, Cells, Column, joined

Codes = npt.NDArray[np.int8] | None


@dataclass(frozen=True, slots=True, eq=False)
class Operand:
    """A value seen as numbers: the quantity, the column it fills (None for one value), unknown cells, and cells."""

    quantity: Quantity
    column: Column | None
    unknown: Codes
    cells: Cells


def numeric(value: Value, use: str) -> Operand | Unknown:
    """The numbers of a value, reading text cells the way a person does; raises `Mistake` where there are none."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Column):
        column = as_numbers(value, use)
        return Operand(column.data, column, column.unknown, column.cells)
    if isinstance(value, Scalar):
        if value.kind == "text" and value.read is not None:
            value = value.read()
        if isinstance(value.data, Unknown):
            return value.data
        if value.kind == "number":
            return Operand(value.data, None, None, value.cells)
    raise Mistake("E-KIND", f"{use} needs numbers, and this is {kind_of(value)}", hint=_kind_hint(value))


def as_numbers(column: Column, use: str) -> Column:
    """The column as numbers; raises `Mistake` where it holds something else."""
    if column.kind == "number":
        return column
    if column.kind == "text" and column.read is not None:
        read = column.read()
        table_cells = Cells(read.cells.aligned, column.cells.fixed)
        return replace(
            read, name=column.name, table=column.table, doubtful=column.doubtful, cells=table_cells, keys=column.keys
        )
    raise Mistake("E-KIND", f"{use} needs numbers, and this is {kind_of(column)}", hint=_kind_hint(column))


def column_of_items(items: ItemList, use: str) -> Column | Unknown:
    """A list of numbers as a column, in the unit of the first; raises `Mistake` for other kinds."""
    operands = [numeric(item, use) for item in items.items]
    unknown = next((o for o in operands if isinstance(o, Unknown)), None)
    if unknown is not None:
        return unknown
    known = [o for o in operands if isinstance(o, Operand)]
    unit = next((o.quantity.unit for o in known if o.quantity.unit.parts), known[0].quantity.unit if known else BARE)
    try:
        cells = [quantities.converted(o.quantity, unit) for o in known]
    except UnitClash as clash:
        raise Mistake("E-UNIT", f"{use}: the items have units that do not meet: {clash}") from None
    return Column("number", quantities.stacked(cells, unit), Cells((), tuple(o.cells for o in known)))


def _kind_hint(value: Value) -> str:
    kind = getattr(value, "kind", "")
    if kind == "truth":
        return "sum(…) and mean(…) count how many hold; where(condition, 1, 0) makes numbers of truths"
    if kind == "text" and isinstance(value, Scalar):
        return f"a number with a unit is written quantity({str(value.data)[:30]!r})"
    return "name one of its columns, such as table.column" if not kind else ""


# Arithmetic


def arithmetic(op: str, left: Value, right: Value, *, by_hundred: bool = False) -> Value:
    """``left op right`` for ``+ - * / // % **``; `by_hundred` when one side is the literal 100."""
    if _kind(left) == "date" and _kind(right) == "date" and op == "-":
        return _days_between(left, right)
    a, b = numeric(left, f"`{op}`"), numeric(right, f"`{op}`")
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return _first_unknown(a, b)
    shape = _shape(a.column, b.column, op)
    unknown = _codes_of(a, b, shape)
    if op in ("/", "//", "%"):
        b, unknown_or_none = _without_zero(b, shape, unknown)
        if isinstance(unknown_or_none, Unknown):
            return replace(unknown_or_none, cells=joined(a.cells, b.cells))
        unknown = unknown_or_none
    try:
        result = _OPERATIONS[op](a.quantity, b.quantity)
    except UnitClash as clash:
        raise _unit_mistake(op, a.quantity, b.quantity, clash) from None
    if isinstance(result, Unknown):
        return replace(result, cells=joined(a.cells, b.cells))
    if by_hundred and op == "*":
        result = replace(result, unit=units.times_hundred(result.unit))
    return filled(shape, result, unknown, (a, b))


def _kind(value: Value) -> str:
    return str(getattr(value, "kind", ""))


def _first_unknown(*operands: Operand | Unknown) -> Unknown:
    found = next(o for o in operands if isinstance(o, Unknown))
    return Unknown(found.reason, found.detail, joined(*(o.cells for o in operands)))


def _shape(a: Column | None, b: Column | None, op: str) -> Column | None:
    if a is not None and b is not None:
        check_aligned(a, b, f"`{op}`")
    return a if a is not None else b


def check_aligned(a: Column, b: Column, use: str) -> None:
    """Refuse two columns whose cells do not belong together one by one."""
    if a.is_aligned(b):
        return
    if len(a) != len(b):
        message = f"{use} on columns of {len(a)} and {len(b)} rows"
    else:
        message = f"{use} on columns of two different views of rows"
    raise Mistake("E-SHAPE", message, hint="bring them together with join(…), or take both from one table in `let`")


def _codes_of(a: Operand, b: Operand, shape: Column | None) -> Codes:
    if a.unknown is None or b.unknown is None:
        return a.unknown if b.unknown is None else b.unknown
    return np.where(a.unknown != 0, a.unknown, b.unknown).astype(np.int8)


def filled(shape: Column | None, result: Quantity, unknown: Codes, operands: tuple[Operand, ...]) -> Value:
    """A result in the shape of its operands: one number, or a column that keeps their cells, table and groups."""
    if shape is None:
        return number(result, joined(*(o.cells for o in operands)))
    if not result.is_column:
        whole = np.full(len(shape), result.nominal, dtype=object)
        result = Quantity(whole, unit=result.unit)
    return Column(
        "number",
        result,
        column_cells(operands),
        unknown,
        table=shape.table,
        keys=shape.keys,
        doubtful=shape.doubtful,
    )


def column_cells(operands: tuple[Operand, ...]) -> Cells:
    """The cells of an elementwise result: those of columns stay aligned, those of single values serve all of it."""
    aligned = [leaf for o in operands if o.column is not None for leaf in o.cells.aligned]
    fixed = [c for o in operands for c in (o.cells.fixed if o.column is not None else (o.cells,)) if c.aligned or c.fixed]
    return Cells(tuple({(id(x.lineage), x.column, x.role): x for x in aligned}.values()), tuple(fixed))


def _without_zero(b: Operand, shape: Column | None, unknown: Codes) -> tuple[Operand, Any]:
    zero = b.quantity.nominal == 0
    if not np.any(zero):
        return b, unknown
    if b.column is None:
        return b, Unknown("undefined", "it divides by zero")
    nominal = b.quantity.nominal.copy()
    nominal[zero] = Fraction(1) if nominal.dtype == object else 1.0
    codes = np.zeros(len(nominal), dtype=np.int8) if unknown is None else unknown.copy()
    codes[zero & (codes == 0)] = UNDEFINED
    kept = replace(b.quantity, nominal=nominal)
    if kept.low is not None:
        low, high = kept.low.copy(), kept.high.copy()
        low[zero], high[zero] = nominal[zero], nominal[zero]
        kept = replace(kept, low=low, high=high)
    return replace(b, quantity=kept), codes


def _floor_division(a: Quantity, b: Quantity) -> Quantity:
    return floored(quantities.divide(a, b))


def floored(q: Quantity) -> Quantity:
    """The largest whole number not above q, bound by bound."""
    return each(q, _floor)


def each(q: Quantity, function: Callable[[Any], Any]) -> Quantity:
    """A rising function applied to the nominal value and both bounds; open bounds become closed."""
    apply = _over_array(function) if q.is_column else function
    if q.low is None:
        return Quantity(apply(q.nominal), unit=q.unit)
    return Quantity(apply(q.nominal), apply(q.low), apply(q.high), unit=q.unit)


def _over_array(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def apply(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        exact = quantities.fractions_of(values) if values.dtype == np.float64 else values
        return quantities.column_of([function(v) for v in exact])

    return apply


def _floor(value: Any) -> Any:
    return value if isinstance(value, float) and math.isinf(value) else Fraction(math.floor(value))


def _remainder(a: Quantity, b: Quantity) -> Quantity | Unknown:
    if not (a.is_exact and b.is_exact):
        return Unknown("too-coarse", "a remainder needs exact numbers")
    whole = floored(quantities.divide(a, b))
    return quantities.subtract(a, quantities.multiply(replace(whole, unit=units.PURE), b))


def _power(a: Quantity, b: Quantity) -> Quantity | Unknown:
    if b.is_column or not b.is_exact:
        raise Mistake("E-KIND", "an exponent is one exact number", hint="use exp(…) and log(…) for a varying exponent")
    exponent = b.nominal
    if exponent.denominator != 1:
        return _root(a, exponent)
    if abs(exponent) > 64:
        raise Mistake("E-LIMIT", f"the exponent {exponent} is larger than 64", hint="use log(…) to compare large powers")
    result = functools.reduce(quantities.multiply, [a] * abs(int(exponent)), Quantity(Fraction(1), unit=BARE))
    if exponent % 2 == 0 and result.low is not None:
        result = _not_negative(a, result)
    if exponent >= 0:
        return result
    if np.any(a.nominal == 0):
        return Unknown("undefined", "zero has no negative power")
    return quantities.divide(Quantity(Fraction(1), unit=BARE), result)


def _not_negative(base: Quantity, power: Quantity) -> Quantity:
    crosses = (base.lowest < 0) & (base.highest > 0)
    if isinstance(power.low, np.ndarray):
        return replace(power, low=np.where(crosses, Fraction(0), power.low))
    return replace(power, low=Fraction(0), low_open=False) if crosses else power


def _root(a: Quantity, exponent: Fraction) -> Quantity | Unknown:
    if np.any(a.lowest < 0) or (exponent < 0 and np.any(a.lowest <= 0)):
        return Unknown("undefined", "a fractional power of a negative number")
    if a.is_column or a.unit.parts:
        raise Mistake("E-KIND", "a fractional power takes one plain number", hint="use sqrt(…)")
    ends = [_float_power(x, exponent) for x in (a.nominal, a.lowest, a.highest)]
    low, high = sorted(ends[1:])
    slack = Fraction(1, 2**48)
    widened = [x if isinstance(x, float) else x * f for x, f in ((low, 1 - slack), (high, 1 + slack))]
    return Quantity(ends[0], *widened, unit=a.unit)


def _float_power(x: Any, exponent: Fraction) -> Any:
    if isinstance(x, float) and math.isinf(x):
        return math.inf if exponent > 0 else Fraction(0)
    return Fraction(math.pow(float(x), float(exponent)))


_OPERATIONS: dict[str, Callable[[Quantity, Quantity], Quantity | Unknown]] = {
    "+": quantities.add,
    "-": quantities.subtract,
    "*": quantities.multiply,
    "/": quantities.divide,
    "//": _floor_division,
    "%": _remainder,
    "**": _power,
}
_VERBS = {"+": "added", "-": "subtracted", "==": "compared", "!=": "compared"}


def _unit_mistake(op: str, a: Quantity, b: Quantity, clash: UnitClash) -> Mistake:
    verb = _VERBS.get(op, "compared" if op in "<=>=" else "combined")
    left, right = str(a.unit) or "a bare number", str(b.unit) or "a bare number"
    hint = "declare or convert the units so that both sides measure the same"
    if {left, right} == {"%", "pp"}:
        hint = 'write the bare number, or quantity("5 pp") for a difference and quantity("5%") for a percentage'
    return Mistake("E-UNIT", f"{left} and {right} cannot be {verb}: {clash}", hint=hint)


def _days_between(left: Value, right: Value) -> Value:
    assert isinstance(left, Scalar | Column) and isinstance(right, Scalar | Column)
    shape = _shape(*(v if isinstance(v, Column) else None for v in (left, right)), "-")
    days = (left.data - right.data) / np.timedelta64(1, "D")
    operands = tuple(Operand(Quantity(Fraction(0)), v if isinstance(v, Column) else None, None, v.cells) for v in (left, right))
    if shape is None:
        return number(Quantity(Fraction(int(days)), unit=units.DAY), joined(left.cells, right.cells))
    quantity = Quantity(quantities.column_of([Fraction(int(d)) for d in days]), unit=units.DAY)
    return filled(shape, quantity, shape.unknown, operands)


def negative(value: Value) -> Value:
    """-value."""
    a = numeric(value, "`-`")
    if isinstance(a, Unknown):
        return a
    return filled(a.column, quantities.negate(a.quantity), a.unknown, (a,))


# Comparison


def comparison(op: str, left: Value, right: Value) -> Scalar | Column:
    """``left op right``: a truth, or a column of truths; raises `Mistake` for kinds that do not compare."""
    if op in ("in", "not in"):
        found = _contained(left, right)
        return found if op == "in" else negation(found)
    left, right = _same_kind(left, right, op)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        found_unknown = left if isinstance(left, Unknown) else right
        assert isinstance(found_unknown, Unknown)
        cells = joined(*(v.cells for v in (left, right) if isinstance(v, Scalar | Unknown | Column)))
        return truth(0, cells, found_unknown.reason, found_unknown.detail)
    if _kind(left) == "number":
        return _compare_numbers(op, left, right)
    assert isinstance(left, Scalar | Column) and isinstance(right, Scalar | Column)
    return _compare_plain(op, left, right)


def _same_kind(left: Value, right: Value, op: str) -> tuple[Value, Value]:
    """Both sides in one kind: a text column meets a number as the numbers a person reads in it."""
    for value in (left, right):
        if not isinstance(value, Scalar | Column | Unknown):
            raise Mistake("E-KIND", f"`{op}` compares values, and this is {kind_of(value)}", hint=_kind_hint(value))
    kinds = _kind(left), _kind(right)
    if "" in kinds or kinds[0] == kinds[1]:
        return left, right
    if "number" in kinds and "text" in kinds:
        text = left if kinds[0] == "text" else right
        assert isinstance(text, Scalar | Column)
        if text.read is None:
            raise _kind_clash(left, right, op, text)
        read = as_numbers(text, f"`{op}`") if isinstance(text, Column) else text.read()
        read_value: Value = read.data if isinstance(read, Scalar) and isinstance(read.data, Unknown) else read
        return (read_value, right) if kinds[0] == "text" else (left, read_value)
    if "date" in kinds and "text" in kinds:
        return tuple(_as_date(v) if _kind(v) == "text" else v for v in (left, right))  # type: ignore[return-value]
    raise _kind_clash(left, right, op, None)


def _kind_clash(left: Value, right: Value, op: str, text: Scalar | Column | None) -> Mistake:
    hint = "different kinds never compare"
    if isinstance(text, Scalar):
        shown = str(text.data)[:40]
        hint = f"write the number without quotes, quantity({shown!r}) with a unit, or declare the column as text"
    return Mistake("E-KIND", f"`{op}` between {kind_of(left)} and {kind_of(right)}", hint=hint)


def _as_date(value: Value) -> Scalar:
    if isinstance(value, Scalar) and isinstance(value.data, str):
        try:
            return Scalar("date", np.datetime64(date.fromisoformat(value.data), "D"), value.cells)
        except ValueError:
            pass
    raise Mistake("E-KIND", "a date is compared with a date", hint='write dates as "2026-01-31"')


def _compare_numbers(op: str, left: Value, right: Value) -> Scalar | Column:
    a, b = numeric(left, f"`{op}`"), numeric(right, f"`{op}`")
    assert isinstance(a, Operand) and isinstance(b, Operand)
    shape = _shape(a.column, b.column, op)
    try:
        truths = _decided(op, a.quantity, b.quantity)
    except UnitClash as clash:
        raise _unit_mistake(op, a.quantity, b.quantity, clash) from None
    if shape is None:
        reason = "" if truths else "censored" if a.quantity.is_censored or b.quantity.is_censored else "too-coarse"
        return truth(int(truths), joined(a.cells, b.cells), reason, _overlap(a.quantity, b.quantity) if reason else "")
    codes = np.where(truths == 0, _bound_codes(a.quantity, b.quantity, len(shape)), 0).astype(np.int8)
    unknown = _codes_of(a, b, shape)
    if unknown is not None:
        truths = np.where(unknown != 0, 0, truths).astype(np.int8)
        codes = np.where(unknown != 0, unknown, codes).astype(np.int8)
    return _truth_column(shape, truths, codes, (a, b))


def _decided(op: str, a: Quantity, b: Quantity) -> Any:
    """Compare; a quotient of bare numbers meets a percentage both ways, and must say the same both ways."""
    truths = quantities.compare(op, a, b)
    pair = {a.unit, b.unit}
    if units.QUOTIENT in pair and units.PERCENT in pair:
        plain = [replace(q, unit=units.PERCENT, exactly=None) for q in (a, b)]
        if not np.array_equal(truths, quantities.compare(op, *plain)):
            message = "a quotient of bare numbers is compared with a percentage: is it a share, or already in per cent?"
            hint = 'write ratio(a, b) for a share (0.4 is 40 %), or multiply by quantity("1%")'
            raise Mistake("E-UNIT", message, hint=hint)
    return truths


def _overlap(a: Quantity, b: Quantity) -> str:
    from site_builder.quantities.shown import interval_text

    return f"{interval_text(a)} against {interval_text(b)}: the possible values overlap"


def _bound_codes(a: Quantity, b: Quantity, rows: int) -> npt.NDArray[np.int8]:
    infinite = np.zeros(rows, dtype=bool)
    for q in (a, b):
        for end in (q.low, q.high):
            if end is not None:
                infinite |= np.isinf(np.asarray(end, dtype=float))
    return np.where(infinite, CENSORED, TOO_COARSE).astype(np.int8)


def _truth_column(shape: Column, truths: Any, codes: Any, operands: tuple[Operand, ...]) -> Column:
    return Column(
        "truth",
        truths,
        column_cells(operands),
        codes if codes is not None and codes.any() else None,
        table=shape.table,
        keys=shape.keys,
        doubtful=shape.doubtful,
    )


_PLAIN_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _compare_plain(op: str, left: Scalar | Column, right: Scalar | Column) -> Scalar | Column:
    """Texts and truths are equal or not; dates also come before and after."""
    if left.kind != "date" and op not in ("==", "!="):
        raise Mistake("E-KIND", f"`{op}` does not order {kind_of(left)}", hint="texts and truths compare with == and !=")
    shape = _shape(*(v if isinstance(v, Column) else None for v in (left, right)), op)
    holds = _PLAIN_COMPARISONS[op](left.data, right.data)
    if shape is None:
        if left.kind == "truth" and 0 in (left.data, right.data):
            unsure = left if left.data == 0 else right
            assert isinstance(unsure, Scalar)
            return truth(0, joined(left.cells, right.cells), unsure.reason, unsure.detail)
        return truth(1 if holds else -1, joined(left.cells, right.cells))
    truths = np.where(np.asarray(holds, dtype=bool), 1, -1).astype(np.int8)
    codes = np.zeros(len(shape), dtype=np.int8)
    for value in (left, right):
        if isinstance(value, Column) and value.unknown is not None:
            codes = np.where(codes == 0, value.unknown, codes).astype(np.int8)
        elif isinstance(value, Scalar) and value.kind == "truth" and value.data == 0:
            codes[:] = REASONS.index(value.reason)
    truths[codes != 0] = 0
    operands = tuple(
        Operand(Quantity(Fraction(0)), v if isinstance(v, Column) else None, None, v.cells) for v in (left, right)
    )
    return _truth_column(shape, truths, codes, operands)


def _contained(left: Value, right: Value) -> Scalar | Column:
    """Whether a value, or each cell of a column, is in a list or among the cells of a column."""
    if isinstance(right, Column) and isinstance(left, Scalar):
        from site_builder.language.values import element

        items: list[Value] = [element(right, i) for i in range(len(right))]
    elif isinstance(right, ItemList):
        items = list(right.items)
    else:
        raise Mistake("E-KIND", f"`in` looks in a list or a column, and this is {kind_of(right)}", hint='write x in ["a", "b"]')
    if not items:
        return truth(0, reason="no-rows", detail="there is nothing to be in")
    return functools.reduce(lambda a, b: logic("or", a, b), (comparison("==", left, item) for item in items))


# Logic


def negation(value: Value) -> Scalar | Column:
    """not value."""
    truths = as_truth(value, "`not`")
    return replace(truths, data=-truths.data)


def as_truth(value: Value, use: str) -> Scalar | Column:
    """The value as truths; an unknown value is an unknown truth; raises `Mistake` for other kinds."""
    if isinstance(value, Unknown):
        return truth(0, value.cells, value.reason, value.detail)
    if isinstance(value, Scalar | Column) and value.kind == "truth":
        return value
    raise Mistake("E-KIND", f"{use} needs something true or false, and this is {kind_of(value)}", hint="compare it with something")


def logic(op: str, left: Value, right: Value) -> Scalar | Column:
    """``left and right``, ``left or right`` (Kleene): a false decides `and`, a true decides `or`, unknowns wait."""
    a, b = as_truth(left, f"`{op}`"), as_truth(right, f"`{op}`")
    pick = np.minimum if op == "and" else np.maximum
    shape = _shape(*(v if isinstance(v, Column) else None for v in (a, b)), op)
    if shape is None:
        assert isinstance(a, Scalar) and isinstance(b, Scalar)
        result = int(pick(a.data, b.data))
        unsure = a if a.data == 0 else b
        reason, detail = (unsure.reason, unsure.detail) if result == 0 else ("", "")
        return truth(result, joined(a.cells, b.cells), reason, detail)
    truths = pick(a.data, b.data).astype(np.int8)
    codes = np.zeros(len(shape), dtype=np.int8)
    for value in (a, b):
        own = value.unknown if isinstance(value, Column) else None
        if isinstance(value, Scalar) and value.reason:
            own = np.full(len(shape), REASONS.index(value.reason), dtype=np.int8)
        if own is not None:
            codes = np.where(codes == 0, own, codes).astype(np.int8)
    codes[truths != 0] = 0
    operands = tuple(
        Operand(Quantity(Fraction(0)), v if isinstance(v, Column) else None, None, v.cells) for v in (a, b)
    )
    return _truth_column(shape, truths, codes, operands)
