"""Readings: what two numbers can be said to give, where a stated figure is not what its expression gives.

From 54 % to 37 % is a drop of 17 points, one of 31.5 per cent, and 0.685 times as much. Authors state one of these
and compute another; that changes no verdict, and a reader should be told which of them the stated figure is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from site_builder.quantities.quantity import Quantity, divide, exact, subtract
from site_builder.quantities.reading import Reading
from site_builder.quantities.shown import digits_needed, interval_text, rough_text
from site_builder.quantities.stated import match
from site_builder.quantities.units import PERCENT, PP, PURE, TIMES, Unit, UnitClash
from site_builder.verdicts.decision import ReadingJson

_SHARES = (PERCENT, PP, TIMES)
_ONE_SIDED = ("at least", "at most", "more than", "less than")
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """The two numbers that an expression compares, and which reading of them it works out (empty: none of ours)."""

    base: Quantity
    value: Quantity
    computes: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to read two numbers: how it is written, and how it follows from their difference or their quotient."""

    name: str
    formula: str
    unit: Unit | None
    of: Callable[[Quantity, Quantity], Quantity]
    mirror: str = ""
    """The same read in the other direction, which differs in the sign alone."""


def _quotient(a: Quantity, b: Quantity) -> Quantity:
    """a / b as a fraction; raises `UnitClash` where a unit is left over, ZeroDivisionError where b is nothing."""
    if b.nominal == 0:
        raise ZeroDivisionError
    quotient = divide(a, b)
    if quotient.unit.parts and quotient.unit != TIMES:
        raise UnitClash(f"{a.unit} and {b.unit} measure different things")
    return replace(quotient, unit=PURE)


def _less_one(q: Quantity) -> Quantity:
    return subtract(q, exact(1, PURE))


def _one_less(q: Quantity) -> Quantity:
    return subtract(exact(1, PURE), q)


# Relative changes follow from one quotient, in which each number stands once: so their bounds are as tight as can be.
WAYS = (
    _Way("difference", "{v} − {b}", None, lambda b, v: subtract(v, b), "decrease"),
    _Way("decrease", "{b} − {v}", None, lambda b, v: subtract(b, v), "difference"),
    _Way(
        "relative change", "({v} − {b}) / {b}", PERCENT,
        lambda b, v: _less_one(_quotient(v, b)), "relative decrease",
    ),
    _Way(
        "relative decrease", "({b} − {v}) / {b}", PERCENT,
        lambda b, v: _one_less(_quotient(v, b)), "relative change",
    ),
    _Way(
        "relative change seen from the second number", "({b} − {v}) / {v}", PERCENT,
        lambda b, v: _less_one(_quotient(b, v)), "relative decrease seen from the second number",
    ),
    _Way(
        "relative decrease seen from the second number", "({v} − {b}) / {v}", PERCENT,
        lambda b, v: _one_less(_quotient(b, v)), "relative change seen from the second number",
    ),
    _Way("ratio", "{v} / {b}", TIMES, lambda b, v: _quotient(v, b)),
    _Way("inverse ratio", "{b} / {v}", TIMES, lambda b, v: _quotient(b, v)),
    _Way("ratio in per cent", "{v} / {b}", PERCENT, lambda b, v: _quotient(v, b)),
    _Way("inverse ratio in per cent", "{b} / {v}", PERCENT, lambda b, v: _quotient(b, v)),
    _Way("relative change in multiples", "({v} − {b}) / {b}", TIMES, lambda b, v: _less_one(_quotient(v, b))),
    _Way(
        "relative change in multiples, seen from the second number", "({b} − {v}) / {v}", TIMES,
        lambda b, v: _less_one(_quotient(b, v)),
    ),
)  # fmt: skip
_BY_UNIT = {PERCENT: "relative change", PP: "difference", TIMES: "ratio"}
"""What the unit of a stated figure says that it is, where two numbers are compared."""


def readings(stated: Reading, pair: Pair) -> list[ReadingJson]:
    """The readings that would meet a stated figure, then what was computed and what its unit says; none met, none.

    A bound such as ``at least 2x`` equals nothing, so it has no other reading.
    """
    if stated.form in _ONE_SIDED:
        return []
    worked = list(_worked(stated, pair))
    met = [one for one in worked if one["meets"]]
    if not met:
        return []
    own = {pair.computes, _by_its_unit(stated, met)}
    return [*met, *(one for one in worked if one["name"] in own and not one["meets"])]


def relative_change(pair: Pair) -> Quantity | None:
    """The second number's change from the first, in per cent; None where there is none."""
    try:
        return _less_one(_quotient(pair.value, pair.base)).scaled(Fraction(100), PERCENT)
    except (UnitClash, ZeroDivisionError):
        return None


def _worked(stated: Reading, pair: Pair) -> Iterator[ReadingJson]:
    texts = {"b": _operand(pair.base), "v": _operand(pair.value)}
    digits = digits_needed(stated, _FEWEST_DIGITS)
    for way in WAYS:
        try:
            value = _in_unit(way.of(pair.base, pair.value), way.unit, stated)
            meets = match(_restated(stated, value.unit), value).outcome == "matches"
        except (UnitClash, ZeroDivisionError):
            continue
        yield ReadingJson(
            name=way.name,
            formula=way.formula.format(**texts),
            shown=interval_text(value, digits),
            meets=meets,
        )


def _in_unit(q: Quantity, unit: Unit | None, stated: Reading) -> Quantity:
    """A fraction in the unit of its reading; a multiple of a bare figure stays bare."""
    if unit is None:
        return q
    if unit == TIMES and stated.quantity.unit != TIMES and not stated.quantity.unit.parts:
        return q
    return q.scaled(Fraction(100) if unit == PERCENT else Fraction(1), unit)


def _restated(stated: Reading, unit: Unit) -> Reading:
    """The same figure in the unit of a reading, where both are shares: 909 % and 909x are one figure."""
    mine = stated.quantity.unit
    if unit not in _SHARES or (mine.parts and mine not in _SHARES):
        return stated
    return replace(stated, quantity=replace(stated.quantity, unit=unit))


def _by_its_unit(stated: Reading, met: Iterable[ReadingJson]) -> str:
    """The reading that the stated unit names, in the direction of those that meet the figure."""
    name = _BY_UNIT.get(stated.quantity.unit, "")
    mirrors = {way.name: way.mirror for way in WAYS}
    is_down = all("decrease" in one["name"] for one in met)
    return mirrors.get(name, "") or name if is_down else name


def _operand(q: Quantity) -> str:
    """One of the two numbers as it stands in a formula; one with a sign or bounds in parentheses."""
    text = rough_text(q)
    return f"({text})" if text[0] in "−≥≤><" or " to " in text or "/" in text else text
