"""Running totals down a column of quantities: each cell with all above it; bounds add up."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.quantities import floats
from site_builder.quantities.amount import Floats, Quantity, Rows, column_of

_MOST = 4e18
_FAITHFUL = 5e14


def running_total(q: Quantity) -> Quantity:
    """The sums of the first cell, the first two, and so on; exact for exact cells."""
    if q.is_floating and q.low is None:
        found = _of_decimals(q)
        return _of_floats(q) if found is None else found
    q = q.all_exactly()
    nominal, low, high = (_sums(x) for x in (q.nominal, q.low, q.high))
    return Quantity(nominal, low, high, unit=q.unit)


def _sums(values: Any) -> Any:
    return values if values is None or not len(values) else np.add.accumulate(values, dtype=object)


def _of_decimals(q: Quantity) -> Quantity | None:
    """Sums of decimals as whole numbers of their last place; None where those are not known or too large."""
    whole = floats.as_integers(q)
    if whole is None or q.digits is None or float(np.abs(whole).sum(dtype=float)) > _MOST:
        return None
    sums, scale = np.cumsum(whole), 10**q.digits
    nominal = sums / float(scale)
    if float(np.abs(sums).max(initial=0)) < _FAITHFUL:
        return Quantity(nominal, unit=q.unit, digits=q.digits)

    def exactly(rows: Rows) -> Quantity:
        return Quantity(column_of([Fraction(s, scale) for s in sums[rows].tolist()]))

    return Quantity(nominal, unit=q.unit, exactly=exactly, slack=lambda: 2.0**-51 * np.abs(nominal))


def _of_floats(q: Quantity) -> Quantity:
    """Sums of floats, with the error that n additions can make (Higham, as in `floats`, section 4.2)."""
    with np.errstate(all="ignore"):
        nominal = np.cumsum(q.nominal)

    @cache
    def slack() -> Floats:
        with np.errstate(all="ignore"):
            rounding = np.arange(1, len(nominal) + 1) * np.cumsum(np.abs(q.nominal)) * 2.0**-52
            found: Floats = (np.cumsum(_each_slack(q)) + rounding) * (1 + 2.0**-20)
        return found

    @cache
    def sums() -> npt.NDArray[Any]:
        return column_of(list(accumulate(q.all_exactly().nominal)))

    return Quantity(nominal, unit=q.unit, exactly=lambda rows: Quantity(sums()[rows]), slack=slack)


def _each_slack(q: Quantity) -> Floats:
    return np.broadcast_to(np.asarray(floats.slack_of(q), dtype=float), len(q.nominal))
