"""Logarithms, exponentials and roots: floats near them, and how far those can be from the true ones.

Of one exact fraction, and of a whole column of floats that stand for exact numbers (see `floats`). What a number
loses when it becomes a float is accounted for: beside 1, a logarithm is about as small as that loss, and a large
exponent makes it larger. Libraries compute these functions to within a few units of the last place, 2^-52; `SLACK`
allows sixteen.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.quantities import floats
from site_builder.quantities.amount import Quantity

SLACK = 2.0**-48
_TINY = 2.0**-1000
_MOST_BITS = 1_000
_NEAR_ONE = Fraction(1, 2)
_LARGEST_GAP = 2.0**-20
_ROOT_PLACES = 1e7
Floats = npt.NDArray[np.float64]
Near = tuple[Floats, Floats]
"""Floats, and how far each can be from the true number; infinitely where nothing is known."""


@dataclass(frozen=True, slots=True)
class Rising:
    """A rising function: `near` a fraction, `within` of which the true value lies in relation to it, and of floats."""

    near: Callable[[Fraction], float]
    of_floats: Callable[[Floats, Floats], Near]


def logarithm(of: Callable[[Any], float], of_floats: Callable[[Floats], Floats], base: float) -> Rising:
    """A logarithm by the library's functions for one number and for many; `base` is the log of its base."""

    def near(x: Fraction) -> float:
        if abs(x - 1) < _NEAR_ONE:
            return math.log1p(float(x - 1)) / base
        if max(x.numerator.bit_length(), x.denominator.bit_length()) < _MOST_BITS:
            return of(x.numerator / x.denominator)
        return of(x.numerator) - of(x.denominator)

    def many(x: Floats, gap: Floats) -> Near:
        with np.errstate(all="ignore"):
            found = of_floats(x)
            share = gap / (x - gap)
            slack = np.abs(found) * SLACK + share * (1.01 / base) + _TINY
        return found, np.where((x > gap) & (share < _LARGEST_GAP), slack, np.inf)

    return Rising(near, many)


def _exponential(x: Fraction) -> float:
    """e to the power of a fraction: of the nearest float, times what the float leaves."""
    start = float(x)
    return math.exp(start) * (1 + float(x - Fraction(start)))


def _exponentials(x: Floats, gap: Floats) -> Near:
    with np.errstate(all="ignore"):
        found = np.exp(x)
        slack = found * (SLACK + 1.01 * gap) + _TINY
    return found, np.where(gap < _LARGEST_GAP, slack, np.inf)


LOG = logarithm(math.log, np.log, 1.0)
LOG2 = logarithm(math.log2, np.log2, math.log(2))
LOG10 = logarithm(math.log10, np.log10, math.log(10))
EXP = Rising(_exponential, _exponentials)


def slack_of(near: float) -> float:
    """How far the float near one value can be from it."""
    return abs(near) * SLACK + _TINY


def of_column(q: Quantity, rising: Rising) -> Near:
    """The function of every cell of a column of floats; those that may be whole are left to exact arithmetic."""
    near, slack = rising.of_floats(q.nominal, floats.slack_of(q))
    with np.errstate(all="ignore"):
        may_be_whole = np.abs(near - np.rint(near)) <= slack
    return _unless(near, slack, may_be_whole)


def roots(q: Quantity) -> Near:
    """The square root of every cell of a column of floats; those that may be decimals are left to exact arithmetic."""
    gap = floats.slack_of(q)
    with np.errstate(all="ignore"):
        near = np.sqrt(q.nominal)
        slack = near * SLACK + gap / near + _TINY
        scaled = near * _ROOT_PLACES
        may_be_decimal = np.abs(scaled - np.rint(scaled)) <= slack * _ROOT_PLACES
    return _unless(near, slack, may_be_decimal | (q.nominal <= gap))


def _unless(near: Floats, slack: Floats, is_special: npt.NDArray[np.bool_]) -> Near:
    is_known = np.isfinite(near) & np.isfinite(slack) & ~is_special
    return np.where(is_known, near, 1.0), np.where(is_known, slack, np.inf)
