"""One figure: a sign, a currency, digits, a multiplier (k, M, B) and a unit, or hours, minutes and seconds in a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from site_builder.quantities.amount import Quantity
from site_builder.quantities.numerals import NUMBER, decimals_of, is_small, significance_of, step_of, value_of
from site_builder.quantities.units import BARE, PERCENT, TIMES, Unit, is_scaled, named, read_unit

Notation = Literal["plain", "exponent", "duration"]
Form = Literal["number", "approximate", "range", "at least", "at most", "more than", "less than"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity as typed.

    `quantity` is in the unit typed, nominal and typed bounds only (a plain number is exact here); `step` is one unit
    of the last digit typed and `significant` one of the last non-zero digit, both in that unit; `decimals` and
    `multiplier` (a power of ten) are how it was typed; `form` says what was read; `has_mark` whether it bears a sign
    that only quantities bear (``~ + < > ≤ ≥ %``). `lower_step` is the step of a range's lower end where it has its
    own; `notation` tells ``5e-5`` and ``2h 47m`` from other digits.
    """

    quantity: Quantity
    step: Fraction
    significant: Fraction
    decimals: int
    multiplier: int
    form: Form
    text: str
    has_mark: bool
    lower_step: Fraction | None = None
    notation: Notation = "plain"

    @property
    def reported(self) -> Quantity:
        """What the text can mean when its last digit is rounded; approximate numbers round to significance.

        Half a unit either side: the edge nearer to zero belongs to the number, the other one to its neighbour.
        """
        q = self.quantity
        if self.form in ("more than", "less than"):
            return q
        step = self.significant if self.form == "approximate" else self.step
        low = q.lowest if isinstance(q.lowest, float) else q.lowest - (self.lower_step or step) / 2
        high = q.highest if isinstance(q.highest, float) else q.highest + step / 2
        return Quantity(q.nominal, low, high, not _belongs(low, 1), not _belongs(high, -1), q.unit)

    @property
    def meant(self) -> Quantity:
        """What the text means as it stands: exact unless it is approximate, a bound or a range."""
        return self.reported if self.form == "approximate" else self.quantity


def _belongs(edge: Fraction | float, inwards: int) -> bool:
    """Whether rounding half away from zero takes an edge inwards; an infinite one is never left out."""
    return isinstance(edge, float) or edge * inwards > 0


_MULTIPLIERS = {
    "k": 3,
    "K": 3,
    "M": 6,
    "B": 9,
    "bn": 9,
    "T": 12,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
}
_MULTIPLIER = r"(?:k|K|M|B|bn|T)(?![A-Za-z])|\s?(?:thousand|million|billion|trillion)\b|\s(?:k|M|bn)(?![\w/])"
_ONE = re.compile(
    rf"(?P<sign>[+\-−–]?)\s?(?P<currency>[$€£¥]?)\s?(?P<sign2>[+\-−]?)"
    rf"(?P<number>{NUMBER})(?P<multiplier>{_MULTIPLIER})?"
)
_MINUS = ("-", "−", "–")
_DURATION = re.compile(
    rf"(?P<sign>[+\-−–]?)(?:(?P<d>{NUMBER})\s?d(?:ays?)?)?\s?(?:(?P<h>{NUMBER})\s?h(?:ours?|rs?)?)?\s?"
    rf"(?:(?P<m>{NUMBER})\s?m(?:in(?:utes?|s)?)?)?\s?(?:(?P<s>{NUMBER})\s?s(?:ec(?:onds?|s)?)?)?"
)
_PARTS_OF_DURATION = {"d": ("d", 86_400), "h": ("h", 3_600), "m": ("min", 60), "s": ("s", 1)}
_LONGEST_UNIT = 40
_WORDS = r" (?!per\b|points?\b|pts\b)(?:[a-z-]{2,}|a)(?: (?:[a-z-]{2,}|a)){0,2}"
_TIMES = re.compile(rf"(?:x|X|×|times){_WORDS}")
_PER_CENT = re.compile(rf"(?:%|percent|per cent){_WORDS}")
_NO_UNITS = {
    *("e", "E", "st", "nd", "rd", "th", "K", "B", "T"),
    *(
        "and",
        "at",
        "by",
        "fewer",
        "from",
        "in",
        "less",
        "minus",
        "more",
        "no",
        "not",
        "of",
        "or",
        "out",
        "over",
        "plus",
    ),
    *("than", "the", "to", "under", "up", "versus", "vs", "with", "without"),
}


def read_figure(text: str) -> Reading | None:
    """The one figure that a text is, and nothing else; None if it is not one."""
    return _read_single(text) or _read_duration(text)


def _read_single(text: str) -> Reading | None:
    match = _ONE.match(text)
    if not match or not is_small(match["number"]) or (match["sign"] and match["sign2"]):
        return None
    unit = _unit_after(text[match.end() :], match["currency"])
    if unit is None:
        return None
    sign = match["sign"] or match["sign2"]
    multiplier = _MULTIPLIERS[match["multiplier"].strip()] if match["multiplier"] else 0
    nominal = value_of(match["number"]) * 10**multiplier * (-1 if sign in _MINUS else 1)
    return Reading(
        Quantity(nominal, unit=unit),
        step_of(match["number"], multiplier),
        significance_of(match["number"], multiplier),
        decimals_of(match["number"]),
        multiplier,
        "number",
        text,
        has_mark=unit.symbol == "%" or sign == "+",
        notation="exponent" if "e" in match["number"].lower() else "plain",
    )


@lru_cache(maxsize=4096)
def _unit_after(rest: str, currency: str) -> Unit | None:
    """The unit that follows a number; None where what follows is no unit."""
    rest = rest.strip()
    if currency:
        return (
            named((currency, 1)) if not rest else read_unit(currency + rest) if rest.startswith("/") else None
        )
    if not rest:
        return BARE
    if len(rest) > _LONGEST_UNIT or _is_no_unit(rest):
        return None
    if _TIMES.fullmatch(rest):
        return TIMES  # "38x better", "2 times as fast"
    if _PER_CENT.fullmatch(rest):
        return PERCENT  # "5% faster"
    unit = read_unit(f"1{rest}" if rest.startswith("/") else rest)
    return unit if unit is not None and unit.parts else None


def _is_no_unit(rest: str) -> bool:
    """Whether words after a number say something else: ordinals, "or more", "of them", digits."""
    words = rest.split()
    is_worded_share = _TIMES.fullmatch(rest) or _PER_CENT.fullmatch(rest)
    has_digits = any(c.isnumeric() for c in re.sub(r"\^-?[1-9](?!\w)", "", rest) if c not in "²³")
    return (
        has_digits
        or rest[0] in "²³"
        or len(words) > 4
        or (
            not is_worded_share and (len(words) > 3 or _has_letters(words) or not _NO_UNITS.isdisjoint(words))
        )
    )


def _has_letters(words: list[str]) -> bool:
    """Whether a small letter that is no unit of measure stands among several words, as in ``x y``."""
    return len(words) > 1 and any(
        len(w) == 1 and w.islower() and (w == "x" or not is_scaled(w)) for w in words
    )


def _read_duration(text: str) -> Reading | None:
    match = _DURATION.fullmatch(text)
    given = {part: match[part] for part in _PARTS_OF_DURATION if match[part]} if match else {}
    if match is None or len(given) < 2 or not all(map(is_small, given.values())):
        return None
    last = list(given)[-1]
    symbol, size = _PARTS_OF_DURATION[last]
    seconds = sum(
        (value_of(number) * _PARTS_OF_DURATION[part][1] for part, number in given.items()), Fraction(0)
    )
    quantity = Quantity(seconds / size * (-1 if match["sign"] in _MINUS else 1), unit=named((symbol, 1)))
    step = step_of(given[last])
    decimals = decimals_of(given[last])
    return Reading(quantity, step, step, decimals, 0, "number", text, has_mark=False, notation="duration")
