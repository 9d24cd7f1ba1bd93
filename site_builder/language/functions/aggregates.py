"""Columns to a value: sum, mean, median, extremes, spread, and which row is the extreme."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.function import Function, Parameter, whole
from site_builder.language.summarising import Names, groups_of, key_labels, numbers_of, obstacle, summarised
from site_builder.language.values import Scalar, Unknown, Value, element, number
from site_builder.problems import Mistake
from site_builder.quantities import aggregate
from site_builder.quantities.quantity import Quantity, compare_meeting
from site_builder.tables import Column, Row

_BY = Parameter("by", "names", None)
_COLUMN = Parameter("column", "column")
_STRICT = "A missing cell, or no row, makes the result unknown; filter with [not missing(column)] to leave it out. "


def _simple(name: str, summary: Any, doc: str, example: tuple[str, str], unknowns: str) -> Function:
    def run(column: Column, by: Names | None) -> Value:
        numbers = numbers_of(column, name)
        return summarised(numbers, by, name, lambda c: number(summary(c.data), c.cells))

    return Function(name, "columns to a value", doc, (_COLUMN, _BY), run, example, _STRICT + unknowns)


def _quantile(column: Column, share: Quantity, by: Names | None) -> Value:
    numbers = numbers_of(column, "quantile")
    at = _share(share)
    return summarised(numbers, by, "quantile", lambda c: number(aggregate.quantile(c.data, at), c.cells))


def _share(share: Quantity) -> Fraction:
    at = share.nominal / 100 if share.unit.symbol == "%" else share.nominal
    if not share.is_exact or not 0 <= at <= 1:
        raise Mistake("E-CALL", "quantile takes a share between 0 and 1", hint='0.9, or quantity("90%")')
    return Fraction(at)


def _spread(name: str, *, rooted: bool) -> Any:
    def run(column: Column, ddof: Quantity | None, by: Names | None) -> Value:
        numbers = numbers_of(column, name)
        degrees = 1 if ddof is None else whole(ddof, name, "ddof")

        def summary(c: Column) -> Scalar | Unknown:
            if len(c) <= degrees:
                return Unknown("undefined", f"{name} of {len(c)} values with ddof {degrees}", c.cells)
            variance = aggregate.variance(c.data, degrees)
            return number(aggregate.root(variance, c.data.unit) if rooted else variance, c.cells)

        return summarised(numbers, by, name, summary)

    return run


def _extreme(name: str, *, largest: bool) -> Any:
    def run(column: Column, labels: Column | None, by: Names | None) -> Value:
        numbers = numbers_of(column, name)
        if by is not None:
            return _extreme_by_group(numbers, labels, by)
        stop = obstacle(numbers, name)
        if stop is not None:
            return stop
        position = _position(numbers, name)
        return position if isinstance(position, Unknown) else _label(column, labels, position)

    def _position(numbers: Column, name: str) -> int | Unknown:
        q = numbers.data if largest else _negated(numbers.data)
        best = max(range(len(numbers)), key=lambda i: q.nominal[i])
        leader = q.take(best)
        rivals = [i for i in range(len(numbers)) if i != best]
        if not rivals:
            return best
        others = q.take(np.array(rivals))
        ahead = compare_meeting("<", others, _wide(leader, len(rivals)))
        if np.all(ahead == 1):
            return best
        behind = int(np.count_nonzero(ahead != 1)) + 1
        if np.any(ahead == 0):
            reason = "censored" if numbers.data.is_censored else "too-coarse"
            return Unknown(reason, f"{name}: {behind} rows overlap at the extreme", numbers.cells)
        return Unknown("undefined", f"{name}: {behind} rows tie at the extreme", numbers.cells)

    def _label(column: Column, labels: Column | None, position: int) -> Value:
        if labels is not None:
            return element(labels, position)
        if column.keys is not None:
            return _key(column, position)
        if column.table is None:
            raise Mistake("E-KIND", f"{name} needs a column of a table", hint=f"give labels: {name}(values, labels)")
        return Row(column.table.take(np.array([position])))

    def _extreme_by_group(numbers: Column, labels: Column | None, by: Names) -> Value:
        if labels is None:
            raise Mistake("E-CALL", f"{name} by groups needs labels", hint=f'write {name}(values, labels, by="group")')
        from site_builder.language.summarising import grouped

        keys, members = groups_of(numbers, by, name)
        values: list[Scalar | Unknown] = []
        for rows in members:
            found = obstacle(numbers.take(rows), name) or _position(numbers.take(rows), name)
            values.append(found if isinstance(found, Unknown) else element(labels, int(rows[found])))
        return grouped(keys, values, labels)

    return run


def _negated(q: Quantity) -> Quantity:
    from site_builder.quantities.quantity import negate

    return negate(q)


def _wide(q: Quantity, rows: int) -> Quantity:
    def spread(x: Any) -> Any:
        out = np.empty(rows, dtype=object)
        out[:] = [x] * rows
        return out

    if q.low is None:
        return Quantity(spread(q.nominal), unit=q.unit)
    opens = (np.full(rows, bool(q.low_open)), np.full(rows, bool(q.high_open)))
    return Quantity(spread(q.nominal), spread(q.low), spread(q.high), *opens, q.unit)


def _key(column: Column, position: int) -> Scalar:
    assert column.keys is not None
    key = column.keys[position]
    if isinstance(key, tuple):
        key = ", ".join(str(k) for k in key)
    cells = column.cells
    return number(Quantity(key), cells) if isinstance(key, Fraction) else Scalar("text", str(key), cells)


def _count(rows: Any, by: Names | None) -> Value:
    """Rows of a table, true cells of a truth column, or cells with a value of any other column."""
    from site_builder.language.summarising import rows_of
    from site_builder.quantities.units import PURE
    from site_builder.tables import Table

    if by is not None:
        return _count_by(rows, by)
    if isinstance(rows, Table):
        if rows.rows == 0:
            hint = "say none(condition) to claim that no row fulfils one" if rows.is_filtered else ""
            words = f"the filter keeps none of {rows.source_rows} rows of {rows.name}"
            detail = words if rows.is_filtered else f"{rows.name} has no rows"
            return Unknown("no-rows", f"count: {detail}" + (f"; {hint}" if hint else ""), rows.chosen)
        high = rows.rows
        low = high if rows.doubtful is None else high - int(np.count_nonzero(rows.doubtful))
        return number(_counted(low, high), _row_cells(rows))
    if len(rows) == 0:
        return Unknown("no-rows", f"count: {rows_of(rows)}", rows.cells)
    doubtful = np.zeros(len(rows), dtype=bool) if rows.doubtful is None else rows.doubtful != 0
    if rows.kind == "truth":
        holds, maybe = rows.data == 1, rows.data >= 0
    else:
        holds = maybe = rows.known()
    quantity = _counted(int(np.count_nonzero(holds & ~doubtful)), int(np.count_nonzero(maybe)))
    return number(replace(quantity, unit=PURE), rows.cells)


def _counted(low: int, high: int) -> Quantity:
    from site_builder.quantities.units import PURE

    if low == high:
        return Quantity(Fraction(high), unit=PURE)
    return Quantity(Fraction(low), Fraction(low), Fraction(high), unit=PURE)


def _row_cells(table: Any) -> Any:
    """A count of rows rests on the rows themselves: their first column, and what the filter looked at."""
    return table.column(table.names[0]).cells if table.names else table.chosen


def _count_by(rows: Any, by: Names) -> Value:
    from site_builder.language.function import columns_named
    from site_builder.tables import Table

    if isinstance(rows, Table):
        column = columns_named(rows, by, "count")[0]
        truths = replace(column, kind="text", data=np.array([""] * len(column), dtype=object), unknown=None, read=None)
        return summarised(truths, by, "count", lambda c: _as_scalar(_count(replace(c, doubtful=None), None)))
    return summarised(rows, by, "count", lambda c: _as_scalar(_count(c, None)))


def _as_scalar(value: Value) -> Scalar | Unknown:
    assert isinstance(value, Scalar | Unknown)
    return value


def _unique(column: Column) -> Value:
    labels = key_labels(column, "unique")
    seen: dict[Any, int] = {}
    for position, label in enumerate(labels):
        seen.setdefault(label, position)
    kept = column.take(np.array(list(seen.values()), dtype=np.intp))
    return replace(kept, table=None, doubtful=None, name=column.name)


def _distinct(column: Column) -> Value:
    from site_builder.quantities.units import PURE

    stop = obstacle(column, "distinct")
    if stop is not None:
        return stop
    return number(Quantity(Fraction(len(set(key_labels(column, "distinct")))), unit=PURE), column.cells)


FUNCTIONS = (
    Function("count", "rows", "How many rows a table has, how many cells of a truth column hold, or how many cells of any "
             "other column have a value.", (Parameter("rows", "rows"), _BY), _count, ("count(runs)", "4"),
             "No row at all is unknown, never zero: say none(condition) to claim that no row fulfils a condition. Rows and "
             "truths in doubt give a count with bounds."),
    Function("unique", "rows", "The distinct values of a column, in order of first appearance.", (_COLUMN,), _unique,
             ("count(unique(runs.kind))", "2"), "A missing cell is a mistake: leave it out first."),
    Function("distinct", "rows", "How many distinct values a column has.", (_COLUMN,), _distinct, ("distinct(runs.kind)", "2"),
             "A missing cell makes the number unknown."),
    _simple("sum", aggregate.total, "The sum of a column; of a truth column, how many hold.", ("sum(runs.minutes)", "60 min"),
            "Exact; bounds add up."),
    _simple("mean", aggregate.mean, "The arithmetic mean of a column; of a truth column, the share that holds.",
            ("mean(runs.accuracy)", "70 %"), "Exact; bounds are the means of the bounds. A column of only 0 and 1 gives a share."),
    _simple("median", lambda q: aggregate.quantile(q, Fraction(1, 2)), "The middle value of a column, between the two middle "
            "ones for an even number.", ("median(runs.accuracy)", "72.5 %"), "Bounds are the medians of the bounds."),
    _simple("min", aggregate.minimum, "The least value of a column.", ("min(runs.accuracy)", "50 %"),
            "Bounds are the least of the bounds."),
    _simple("max", aggregate.maximum, "The greatest value of a column.", ("max(runs.accuracy)", "85 %"),
            "Bounds are the greatest of the bounds."),
    Function("quantile", "columns to a value", "The value below which a share of a column lies, by linear interpolation.",
             (_COLUMN, Parameter("q", "number"), _BY), _quantile, ("quantile(runs.accuracy, 0.5)", "72.5 %"),
             _STRICT + "Bounds are the quantiles of the bounds.",
             "R. J. Hyndman and Y. Fan, The American Statistician 50 (1996), 361-365, type 7."),
    Function("std", "columns to a value", "The standard deviation of a column: the root of the squared deviations over n - ddof.",
             (_COLUMN, Parameter("ddof", "number", None), _BY), _spread("std", rooted=True), ("std(runs.minutes)", "12.9099 min"),
             _STRICT + "ddof is 1 (a sample) unless given; 0 is for a whole population. Bounded cells give an enclosing interval."),
    Function("var", "columns to a value", "The variance of a column: the squared deviations over n - ddof.",
             (_COLUMN, Parameter("ddof", "number", None), _BY), _spread("var", rooted=False), ("var(runs.minutes, ddof=0)", "125 min^2"),
             _STRICT + "As for std."),
    Function("argmin", "columns to a value", "The row where a column is least, or its label, or the key of a group.",
             (_COLUMN, Parameter("labels", "column", None), _BY), _extreme("argmin", largest=False),
             ("argmin(runs.accuracy).name", "a"), _STRICT + "A tie, or bounds that overlap, is unknown."),
    Function("argmax", "columns to a value", "The row where a column is greatest, or its label, or the key of a group.",
             (_COLUMN, Parameter("labels", "column", None), _BY), _extreme("argmax", largest=True),
             ('argmax(mean(runs.accuracy, by="kind"))', "switch"), _STRICT + "A tie, or bounds that overlap, is unknown."),
)  # fmt: skip
