"""Powers and roots of quantities: exact where the answer is a fraction, else bounded."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.operands import LONGEST_BITS
from site_builder.language.values import Unknown
from site_builder.problems import Mistake
from site_builder.quantities import quantity as quantities
from site_builder.quantities import units
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import BARE

LARGEST_EXPONENT = 1_000
_SLACK, _TINY = Fraction(1, 2**48), Fraction(1, 2**1000)


def power(a: Quantity, b: Quantity) -> Quantity | Unknown:
    """a ** b for one exact exponent b of at most 1,000; raises `Mistake` for others."""
    if b.is_column or not b.is_exact:
        raise Mistake(
            "E-KIND", "an exponent is one exact number", hint="use exp(…) and log(…) for a varying exponent"
        )
    exponent = b.nominal
    if b.unit.parts:
        raise Mistake("E-UNIT", f"an exponent in {b.unit} means nothing", hint="write a plain number")
    if abs(exponent) > LARGEST_EXPONENT:
        message = f"the exponent {b.nominal} is larger than {LARGEST_EXPONENT:,}"
        raise Mistake("E-LIMIT", message, hint="use log(…) to compare large powers")
    if exponent.denominator != 1:
        return _root(a, exponent)
    if exponent < 0 and np.any(a.nominal == 0):
        return Unknown("undefined", "zero has no negative power")
    result = _whole_power(a, abs(int(exponent)))
    return result if exponent >= 0 else quantities.divide(Quantity(Fraction(1), unit=BARE), result)


def _whole_power(a: Quantity, exponent: int) -> Quantity:
    if exponent == 0:
        return Quantity(Fraction(1), unit=BARE)
    unit, factor = BARE, Fraction(1)
    for _ in range(exponent):
        unit, by = units.multiply(unit, a.unit)
        factor *= by
    plain = replace(a, unit=units.PURE)
    result = _by_squaring(plain, exponent) if a.is_floating else _by_ends(plain, exponent)
    return quantities.settled(result.scaled(factor, unit))


def _by_squaring(a: Quantity, exponent: int) -> Quantity:
    """A power of a column of floats: squares of squares."""
    half = a if exponent < 2 else _by_squaring(a, exponent // 2)
    square = half if exponent < 2 else quantities.multiply(half, half)
    return square if exponent < 2 or exponent % 2 == 0 else quantities.multiply(square, a)


def _by_ends(a: Quantity, exponent: int) -> Quantity:
    """A power of fractions; bounds go to the powers of the ends, and an even one of an interval around zero to zero."""
    columns = [x if a.is_column else [x] for x in (a.nominal, a.lowest, a.highest)]
    _refuse_length([x for column in columns for x in column], exponent)
    opens = [np.broadcast_to(o, len(columns[0])) for o in (a.low_open, a.high_open)]
    nominal = [x**exponent for x in columns[0]]
    if a.low is None:
        return Quantity(quantities.column_of(nominal) if a.is_column else nominal[0], unit=a.unit)
    ends = [_ends(exponent, *row) for row in zip(*columns[1:], *opens, strict=True)]
    cells = [Quantity(n, *e, unit=a.unit) for n, e in zip(nominal, ends, strict=True)]
    return quantities.stacked(cells, a.unit) if a.is_column else cells[0]


def _ends(exponent: int, low: Any, high: Any, low_open: Any, high_open: Any) -> tuple[Any, Any, bool, bool]:
    """The least and greatest power of a number between low and high, and whether each is left out."""
    least, most = (low**exponent, bool(low_open)), (high**exponent, bool(high_open))
    if exponent % 2 == 0 and high <= 0:
        least, most = most, least
    elif exponent % 2 == 0 and low < 0:
        reached = [is_open for end, is_open in (least, most) if end == max(least[0], most[0])]
        least, most = (Fraction(0), False), (max(least[0], most[0]), all(reached))
    return least[0], most[0], least[1], most[1]


def _refuse_length(numbers: list[Any], exponent: int) -> None:
    """Refuse a power that would have too many digits, before it is computed."""
    fractions = [x for x in numbers if isinstance(x, Fraction)]
    bits = max((max(x.numerator.bit_length(), x.denominator.bit_length()) for x in fractions), default=0)
    if (bits - 1) * exponent > LONGEST_BITS:
        message = (
            f"a number with {bits} binary digits to the power of {exponent} grows past what is computed with"
        )
        raise Mistake("E-LIMIT", message, hint="use log(…) to compare large powers")


def _root(a: Quantity, exponent: Fraction) -> Quantity | Unknown:
    if a.is_column or a.unit.parts:
        message = "a fractional power takes one plain number"
        raise Mistake("E-KIND", message, hint="use sqrt(…), or exp(b * log(a))")
    if a.lowest < 0 or (exponent < 0 and a.lowest <= 0):
        return Unknown("undefined", "a fractional power of a negative number, or a negative one of zero")
    nominal, low, high = (_float_power(x, exponent) for x in (a.nominal, a.lowest, a.highest))
    low, high = min(low, high), max(low, high)
    if a.is_exact and _is_root(nominal, a.nominal, exponent):
        return Quantity(nominal, unit=a.unit)
    slack = _SLACK * (1 + abs(exponent) * max(map(_bits_of, (a.lowest, a.highest))))
    low = low if isinstance(low, float) else max(Fraction(0), low * (1 - slack) - _TINY)
    high = high if isinstance(high, float) else high * (1 + slack) + _TINY
    return Quantity(nominal, low, high, unit=a.unit)


def _bits_of(x: Any) -> int:
    """How large or small a number is in powers of two: by so much grows what base and exponent lose as floats."""
    return 1 if isinstance(x, float) else abs(x.numerator.bit_length() - x.denominator.bit_length()) + 2


def _float_power(x: Any, exponent: Fraction) -> Any:
    if isinstance(x, float) and math.isinf(x):
        return math.inf if exponent > 0 else Fraction(0)
    near = Fraction(math.pow(float(x), float(exponent)))
    candidate = near.limit_denominator(10**6)
    return candidate if _is_root(candidate, x, exponent) else near


def _is_root(candidate: Any, x: Any, exponent: Fraction) -> bool:
    """Whether candidate ** q == x ** p for the exponent p / q."""
    if not isinstance(candidate, Fraction) or exponent.denominator > 12 or abs(exponent.numerator) > 64:
        return False
    if candidate == 0 or x == 0:
        return bool(candidate == x)
    return bool(candidate**exponent.denominator == x**exponent.numerator)
