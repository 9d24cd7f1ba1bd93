"""How a person reads a number: text such as ``~40%``, ``10,000+`` or ``2h 47m`` becomes a quantity.

The grammar, from the outside in: emphasis and a trailing aside in parentheses are dropped; words or signs before
the number make it approximate or a bound; the number is decimal digits with optional thousands commas, exponent
and multiplier (k, M, B); a unit follows; two numbers with a dash between them are a range; hours, minutes and
seconds may be written one after the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import BARE, SECOND, TIMES, Unit, named, read_unit

MISSING = frozenset({"", "n/a", "na", "n.a.", "pending", "-", "–", "—", "null", "none", "nan", "tbd", "?"})
"""Texts that a quantity cell may hold instead of a number, in lower case."""

_LONGEST = 200
_MULTIPLIERS = {"k": 3, "K": 3, "M": 6, "B": 9, "bn": 9, "T": 12, "thousand": 3, "million": 6, "billion": 9}
_NUMBER = r"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_PLAIN = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MULTIPLIER = r"(?:k|K|M|B|bn|T)(?![A-Za-z])|\s?(?:thousand|million|billion)\b"
_CURRENCY = r"[$€£¥]"
_ONE = re.compile(
    rf"(?P<sign>[+\-−]?)\s*(?P<currency>{_CURRENCY}?)\s*(?P<sign2>[+\-−]?)"
    rf"(?P<number>{_NUMBER})\s*?(?P<multiplier>{_MULTIPLIER})?"
)
_APPROXIMATE = re.compile(r"(?:~|≈|∼|≃|about |around |approximately |approx\.? |roughly |circa |c\. )\s*", re.I)
_LOWER = {
    "≥": False, ">=": False, "⩾": False, "at least ": False, "no less than ": False, "min. ": False,
    ">": True, "more than ": True, "over ": True, "above ": True, "greater than ": True,
}  # fmt: skip
_UPPER = {
    "≤": False, "<=": False, "⩽": False, "up to ": False, "at most ": False, "no more than ": False, "max. ": False,
    "<": True, "less than ": True, "under ": True, "below ": True, "fewer than ": True,
}  # fmt: skip
_BOUNDS = sorted([*_LOWER, *_UPPER], key=len, reverse=True)
_DASH = re.compile(r"\s*(?:–|—|-|\.\.\.?|…|\bto\b)\s*(?=[$€£¥+−.]?\s*\.?[0-9])")
_DURATION = re.compile(
    rf"(?P<sign>[+\-−]?)(?:(?P<d>{_NUMBER})\s*d(?:ays?)?)?\s*(?:(?P<h>{_NUMBER})\s*h(?:ours?|rs?)?)?\s*"
    rf"(?:(?P<m>{_NUMBER})\s*m(?:in(?:utes?|s)?)?)?\s*(?:(?P<s>{_NUMBER})\s*s(?:ec(?:onds?|s)?)?)?"
)
_ASIDE = re.compile(r"(?P<number>.*\S)\s*\([^()]*\)\s*")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(.+?)\1")


class NotAQuantity(ValueError):
    """The text is no quantity; the message says what stands in the way."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity as typed.

    `quantity` is in the unit typed, nominal and typed bounds only (a plain number is exact here); `step` is one unit
    of the last digit typed and `significant` one of the last non-zero digit, both in that unit; `decimals` and
    `multiplier` (a power of ten) are how it was typed; `form` says what was read.
    """

    quantity: Quantity
    step: Fraction
    significant: Fraction
    decimals: int
    multiplier: int
    form: str
    text: str
    has_mark: bool

    @property
    def reported(self) -> Quantity:
        """What the text can mean when its last digit is rounded; approximate numbers round to significance."""
        return _with_rounding(self)

    @property
    def meant(self) -> Quantity:
        """What the text means as it stands: exact unless it is approximate, a bound or a range."""
        return self.reported if self.form == "approximate" else self.quantity


def is_missing(text: str) -> bool:
    """Whether a quantity cell says that there is no number."""
    return text.strip().casefold() in MISSING


def read_plain(text: str) -> Fraction | None:
    """The number of a plain decimal (no commas, no leading zeros, no signs but minus or plus), else None."""
    text = text.strip()
    return Fraction(text) if _PLAIN.fullmatch(text) and _is_small(text) else None


def is_plain(text: str) -> bool:
    """Whether `read_plain` reads the text."""
    return _PLAIN.fullmatch(text) is not None and _is_small(text)


_PLAIN_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{0,20})?")


def are_plain(texts: Collection[str]) -> bool:
    """Whether `read_plain` reads every one of the texts; quick for many."""
    return all(map(_PLAIN_DECIMAL.fullmatch, texts)) or all(map(is_plain, texts))


@lru_cache(maxsize=65_536)
def read_quantity(text: str) -> Reading:
    """The quantity a text states; raises `NotAQuantity` for anything that is not wholly one."""
    cleaned = _cleaned(text)
    if not cleaned or len(cleaned) > _LONGEST:
        raise NotAQuantity("it is empty" if not cleaned else f"it is longer than {_LONGEST} characters")
    for attempt in (_read_bounded, _read_range, _read_duration, _read_one):
        reading = attempt(cleaned)
        if reading is not None:
            return reading
    aside = _ASIDE.fullmatch(cleaned)
    if aside:
        return read_quantity(aside["number"])
    numbers = re.findall(_NUMBER, cleaned)
    if len(numbers) > 1:
        raise NotAQuantity(f"it holds {len(numbers)} numbers ({', '.join(numbers[:4])})")
    raise NotAQuantity("it holds no number" if not numbers else "there is more to it than a number and a unit")


def _cleaned(text: str) -> str:
    text = text.strip()
    while (plain := _EMPHASIS.sub(r"\2", text)) != text:
        text = plain
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").strip()


def _is_small(text: str) -> bool:
    """Keep `1e999` from becoming a thousand-digit integer, and digits within reason."""
    mantissa, _, exponent = text.lower().partition("e")
    return len(mantissa) <= 60 and abs(int(exponent or 0)) <= 300


def _read_bounded(text: str) -> Reading | None:
    lowered = text.lower()
    sign = next((b for b in _BOUNDS if lowered.startswith(b)), None)
    if sign is not None:
        inner = _read_plainly(text[len(sign) :].strip())
        return inner and _bound(inner, text, below=sign in _LOWER, is_open=_LOWER.get(sign, _UPPER.get(sign, False)))
    match = re.fullmatch(r"(.*[0-9kMBx%])\s*\+\s*(.*)", text)
    if match and not re.search(r"[0-9]", match[2]):
        inner = _read_plainly(f"{match[1]} {match[2]}".strip() if match[2] else match[1])
        return inner and _bound(inner, text, below=True, is_open=False)
    return None


def _bound(inner: Reading, text: str, *, below: bool, is_open: bool) -> Reading:
    value, unit = inner.quantity.nominal, inner.quantity.unit
    bounds = (value, math.inf) if below else (-math.inf, value)
    quantity = Quantity(value, *bounds, below and is_open, not below and is_open, unit)
    form = ("more than" if is_open else "at least") if below else ("less than" if is_open else "at most")
    return Reading(
        quantity, inner.step, inner.significant, inner.decimals, inner.multiplier, form, text, has_mark=True
    )


def _read_range(text: str) -> Reading | None:
    approximate = _APPROXIMATE.match(text)
    body = text[approximate.end() :] if approximate else text
    for dash in _DASH.finditer(body):
        left, right = body[: dash.start()].strip(), body[dash.end() :].strip()
        high = _read_plainly(right) if left else None
        low = _read_plainly(left) if high else None
        if low is None or high is None:
            continue
        low = _in_unit_of(low, high)
        if low is None or low.quantity.nominal > high.quantity.nominal:
            continue
        nominal = (low.quantity.nominal + high.quantity.nominal) / 2
        unit = high.quantity.unit if high.quantity.unit.parts else low.quantity.unit
        quantity = Quantity(nominal, low.quantity.nominal, high.quantity.nominal, unit=unit)
        step = max(low.step, high.step)
        mark = "%" in text or bool(approximate)
        decimals = max(low.decimals, high.decimals)
        return Reading(quantity, step, step, decimals, high.multiplier, "range", text, has_mark=mark)
    match = re.fullmatch(r"(.+?)\s*(?:±|\+/-|\+-)\s*(.+)", body)
    return _read_plus_minus(match[1], match[2], text) if match else None


def _read_plus_minus(middle: str, spread: str, text: str) -> Reading | None:
    around, half = _read_plainly(middle), _read_plainly(spread)
    around = _in_unit_of(around, half) if around and half else None
    if around is None or half is None:
        return None
    nominal, width = around.quantity.nominal, half.quantity.nominal
    unit = half.quantity.unit if half.quantity.unit.parts else around.quantity.unit
    quantity = Quantity(nominal, nominal - width, nominal + width, unit=unit)
    return Reading(
        quantity, around.step, around.significant, around.decimals, around.multiplier, "range", text, has_mark=True
    )


def _in_unit_of(low: Reading, high: Reading) -> Reading | None:
    """The lower end of ``61-73%`` or ``4–10k`` in the unit that only the upper end bears."""
    if low.quantity.unit == high.quantity.unit:
        if low.multiplier == 0 and high.multiplier and not low.quantity.unit.parts:
            factor = Fraction(10) ** high.multiplier
            scaled = low.quantity.scaled(factor, low.quantity.unit)
            if scaled.nominal <= high.quantity.nominal:
                return _replaced(low, scaled, factor, high.multiplier)
        return low
    if low.quantity.unit.parts and high.quantity.unit.parts:
        return None
    if low.quantity.unit.parts:
        return low if low.quantity.unit.symbol in ("$", "€", "£", "¥") else None
    factor = Fraction(10) ** high.multiplier if not low.multiplier else Fraction(1)
    return _replaced(low, low.quantity.scaled(factor, high.quantity.unit), factor, high.multiplier)


def _replaced(low: Reading, quantity: Quantity, factor: Fraction, multiplier: int) -> Reading:
    step, significant = low.step * factor, low.significant * factor
    return Reading(quantity, step, significant, low.decimals, multiplier, low.form, low.text, low.has_mark)


def _read_duration(text: str) -> Reading | None:
    match = _DURATION.fullmatch(text)
    if not match:
        return None
    given = {unit: match[unit] for unit in "dhms" if match[unit]}
    if len(given) < 2:
        return None
    sizes = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    total = sum((Fraction(_digits(number)) * sizes[unit] for unit, number in given.items()), Fraction(0))
    last = list(given)[-1]
    shown = _SHOWN_DURATION[last]
    size = Fraction(sizes[last])
    nominal = total / size * (-1 if match["sign"] in ("-", "−") else 1)
    step = _step(given[last], 0)
    unit = named((shown, 1)) if shown != "s" else SECOND
    return Reading(Quantity(nominal, unit=unit), step, step, _decimals(given[last]), 0, "number", text, has_mark=False)


_SHOWN_DURATION = {"d": "d", "h": "h", "m": "min", "s": "s"}


def _read_one(text: str) -> Reading | None:
    approximate = _APPROXIMATE.match(text)
    inner = _read_plainly(text[approximate.end() :] if approximate else text)
    if inner is None or not approximate:
        return inner
    return Reading(
        inner.quantity, inner.step, inner.significant, inner.decimals, inner.multiplier, "approximate", text, True
    )


def _read_plainly(text: str) -> Reading | None:
    """A sign, a currency, a number, a multiplier and a unit, and nothing else."""
    match = _ONE.match(text)
    if not match or not _is_small(match["number"].replace(",", "")):
        return None
    unit = _unit_after(text[match.end() :], match["currency"])
    if unit is None or (match["sign"] and match["sign2"]):
        return None
    sign = -1 if "-" in (s := match["sign"] + match["sign2"]) or "−" in s else 1
    multiplier = _MULTIPLIERS[match["multiplier"].strip()] if match["multiplier"] else 0
    nominal = sign * Fraction(_digits(match["number"])) * 10**multiplier
    step = _step(match["number"], multiplier)
    mark = unit.symbol == "%" or match["sign"] == "+"
    return Reading(
        Quantity(nominal, unit=unit),
        step,
        _significance(match["number"], multiplier),
        _decimals(match["number"]),
        multiplier,
        "number",
        text,
        has_mark=mark,
    )


def _unit_after(rest: str, currency: str) -> Unit | None:
    rest = rest.strip()
    if currency:
        if not rest:
            return named((currency, 1))
        under = read_unit(f"{currency}{rest}") if rest.startswith("/") else None
        return under
    if not rest:
        return BARE
    if re.fullmatch(r"(?:x|×|times) (?:[a-z-]+ ?){1,2}", rest):
        return TIMES  # "38x better", "2 times as fast"
    unit = read_unit(rest) if len(rest) <= 40 and len(rest.split()) <= 3 else None
    return unit if unit is not None and unit.parts else None


def _digits(number: str) -> str:
    return number.replace(",", "")


def _parts(number: str) -> tuple[str, int]:
    mantissa, _, exponent = _digits(number).lower().partition("e")
    return mantissa, int(exponent or 0)


def _decimals(number: str) -> int:
    mantissa, exponent = _parts(number)
    return max(0, len(mantissa.partition(".")[2]) - exponent)


def _step(number: str, multiplier: int) -> Fraction:
    mantissa, exponent = _parts(number)
    return Fraction(10) ** (exponent - len(mantissa.partition(".")[2]) + multiplier)


def _significance(number: str, multiplier: int) -> Fraction:
    mantissa, _ = _parts(number)
    zeros = 0 if "." in mantissa else len(mantissa) - len(mantissa.rstrip("0")) if mantissa.strip("0") else 0
    return _step(number, multiplier) * 10**zeros


def _with_rounding(reading: Reading) -> Quantity:
    """Half a unit of the last digit either side: the near edge belongs to the number, the far one to its neighbour."""
    q = reading.quantity
    half = (reading.significant if reading.form == "approximate" else reading.step) / 2
    if reading.form in ("more than", "less than"):
        return q
    low, high = q.lowest - half, q.highest + half
    if q.nominal < 0 and reading.form in ("number", "approximate"):
        return Quantity(q.nominal, low, high, True, False, q.unit)
    return Quantity(q.nominal, low, high, False, not math.isinf(high), q.unit)
