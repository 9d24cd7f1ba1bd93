"""Amounts: a number with all the values it may have, in plain fractions.

An end of an amount is a pair: the number, and -1, 0 or 1 for just below it, the number itself, or just above it. So
everything below 3 ends at (3, -1), and pairs compare as the values they stand for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

End = tuple[Any, int]
LOWEST: End = (-math.inf, 1)
HIGHEST: End = (math.inf, -1)


class Refused(Exception):  # noqa: N818
    """A claim that means nothing."""


@dataclass(frozen=True)
class Unit:
    """Powers of symbols; without symbols a sort: bare, count (a share too) or quotient (of bare numbers)."""

    powers: tuple[tuple[str, int], ...] = ()
    sort: str = "bare"

    @property
    def only(self) -> str:
        return self.powers[0][0] if len(self.powers) == 1 and self.powers[0][1] == 1 else ""


BARE, COUNT, QUOTIENT = Unit(), Unit(sort="count"), Unit(sort="quotient")
SHARES = {"%": Fraction(1, 100), "pp": Fraction(1, 100), "x": Fraction(1)}
TIMES = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86400),
}


def unit_of(symbol: str) -> Unit:
    return Unit(((symbol, 1),), "named") if symbol else BARE


@dataclass(frozen=True)
class Amount:
    """The number as written, and the ends of what it may be."""

    middle: Fraction
    low: End
    high: End
    unit: Unit = BARE

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_endless(self) -> bool:
        return math.inf in (abs(self.low[0]), abs(self.high[0]))

    def times(self, factor: Fraction, unit: Unit) -> Amount:
        low, high = ((v if isinstance(v, float) else v * factor, o) for v, o in (self.low, self.high))
        return Amount(self.middle * factor, low, high, unit)


def exactly(value: Fraction | int, unit: Unit = BARE) -> Amount:
    end = (Fraction(value), 0)
    return Amount(Fraction(value), end, end, unit)


# Units


def _kin(a: str, b: str) -> bool:
    return a == b or any(a in family and b in family for family in (SHARES, TIMES))


def _size(symbol: str) -> Fraction:
    return SHARES.get(symbol) or TIMES.get(symbol) or Fraction(1)


def _combined(a: Unit, b: Unit, sign: int) -> tuple[Unit, Fraction]:
    """The unit of a product or quotient, and what its number is multiplied by."""
    if not a.powers and not b.powers:
        return _unnamed(a.sort, b.sort, sign), Fraction(1)
    powers, factor = dict(a.powers), Fraction(1)
    for symbol, power in b.powers:
        mine = next((s for s in powers if _kin(s, symbol)), symbol)
        powers[mine] = powers.get(mine, 0) + sign * power
        factor *= (_size(symbol) / _size(mine)) ** (sign * power)
    powers = {s: p for s, p in powers.items() if p}
    share = next((s for s in powers if s in SHARES), None)
    if share is not None:
        power = powers.pop(share)
        is_counted = power >= 1 and all(p < 0 for p in powers.values()) and not (share == "x" and powers)
        factor *= SHARES[share] ** (power - is_counted)
        if is_counted:
            return Unit(((share, 1), *powers.items()), "named"), factor
    return (Unit(tuple(powers.items()), "named") if powers else COUNT), factor


def _unnamed(a: str, b: str, sign: int) -> Unit:
    if a == b == "count":
        return COUNT
    if sign < 0:
        return QUOTIENT
    return BARE if "bare" in (a, b) else QUOTIENT


def met(a: Amount, b: Amount, *, adding: bool) -> tuple[Amount, Amount]:
    """Both in one unit."""
    if a.unit == b.unit:
        return a, b
    if not a.unit.powers and not b.unit.powers:
        unit = QUOTIENT if "quotient" in (a.unit.sort, b.unit.sort) else COUNT
        return replace(a, unit=unit), replace(b, unit=unit)
    if not a.unit.powers:
        return a.times(_as(a.unit.sort, b.unit), b.unit), b
    if not b.unit.powers:
        return a, b.times(_as(b.unit.sort, a.unit), a.unit)
    if {a.unit.only, b.unit.only} == {"%", "pp"}:
        if not adding:
            raise Refused("points and per cent")
        per_cent = unit_of("%")
        return replace(a, unit=per_cent), replace(b, unit=per_cent)
    return a, b.times(_conversion(b.unit, a.unit), a.unit)


def _as(sort: str, unit: Unit) -> Fraction:
    if sort == "bare":
        return Fraction(1)
    if unit.only in SHARES:
        return 1 / SHARES[unit.only]
    if sort == "count" and any(s in SHARES or s in TIMES for s, _ in unit.powers):
        raise Refused("a count on a scale")
    return Fraction(1)


def _conversion(old: Unit, new: Unit) -> Fraction:
    factor, left = Fraction(1), dict(new.powers)
    for symbol, power in old.powers:
        mine = next((s for s in left if _kin(s, symbol)), None)
        if mine is None or left.pop(mine) != power:
            raise Refused("different dimensions")
        if not {symbol, mine} <= {"%", "pp"}:
            factor *= (_size(symbol) / _size(mine)) ** power
    if left:
        raise Refused("different dimensions")
    return factor


# Arithmetic


def plus(a: Amount, b: Amount) -> Amount:
    a, b = met(a, b, adding=True)
    return Amount(a.middle + b.middle, _sum(a.low, b.low), _sum(a.high, b.high), a.unit)


def minus(a: Amount, b: Amount) -> Amount:
    are_alike = a.unit == b.unit
    a, b = met(a, b, adding=True)
    found = plus(a, negative(b))
    return replace(found, unit=unit_of("pp")) if are_alike and found.unit == unit_of("%") else found


def negative(a: Amount) -> Amount:
    return Amount(-a.middle, (-a.high[0], -a.high[1]), (-a.low[0], -a.low[1]), a.unit)


def _sum(x: End, y: End) -> End:
    endless = [e for e in (x, y) if isinstance(e[0], float)]
    if endless:
        return endless[0]
    return x[0] + y[0], (x[1] or y[1])


def times(a: Amount, b: Amount) -> Amount:
    unit, factor = _combined(a.unit, b.unit, 1)
    corners = [_product(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return Amount(a.middle * b.middle, min(corners), max(corners), unit).times(factor, unit)


def _product(x: End, y: End) -> End:
    (v, at), (w, off) = x, y
    if v == 0 or w == 0:
        aside = _sign(v) * off + _sign(w) * at if (v or w) else at * off
        is_reached = (v == 0 and at == 0) or (w == 0 and off == 0)
        return Fraction(0), 0 if is_reached else _sign(aside)
    if isinstance(v, float) or isinstance(w, float):
        return (math.inf, -1) if (v > 0) == (w > 0) else (-math.inf, 1)
    return v * w, _sign(_sign(v) * off + _sign(w) * at)


def _sign(x: Any) -> int:
    return int(x > 0) - int(x < 0)


def over(a: Amount, b: Amount) -> Amount:
    """A quotient by something that is not written as zero."""
    unit, factor = _combined(a.unit, b.unit, -1)
    if b.low <= (0, 0) <= b.high:
        return Amount(a.middle / b.middle, LOWEST, HIGHEST, unit).times(factor, unit)
    ends = (_inverse(b.high), _inverse(b.low))
    upside_down = Amount(1 / b.middle, *ends)
    found = times(replace(a, unit=BARE), upside_down)
    return found.times(factor, unit)


def _inverse(end: End) -> End:
    value, aside = end
    if isinstance(value, float):
        return Fraction(0), _sign(value)
    if value == 0:
        return HIGHEST if aside > 0 else LOWEST
    return 1 / value, -aside


# Comparison: 1 always, -1 never, 0 at times


def less(a: Amount, b: Amount) -> int:
    return 1 if a.high < b.low else -1 if a.low[0] >= b.high[0] else 0


def at_most(a: Amount, b: Amount) -> int:
    return 1 if a.high[0] <= b.low[0] else -1 if b.high < a.low else 0


def equal(a: Amount, b: Amount) -> int:
    if a.is_exact and b.is_exact:
        return 1 if a.low == b.low else -1
    return -1 if a.high < b.low or b.high < a.low else 0
