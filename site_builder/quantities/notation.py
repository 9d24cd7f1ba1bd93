"""Numbers in a notation of their own: with an exponent (``5e-5``), or as a duration in parts (``2h 47m``)."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_PART = re.compile(r"[0-9.,]+(?P<unit>\s?(?P<letter>[dhms])[a-z]*)(?P<gap>\s?)", re.I)
_EVERYDAY = (Fraction(1, 1_000), Fraction(10_000))


def in_exponent(value: Decimal, digits: int) -> str:
    """A size in so many significant digits with an exponent of ten: ``5.0e-5``."""
    return f"{value:.{digits - 1}e}".replace("e+", "e")


def suits_exponent(value: Fraction, stated: Fraction) -> bool:
    """Whether a value is written with an exponent beside a number that was: not one that people write in full."""
    low, high = _EVERYDAY
    return not low <= abs(value) < high or low <= abs(stated) < high


def in_duration(size: Fraction, places: int, stated: str) -> str:
    """An amount of the last unit of a stated duration, in the parts, words and spaces of that one."""
    parts = list(_PART.finditer(stated))
    sizes = [Fraction(_SECONDS[part["letter"].lower()]) for part in parts]
    left = size * sizes[-1]
    written: list[str] = []
    for part, seconds in zip(parts[:-1], sizes, strict=False):
        whole, left = divmod(left, seconds)
        if whole or written:
            written.append(f"{whole:,}{part['unit']}{part['gap']}")
    last = left / sizes[-1]
    return "".join([*written, f"{float(last):.{places}f}{parts[-1]['unit']}"])
