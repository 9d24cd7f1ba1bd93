"""Exact columns too long for fractions: float64 that never says more than the decimals it stands for.

A sum, difference or product of decimals with few enough digits is rounded back to the decimal it is, so it stays
faithful: two such floats are equal where the decimals are. Any other result knows how far it can be from the true
numbers (`slack_of`, after N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), section 2.2) and how
to get rows of those (`Quantity.exactly`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.quantities.amount import Exactly, Floats, Quantity, remembered

_UNIT = 2.0**-52
_TINY = 1e-300
_MOST_DIGITS = 15
_LARGEST_SCALED = 5e14

Operation = Callable[[Any, Any], Any]
Again = Callable[..., Quantity]


def negated(a: Quantity, again: Again) -> Quantity:
    """-a, with the same digits and slack."""
    exactly = None if a.exactly is None else composed(again, a)
    return replace(a, nominal=-a.nominal, exactly=exactly)


def added(a: Quantity, b: Quantity, again: Again) -> Quantity:
    """a + b, where one is a float column and the other that or an exact number, in one unit."""
    x, y = as_floats(a), as_floats(b)
    with np.errstate(all="ignore"):
        nominal = x + y
        digits = _digits_of_sum(a, b)
        if digits is not None and (_largest(x) + _largest(y)) * 10.0**digits < _LARGEST_SCALED:
            return Quantity(_as_decimals(nominal, digits), unit=a.unit, digits=digits)

    @cache
    def slack() -> Floats:
        return slack_of(a) + slack_of(b) + _UNIT * np.abs(nominal)  # type: ignore[no-any-return]

    return Quantity(nominal, unit=a.unit, exactly=composed(again, a, b), slack=slack)


def multiplied(a: Quantity, b: Quantity) -> Quantity:
    """a * b, without unit."""
    x, y = as_floats(a), as_floats(b)
    with np.errstate(all="ignore"):
        nominal = x * y
        digits = _digits_of_product(a, b)
        if digits is not None and _largest(nominal) * 10.0**digits < _LARGEST_SCALED:
            return Quantity(_as_decimals(nominal, digits), digits=digits)

    @cache
    def slack() -> Floats:
        by_a, by_b = slack_of(a), slack_of(b)
        with np.errstate(all="ignore"):
            return np.abs(x) * by_b + np.abs(y) * by_a + by_a * by_b + 2 * _UNIT * np.abs(nominal) + _TINY  # type: ignore[no-any-return]

    return Quantity(nominal, exactly=composed(_product, a, b), slack=slack)


def divided(a: Quantity, b: Quantity) -> Quantity:
    """a / b, without unit; the caller has ruled out zeros in b."""
    x, y = as_floats(a), as_floats(b)
    with np.errstate(all="ignore"):
        nominal = x / y

    @cache
    def slack() -> Floats:
        by_a, by_b = slack_of(a), slack_of(b)
        with np.errstate(all="ignore"):
            room = np.abs(y) - by_b
            spread = (by_a + np.abs(nominal) * by_b) / room + 3 * _UNIT * np.abs(nominal) + _TINY
            return np.where(room > 0, spread * (1 + 4 * _UNIT), np.inf)

    return Quantity(nominal, exactly=composed(_quotient, a, b), slack=slack)


def _product(a: Quantity, b: Quantity) -> Quantity:
    return Quantity(a.nominal * b.nominal)


def _quotient(a: Quantity, b: Quantity) -> Quantity:
    return Quantity(a.nominal / b.nominal)


def composed(function: Again, *operands: Quantity) -> Exactly:
    """Rows of a result as exact fractions: `function` of the same rows of its operands."""
    return remembered(lambda rows: function(*(x.rows_exactly(rows) for x in operands)))


def as_floats(q: Quantity) -> Any:
    """The floats of a column, or the float nearest to one exact number (infinite when there is none)."""
    if q.is_column:
        return q.nominal
    try:
        return np.float64(float(q.nominal))
    except OverflowError:
        return np.float64(np.inf if q.nominal > 0 else -np.inf)


def slack_of(q: Quantity) -> Any:
    """How far each float can be from the number it stands for: n values, or one for one number."""
    if q.is_column and q.exactly is not None:
        return np.full(len(q.nominal), np.inf) if q.slack is None else q.slack()
    return _UNIT * np.abs(as_floats(q)) + _TINY


def is_faithful(q: Quantity) -> bool:
    """Whether floats that stand for `q` are equal, or in order, exactly where the numbers are."""
    if q.is_column:
        return q.exactly is None
    try:
        return bool(q.nominal == Fraction(repr(float(q.nominal))))
    except OverflowError:
        return False


def _digits_of_sum(a: Quantity, b: Quantity) -> int | None:
    places = _digits(a), _digits(b)
    return None if None in places else max(p for p in places if p is not None)


def _digits_of_product(a: Quantity, b: Quantity) -> int | None:
    left, right = _digits(a), _digits(b)
    return None if left is None or right is None or left + right > _MOST_DIGITS else left + right


def _digits(q: Quantity) -> int | None:
    """How many decimal places are enough to write every number of `q`; None if that is not known."""
    if q.is_column:
        return q.digits if q.exactly is None else None
    return next((k for k in range(_MOST_DIGITS + 1) if 10**k % q.nominal.denominator == 0), None)


def _largest(values: Any) -> float:
    return max(float(np.max(values, initial=0.0)), -float(np.min(values, initial=0.0)))


def _as_decimals(values: Floats, digits: int) -> Floats:
    """The floats nearest to the decimals that these nearly are."""
    scale = 10.0**digits
    scaled = values * scale
    np.rint(scaled, out=scaled)
    scaled /= scale
    return scaled


def as_integers(q: Quantity) -> npt.NDArray[np.int64] | None:
    """Decimals as whole numbers of their last place, where floats hold them faithfully."""
    if q.digits is None or q.exactly is not None:
        return None
    scaled = np.rint(q.nominal * 10.0**q.digits)
    return scaled.astype(np.int64) if float(np.abs(scaled).max(initial=0.0)) < 1e15 else None
