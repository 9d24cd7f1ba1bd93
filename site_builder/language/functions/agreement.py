"""Agreement: whether each stated cell is what a recomputed one rounds to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import Function, Parameter, whole
from site_builder.language.operands import Operand, as_numbers, check_aligned, merged_codes, shaped
from site_builder.language.values import Value
from site_builder.problems import Mistake
from site_builder.quantities.floats import slack_of
from site_builder.quantities.quantity import Quantity, compare_meeting
from site_builder.quantities.units import Unit, UnitClash, common
from site_builder.tables import CENSORED, TOO_COARSE, Column

_NAME = "agrees"
_MARGIN = 2.0**-50


def _agrees(stated: Column, computed: Column, digits: Quantity | None) -> Value:
    """True where all that a cell may be lies in what the stated cell allows, false where nothing does."""
    said, found = as_numbers(stated, _NAME), as_numbers(computed, _NAME)
    check_aligned(said, found, _NAME)
    half = Fraction(0) if digits is None else _half_unit(whole(digits, _NAME, "digits"))
    unit, for_said, for_found = _meeting(said, found)
    values = found.data.scaled(for_found, unit)
    truths = _judged(said.data.scaled(for_said, unit), values, half * for_said)
    codes = np.where(truths == 0, CENSORED if values.is_censored else TOO_COARSE, 0).astype(np.int8)
    gone = merged_codes(said.unknown, found.unknown)
    if gone is not None:
        truths = np.where(gone != 0, 0, truths).astype(np.int8)
        codes = np.where(gone != 0, gone, codes).astype(np.int8)
    operands = (Operand(said.data, said, None, said.cells), Operand(found.data, found, None, found.cells))
    return shaped(said, "truth", truths, codes, operands)


def _half_unit(digits: int) -> Fraction:
    if -300 <= digits <= 300:
        return Fraction(10) ** -digits / 2
    raise Mistake("E-CALL", f"{_NAME} takes digits from -300 to 300", hint="2 for 0.01")


def _meeting(said: Column, found: Column) -> tuple[Unit, Fraction, Fraction]:
    try:
        return common(said.unit, found.unit, adding=False)
    except UnitClash as clash:
        message = f"{_NAME} compares columns whose units do not meet: {clash}"
        hint = "bring the computed column to the unit of the stated one"
        raise Mistake("E-UNIT", message, hint=hint) from None


def _judged(said: Quantity, found: Quantity, half: Fraction) -> npt.NDArray[np.int8]:
    """1, -1 or 0 for each row: in floats where they leave no doubt, else exactly."""
    are_exact = said.is_exact and found.is_exact
    if are_exact and half == 0:
        return np.asarray(compare_meeting("==", said, found), dtype=np.int8)
    truths = np.zeros(len(said.nominal), dtype=np.int8)
    if are_exact and said.nominal.dtype == found.nominal.dtype == np.float64:
        truths = _clear_rows(said, found, float(half))
    near = np.flatnonzero(truths == 0)
    truths[near] = _exact_rows(_rounded_to(said.rows_exactly(near), half), found.rows_exactly(near))
    return truths


def _clear_rows(said: Quantity, found: Quantity, half: float) -> npt.NDArray[np.int8]:
    with np.errstate(all="ignore"):
        gap = np.abs(found.nominal - said.nominal)
        margin = (
            _MARGIN * (half + np.abs(said.nominal) + np.abs(found.nominal)) + slack_of(said) + slack_of(found)
        )
        return np.where(gap < half - margin, 1, np.where(gap > half + margin, -1, 0)).astype(np.int8)


def _exact_rows(allowed: Quantity, values: Quantity) -> npt.NDArray[np.int8]:
    apart = np.asarray(compare_meeting("==", allowed, values)) == -1
    inside = _is_inside(values, allowed) | _rounds_half_even(values, allowed)
    return np.where(inside, 1, np.where(apart, -1, 0)).astype(np.int8)


def _rounded_to(q: Quantity, half: Fraction) -> Quantity:
    """Exact cells as what rounds to them, half a unit either way; cells that have bounds keep theirs."""
    if half == 0:
        return q
    exact = np.asarray(q.lowest == q.highest, dtype=bool)
    low = np.where(exact, q.nominal - half, q.lowest)
    high = np.where(exact, q.nominal + half, q.highest)
    below = np.asarray(q.nominal < 0, dtype=bool)
    low_open, high_open = (
        np.where(exact, o, given) for o, given in ((below, q.low_open), (~below, q.high_open))
    )
    return Quantity(q.nominal, low, high, low_open.astype(bool), high_open.astype(bool), q.unit)


def _is_inside(values: Quantity, allowed: Quantity) -> npt.NDArray[np.bool_]:
    at_low = (values.lowest == allowed.lowest) & (_not(allowed.low_open) | values.low_open)
    at_high = (values.highest == allowed.highest) & (_not(allowed.high_open) | values.high_open)
    above, below = values.lowest > allowed.lowest, values.highest < allowed.highest
    return np.asarray((above | at_low) & (below | at_high), dtype=bool)


def _not(is_open: Any) -> Any:
    return ~np.asarray(is_open, dtype=bool)


def _rounds_half_even(values: Quantity, allowed: Quantity) -> npt.NDArray[np.bool_]:
    """An exact value on the far edge of a rounded one, which rounding half to even takes to it."""
    if allowed.is_exact or not values.is_exact:
        return np.zeros(len(allowed.nominal), dtype=bool)
    cells = zip(values.nominal, allowed.nominal, allowed.low, allowed.high, strict=True)
    return np.array([_is_even_edge(*cell) for cell in cells], dtype=bool)


def _is_even_edge(value: Fraction, stated: Fraction, low: Any, high: Any) -> bool:
    if isinstance(low, float) or isinstance(high, float) or value not in (low, high):
        return False
    is_rounding = high - stated == stated - low and high > low
    return bool(is_rounding and (stated / (high - low)) % 2 == 0)


FUNCTIONS = (
    Function(
        _NAME,
        "truth",
        "Whether each stated cell is what the computed one rounds to, row by row, at the precision that it "
        "is stated with.",
        (Parameter("stated", "column"), Parameter("computed", "column"), Parameter("digits", "number", None)),
        _agrees,
        ("all(agrees([0.33, 0.67], [1/3, 2/3], digits=2))", "true (2 of 2 rows hold)"),
        "The precision is that of a column declared `reported`, or digits for exact cells; without either a cell "
        "must be equal. Unknown where a cell is missing, and where bounds of the computed cell reach out of the "
        "stated one. Half up and half even both count.",
    ),
)
