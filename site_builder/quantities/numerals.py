"""Decimal digits as people type them: the grammar of one number, and what its digits say about its precision."""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction

NUMBER = r"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
"""A pattern for digits with optional thousands commas, decimals and exponent, without sign."""

_PLAIN = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_PLAIN_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{0,20})?")
_MOST_DIGITS = 60
_LARGEST_EXPONENT = 300
_SPACES = " \t\r\n\u00a0"


def read_plain(text: str) -> Fraction | None:
    """The number of a plain decimal (no commas, no leading zeros, no signs but minus or plus), else None."""
    text = text.strip(_SPACES)
    return Fraction(text) if _PLAIN.fullmatch(text) and is_small(text) else None


def is_plain(text: str) -> bool:
    """Whether the text is a plain decimal, with nothing around it."""
    return _PLAIN.fullmatch(text) is not None and is_small(text)


def are_plain(texts: Collection[str]) -> bool:
    """Whether `read_plain` reads every one of the texts; quick for many."""
    return all(map(_PLAIN_DECIMAL.fullmatch, texts)) or all(map(is_plain, texts))


def is_small(number: str) -> bool:
    """Whether digits and exponent are within reason, so that ``1e999`` never becomes a thousand digits."""
    if len(number) <= _MOST_DIGITS and "e" not in number and "E" not in number:
        return True
    mantissa, exponent = _parts(number)
    return len(mantissa.replace(".", "")) <= _MOST_DIGITS and abs(exponent) <= _LARGEST_EXPONENT


def value_of(number: str) -> Fraction:
    """The value of the digits."""
    return Fraction(number.replace(",", ""))


def ten_to(power: int) -> Fraction:
    """Ten to a power, of either sign."""
    return Fraction(10**power) if power >= 0 else Fraction(1, 10**-power)


def decimals_of(number: str) -> int:
    """How many decimal places are typed: 2 for ``1.40``, 6 for ``1e-6``."""
    mantissa, exponent = _parts(number)
    return max(0, len(mantissa.partition(".")[2]) - exponent)


def step_of(number: str, multiplier: int = 0) -> Fraction:
    """One unit of the last digit typed, times ten to the `multiplier`: 1/100 for ``1.40``."""
    mantissa, exponent = _parts(number)
    return ten_to(exponent - len(mantissa.partition(".")[2]) + multiplier)


def significance_of(number: str, multiplier: int = 0) -> Fraction:
    """One unit of the last digit that is not a trailing zero before the point: 10 for ``40``, 10000 for ``10,000``."""
    mantissa, _ = _parts(number)
    is_whole = "." not in mantissa and mantissa.strip("0") != ""
    zeros = len(mantissa) - len(mantissa.rstrip("0")) if is_whole else 0
    return step_of(number, multiplier) * ten_to(zeros)


def _parts(number: str) -> tuple[str, int]:
    mantissa, _, exponent = number.replace(",", "").lower().partition("e")
    return mantissa.lstrip("+-"), int(exponent or 0)
