"""How quantities are written on pages and in the terminal."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

from site_builder.quantities.quantity import Quantity
from site_builder.quantities.reading import Reading

_DIGITS = 6
_CURRENCIES = "$€£¥"
_PREFIXES = {
    "at least": "", "at most": "≤ ", "more than": "> ", "less than": "< ", "approximate": "~", "number": "",
    "range": "",
}  # fmt: skip
_SUFFIXES = {3: "k", 6: "M", 9: "B", 12: "T"}


def number_text(q: Quantity, digits: int = _DIGITS) -> str:
    """One quantity in at most `digits` significant digits, with its unit; a lone bound as ``≥ 10,000 ep``."""
    if q.is_censored:
        return interval_text(q)
    return _with_unit(plain_text(q.nominal, digits), q)


def interval_text(q: Quantity) -> str:
    """A quantity's bounds in words: ``≥ 909.09``, ``3.303 to 3.356 x``, or the number itself when exact."""
    if q.low is None:
        return number_text(q)
    low, high = plain_text(q.low, _DIGITS), plain_text(q.high, _DIGITS)
    if math.isinf(q.low) and math.isinf(q.high):
        return _with_unit("any number", q) if not q.unit.parts else f"any number of {q.unit}"
    if math.isinf(q.high):
        return _with_unit(f"{'>' if q.low_open else '≥'} {low}", q)
    if math.isinf(q.low):
        return _with_unit(f"{'<' if q.high_open else '≤'} {high}", q)
    return _with_unit(low if low == high else f"{low} to {high}", q)


def plain_text(value: Fraction | float, digits: int = _DIGITS) -> str:
    """A number in at most `digits` significant digits, thousands set apart, whole numbers whole."""
    if isinstance(value, float) and math.isinf(value):
        return "∞" if value > 0 else "−∞"
    value = Fraction(value)
    if value.denominator == 1 and abs(value) < 10**15:
        return _signed(f"{abs(value.numerator):,}", value)
    with localcontext(Context(prec=digits, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999)):
        rounded = Decimal(value.numerator) / Decimal(value.denominator)
    exponent = rounded.adjusted()
    if not -5 <= exponent < 15:
        return _signed(f"{abs(rounded.normalize()):e}".replace("e+", "e"), value)
    text = f"{abs(rounded):,f}"
    return _signed(text.rstrip("0").rstrip(".") if "." in text else text, value)


def stated_text(q: Quantity, stated: Reading) -> str:
    """A computed quantity written the way a number was stated: its decimals, multiplier and unit."""
    if q.is_censored:
        return interval_text(q)
    if stated.form in ("at least", "at most", "more than", "less than"):
        return _with_unit(_fixed(q.nominal, stated), q)
    if stated.form == "range" and q.low is not None and q.low != q.high:
        return _with_unit(f"{_fixed(q.low, stated)}–{_fixed(q.high, stated)}", q)
    return _with_unit(_PREFIXES[stated.form] + _fixed(q.nominal, stated), q)


def _fixed(value: Fraction, stated: Reading) -> str:
    value = Fraction(value)
    scaled = value / Fraction(10) ** stated.multiplier
    places = stated.decimals
    quantum = Fraction(1, 10**places)
    rounded = math.floor(abs(scaled) / quantum + Fraction(1, 2)) * quantum
    if rounded == 0 and scaled != 0:
        return plain_text(value, 2)
    if places > 8:
        return plain_text(value, 3)
    sign = "+" if stated.text.lstrip().startswith("+") and value > 0 else ""
    digits = f"{int(rounded * 10**places):0{places + 1}d}"
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    number = f"{int(whole):,}" + (f".{part}" if part else "")
    return sign + _signed(number + _SUFFIXES.get(stated.multiplier, ""), value)


def formatted(value: Fraction | float, spec: str) -> str:
    """A number under a format such as ``.2f``; raises ValueError for a format that is no number's."""
    return format(float(value), spec).replace("-", "−")


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


def _signed(text: str, value: Fraction) -> str:
    return f"−{text}" if value < 0 else text
