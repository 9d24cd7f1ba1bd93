"""Quantities rounded to decimal places: to the nearest (half away from zero), down, or up; bounds round too."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from site_builder.quantities import floats
from site_builder.quantities.amount import Quantity, column_of
from site_builder.quantities.numerals import ten_to

Way = Literal["nearest", "down", "up"]
_LARGEST = 5e14
_MOST_PLACES = 15
_HALF = Fraction(1, 2)


def rounded(q: Quantity, places: int, way: Way) -> Quantity:
    """Every number of `q`, and every bound, rounded to so many decimal places; open bounds become closed."""
    if q.is_floating and q.low is None and abs(places) <= _MOST_PLACES:
        found = _of_floats(q, places, way)
        if found is not None:
            return found
    one = partial(_one, places=places, way=way)
    if not q.is_column:
        return _with_bounds(q, one)
    return _with_bounds(q.all_exactly(), lambda numbers: column_of([one(x) for x in numbers]))


def _with_bounds(q: Quantity, function: Callable[[Any], Any]) -> Quantity:
    if q.low is None:
        return Quantity(function(q.nominal), unit=q.unit)
    return Quantity(function(q.nominal), function(q.low), function(q.high), unit=q.unit)


def _one(x: Any, places: int, way: Way) -> Any:
    """One fraction rounded; infinities stay."""
    return x if isinstance(x, float) else _count(x * ten_to(places), way) * ten_to(-places)


def _count(x: Fraction, way: Way) -> int:
    if way == "nearest":
        return math.floor(abs(x) + _HALF) * (1 if x >= 0 else -1)
    return math.floor(x) if way == "down" else math.ceil(x)


def _of_floats(q: Quantity, places: int, way: Way) -> Quantity | None:
    """A float column rounded: decimals again; None where floats cannot hold them faithfully."""
    whole = floats.as_integers(q)
    if whole is not None and q.digits is not None:
        if q.digits <= places:
            return q
        counts = _steps_of_integers(whole, 10 ** (q.digits - places), way).astype(float)
    else:
        near = _near_steps(q, places, way)
        if near is None:
            return None
        counts = near
    nominal = counts / 10.0**places if places >= 0 else counts * 10.0**-places
    if float(np.abs(nominal).max(initial=0.0)) * 10.0 ** max(places, 0) >= _LARGEST:
        return None
    return Quantity(nominal, unit=q.unit, digits=max(places, 0))


def _steps_of_integers(whole: npt.NDArray[np.int64], step: int, way: Way) -> npt.NDArray[np.int64]:
    """How many steps each whole number is, rounded."""
    if step > 10**18:
        return _steps_of_integers(np.sign(whole), 10, way)
    if way == "nearest":
        sizes: npt.NDArray[np.int64] = (2 * np.abs(whole) + step) // (2 * step)
        return np.sign(whole) * sizes
    return whole // step if way == "down" else -(-whole // step)


def _near_steps(q: Quantity, places: int, way: Way) -> npt.NDArray[np.float64] | None:
    """How many steps each float is; those too near an edge are counted in fractions."""
    scale = 10.0**places
    with np.errstate(all="ignore"):
        scaled = q.nominal * scale
        slack = floats.slack_of(q) * scale + 2.0**-50 * np.abs(scaled) + 2.0**-50
        edge = np.abs(scaled) + 0.5 if way == "nearest" else scaled
        is_clear = np.abs(edge - np.rint(edge)) > slack
    if not np.isfinite(scaled).all():
        return None
    counts: npt.NDArray[np.float64] = np.ceil(edge) if way == "up" else np.floor(edge)
    if way == "nearest":
        counts = np.copysign(counts, scaled)
    rows = np.flatnonzero(~is_clear)
    if len(rows):
        counts[rows] = [float(_count(x * ten_to(places), way)) for x in q.rows_exactly(rows).nominal]
    return counts + 0.0
