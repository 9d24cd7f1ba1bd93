"""How a person reads a number: text such as ``~40%``, ``10,000+`` or ``2h 47m`` becomes a quantity.

The grammar, from the outside in: emphasis, a trailing aside in parentheses and the symbol of a statistic (``p <``,
``n =``) are dropped; words or signs around the number make it approximate or a bound; two figures with a dash between
them are a range; each figure (see `figure`) is digits with a multiplier and a unit.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from site_builder.quantities.amount import Quantity
from site_builder.quantities.figure import Form, Reading, read_figure
from site_builder.quantities.numerals import NUMBER, are_plain, is_plain, read_plain, ten_to
from site_builder.quantities.units import Unit

__all__ = (
    "MISSING",
    "NotAQuantity",
    "Reading",
    "are_plain",
    "is_missing",
    "is_plain",
    "read_plain",
    "read_quantity",
)

_SPREADSHEET_ERRORS = ("#n/a", "#n/a n/a", "#null!", "#ref!", "#value!")
MISSING = frozenset(
    {
        "",
        "n/a",
        "na",
        "n.a.",
        "pending",
        "-",
        "–",
        "—",
        "null",
        "none",
        "nan",
        "tbd",
        "?",
        *_SPREADSHEET_ERRORS,
    }
)
"""Texts that a quantity cell may hold instead of a number, in lower case."""

_LONGEST = 200
_MOST_DASHES = 8
_APPROXIMATE = re.compile(
    r"(?:[~≈\u223c≃]|(?:about|around|approximately|roughly|circa|nearly|almost) |(?:approx|ca|c)\. ?) ?", re.I
)
_LOWER = {
    "≥": False, ">=": False, "⩾": False, "at least ": False, "no less than ": False, "min. ": False,
    "as little as ": False, "as few as ": False, "as low as ": False, "not less than ": False, "minimum ": False,
    ">": True, "more than ": True, "over ": True, "above ": True, "greater than ": True, "exceeding ": True,
}  # fmt: skip
_UPPER = {
    "≤": False, "<=": False, "⩽": False, "up to ": False, "at most ": False, "no more than ": False, "max. ": False,
    "as much as ": False, "as many as ": False, "as high as ": False, "not more than ": False, "maximum ": False,
    "<": True, "less than ": True, "under ": True, "below ": True, "fewer than ": True,
}  # fmt: skip
_BOUNDS = sorted([*_LOWER, *_UPPER], key=len, reverse=True)
_AFTER = {" or more": True, " or higher": True, " or less": False, " or fewer": False, " or lower": False}
_SYMBOL = re.compile(r"(?:[pPrRntdgUFN]|R2|R²|[pP][- ]value) ?(?:= ?|(?=[<>≤≥≈~]))")
_DASH = re.compile(r" ?(?:–|—|-|\.\.\.?|…|\bto\b) ?(?=[$€£¥+−–-]?[$€£¥+−-]?\.?[0-9])")
_BETWEEN = re.compile(r"(?:between (?P<low>.+) and (?P<high>.+)|from (?P<span>.+ to .+))", re.I)
_ASIDE = re.compile(r"(?P<number>.*[^ (]) ?\([^()]*\)")
_EMPHASIS = re.compile(r"(?<![\w.,*])(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_CURRENCIES = ("$", "€", "£", "¥")
_PLUS_MINUS = re.compile(r"(?P<middle>.+?) ?(?:±|\+/-|\+-) ?(?P<spread>.+)")


class NotAQuantity(ValueError):  # noqa: N818  (named for what the text is)
    """The text is no quantity; the message says what stands in the way."""


def is_missing(text: str) -> bool:
    """Whether a quantity cell says that there is no number."""
    return text.strip().casefold() in MISSING


def read_quantity(text: str) -> Reading:
    """The quantity a text states; raises `NotAQuantity` for anything that is not wholly one."""
    if len(text) > 2 * _LONGEST:
        raise NotAQuantity(f"it is longer than {_LONGEST} characters")
    return _read(text)


@lru_cache(maxsize=65_536)
def _read(text: str) -> Reading:
    cleaned = _cleaned(text)
    if len(cleaned) > _LONGEST:
        raise NotAQuantity(f"it is longer than {_LONGEST} characters")
    symbol = _SYMBOL.match(cleaned)
    if symbol:
        return replace(_read_cleaned(cleaned[symbol.end() :]), text=cleaned, has_mark=False)
    return _read_cleaned(cleaned)


def _read_cleaned(cleaned: str) -> Reading:
    for attempt in (_read_bounded, _read_range, _read_one):
        reading = attempt(cleaned)
        if reading is not None:
            return reading
    raise NotAQuantity(_why_not(cleaned))


def _why_not(text: str) -> str:
    if not text:
        return "it is empty"
    if any(c.isnumeric() and not c.isascii() for c in text):
        return "digits other than 0 to 9 are not read"
    if re.fullmatch(rf"[+-]?{NUMBER}", text) or re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", text):
        return "it has more than 60 digits, or an exponent beyond 300"
    numbers = re.findall(NUMBER, text)
    if len(numbers) > 1:
        return f"it holds {len(numbers)} numbers ({', '.join(n[:20] for n in numbers[:4])})"
    if re.fullmatch(r".*[0-9] [KBT]", text):
        return f"{text[-1]!r} may be a multiplier or a unit; write them together, or spell the unit"
    return "there is more to it than a number and a unit" if numbers else "it holds no number"


def _cleaned(text: str) -> str:
    """The text without emphasis and asides, its spaces made plain and single; empty if it holds what is unseen."""
    if not text.isascii() or not text.isprintable():
        text = text.strip()
        if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in "\t\n\r" for c in text):
            raise NotAQuantity("it holds invisible characters")
    text = " ".join(text.split())
    while (plain := _EMPHASIS.sub(r"\2", text)) != text:
        text = plain
    while text.endswith(")") and (aside := _ASIDE.fullmatch(text)):
        text = aside["number"]
    while (plain := _EMPHASIS.sub(r"\2", text)) != text:
        text = plain
    return text


def _read_bounded(text: str) -> Reading | None:
    lowered = text.lower()
    sign = next((b for b in _BOUNDS if lowered.startswith(b)), None)
    if sign is not None:
        is_open = _LOWER[sign] if sign in _LOWER else _UPPER[sign]
        return _bound(text[len(sign) :].strip(), text, below=sign in _LOWER, is_open=is_open)
    for words, below in _AFTER.items():
        if lowered.endswith(words):
            return _bound(text[: -len(words)], text, below=below, is_open=False)
    left, plus, right = text.rpartition("+")
    if not plus or not left.strip() or re.search(r"[0-9]", right):
        return None
    return _bound(f"{left.strip()} {right.strip()}".strip(), text, below=True, is_open=False)


def _bound(figure: str, text: str, *, below: bool, is_open: bool) -> Reading | None:
    """A bound on a figure; of an approximate one, only the significant digits count."""
    inner = _read_one(figure)
    if inner is None:
        return None
    value, unit = inner.quantity.nominal, inner.quantity.unit
    low, high = (value, math.inf) if below else (-math.inf, value)
    quantity = Quantity(value, low, high, below and is_open, not below and is_open, unit)
    form: Form = (
        ("more than" if is_open else "at least") if below else ("less than" if is_open else "at most")
    )
    step = inner.significant if inner.form == "approximate" else inner.step
    return replace(inner, quantity=quantity, step=step, form=form, text=text, has_mark=True)


def _read_one(text: str) -> Reading | None:
    approximate = _APPROXIMATE.match(text)
    inner = read_figure(text[approximate.end() :] if approximate else text)
    if inner is None or not approximate:
        return inner
    return replace(inner, form="approximate", text=text, has_mark=True)


def _read_range(text: str) -> Reading | None:
    approximate = _APPROXIMATE.match(text)
    body = text[approximate.end() :] if approximate else text
    between = _BETWEEN.fullmatch(body)
    if between and between["low"]:
        return _range(between["low"], between["high"], text, has_mark=False)
    body = between["span"] if between else body
    for dash in islice(_DASH.finditer(body), _MOST_DASHES):
        found = _range(body[: dash.start()], body[dash.end() :], text, has_mark=bool(approximate))
        if found is not None:
            return found
    around = _PLUS_MINUS.fullmatch(body)
    return _plus_minus(around["middle"], around["spread"], text) if around else None


def _range(left: str, right: str, text: str, *, has_mark: bool) -> Reading | None:
    low, high = read_figure(left), read_figure(right)
    if low is None or high is None:
        return None
    low = _in_unit_of(low, high)
    if low is None or low.quantity.nominal > high.quantity.nominal:
        return None
    middle = (low.quantity.nominal + high.quantity.nominal) / 2
    quantity = Quantity(middle, low.quantity.nominal, high.quantity.nominal, unit=_unit_of(low, high))
    found = _spanning(quantity, high.step, low, high, text, has_mark or "%" in text)
    return replace(found, lower_step=low.step)


def _plus_minus(middle: str, spread: str, text: str) -> Reading | None:
    around, half = read_figure(middle), read_figure(spread)
    if around is None or half is None or half.quantity.nominal < 0:
        return None
    around = _in_unit_of(around, half)
    if around is None:
        return None
    nominal, width = around.quantity.nominal, half.quantity.nominal
    quantity = Quantity(nominal, nominal - width, nominal + width, unit=_unit_of(around, half))
    return _spanning(quantity, min(around.step, half.step), around, half, text, has_mark=True)


def _spanning(
    quantity: Quantity, step: Fraction, first: Reading, last: Reading, text: str, has_mark: bool
) -> Reading:
    decimals = max(first.decimals, last.decimals)
    made = Reading(quantity, step, step, decimals, last.multiplier, "range", text, has_mark)
    return replace(made, notation="exponent") if last.notation == "exponent" else made


def _unit_of(low: Reading, high: Reading) -> Unit:
    return high.quantity.unit if high.quantity.unit.parts else low.quantity.unit


def _in_unit_of(low: Reading, high: Reading) -> Reading | None:
    """The lower end of ``61-73%``, ``$4-5`` or ``4–10k`` in the unit and multiplier that one end bears for both."""
    mine, other = low.quantity.unit, high.quantity.unit
    if mine != other and mine.parts and (other.parts or mine.symbol not in _CURRENCIES):
        return None
    if low.multiplier or not high.multiplier:
        return replace(low, quantity=replace(low.quantity, unit=_unit_of(low, high)))
    factor = ten_to(high.multiplier)
    scaled = low.quantity.scaled(factor, _unit_of(low, high))
    return replace(low, quantity=scaled, step=low.step * factor, significant=low.significant * factor)
