"""Whether one quantity is less than or equal to another: true, false, or unknown, for every possible value.

Three-valued after S. C. Kleene, Introduction to Metamathematics (1952), § 64.
"""

from __future__ import annotations

import operator
from dataclasses import replace
from typing import Any

import numpy as np

from site_builder.quantities import floats, units
from site_builder.quantities.amount import Quantity
from site_builder.quantities.arithmetic import meeting, negate

Truths = Any
"""1 true, -1 false, 0 unknown: one int or an int8 array; `and` is min, `or` is max, `not` is the sign."""


def compare(op: str, a: Quantity, b: Quantity) -> Truths:
    """Whether a op b holds for every possible value (1), for none (-1), or for some (0); raises `UnitClash`.

    `op` is one of ``< <= > >= == !=``.
    """
    a, b, _ = meeting(a, b, adding=False)
    if op in _FLIPPED:
        return compare_meeting(_FLIPPED[op], b, a)
    return compare_meeting(op, a, b)


_FLIPPED = {">": "<", ">=": "<="}


def compare_meeting(op: str, a: Quantity, b: Quantity) -> Truths:
    """`compare` for two quantities that are already in one unit, with ``<``, ``<=``, ``==`` or ``!=``."""
    if op == "!=":
        return -compare_meeting("==", a, b)
    if a.low is None and b.low is None:
        return _compare_exact(op, a, b)
    if a.is_floating and not b.is_column:
        return _against_bounds(op, a, b)
    if b.is_floating and not a.is_column:
        return _against_bounds(op, negate(b), negate(a))
    return _compare_bounds(op, a.all_exactly(), b.all_exactly())


def _compare_exact(op: str, a: Quantity, b: Quantity) -> Truths:
    if not (a.is_floating or b.is_floating):
        return _signs(_HOLDS[op](a.nominal, b.nominal))
    if not all(q.is_floating or not q.is_column for q in (a, b)):
        return _signs(_HOLDS[op](a.all_exactly().nominal, b.all_exactly().nominal))
    x, y = floats.as_floats(a), floats.as_floats(b)
    truths = _signs(_HOLDS[op](x, y))
    if floats.is_faithful(a) and floats.is_faithful(b):
        return truths
    with np.errstate(all="ignore"):
        is_clear = np.abs(x - y) > floats.slack_of(a) + floats.slack_of(b)
    return _decided_exactly(op, a, b, truths, np.flatnonzero(~is_clear))


_HOLDS = {"<": operator.lt, "<=": operator.le, "==": operator.eq}


def _decided_exactly(op: str, a: Quantity, b: Quantity, truths: Truths, rows: Any) -> Truths:
    """The truths, with the rows where rounding could have tipped the scale judged again in fractions."""
    if len(rows):
        truths[rows] = _signs(_HOLDS[op](a.rows_exactly(rows).nominal, b.rows_exactly(rows).nominal))
    return truths


def _signs(holds: Any) -> Truths:
    if isinstance(holds, np.ndarray):
        signs = holds.astype(np.int8)
        signs += signs
        signs -= 1
        return signs
    return 1 if holds else -1


def _against_bounds(op: str, column: Quantity, bounded: Quantity) -> Truths:
    """An exact float column against one number with bounds, judged at the two ends of that number."""
    low, high = (Quantity(end) for end in (bounded.low, bounded.high))
    under, over = _side("<", column, low), _side("<", high, column)
    at_low, at_high = _side("==", column, low), _side("==", column, high)
    true, false = {
        "<": (under | (at_low & bool(bounded.low_open)), over | at_high),
        "<=": (under | at_low, over | (at_high & bool(bounded.high_open))),
        "==": (
            at_low & at_high,
            under | over | (at_low & bool(bounded.low_open)) | (at_high & bool(bounded.high_open)),
        ),
    }[op]
    return _kleene(true, false)


def _side(op: str, a: Quantity, b: Quantity) -> Any:
    """Where a op b holds, one of them an end that may be infinite."""
    if any(isinstance(q.nominal, float) for q in (a, b)):
        return _HOLDS[op](a.nominal, b.nominal)
    return _compare_exact(op, a, b) == 1


def _compare_bounds(op: str, a: Quantity, b: Quantity) -> Truths:
    apart_below = a.highest < b.lowest
    apart_above = a.lowest > b.highest
    touch_below = (a.highest == b.lowest) & (a.high_open | b.low_open)
    touch_above = (a.lowest == b.highest) & (a.low_open | b.high_open)
    if op == "<":
        return _kleene(apart_below | touch_below, a.lowest >= b.highest)
    if op == "<=":
        return _kleene(a.highest <= b.lowest, apart_above | touch_above)
    is_point = (a.lowest == a.highest) & (b.lowest == b.highest) & (a.lowest == b.lowest)
    return _kleene(is_point, apart_below | apart_above | touch_below | touch_above)


def _kleene(true: Any, false: Any) -> Truths:
    if isinstance(true, np.ndarray) or isinstance(false, np.ndarray):
        signs = np.where(np.asarray(true, dtype=bool), 1, np.where(np.asarray(false, dtype=bool), -1, 0))
        return signs.astype(np.int8)
    return 1 if true else -1 if false else 0


def converted(q: Quantity, unit: units.Unit) -> Quantity:
    """`q` brought to `unit`; raises `UnitClash` when it does not measure the same."""
    if q.unit == unit:
        return q
    common, factor_unit, factor_q = units.common(unit, q.unit, adding=False)
    if factor_unit != 1:
        return replace(q.scaled(factor_q / factor_unit, unit), unit=unit if unit.parts else common)
    return q.scaled(factor_q, unit if unit.parts else common)
