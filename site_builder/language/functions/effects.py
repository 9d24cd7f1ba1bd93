"""Effect sizes: how far apart two samples lie, in standard deviations."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from site_builder.language.function import Function
from site_builder.language.functions.samples import (
    GROUP,
    PAIR,
    STRICT,
    around,
    censored,
    moments,
    pair_of,
    times,
)
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.quantities import aggregate
from site_builder.quantities.quantity import Quantity, add, divide, multiply, subtract
from site_builder.quantities.units import BARE, PURE
from site_builder.tables import Column

_MANY = 1_000


def _cohens_d(a: Column, b: Column) -> Value:
    return _difference("cohens_d", a, b)


def _hedges_g(a: Column, b: Column) -> Value:
    d = _difference("hedges_g", a, b)
    if isinstance(d, Unknown):
        return d
    degrees = len(a) + len(b) - 2
    if degrees < 2:
        return Unknown("undefined", "hedges_g needs at least 4 numbers in all", d.cells)
    return number(replace(multiply(d.data, correction(degrees)), unit=PURE), d.cells)


def correction(degrees: int) -> Quantity:
    """Hedges' factor J for `degrees` of freedom (two or more), Γ(m/2) over √(m/2) Γ((m-1)/2), with its rounding.

    Many degrees take the series of Γ(x + ½)/Γ(x) in 1/x, where the logarithms would lose digits.
    """
    x = (degrees - 1) / 2
    if degrees > _MANY:
        series = 1 - 1 / (8 * x) + 1 / (128 * x**2) + 5 / (1024 * x**3) - 21 / (32768 * x**4)
        return around(series * math.sqrt((degrees - 1) / degrees), 2.0**-48)
    over, under = math.lgamma(x + 0.5), math.lgamma(x)
    slack = (abs(over) + abs(under) + 1) * 2.0**-48
    return around(math.exp(over - under) / math.sqrt(degrees / 2), slack)


def _difference(name: str, a: Column, b: Column) -> Scalar | Unknown:
    """The difference of two means over the pooled standard deviation."""
    pair = pair_of(name, a, b)
    if isinstance(pair, Unknown):
        return pair
    degrees = len(pair.a) + len(pair.b) - 2
    if degrees < 1:
        return Unknown("undefined", f"{name} needs at least 3 numbers in all", pair.cells)
    stop = censored(name, pair.cells, pair.a, pair.b)
    if stop is not None:
        return stop
    first, second = moments(pair.a.data), moments(pair.b.data)
    pooled = times(add(first.squares, second.squares), Fraction(1, degrees))
    if pooled.nominal == 0:
        return Unknown("undefined", f"{name}: the numbers within each sample are all the same", pair.cells)
    if pooled.lowest <= 0:
        detail = f"{name}: within their bounds, the numbers of each sample could all be the same"
        return Unknown("too-coarse", detail, pair.cells)
    distance = divide(subtract(first.mean, second.mean), aggregate.root(pooled, BARE))
    return number(replace(distance, unit=PURE), pair.cells)


_UNKNOWNS = STRICT + (
    "Bounds give an enclosing interval; a censored cell leaves it unknown. Undefined where neither sample "
    "varies."
)
_EXAMPLE = '(runs[kind == "switch"].accuracy, runs[kind == "training"].accuracy)'

FUNCTIONS = (
    Function(
        "cohens_d",
        GROUP,
        "The difference of the means of a and b in pooled standard deviations (over n - 1 in each sample).",
        PAIR,
        _cohens_d,
        (f"cohens_d{_EXAMPLE}", "1.78885"),
        _UNKNOWNS,
        "J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), eq. 2.5.1 and 2.5.2.",
    ),
    Function(
        "hedges_g",
        GROUP,
        "Cohen's d without its bias in small samples: d times J, exact by the gamma function.",
        PAIR,
        _hedges_g,
        (f"hedges_g{_EXAMPLE}", "1.00925"),
        _UNKNOWNS,
        "L. V. Hedges, Journal of Educational Statistics 6 (1981), 107-128, eq. 6e.",
    ),
)
