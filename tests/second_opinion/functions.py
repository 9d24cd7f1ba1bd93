"""The functions that the second opinion knows, over plain lists of cells."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.second_opinion import amounts
from tests.second_opinion.amounts import COUNT, QUOTIENT, Amount, End, Refused, exactly, unit_of
from tests.second_opinion.cells import (
    OPEN,
    Column,
    Gap,
    Table,
    Truth,
    calculated,
    compared,
    each,
    joined,
    strictly,
    truths,
)
from tests.second_opinion.order import ORDERED, size

_BOUNDS = {"censored", "too-coarse"}
NO_ROWS = Gap(frozenset({"no-rows"}))


def _grouped(summary: Callable[[Column], Any]) -> Callable[..., Any]:
    """A summary of a column, or one for each group of rows."""

    def run(column: Any, by: str | None = None) -> Any:
        if isinstance(column, Gap):
            return column
        if not isinstance(column, Column):
            raise Refused("a column is wanted")
        if by is None:
            return summary(column)
        assert column.table is not None
        labels = column.table.column(by).cells
        keys = tuple(dict.fromkeys(labels))
        members = [[i for i, label in enumerate(labels) if label == key] for key in keys]
        return Column(
            tuple(summary(_taken(column, m)) for m in members), keys, (frozenset(),) * len(keys), keys
        )

    return run


def _taken(column: Column, at: list[int]) -> Column:
    cells, rows, doubts = (tuple(x[i] for i in at) for x in (column.cells, column.rows, column.doubts))
    return Column(cells, rows, doubts)


def _summary(function: Callable[[list[Amount]], Any]) -> Callable[..., Any]:
    return _grouped(lambda column: stopped(column) or function([_numeric(c) for c in column.cells]))


def stopped(column: Column) -> Gap | None:
    """What stands in the way of a summary."""
    if not column.cells:
        return NO_ROWS
    doubts = [d for d in column.doubts if d]
    gaps = [c for c in column.cells if isinstance(c, Gap) or (isinstance(c, Truth) and c.reasons - _BOUNDS)]
    if not doubts and not gaps:
        return None
    return Gap(frozenset().union(*doubts, *(g.reasons for g in gaps)))


def _numeric(cell: Any) -> Amount:
    if isinstance(cell, Truth):
        least, most = Fraction(int(False not in cell.ways)), Fraction(int(True in cell.ways))
        return Amount(least, (least, 0), (most, 0), COUNT)
    if isinstance(cell, Amount):
        return cell
    raise Refused("a number is wanted")


def _total(cells: list[Amount]) -> Amount:
    whole = cells[0]
    for cell in cells[1:]:
        whole = amounts.plus(whole, cell)
    return whole


def _mean(cells: list[Amount]) -> Amount:
    total = _total(cells)
    average = total.times(Fraction(1, len(cells)), total.unit)
    is_share = total.unit == amounts.BARE and all(c.is_exact and c.middle in (0, 1) for c in cells)
    return replace(average, unit=QUOTIENT) if is_share else average


def _at(rank: int) -> Callable[[list[Amount]], Amount]:
    def run(cells: list[Amount]) -> Amount:
        middles, lows, highs = (sorted(getattr(c, side) for c in cells) for side in ("middle", "low", "high"))
        return Amount(middles[rank], lows[rank], highs[rank], cells[0].unit)

    return run


def _median(cells: list[Amount]) -> Amount:
    half = len(cells) // 2
    if len(cells) % 2:
        return _at(half)(cells)
    pair = amounts.plus(_at(half - 1)(cells), _at(half)(cells))
    return pair.times(Fraction(1, 2), pair.unit)


def _count(rows: Any, by: str | None = None) -> Any:
    if isinstance(rows, Table):
        whole = tuple(Truth(frozenset({True})) for _ in rows.rows)
        rows = Column(whole, rows.rows, rows.doubts, table=rows)
    return _grouped(_count_cells)(rows, by)


def _count_cells(column: Column) -> Any:
    if not column.cells:
        return NO_ROWS
    if all(column.doubts):
        return Gap(frozenset().union(*column.doubts))
    sure = possible = 0
    for cell, doubt in zip(column.cells, column.doubts, strict=True):
        ways = cell.ways if isinstance(cell, Truth) else frozenset({not isinstance(cell, Gap)})
        sure += ways == {True} and not doubt
        possible += ways != {False}
    return Amount(
        Fraction(possible if sure == possible else sure), (Fraction(sure), 0), (Fraction(possible), 0), COUNT
    )


def _quantifier(name: str) -> Callable[..., Any]:
    def run(column: Any) -> Any:
        column = truths(column)
        if isinstance(column, Truth):
            column = Column((column,), (0,), (frozenset(),)) if column.ways in ({True}, {False}) else column
        if isinstance(column, Truth):
            return column
        if not column.cells:
            return Truth(OPEN, frozenset({"no-rows"}))
        return _quantified(name, column)

    return run


def _quantified(name: str, column: Column) -> Truth:
    wanted = name == "any"
    reasons: frozenset[str] = frozenset()
    cells = [
        (c.ways if name != "none" else _opposite(c.ways), c.reasons, d)
        for c, d in zip(column.cells, column.doubts, strict=True)
    ]
    has_sure = any(not d for _, _, d in cells)
    if any(ways == {wanted} and not doubt for ways, _, doubt in cells):
        return Truth(frozenset({wanted}))
    if has_sure and all(ways == {not wanted} for ways, _, _ in cells):
        return Truth(frozenset({not wanted}))
    for _, why, doubt in cells:
        reasons |= why | doubt
    return Truth(OPEN, reasons)


def _opposite(ways: frozenset[bool | None]) -> frozenset[bool | None]:
    return frozenset(None if w is None else not w for w in ways)


def _round(value: Any, digits: Any = None) -> Any:
    places = 0 if digits is None else int(digits.middle)

    def run(a: Amount) -> Amount:
        return Amount(_half_away(a.middle, places), _rounded(a.low, places), _rounded(a.high, places), a.unit)

    return each(strictly(run), value)


def _rounded(end: End, places: int) -> End:
    return end if isinstance(end[0], float) else (_half_away(end[0], places), 0)


def _half_away(x: Fraction, places: int) -> Fraction:
    scale = Fraction(10) ** places
    size = math.floor(abs(x) * scale + Fraction(1, 2)) / scale
    return size if x > 0 else -size


def _ratio(a: Any, b: Any) -> Any:
    def run(found: Amount) -> Amount:
        if found.unit.powers and found.unit != unit_of("x"):
            raise Refused("a rate")
        return replace(found, unit=unit_of("x"))

    return each(strictly(run), each(lambda x, y: calculated("Div", x, y, False), a, b))


def _change(before: Any, after: Any) -> Any:
    """One less than the quotient, in per cent."""

    def run(a: Amount, b: Amount) -> Any:
        calculated("Sub", b, a, False)
        quotient = calculated("Div", b, a, False)
        if isinstance(quotient, Gap):
            return quotient
        if quotient.unit.powers:
            return calculated("Div", calculated("Sub", b, a, False), a, False).times(
                Fraction(100), unit_of("%")
            )
        return amounts.minus(quotient, exactly(1, quotient.unit)).times(Fraction(100), unit_of("%"))

    return each(strictly(run), before, after)


def _points(before: Any, after: Any) -> Any:
    def as_percent(a: Amount) -> Amount:
        if a.unit.powers and a.unit != unit_of("%"):
            raise Refused("no percentage")
        is_share = not a.unit.powers and a.unit.sort in ("count", "quotient")
        return a.times(Fraction(100 if is_share else 1), unit_of("%"))

    sides = (each(strictly(as_percent), side) for side in (after, before))
    return each(strictly(amounts.minus), *sides)


def _where(condition: Any, then: Any, otherwise: Any) -> Any:
    def run(test: Truth, a: Any, b: Any) -> Any:
        if isinstance(a, Amount) and isinstance(b, Amount):
            a, b = amounts.met(a, b, adding=True)
        if test.ways == {True}:
            return a
        if test.ways == {False}:
            return b
        return Gap(test.reasons, test.ways == {None})

    condition = truths(condition)
    return each(run, condition, then, otherwise)


def _one(table: Any) -> Any:
    if isinstance(table, Gap):
        return table
    if not table.rows:
        return NO_ROWS
    doubts = frozenset().union(*table.doubts)
    if doubts:
        return Gap(doubts)
    if len(table.rows) > 1:
        raise Refused("more rows than one")
    return (table,)


def _between(value: Any, low: Any, high: Any) -> Any:
    above = each(lambda a, b: compared("LtE", a, b), low, value)
    return joined("and", [above, each(lambda a, b: compared("LtE", a, b), value, high)])


def _missing(value: Any) -> Any:
    return each(lambda c: Truth(frozenset({isinstance(c, Gap) and c.is_missing})), value)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **ORDERED,
    "sum": _summary(_total),
    "mean": _summary(_mean),
    "median": _summary(_median),
    "min": _summary(_at(0)),
    "max": _summary(_at(-1)),
    "count": _count,
    "all": _quantifier("all"),
    "any": _quantifier("any"),
    "none": _quantifier("none"),
    "abs": lambda value: each(strictly(size), value),
    "round": _round,
    "ratio": _ratio,
    "change": _change,
    "points": _points,
    "where": _where,
    "one": _one,
    "between": _between,
    "missing": _missing,
}
