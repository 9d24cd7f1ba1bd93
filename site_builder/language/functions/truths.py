"""Truth: quantifiers over rows, and the shapes a column can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.function import Function, Parameter
from site_builder.language.operators import arithmetic, as_numbers, as_truth, comparison, logic, numeric
from site_builder.language.summarising import rows_of
from site_builder.language.values import ItemList, Scalar, Unknown, Value, number, truth
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.quantity import compare as compare_quantities
from site_builder.quantities.units import PERCENT, PURE
from site_builder.tables import REASONS, Cells, Column

_TRUTHS = Parameter("truths", "truths")


def _quantifier(name: str) -> Callable[[Any], Value]:
    """all: every row must hold. any: one must. none: none may. Rows in doubt count only against certainty."""

    def run(truths: Any) -> Value:
        if isinstance(truths, Unknown):
            return truth(0, truths.cells, truths.reason, truths.detail)
        column = _as_column(truths, name)
        if isinstance(column, Scalar):
            return column
        if len(column) == 0:
            return truth(0, column.cells, "no-rows", f"{name}: {rows_of(column)}")
        return _judged(name, column)

    return run


def _as_column(truths: Any, name: str) -> Column | Scalar:
    if isinstance(truths, Column):
        return truths
    items = [as_truth(item, name) for item in (truths.items if isinstance(truths, ItemList) else (truths,))]
    if not items:
        return truth(0, reason="no-rows", detail=f"{name}: the list is empty")
    codes = np.array([REASONS.index(item.reason) for item in items if isinstance(item, Scalar)], dtype=np.int8)
    cells = Cells((), tuple(item.cells for item in items))
    return Column("truth", np.array([item.data for item in items], dtype=np.int8), cells, codes if codes.any() else None)


def _judged(name: str, column: Column) -> Scalar:
    sure = np.ones(len(column), dtype=bool) if column.doubtful is None else column.doubtful == 0
    signs = column.data if name != "none" else -column.data
    total = len(column)
    holds = int(np.count_nonzero((column.data == 1) & sure))
    if name == "any":
        result = 1 if np.any((signs == 1) & sure) else -1 if np.all(signs == -1) else 0
    else:
        result = -1 if np.any((signs == -1) & sure) else 1 if np.all(signs == 1) else 0
    detail = f"{holds:,} of {total:,} rows hold"
    reason = ""
    if result == 0:
        reason, why = _why_unsure(column)
        detail += f", {why}"
    return Scalar("truth", result, column.cells, reason, detail, tally=(holds, total))


def _why_unsure(column: Column) -> tuple[str, str]:
    unsure = int(np.count_nonzero(column.data == 0))
    if column.unknown is not None and unsure:
        return column.why_unknown(), f"{unsure:,} cannot be decided"
    if column.doubtful is not None:
        code = int(column.doubtful[np.flatnonzero(column.doubtful)[0]])
        return REASONS[code], f"whether {int(np.count_nonzero(column.doubtful)):,} of them belong is not known"
    return "too-coarse", f"{unsure:,} cannot be decided"


def _between(value: Value, low: Value, high: Value) -> Value:
    return logic("and", comparison("<=", low, value), comparison("<=", value, high))


def _approx(value: Value, target: Value, within: Value) -> Value:
    """abs(value - target) <= within, or <= within * abs(target) when `within` is a share of something else."""
    gap = absolute(arithmetic("-", value, target))
    slack = numeric(within, "approx(within)")
    to = numeric(target, "approx")
    if isinstance(slack, Unknown) or isinstance(to, Unknown):
        return comparison("<=", gap, within)
    if slack.quantity.unit == PERCENT and to.quantity.unit.symbol not in ("%", "pp"):
        share = number(Quantity(slack.quantity.nominal / 100, unit=PURE), slack.cells)
        return comparison("<=", gap, arithmetic("*", absolute(target), share))
    if slack.quantity.unit == PERCENT:
        from site_builder.quantities.units import PP

        return comparison("<=", gap, number(replace(slack.quantity, unit=PP), slack.cells))
    return comparison("<=", gap, within)


def absolute(value: Value) -> Value:
    """The size of a number without its sign, cell by cell."""
    a = numeric(value, "abs")
    if isinstance(a, Unknown):
        return a
    q = a.quantity
    if q.low is None:
        flipped = _over(q, abs)
    else:
        flipped = _absolute_bounds(q)
    from site_builder.language.operators import filled

    return filled(a.column, flipped, a.unknown, (a,))


def _over(q: Quantity, function: Any) -> Quantity:
    exactly = q.exactly
    deeper = None if exactly is None else lambda rows: _over(exactly(rows), function)
    return Quantity(function(q.nominal), unit=q.unit, exactly=deeper)


def _absolute_bounds(q: Quantity) -> Quantity:
    if q.is_column:
        parts = [_absolute_bounds(q.take(i)) for i in range(len(q.nominal))]
        from site_builder.quantities.quantity import column_of

        return Quantity(*(column_of([getattr(p, f) for p in parts]) for f in ("nominal", "lowest", "highest")), unit=q.unit)
    low, high = sorted((abs(q.low), abs(q.high)))
    return Quantity(abs(q.nominal), Fraction(0) if q.low <= 0 <= q.high else low, high, unit=q.unit)


def _monotone(name: str, ops: tuple[str, ...]) -> Callable[..., Value]:
    """Whether each cell compares so with the next; `monotonic` is either direction."""

    def run(column: Column, strict: bool) -> Value:
        numbers = column if column.kind == "date" else as_numbers(column, name)
        if len(numbers) == 0:
            return truth(0, numbers.cells, "no-rows", f"{name}: {rows_of(numbers)}")
        if len(numbers) == 1:
            return truth(0, numbers.cells, "undefined", f"{name}: one row has no order")
        if numbers.doubtful is not None:
            return truth(0, numbers.cells, "missing-cell", f"{name}: which rows belong is not known")
        results = [_steps(name, numbers, op if strict else op + "=") for op in ops]
        best = max(results, key=lambda r: r.data)
        return best

    return run


def _steps(name: str, column: Column, op: str) -> Scalar:
    last = len(column) - 1
    before, after = column.take(np.arange(last)), column.take(np.arange(1, last + 1))
    if column.kind == "date":
        signs = np.where(before.data < after.data if op[0] == "<" else before.data > after.data, 1, -1)
    else:
        signs = compare_quantities(op, before.data, after.data)
    known = before.known() & after.known()
    signs = np.where(known, signs, 0)
    kept = int(np.count_nonzero(signs == 1))
    detail = f"{kept:,} of {last:,} steps {'rise' if op[0] == '<' else 'fall'}"
    result = -1 if np.any(signs == -1) else 1 if np.all(signs == 1) else 0
    reason = ""
    if result == 0:
        reason = "missing-cell" if not known.all() else "censored" if column.data.is_censored else "too-coarse"
    return Scalar("truth", result, column.cells, reason, detail, tally=(kept, last))


_STRICT = Parameter("strict", "flag", True)
_VALUE, _COLUMN = Parameter("value", "value"), Parameter("column", "column")
_DOUBT = "An unknown row leaves the answer open unless another row settles it. No row at all is unknown."

FUNCTIONS = (
    Function("all", "truth", "Whether every row holds.", (_TRUTHS,), _quantifier("all"),
             ("all(runs.accuracy > 40)", "True"), _DOUBT),
    Function("any", "truth", "Whether at least one row holds.", (_TRUTHS,), _quantifier("any"),
             ("any(runs.accuracy > 80)", "True"), _DOUBT),
    Function("none", "truth", "Whether no row holds.", (_TRUTHS,), _quantifier("none"),
             ("none(runs.accuracy > 90)", "True"), _DOUBT),
    Function("between", "truth", "Whether a value lies from low to high, both included.",
             (_VALUE, Parameter("low"), Parameter("high")), _between, ("between(mean(runs.accuracy), 60, 80)", "True"),
             "Unknown where bounds straddle an end."),
    Function("approx", "truth", "Whether a value is within a distance of a target; a distance in % is a share of the target.",
             (_VALUE, Parameter("target"), Parameter("within", "value", also=("tolerance", "tol"))), _approx,
             ('approx(sum(runs.minutes), 58, within=quantity("5%"))', "True"),
             "Around a percentage, a distance in % means percentage points."),
    Function("increasing", "truth", "Whether each row is greater than the one before (or not less, with strict=False).",
             (_COLUMN, _STRICT), _monotone("increasing", ("<",)), ("increasing(runs.accuracy)", "True"), _DOUBT),
    Function("decreasing", "truth", "Whether each row is less than the one before (or not greater, with strict=False).",
             (_COLUMN, _STRICT), _monotone("decreasing", (">",)), ("decreasing(runs.minutes)", "False"), _DOUBT),
    Function("monotonic", "truth", "Whether a column only rises or only falls.", (_COLUMN, _STRICT),
             _monotone("monotonic", ("<", ">")), ("monotonic(runs.accuracy)", "True"), _DOUBT),
)  # fmt: skip
