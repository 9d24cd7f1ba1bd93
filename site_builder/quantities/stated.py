"""Whether a computed quantity is what a stated number says, at the precision it was stated with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


from site_builder.quantities import units
from site_builder.quantities.quantity import Quantity, converted
from site_builder.quantities.reading import Reading
from site_builder.quantities.shown import interval_text, number_text
from site_builder.quantities.units import PERCENT, PP, UnitClash

Outcome = Literal["matches", "differs", "undecided"]


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome for one stated number; `computed` is in the stated unit where the two are comparable."""

    outcome: Outcome
    reason: Literal["censored", "too-coarse"] | None
    detail: str
    computed: Quantity


def match(stated: Reading, computed: Quantity) -> Match:
    """Compare the set of values that `stated` allows with one computed quantity, or each of a column of them.

    Raises `UnitClash` when the two do not measure the same.
    """
    if _swaps_points(stated, computed):
        return _points_for_percent(stated, computed)
    inferred = _read_both_ways(stated, computed)
    return inferred if inferred else _match_in_unit(stated, converted(computed, stated.quantity.unit))


def _read_both_ways(stated: Reading, computed: Quantity) -> Match | None:
    """A quotient of bare numbers, stated in per cent: a fraction first, else already meant in per cent."""
    if computed.unit != units.QUOTIENT or stated.quantity.unit != PERCENT:
        return None
    share = _match_in_unit(stated, computed.scaled(Fraction(100), PERCENT))
    plain = _match_in_unit(stated, computed.scaled(Fraction(1), PERCENT))
    if share.outcome == "matches" or plain.outcome != "matches":
        return share
    return Match(plain.outcome, plain.reason, _join("read as a number of per cent", plain.detail), plain.computed)


def _match_in_unit(stated: Reading, computed: Quantity) -> Match:
    return _match_column(stated, computed) if computed.is_column else _match_one(stated, computed)


def _match_one(stated: Reading, computed: Quantity) -> Match:
    allowed = stated.reported
    if _is_inside(computed, allowed) or _rounds_half_even(stated, computed):
        return Match("matches", None, _reach(stated, computed), computed)
    if _is_apart(computed, allowed):
        return Match("differs", None, _difference(stated, computed), computed)
    nominal = Quantity(computed.nominal, unit=computed.unit)
    if computed.is_censored:
        return Match("undecided", "censored", f"the evidence only says {interval_text(computed)}", computed)
    if _is_inside(nominal, allowed):
        detail = f"the evidence allows {interval_text(computed)}" if _is_wide(computed) else ""
        return Match("matches", None, detail, computed)
    detail = f"the evidence is too coarse: it allows {interval_text(computed)}"
    return Match("undecided", "too-coarse", detail, computed)


def _match_column(stated: Reading, computed: Quantity) -> Match:
    """Each value must lie inside a stated bound or range; what the data never reach is said."""
    parts = [_match_one(stated, computed.take(i)) for i in range(len(computed.nominal))]
    outside = [p for p in parts if p.outcome == "differs"]
    unsure = [p for p in parts if p.outcome == "undecided"]
    span = Quantity(
        _middle(min(computed.nominal), max(computed.nominal)),
        min(computed.lowest),
        max(computed.highest),
        unit=computed.unit,
    )
    count = len(parts)
    if outside:
        worst = max(outside, key=lambda p: abs(p.computed.nominal - stated.quantity.nominal))
        detail = f"{len(outside)} of {count} values lie outside, furthest {number_text(worst.computed)}"
        return Match("differs", None, detail, span)
    if unsure:
        return Match("undecided", unsure[0].reason, f"{len(unsure)} of {count} values: {unsure[0].detail}", span)
    return Match("matches", None, _join(f"{count} of {count} values lie inside", _never_reached(stated, span)), span)


def _middle(low: Fraction, high: Fraction) -> Fraction:
    return (Fraction(low) + Fraction(high)) / 2


def _never_reached(stated: Reading, span: Quantity) -> str:
    allowed = stated.reported
    half = stated.step
    notes = []
    if math.isfinite(allowed.highest) and span.highest < stated.quantity.highest - half:
        notes.append(f"none exceeds {number_text(Quantity(span.highest, unit=span.unit))}")
    if math.isfinite(allowed.lowest) and span.lowest > stated.quantity.lowest + half:
        notes.append(f"none is below {number_text(Quantity(span.lowest, unit=span.unit))}")
    return "; ".join(notes)


def _reach(stated: Reading, computed: Quantity) -> str:
    """A match that says more than the evidence: a bound is stated where the value is nowhere near it."""
    if stated.form in ("number", "approximate", "range"):
        return ""
    return "" if computed.is_censored else f"the evidence gives {number_text(computed)}"


def _is_inside(computed: Quantity, allowed: Quantity) -> bool:
    above = computed.lowest > allowed.lowest or (
        computed.lowest == allowed.lowest and (not allowed.low_open or bool(computed.low_open))
    )
    below = computed.highest < allowed.highest or (
        computed.highest == allowed.highest and (not allowed.high_open or bool(computed.high_open))
    )
    unbounded = allowed.highest == math.inf
    return bool(above and (below or unbounded))


def _is_apart(computed: Quantity, allowed: Quantity) -> bool:
    over = computed.lowest > allowed.highest or (
        computed.lowest == allowed.highest and (allowed.high_open or bool(computed.low_open))
    )
    under = computed.highest < allowed.lowest or (
        computed.highest == allowed.lowest and (allowed.low_open or bool(computed.high_open))
    )
    return bool(over or under)


def _rounds_half_even(stated: Reading, computed: Quantity) -> bool:
    """Whether an exact value on the far edge is one that rounding half to even takes to the stated number."""
    if stated.form != "number" or not computed.is_exact:
        return False
    value, half = stated.quantity.nominal, stated.step / 2
    return abs(computed.nominal - value) == half and (value / stated.step) % 2 == 0


def _difference(stated: Reading, computed: Quantity) -> str:
    if stated.form == "number" and computed.is_exact and _is_truncated(stated, computed.nominal):
        return f"the stated digits are {number_text(computed)} truncated, not rounded"
    return ""


def _is_truncated(stated: Reading, value: Fraction) -> bool:
    steps = abs(value) / stated.step
    return math.floor(steps) * stated.step == abs(stated.quantity.nominal) and value * stated.quantity.nominal > 0


def _is_wide(computed: Quantity) -> bool:
    width = computed.highest - computed.lowest
    return bool(width > abs(computed.nominal) / 10**9)


def _swaps_points(stated: Reading, computed: Quantity) -> bool:
    return {stated.quantity.unit, computed.unit} == {PERCENT, PP}


def _points_for_percent(stated: Reading, computed: Quantity) -> Match:
    if computed.is_column:
        raise UnitClash("a percentage and a difference in percentage points are two things")
    same_figure = _match_one(stated, Quantity(*_numbers(computed), unit=stated.quantity.unit))
    kinds = {PP: "a difference in percentage points", PERCENT: "a percentage"}
    said = f"{number_text(computed)} is {kinds[computed.unit]}, and {stated.text!r} states {kinds[stated.quantity.unit]}"
    detail = said if same_figure.outcome == "matches" else _join(said, "and the figures differ too")
    return Match("differs", None, detail, computed)


def _numbers(q: Quantity) -> tuple[object, object, object, bool, bool]:
    return q.nominal, q.low, q.high, bool(q.low_open), bool(q.high_open)


def _join(first: str, second: str) -> str:
    return f"{first}; {second}" if first and second else first or second


