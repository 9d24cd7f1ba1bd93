"""The `Quantity` itself: nominal value(s) with bounds and a unit, and the ways to make and take one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.problems import Mistake
from site_builder.quantities.units import BARE, Unit

EXACT_ROWS = 5_000
_REMEMBERED = 64
_KEPT_BITS = 256
_MANY_BITS = 4_096
_TOO_MANY_BITS = 131_072

Numbers = Any
"""A Fraction (or a float that is infinite), or an array of them (object) or of float64."""
Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Exactly = Callable[[Rows], "Quantity"]
Slack = Callable[[], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """Nominal value(s), bounds (None when exact), whether each bound is excluded, and the unit.

    Shapes: every number is one value or an array of the same length n; `low_open` and `high_open` are one truth or n.
    The other fields belong to float64 columns: `digits` is set where the cells are decimals with at most that many
    places (15 significant digits in all), which floats hold faithfully; `exactly` gives rows of a computed column as
    exact fractions, and `slack` how far its floats can be from those.
    """

    nominal: Numbers
    low: Numbers = None
    high: Numbers = None
    low_open: Any = False
    high_open: Any = False
    unit: Unit = BARE
    exactly: Exactly | None = None
    digits: int | None = None
    slack: Slack | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the nominal value is the only possible one."""
        return self.low is None

    @property
    def is_column(self) -> bool:
        """Whether this is a column of numbers rather than one."""
        return isinstance(self.nominal, np.ndarray)

    @property
    def is_floating(self) -> bool:
        """Whether this is a column of float64."""
        return isinstance(self.nominal, np.ndarray) and self.nominal.dtype == np.float64

    @property
    def lowest(self) -> Numbers:
        """The lower bound, or the value itself."""
        return self.nominal if self.low is None else self.low

    @property
    def highest(self) -> Numbers:
        """The upper bound, or the value itself."""
        return self.nominal if self.high is None else self.high

    @property
    def is_censored(self) -> bool:
        """Whether a bound is infinite: the value is known to one side only."""
        return self.low is not None and (_any_infinite(self.low) or _any_infinite(self.high))

    def take(self, index: Any) -> Quantity:
        """The quantities at `index`: an integer for one, an integer or boolean array for a column."""
        if not isinstance(index, np.ndarray):
            return self._one(index)
        if index.dtype == bool:
            index = np.flatnonzero(index)
        nominal, low, high, low_open, high_open = (
            _at(x, index) for x in (self.nominal, self.low, self.high, self.low_open, self.high_open)
        )
        exactly, slack = self.exactly, self.slack
        deeper: Exactly | None = None if exactly is None else remembered(lambda rows: exactly(index[rows]))
        nearer: Slack | None = None if slack is None else lambda: slack()[index]
        return Quantity(nominal, low, high, low_open, high_open, self.unit, deeper, self.digits, nearer)

    def _one(self, position: int) -> Quantity:
        if self.exactly is not None:
            return self.rows_exactly(np.array([position], dtype=np.intp))._one(0)
        nominal, low, high = (decimal_of(_at(x, position)) for x in (self.nominal, self.low, self.high))
        low_open, high_open = (bool(_at(x, position)) for x in (self.low_open, self.high_open))
        return Quantity(nominal, low, high, low_open, high_open, self.unit)

    def rows_exactly(self, rows: Rows) -> Quantity:
        """These rows as exact fractions, whatever the column is made of."""
        if not self.is_column:
            return self
        if self.exactly is not None:
            return replace(self.exactly(rows), unit=self.unit)
        if not self.is_floating:
            return self.take(rows)
        return Quantity(fractions_of(self.nominal[rows]), unit=self.unit)

    def all_exactly(self) -> Quantity:
        """The whole column as exact fractions; one quantity is itself."""
        return self.rows_exactly(np.arange(len(self.nominal))) if self.is_floating else self

    def scaled(self, factor: Fraction, unit: Unit) -> Quantity:
        """The same amount in another unit: every number times a positive exact `factor`."""
        if factor == 1:
            return replace(self, unit=unit)
        if self.is_floating:
            from site_builder.quantities.floats import multiplied

            return replace(multiplied(self, Quantity(factor)), unit=unit)
        low, high = (None if x is None else _stretched(x, factor) for x in (self.low, self.high))
        return replace(self, nominal=self.nominal * factor, low=low, high=high, unit=unit)


def remembered(function: Exactly) -> Exactly:
    """`function`, not asked twice for the same few rows: shared parts of a computation would double each time."""
    memo: dict[bytes, Quantity] = {}

    def recall(rows: Rows) -> Quantity:
        key = rows.tobytes()
        if key not in memo:
            if len(memo) >= _REMEMBERED:
                memo.clear()
            memo[key] = function(rows)
        return memo[key]

    return recall


def _stretched(end: Numbers, factor: Fraction) -> Numbers:
    """A bound times a positive factor; an infinite one stays (a long fraction times a float would overflow)."""
    return _each(end, lambda x: x if isinstance(x, float) else x * factor)


def exact(value: Fraction | int, unit: Unit = BARE) -> Quantity:
    """One exact number."""
    return Quantity(Fraction(value), unit=unit)


def computed(value: float, unit: Unit = BARE, ulps: int = 4) -> Quantity:
    """One number that came out of floating-point work, known to within a few units in the last place."""
    middle = Fraction(value)
    slack = Fraction(math.ulp(value)) * ulps
    return Quantity(middle, middle - slack, middle + slack, unit=unit)


def column_of(values: Sequence[Any]) -> npt.NDArray[Any]:
    """An object array that holds these fractions (or infinities)."""
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def stacked(cells: list[Quantity], unit: Unit) -> Quantity:
    """One column of quantities that are already in `unit`."""
    nominal = column_of([q.nominal for q in cells])
    if all(q.low is None for q in cells):
        return Quantity(nominal, unit=unit)
    return Quantity(
        nominal,
        column_of([q.lowest for q in cells]),
        column_of([q.highest for q in cells]),
        np.array([bool(q.low_open) for q in cells], dtype=bool),
        np.array([bool(q.high_open) for q in cells], dtype=bool),
        unit,
    )


def fractions_of(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The exact decimals that float64 cells were typed as (their shortest form); infinities stay floats."""
    return column_of([decimal_of(v) for v in values.tolist()])


def decimal_of(value: Any) -> Any:
    """The exact decimal that a finite float was typed as; anything else as it is."""
    if isinstance(value, float) and math.isfinite(value):
        return Fraction(repr(float(value)))
    return value


def settled(q: Quantity) -> Quantity:
    """`q`, its fractions that have grown past reason replaced by tight bounds; raises `Mistake` past a limit."""
    if q.is_floating:
        return q
    numbers = list(q.nominal) if q.is_column else [q.nominal]
    sides = [] if q.low is None else [*q.low, *q.high] if q.is_column else [q.low, q.high]
    longest = max(map(_bits, numbers + sides), default=0)
    if longest < _MANY_BITS:
        return q
    if longest > _TOO_MANY_BITS:
        raise Mistake(
            "E-LIMIT",
            "a number in this computation has more than 39,000 digits",
            hint="compare the logarithms of such numbers with log(…)",
        )
    if not any(map(_is_unwieldy, numbers + sides)):
        return q
    low, high = _each(q.lowest, lambda x: _rounded(x, 0)), _each(q.highest, lambda x: _rounded(x, 1))
    return replace(q, nominal=_each(q.nominal, lambda x: _rounded(x, 0)), low=low, high=high)


def _each(values: Numbers, function: Callable[[Any], Any]) -> Numbers:
    return column_of([function(v) for v in values]) if isinstance(values, np.ndarray) else function(values)


def _bits(value: Any) -> int:
    return (
        0 if isinstance(value, float) else max(value.denominator.bit_length(), value.numerator.bit_length())
    )


def _is_unwieldy(value: Any) -> bool:
    """Whether a fraction is too long to keep; whole numbers are kept exact up to the limit."""
    return not isinstance(value, float) and value.denominator.bit_length() >= _MANY_BITS


def _rounded(value: Any, up: int) -> Any:
    """A fraction cut to `_KEPT_BITS` significant bits, downwards or (`up` = 1) upwards, where it is unwieldy."""
    if not _is_unwieldy(value):
        return value
    shift = _KEPT_BITS - (value.numerator.bit_length() - value.denominator.bit_length())
    scale = Fraction(2) ** shift
    return Fraction(math.floor(value * scale) + up) / scale


def _any_infinite(values: Numbers) -> bool:
    if isinstance(values, np.ndarray):
        return any(isinstance(v, float) and math.isinf(v) for v in values.tolist())
    return isinstance(values, float) and math.isinf(values)


def _at(x: Any, index: Any) -> Any:
    return x[index] if isinstance(x, np.ndarray) else x
