"""What a person means by a written number: in a cell, in `let` or in `quantity(...)`, and as a stated figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tests.second_opinion.amounts import HIGHEST, LOWEST, Amount, End, exactly, unit_of

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ONE = re.compile(rf"(?P<minus>[-−]?)(?P<digits>{_DIGITS})(?P<thousand>k?)\s?(?P<unit>%|pp|x|ms|min|h|s|ep)?")
_SPAN = re.compile(rf"(?P<low>{_DIGITS})\s?[-–]\s?(?P<high>{_DIGITS}\s?(?:%|pp|x|ms|min|h|s|ep)?)")
_BEFORE = {"at least ": "≥", "up to ": "≤", "more than ": ">", "less than ": "<", "at most ": "≤"}


@dataclass(frozen=True)
class Written:
    """A number as it is meant where it stands, and all that rounds to what is typed."""

    meant: Amount
    rounded: Amount
    form: str


def is_plain(text: str) -> bool:
    return re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", text) is not None


def is_marked(text: str) -> bool:
    return any(mark in text for mark in "~+<>≤≥%")


def read(text: str) -> Written | None:
    """The number in a text that is nothing else."""
    text = text.strip()
    for words, sign in _BEFORE.items():
        if text.startswith(words):
            text = sign + text.removeprefix(words)
    if text.startswith("~"):
        return _one(text[1:].strip(), "~")
    if text and text[0] in "≥≤<>":
        return _one(text[1:].strip(), text[0])
    if "+" in text:
        return _one(text.replace("+", "", 1), "≥")
    return _range(text) or _one(text, "")


def _one(text: str, form: str) -> Written | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    digits, unit = found["digits"].replace(",", ""), unit_of(found["unit"] or "")
    scale = (-1 if found["minus"] else 1) * (1000 if found["thousand"] else 1)
    middle, step = Fraction(digits) * scale, _step(digits) * abs(scale)
    here: End = (middle, 0)
    if form in ("", "~"):
        if form == "~" and "." not in digits:
            step *= 10 ** (len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0)
        near = Amount(middle, *_around(middle, step, middle, step), unit)
        return Written(near if form else exactly(middle, unit), near, form)
    low_edge, high_edge = _around(middle, step, middle, step)
    is_lower, is_strict = form in "≥>", form in "<>"
    if is_strict:
        low, high = ((middle, 1), HIGHEST) if is_lower else (LOWEST, (middle, -1))
        meant = Amount(middle, low, high, unit)
        return Written(meant, meant, form)
    meant = Amount(middle, here, HIGHEST, unit) if is_lower else Amount(middle, LOWEST, here, unit)
    wide = Amount(middle, low_edge, HIGHEST, unit) if is_lower else Amount(middle, LOWEST, high_edge, unit)
    return Written(meant, wide, form)


def _range(text: str) -> Written | None:
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    high = _one(found["high"], "")
    assert high is not None
    low, top = Fraction(found["low"].replace(",", "")), high.meant.middle
    if low > top:
        return None
    unit, middle = high.meant.unit, (low + top) / 2
    steps = _step(found["low"].replace(",", "")), _step(re.match(_DIGITS, found["high"])[0].replace(",", ""))  # type: ignore[index]
    edges = _around(low, steps[0], top, steps[1])
    return Written(Amount(middle, (low, 0), (top, 0), unit), Amount(middle, *edges, unit), "range")


def _step(digits: str) -> Fraction:
    return Fraction(1, 10 ** len(digits.partition(".")[2]))


def _around(low: Fraction, low_step: Fraction, high: Fraction, high_step: Fraction) -> tuple[End, End]:
    """Half a unit to either side, rounding half away from zero."""
    under, above = low - low_step / 2, high + high_step / 2
    return (under, 0 if under > 0 else 1), (above, 0 if above < 0 else -1)
