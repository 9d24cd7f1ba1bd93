"""How quantities are written on pages and in the terminal."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from site_builder.quantities.notation import in_duration, in_exponent, suits_exponent
from site_builder.quantities.numerals import ten_to

if TYPE_CHECKING:  # pages show numbers of decisions, without NumPy
    from site_builder.quantities.amount import Quantity
    from site_builder.quantities.figure import Reading

_DIGITS = 6
_MOST_PLACES = 12
_MOST_PLAIN_PLACES = 8
_CURRENCIES = "$€£¥"
_PREFIXES = {"approximate": "~"}
_BOUNDS = ("at least", "at most", "more than", "less than")
_SUFFIXES = {3: "k", 6: "M", 9: "B", 12: "T"}
_FORMAT = re.compile(r"[-+ ]?0?(?:[0-9]{1,2})?,?(?:\.[0-9]{1,2})?[eEfFgG%]?")


def number_text(q: Quantity, digits: int = _DIGITS) -> str:
    """One quantity in at most `digits` significant digits, with its unit; a lone bound as ``≥ 10,000 ep``."""
    if q.is_censored:
        return interval_text(q, digits)
    return _with_unit(plain_text(q.nominal, digits), q)


def interval_text(q: Quantity, digits: int = _DIGITS) -> str:
    """A quantity's bounds in words: ``≥ 909.09``, ``3.303 to 3.356 x``, or the number itself when exact."""
    if q.low is None:
        return number_text(q, digits)
    low, high = plain_text(q.low, digits), plain_text(q.high, digits)
    if _is_infinite(q.low) and _is_infinite(q.high):
        return _with_unit("any number", q) if not q.unit.parts else f"any number of {q.unit}"
    if _is_infinite(q.high):
        return _with_unit(f"{'>' if q.low_open else '≥'} {low}", q)
    if _is_infinite(q.low):
        return _with_unit(f"{'<' if q.high_open else '≤'} {high}", q)
    return _with_unit(low if low == high else f"{low} to {high}", q)


def rough_text(q: Quantity, digits: int = _DIGITS) -> str:
    """A quantity in the midst of arithmetic: ``0 to 3 %`` for a range, ``~40 %`` for what is known by rounding."""
    if q.low is None or q.is_censored or plain_text(q.low, digits) == plain_text(q.high, digits):
        return number_text(q, digits)
    is_rounded = q.nominal * 2 == q.low + q.high and q.low_open != q.high_open
    return f"~{number_text(q, digits)}" if is_rounded else interval_text(q, digits)


def plain_text(value: Fraction | float, digits: int = _DIGITS) -> str:
    """A number in at most `digits` significant digits (never fewer than its whole part has), thousands set apart."""
    if isinstance(value, float) and math.isinf(value):
        return "∞" if value > 0 else "−∞"
    value = value if isinstance(value, Fraction) else Fraction(value)
    if value.denominator == 1 and abs(value.numerator) < 10**15:
        return _signed(f"{abs(value.numerator):,}", value)
    whole = len(str(int(abs(value)))) if 1 <= abs(value) < 10**15 else 0
    rounded = _decimal(value, max(digits, whole))
    exponent = rounded.adjusted()
    if not -5 <= exponent < 15:
        return _signed(f"{abs(rounded.normalize()):e}".replace("e+", "e"), value)
    text = f"{abs(rounded):,f}"
    return _signed(text.rstrip("0").rstrip(".") if "." in text else text, value)


def _decimal(value: Fraction, digits: int) -> Decimal:
    """The value to some significant digits, half away from zero."""
    exact = Context(prec=max(digits, 20) + 10, Emax=999_999, Emin=-999_999, rounding="ROUND_DOWN")
    with localcontext(exact):
        near = Decimal(value.numerator) / Decimal(value.denominator)
    return Context(prec=digits, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999).plus(near)


def stated_text(q: Quantity, stated: Reading) -> str:
    """A computed quantity written the way a number was stated: its decimals, notation, multiplier and unit.

    More decimals are written where rounding would carry the value across an edge of what was stated.
    """
    if q.is_censored:
        return interval_text(q)
    if stated.form == "range" and q.low is not None and q.low != q.high:
        return _with_unit(f"{_fixed(q.low, stated)}–{_fixed(q.high, stated)}", q)
    prefix = _PREFIXES.get(stated.form, "")
    if stated.notation == "duration":
        return prefix + _as_duration(q, stated)
    return _with_unit(prefix + _fixed(q.nominal, stated), q)


def digits_needed(stated: Reading, fewest: int = _DIGITS) -> int:
    """How many significant digits tell what a stated number allows: one more than it was typed with."""
    return max(fewest, _digits_typed(stated) + 1)


def _as_duration(q: Quantity, stated: Reading) -> str:
    rounded, places = _rounded(Fraction(q.nominal), stated)
    if rounded == 0 and q.nominal != 0:
        return _with_unit(plain_text(q.nominal, 2), q)
    return _signed(in_duration(abs(rounded), places, stated.text), rounded)


def _with_exponent(value: Fraction, stated: Reading) -> str:
    if value == 0 or not suits_exponent(value, stated.quantity.nominal):
        return plain_text(value)
    typed = _digits_typed(stated)
    tried = ((_decimal(abs(value), digits), digits) for digits in range(typed, max(typed, _MOST_PLACES) + 1))
    sign = -1 if value < 0 else 1
    found = next(((r, d) for r, d in tried if _reads_the_same(sign * Fraction(r), value, stated)), None)
    return plain_text(value, _MOST_PLACES) if found is None else _signed(in_exponent(*found), value)


def _fixed(value: Fraction, stated: Reading) -> str:
    value = Fraction(value)
    if stated.notation == "exponent":
        return _with_exponent(value, stated)
    if stated.decimals > _MOST_PLAIN_PLACES:
        return plain_text(value, max(3, _digits_typed(stated)))
    rounded, used = _rounded(value, stated)
    if rounded == 0 and value != 0:
        return plain_text(value, 2)
    sign = "+" if stated.text.lstrip().startswith("+") and value > 0 else ""
    return sign + _signed(f"{_places(abs(rounded), used)}{_SUFFIXES.get(stated.multiplier, '')}", value)


def _rounded(value: Fraction, stated: Reading) -> tuple[Fraction, int]:
    """The value in the stated multiplier, rounded to the stated decimals or as many more as it takes, and how many."""
    scale = ten_to(stated.multiplier)
    places = range(stated.decimals, max(stated.decimals, _MOST_PLACES) + 1)
    tried = ((_half_up(value / scale, p), p) for p in places)
    return next(((r, p) for r, p in tried if _reads_the_same(r * scale, value, stated)), (Fraction(0), 0))


def _reads_the_same(shown: Fraction, value: Fraction, stated: Reading) -> bool:
    """Whether the rounded value lies where the value lies: inside what was stated or not, at a bound or not."""
    if stated.form in _BOUNDS and (shown == stated.quantity.nominal) != (value == stated.quantity.nominal):
        return False
    allowed = stated.reported
    return _is_inside(shown, allowed) == _is_inside(value, allowed)


def _is_inside(value: Fraction, allowed: Quantity) -> bool:
    low, high = allowed.lowest, allowed.highest
    above = value > low or (value == low and not allowed.low_open)
    return bool(above and (value < high or (value == high and not allowed.high_open)))


def _digits_typed(stated: Reading) -> int:
    """How many significant digits a number was stated with."""
    return len(str(int(abs(stated.quantity.nominal) / stated.step)))


def _half_up(value: Fraction, places: int) -> Fraction:
    """Rounded to decimal places, half away from zero."""
    size = Fraction(math.floor(abs(value) * 10**places + Fraction(1, 2)), 10**places)
    return size if value >= 0 else -size


def _places(value: Fraction, places: int) -> str:
    digits = f"{int(value * 10**places):0{places + 1}d}"
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    return f"{int(whole):,}" + (f".{part}" if part else "")


def formatted(value: Fraction | float, spec: str) -> str:
    """A number under a format such as ``.2f``, half away from zero; raises ValueError for any that is no number's."""
    if not _FORMAT.fullmatch(spec):
        raise ValueError(f"{spec!r} is not a number's format")
    if isinstance(value, float) and not math.isfinite(value):
        return format(value, spec).replace("-", "−")
    with localcontext(Context(prec=400, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999)):
        exact = Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)
        return format(exact, spec).replace("-", "−")


def unit_suffix(unit: str) -> str:
    """What follows a number in this unit: nothing, ``x``, or a space and the unit."""
    if not unit or unit[0] in _CURRENCIES:
        return ""
    return unit if unit == "x" else f" {unit}"


def _with_unit(text: str, q: Quantity) -> str:
    unit = str(q.unit)
    if unit and unit[0] in _CURRENCIES:
        sign = "−" if text.startswith("−") else ""
        return f"{sign}{unit[0]}{text.removeprefix('−')}{unit[1:]}"
    return text + unit_suffix(unit)


def _is_infinite(value: Fraction | float) -> bool:
    return isinstance(value, float) and math.isinf(value)


def _signed(text: str, value: Fraction) -> str:
    return f"−{text}" if value < 0 else text
