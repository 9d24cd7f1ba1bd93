"""What depends on the order of rows, and nearness: first, last, increasing, decreasing, approx."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.second_opinion.amounts import COUNT, Amount, Refused, negative, unit_of
from tests.second_opinion.cells import OPEN, Column, Gap, Truth, calculated, compared, each, strictly


def _doubts(column: Column) -> frozenset[str]:
    return frozenset[str]().union(*column.doubts)


def _end(at: int) -> Callable[[Any], Any]:
    def run(column: Any) -> Any:
        if isinstance(column, Gap):
            return column
        if not column.cells:
            return Gap(frozenset({"no-rows"}))
        cell = column.cells[at]
        return Gap(_doubts(column)) if any(column.doubts) else cell

    return run


def _trend(op: str) -> Callable[..., Any]:
    def run(column: Any, strict: Truth | None = None) -> Any:
        if isinstance(column, Gap):
            return Truth(OPEN, column.reasons)
        if len(column.cells) < 2:
            return Truth(OPEN, frozenset({"undefined" if column.cells else "no-rows"}))
        if any(column.doubts):
            return Truth(OPEN, _doubts(column))
        way = op if strict is None or True in strict.ways else f"{op}E"
        steps = [compared(way, a, b) for a, b in pairwise(column.cells)]
        if any(step.ways == {False} for step in steps):
            return Truth(frozenset({False}))
        reasons = frozenset[str]().union(*(step.reasons for step in steps))
        return (
            Truth(OPEN, reasons)
            if any(len(s.ways) > 1 or None in s.ways for s in steps)
            else Truth(frozenset({True}))
        )

    return run


def size(a: Amount) -> Amount:
    """How far an amount is from zero."""
    other = negative(a)
    if a.low >= (0, 0):
        return a
    if a.high <= (0, 0):
        return other
    return Amount(abs(a.middle), (Fraction(0), 0), max(a.high, other.high), a.unit)


def _approx(value: Any, target: Any, within: Any) -> Any:
    gap = each(strictly(size), each(lambda a, b: calculated("Sub", a, b, False), value, target))
    return each(lambda g, t, w: compared("LtE", g, _room(t, w)), gap, target, within)


def _room(target: Any, within: Any) -> Any:
    """The distance that is allowed: a share of the target where it is in per cent and the target is not."""
    if isinstance(target, Gap) or isinstance(within, Gap) or within.unit != unit_of("%"):
        return within
    if not isinstance(target, Amount):
        raise Refused("a number is wanted")
    if target.unit in (unit_of("%"), unit_of("pp")):
        return within.times(Fraction(1), unit_of("pp"))
    return calculated("Mult", size(target), within.times(Fraction(1, 100), COUNT), False)


ORDERED: dict[str, Callable[..., Any]] = {
    "first": _end(0),
    "last": _end(-1),
    "increasing": _trend("Lt"),
    "decreasing": _trend("Gt"),
    "approx": _approx,
}
