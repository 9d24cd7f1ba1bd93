"""Whether a computed quantity is what a stated number says, at the precision it was stated with."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from site_builder.quantities import aggregate, units
from site_builder.quantities.quantity import Quantity, Truths, compare_meeting, converted
from site_builder.quantities.reading import Reading
from site_builder.quantities.shown import digits_needed, interval_text, number_text
from site_builder.quantities.units import MINUTE, PERCENT, PP, UnitClash

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
    stated = _in_minutes(stated, computed)
    inferred = _read_both_ways(stated, computed)
    return inferred if inferred else _match_in_unit(stated, converted(computed, stated.quantity.unit))


def _in_minutes(stated: Reading, computed: Quantity) -> Reading:
    """`33m` beside a duration means minutes."""
    if stated.quantity.unit.symbol != "m" or computed.unit.symbol not in ("d", "h", "min", "s", "ms"):
        return stated
    return replace(stated, quantity=replace(stated.quantity, unit=MINUTE))


def _read_both_ways(stated: Reading, computed: Quantity) -> Match | None:
    """A quotient of bare numbers, stated in per cent: a fraction first, else already meant in per cent."""
    if computed.unit != units.QUOTIENT or stated.quantity.unit != PERCENT:
        return None
    share = _match_in_unit(stated, computed.scaled(Fraction(100), PERCENT))
    plain = _match_in_unit(stated, computed.scaled(Fraction(1), PERCENT))
    if share.outcome == "matches" or plain.outcome != "matches":
        return share
    return Match(
        plain.outcome, plain.reason, _join("read as a number of per cent", plain.detail), plain.computed
    )


def _match_in_unit(stated: Reading, computed: Quantity) -> Match:
    return _match_column(stated, computed) if computed.is_column else _match_one(stated, computed)


def _match_one(stated: Reading, computed: Quantity) -> Match:
    allowed = stated.reported
    position = _position(computed, allowed)
    if position == 1 or _rounds_half_even(stated, computed):
        return Match("matches", None, _reach(stated, computed), computed)
    if position == -1:
        return Match("differs", None, _difference(stated, computed), computed)
    said = interval_text(computed, digits_needed(stated))
    if computed.is_censored:
        return Match("undecided", "censored", f"the evidence only says {said}", computed)
    if _position(Quantity(computed.nominal), allowed) == 1:
        detail = f"the evidence allows {said}" if _is_wide(computed) else ""
        return Match("matches", None, detail, computed)
    detail = f"the evidence is too coarse: it allows {said}"
    return Match("undecided", "too-coarse", detail, computed)


def _position(computed: Quantity, allowed: Quantity) -> Truths:
    """Where computed values lie for certain: 1 in the allowed set, -1 outside it, else 0; n of them for a column."""
    above: Truths = 1
    below: Truths = 1
    if not isinstance(allowed.lowest, float):
        above = compare_meeting("<" if allowed.low_open else "<=", Quantity(allowed.lowest), computed)
    if not isinstance(allowed.highest, float):
        below = compare_meeting("<" if allowed.high_open else "<=", computed, Quantity(allowed.highest))
    return np.minimum(above, below) if computed.is_column else min(above, below)


def _match_column(stated: Reading, computed: Quantity) -> Match:
    """Each value must lie inside a stated bound or range; what the data never reach is said."""
    positions = np.broadcast_to(_position(computed, stated.reported), len(computed.nominal))
    span, count = _span(computed), len(positions)
    outside = np.flatnonzero(positions == -1)
    if len(outside):
        worst = _said(_furthest(computed.take(outside), stated.quantity.nominal), stated)
        detail = f"{len(outside)} of {count} values lie outside, furthest {worst}"
        return Match("differs", None, detail, span)
    parts = [_match_one(stated, computed.take(int(row))) for row in np.flatnonzero(positions == 0)]
    unsure = [p for p in parts if p.outcome == "undecided"]
    if unsure:
        return Match(
            "undecided", unsure[0].reason, f"{len(unsure)} of {count} values: {unsure[0].detail}", span
        )
    return Match(
        "matches", None, _join(f"{count} of {count} values lie inside", _never_reached(stated, span)), span
    )


def _span(column: Quantity) -> Quantity:
    """From the least to the greatest possible value of a column."""
    least, most = aggregate.minimum(column), aggregate.maximum(column)
    middle = (least.nominal + most.nominal) / 2
    return Quantity(middle, least.lowest, most.highest, least.low_open, most.high_open, column.unit)


def _furthest(column: Quantity, mark: Fraction) -> Quantity:
    return max(aggregate.minimum(column), aggregate.maximum(column), key=lambda q: abs(q.nominal - mark))


def _never_reached(stated: Reading, span: Quantity) -> str:
    q, notes = stated.quantity, []
    if not isinstance(q.highest, float) and span.highest < q.highest - stated.step / 2:
        notes.append(f"none exceeds {_said(Quantity(span.highest, unit=span.unit), stated)}")
    if not isinstance(q.lowest, float) and span.lowest > q.lowest + (stated.lower_step or stated.step) / 2:
        notes.append(f"none is below {_said(Quantity(span.lowest, unit=span.unit), stated)}")
    return "; ".join(notes)


def _reach(stated: Reading, computed: Quantity) -> str:
    """A match that says more than the evidence: a bound is stated where the value is nowhere near it."""
    if stated.form in ("number", "approximate", "range"):
        return ""
    return "" if computed.is_censored else f"the evidence gives {_said(computed, stated)}"


def _said(q: Quantity, stated: Reading) -> str:
    """A number beside a stated one, in as many digits as that one needs."""
    return number_text(q, digits_needed(stated))


def _rounds_half_even(stated: Reading, computed: Quantity) -> bool:
    """Whether an exact value on the far edge is one that rounding half to even takes to the stated number."""
    if stated.form != "number" or not computed.is_exact:
        return False
    value, half = stated.quantity.nominal, stated.step / 2
    return bool(abs(computed.nominal - value) == half and (value / stated.step) % 2 == 0)


def _difference(stated: Reading, computed: Quantity) -> str:
    ends = (computed.lowest, computed.highest)
    if (
        stated.form == "number"
        and not computed.is_censored
        and all(_is_truncated(stated, end) for end in ends)
    ):
        return f"the stated digits are {_said(computed, stated)} truncated, not rounded"
    return ""


def _is_truncated(stated: Reading, value: Fraction) -> bool:
    steps = abs(value) / stated.step
    same_digits = math.floor(steps) * stated.step == abs(stated.quantity.nominal)
    return bool(same_digits and value * stated.quantity.nominal > 0)


def _is_wide(computed: Quantity) -> bool:
    return bool(computed.highest - computed.lowest > abs(computed.nominal) / 10**9)


def _swaps_points(stated: Reading, computed: Quantity) -> bool:
    return {stated.quantity.unit, computed.unit} == {PERCENT, PP}


def _points_for_percent(stated: Reading, computed: Quantity) -> Match:
    if computed.is_column:
        raise UnitClash("a percentage and a difference in percentage points are two things")
    same_figure = _match_one(stated, Quantity(*_numbers(computed), unit=stated.quantity.unit))
    kinds = {PP: "a difference in percentage points", PERCENT: "a percentage"}
    unit = stated.quantity.unit
    said = f"{number_text(computed)} is {kinds[computed.unit]}, and {stated.text!r} states {kinds[unit]}"
    detail = said if same_figure.outcome == "matches" else _join(said, "and the figures differ too")
    return Match("differs", None, detail, computed)


def _numbers(q: Quantity) -> tuple[object, object, object, bool, bool]:
    return q.nominal, q.low, q.high, bool(q.low_open), bool(q.high_open)


def _join(first: str, second: str) -> str:
    return f"{first}; {second}" if first and second else first or second
