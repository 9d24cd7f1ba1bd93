"""Powers and roots of quantities, and whole-number steps: exact where the answer is a fraction, else bounded."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.values import Unknown
from site_builder.problems import Mistake
from site_builder.quantities import quantity as quantities
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import BARE

LARGEST_EXPONENT = 64
_SLACK = Fraction(1, 2**48)


def floored(q: Quantity) -> Quantity:
    """The largest whole number not above q, bound by bound."""
    return each(q, whole_step(math.floor))


def whole_step(step: Callable[[Any], int]) -> Callable[[Any], Any]:
    """`step` of a fraction as a fraction; infinities stay."""
    return lambda x: x if isinstance(x, float) and math.isinf(x) else Fraction(step(x))


def each(q: Quantity, function: Callable[[Any], Any]) -> Quantity:
    """A rising function applied to the nominal value and both bounds; open bounds become closed."""
    apply = _over_array(function) if q.is_column else function
    if q.is_column:
        q = q.rows_exactly(np.arange(len(q.nominal)))
    if q.low is None:
        return Quantity(apply(q.nominal), unit=q.unit)
    return Quantity(apply(q.nominal), apply(q.low), apply(q.high), unit=q.unit)


def _over_array(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def apply(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return quantities.column_of([function(v) for v in values])

    return apply


def power(a: Quantity, b: Quantity) -> Quantity | Unknown:
    """a ** b for one exact exponent b of at most 64; raises `Mistake` for others."""
    if b.is_column or not b.is_exact:
        raise Mistake(
            "E-KIND", "an exponent is one exact number", hint="use exp(…) and log(…) for a varying exponent"
        )
    exponent = b.nominal
    if b.unit.parts:
        raise Mistake("E-UNIT", f"an exponent in {b.unit} means nothing", hint="write a plain number")
    if abs(exponent) > LARGEST_EXPONENT:
        message = f"the exponent {b.nominal} is larger than {LARGEST_EXPONENT}"
        raise Mistake("E-LIMIT", message, hint="use log(…) to compare large powers")
    if exponent.denominator != 1:
        return _root(a, exponent)
    if exponent < 0 and np.any(a.nominal == 0):
        return Unknown("undefined", "zero has no negative power")
    result = _whole_power(a, abs(int(exponent)))
    return result if exponent >= 0 else quantities.divide(Quantity(Fraction(1), unit=BARE), result)


def _whole_power(a: Quantity, exponent: int) -> Quantity:
    result = functools.reduce(quantities.multiply, [a] * exponent, Quantity(Fraction(1), unit=BARE))
    return _not_negative(a, result) if exponent % 2 == 0 and result.low is not None else result


def _not_negative(base: Quantity, result: Quantity) -> Quantity:
    """An even power of an interval around zero starts at zero."""
    crosses = (base.lowest < 0) & (base.highest > 0)
    if isinstance(result.low, np.ndarray):
        low = np.array(
            [Fraction(0) if c else x for c, x in zip(crosses, result.low, strict=True)], dtype=object
        )
        return replace(result, low=low, low_open=result.low_open & ~crosses.astype(bool))
    return replace(result, low=Fraction(0), low_open=False) if crosses else result


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
    low, high = (x if isinstance(x, float) else x * f for x, f in ((low, 1 - _SLACK), (high, 1 + _SLACK)))
    return Quantity(nominal, low, high, unit=a.unit)


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
