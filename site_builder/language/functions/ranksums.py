"""Rank sums: how often a number of one sample exceeds one of another, and how often chance alone gives as much."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import Function
from site_builder.language.functions.samples import GROUP, PAIR, STRICT, Pair, in_order, inexact, pair_of
from site_builder.language.values import Alternative, Scalar, Unknown, Value, number
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import PURE
from site_builder.tables import Column

_EXACT_BELOW = 50
_SLACK = Fraction(1, 10**9)


def _mann_whitney(a: Column, b: Column) -> Value:
    """U of the first sample, whose ends are those of the pairs at the ends of their cells."""
    pair = pair_of("mann_whitney", a, b)
    if isinstance(pair, Unknown):
        return pair
    of_a, of_b = in_order(pair.a.data), in_order(pair.b.data)
    u = Quantity(_wins(of_a.nominal, of_b.nominal), unit=PURE)
    if not of_a.is_exact or not of_b.is_exact:
        low, high = _wins(of_a.lowest, of_b.highest), _wins(of_a.highest, of_b.lowest)
        u = replace(u, low=low, high=high)
    return replace(number(u, pair.cells), p_value=partial(mann_whitney_tail, pair))


def _wins(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> Fraction:
    """How many pairs have the greater number in `a`; a tie counts one half."""
    if a.dtype == b.dtype == np.float64:
        ordered = np.sort(b)
        twice = int(np.searchsorted(ordered, a, "left").sum()) + int(
            np.searchsorted(ordered, a, "right").sum()
        )
    else:
        listed = sorted(b.tolist())
        twice = sum(bisect_left(listed, v) + bisect_right(listed, v) for v in a.tolist())
    return Fraction(twice, 2)


def mann_whitney_tail(pair: Pair, alternative: Alternative) -> Scalar | Unknown:
    """How often chance alone gives such a U: counted for fewer than 50 numbers without ties, else by the normal law."""
    stop = inexact("p_value by mann_whitney", pair.cells, pair.a, pair.b)
    if stop is not None:
        return stop
    places = dense_places(pair.a.data, pair.b.data)
    a, b = places[: len(pair.a)], places[len(pair.a) :]
    distinct = int(places.max()) + 1
    if distinct == 1:
        return Unknown("undefined", "p_value by mann_whitney: the numbers are all the same", pair.cells)
    is_counted = distinct == len(places) and max(len(a), len(b)) < _EXACT_BELOW
    from scipy.stats import mannwhitneyu

    method = "exact" if is_counted else "asymptotic"
    p = Fraction(float(mannwhitneyu(a, b, alternative=alternative, method=method).pvalue))
    found = Quantity(p, p * (1 - _SLACK), min(p * (1 + _SLACK), Fraction(1)), unit=PURE)
    way = "counted exactly" if is_counted else "by the normal law"
    return replace(number(found, pair.cells), detail=f"Mann-Whitney U, {way}, {alternative}")


def dense_places(*exact_columns: Quantity) -> npt.NDArray[np.intp]:
    """The place of each number among the distinct numbers of all these exact columns together, 0 first."""
    columns = [in_order(q).nominal for q in exact_columns]
    if all(c.dtype == np.float64 for c in columns):
        return np.asarray(np.unique(np.concatenate(columns), return_inverse=True)[1])
    listed = [v for c in columns for v in c.tolist()]
    exact = [v if isinstance(v, Fraction) else Fraction(repr(v)) for v in listed]
    places = {v: place for place, v in enumerate(sorted(set(exact)))}
    return np.array([places[v] for v in exact], dtype=np.intp)


FUNCTIONS = (
    Function(
        "mann_whitney",
        GROUP,
        "U of the first sample: in how many pairs of one number from each its number is the greater, ties "
        "counting one "
        "half. p_value(mann_whitney(a, b)) gives its p.",
        PAIR,
        _mann_whitney,
        ('mann_whitney(runs[kind == "switch"].accuracy, runs[kind == "training"].accuracy)', "4"),
        STRICT + "Bounds give the least and the greatest possible U.",
        "H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947), 50-60.",
    ),
)
