"""A quantity: one number or a column of numbers, each a nominal value with bounds, and their common unit.

Small data are exact: `fractions.Fraction`, alone or in object arrays, and so is whatever has bounds. Exact columns of more than `EXACT_ROWS` cells
are float64; what is computed from them keeps a way back to the exact numbers of a few rows (`exactly`), which
decides the comparisons that float rounding leaves open. Bounds are None for exact numbers, so those cost nothing.

Interval arithmetic follows R. E. Moore, Interval Analysis (1966), chapter 2.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.quantities import units
from site_builder.quantities.units import BARE, Unit

EXACT_ROWS = 5_000
_TOO_MANY_BITS = 4_096
_TIGHT = 2.0**-46

Numbers = Any
"""A Fraction (or a float that is infinite), or an array of them (object) or of float64."""
Truths = Any
"""1 true, -1 false, 0 unknown: one int or an int8 array; `and` is min, `or` is max, `not` is the sign."""
Exactly = Callable[[npt.NDArray[np.intp]], "Quantity"]


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """Nominal value(s), bounds (None when exact), whether each bound is excluded, and the unit.

    Shapes: every field is one value or an array of the same length n. `digits` is set on float64 columns whose
    cells are decimals with at most that many places, so that their sum is exact.
    """

    nominal: Numbers
    low: Numbers = None
    high: Numbers = None
    low_open: Any = False
    high_open: Any = False
    unit: Unit = BARE
    exactly: Exactly | None = None
    digits: int | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the nominal value is the only possible one."""
        return self.low is None

    @property
    def is_column(self) -> bool:
        """Whether this is a column of numbers rather than one."""
        return isinstance(self.nominal, np.ndarray)

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
        if self.low is None:
            return False
        return bool(np.any(np.isinf(_floats(self.low))) or np.any(np.isinf(_floats(self.high))))

    def take(self, index: Any) -> Quantity:
        """The quantities at `index`: an integer for one, an integer or boolean array for a column."""
        if isinstance(index, np.ndarray) and index.dtype == bool:
            index = np.flatnonzero(index)
        picked = [_at(x, index) for x in (self.nominal, self.low, self.high, self.low_open, self.high_open)]
        if not isinstance(index, np.ndarray):
            return Quantity(*(_as_fraction(x) for x in picked[:3]), bool(picked[3]), bool(picked[4]), self.unit)
        exactly = self.exactly
        deeper: Exactly | None = None if exactly is None else lambda rows: exactly(index[rows])
        return Quantity(*picked, self.unit, deeper, self.digits)

    def rows_exactly(self, rows: npt.NDArray[np.intp]) -> Quantity:
        """These rows as exact fractions, whatever the column is made of."""
        if not self.is_column:
            return self
        if self.nominal.dtype == object:
            return self.take(rows)
        if self.exactly is not None:
            return self.exactly(rows)
        return self.take(rows)._map(lambda x: fractions_of(x))

    def _map(self, function: Callable[[Numbers], Numbers]) -> Quantity:
        if self.low is None:
            return replace(self, nominal=function(self.nominal), exactly=None, digits=None)
        return replace(
            self,
            nominal=function(self.nominal),
            low=function(self.low),
            high=function(self.high),
            exactly=None,
            digits=None,
        )

    def scaled(self, factor: Fraction, unit: Unit) -> Quantity:
        """The same amount in another unit: every number times a positive exact `factor`."""
        if factor == 1:
            return replace(self, unit=unit)
        return replace(_multiplied(self, Quantity(factor)), unit=unit)


def exact(value: Fraction | int, unit: Unit = BARE) -> Quantity:
    """One exact number."""
    return Quantity(Fraction(value), unit=unit)


def computed(value: float, unit: Unit = BARE, ulps: int = 4) -> Quantity:
    """One number that came out of floating-point work, known to within a few units in the last place."""
    slack = ulps * math.ulp(value)
    middle = Fraction(value)
    return Quantity(middle, middle - Fraction(slack), middle + Fraction(slack), unit=unit)


def column_of(values: list[Fraction]) -> npt.NDArray[Any]:
    """An object array that holds these fractions."""
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
    return column_of([Fraction(repr(float(v))) if math.isfinite(v) else v for v in values])


def settled(q: Quantity) -> Quantity:
    """`q` with a fraction that has grown past reason replaced by a float and its tiny bounds."""
    if q.is_column or not isinstance(q.nominal, Fraction) or q.nominal.denominator.bit_length() < _TOO_MANY_BITS:
        return q
    try:
        near = computed(float(q.nominal), q.unit, 1)
    except OverflowError:
        return q
    if q.low is None:
        return near
    return replace(q, nominal=near.nominal)


# Arithmetic


def add(a: Quantity, b: Quantity) -> Quantity:
    """a + b, in the unit in which they meet; raises `UnitClash`."""
    a, b, unit = _meet(a, b, adding=True)
    return _sum(a, b, unit)


def subtract(a: Quantity, b: Quantity) -> Quantity:
    """a - b; two percentages differ by percentage points; raises `UnitClash`."""
    both_percent = a.unit == b.unit
    a, b, unit = _meet(a, b, adding=True)
    return _sum(a, negate(b), units.difference(unit) if both_percent else unit)


def negate(a: Quantity) -> Quantity:
    """-a."""
    exactly = _composed(lambda x: negate(x), a)
    if a.low is None:
        return replace(a, nominal=-a.nominal, exactly=exactly)
    return Quantity(-a.nominal, -a.high, -a.low, a.high_open, a.low_open, a.unit, exactly)


def multiply(a: Quantity, b: Quantity) -> Quantity:
    """a * b; units combine."""
    unit, factor = units.multiply(a.unit, b.unit)
    product = _multiplied(a, b)
    return settled(replace(product if factor == 1 else _multiplied(product, Quantity(factor)), unit=unit))


def divide(a: Quantity, b: Quantity) -> Quantity:
    """a / b; units combine. The caller has ruled out divisors whose nominal value is zero."""
    unit, factor = units.divide(a.unit, b.unit)
    quotient = _divided(a, b)
    return settled(replace(quotient if factor == 1 else _multiplied(quotient, Quantity(factor)), unit=unit))


def _sum(a: Quantity, b: Quantity, unit: Unit) -> Quantity:
    exactly = _composed(lambda x, y: _sum(x, y, unit), a, b)
    a, b = _alike(a, b)
    nominal = a.nominal + b.nominal
    if a.low is None and b.low is None:
        return Quantity(nominal, unit=unit, exactly=exactly)
    return Quantity(
        nominal,
        a.lowest + b.lowest,
        a.highest + b.highest,
        _either(a.low_open, b.low_open),
        _either(a.high_open, b.high_open),
        unit,
    )


def _multiplied(a: Quantity, b: Quantity) -> Quantity:
    exactly = _composed(_multiplied, a, b)
    a, b = _alike(a, b)
    nominal = a.nominal * b.nominal
    if a.low is None and b.low is None:
        return Quantity(nominal, exactly=exactly)
    ends = [
        (_times(x, y), _either(x_open, y_open)) for x, x_open in _ends(a) for y, y_open in _ends(b)
    ]
    return _hull(nominal, ends)


def _divided(a: Quantity, b: Quantity) -> Quantity:
    exactly = _composed(_divided, a, b)
    a, b = _alike(a, b)
    nominal = a.nominal / b.nominal
    if a.low is None and b.low is None:
        return Quantity(nominal, exactly=exactly)
    crosses = (b.lowest <= 0) & (b.highest >= 0)
    reciprocal = [(_reciprocal(y), y_open) for y, y_open in _ends(b)]
    ends = [(_times(x, y), _either(x_open, y_open)) for x, x_open in _ends(a) for y, y_open in reciprocal]
    out = _hull(nominal, ends)
    return _one_sided(a, b, out) if np.any(crosses) else out


def _one_sided(a: Quantity, b: Quantity, out: Quantity) -> Quantity:
    """A quotient whose divisor may be zero: unbounded, except where signs and a zero end leave a half-line."""
    if out.is_column:
        crosses = (b.lowest <= 0) & (b.highest >= 0) & np.ones(len(out.nominal), dtype=bool)
        low, high = out.lowest.astype(object), out.highest.astype(object)
        low[crosses], high[crosses] = -math.inf, math.inf
        return Quantity(out.nominal, low, high)
    if b.lowest == 0 and b.low_open is not False and a.lowest >= 0:
        return Quantity(out.nominal, _times(a.lowest, _reciprocal(b.highest)), math.inf)
    return Quantity(out.nominal, -math.inf, math.inf)


def _ends(q: Quantity) -> list[tuple[Numbers, Any]]:
    if q.low is None:
        return [(q.nominal, False)]
    return [(q.low, q.low_open), (q.high, q.high_open)]


def _hull(nominal: Numbers, ends: list[tuple[Numbers, Any]]) -> Quantity:
    low = reduce(_minimum, (end for end, _ in ends))
    high = reduce(_maximum, (end for end, _ in ends))
    low_open = reduce(operator.and_, ((end != low) | _truth(is_open) for end, is_open in ends))
    high_open = reduce(operator.and_, ((end != high) | _truth(is_open) for end, is_open in ends))
    return Quantity(nominal, low, high, _plain(low_open), _plain(high_open))


# Comparison


def compare(op: str, a: Quantity, b: Quantity) -> Truths:
    """Whether a op b holds for every possible value (1), for none (-1), or for some (0); raises `UnitClash`.

    `op` is one of ``< <= > >= == !=``. Three-valued after S. C. Kleene, Introduction to Metamathematics (1952), § 64.
    """
    a, b, _ = _meet(a, b, adding=False)
    if op in (">", ">="):
        return compare_meeting(_FLIPPED[op], b, a)
    return compare_meeting(op, a, b)


_FLIPPED = {">": "<", ">=": "<="}


def compare_meeting(op: str, a: Quantity, b: Quantity) -> Truths:
    """`compare` for two quantities that are already in one unit, with ``<``, ``<=``, ``==`` or ``!=``."""
    if op == "!=":
        return -compare_meeting("==", a, b)
    given = a, b
    a, b = _alike(a, b)
    if a.low is None and b.low is None:
        truths = _signs(_EXACT[op](a.nominal, b.nominal))
        return _decided_exactly(op, *given, truths)
    touch_low = _either(a.high_open, b.low_open)
    touch_high = _either(a.low_open, b.high_open)
    if op == "<":
        true = (a.highest < b.lowest) | ((a.highest == b.lowest) & _truth(touch_low))
        false = a.lowest >= b.highest
    elif op == "<=":
        true = a.highest <= b.lowest
        false = (a.lowest > b.highest) | ((a.lowest == b.highest) & _truth(touch_high))
    else:
        true = (a.lowest == a.highest) & (b.lowest == b.highest) & (a.lowest == b.lowest)
        false = (a.highest < b.lowest) | (a.lowest > b.highest)
        false = false | ((a.highest == b.lowest) & _truth(touch_low)) | ((a.lowest == b.highest) & _truth(touch_high))
    return _kleene(true, false)


_EXACT = {"<": operator.lt, "<=": operator.le, "==": operator.eq}


def _kleene(true: Any, false: Any) -> Truths:
    if isinstance(true, np.ndarray) or isinstance(false, np.ndarray):
        return np.where(np.asarray(true, dtype=bool), 1, np.where(np.asarray(false, dtype=bool), -1, 0)).astype(np.int8)
    return 1 if true else -1 if false else 0


def _signs(holds: Any) -> Truths:
    if isinstance(holds, np.ndarray):
        return (holds.astype(np.int8) * 2 - 1).astype(np.int8)
    return 1 if holds else -1


def _decided_exactly(op: str, a: Quantity, b: Quantity, truths: Truths) -> Truths:
    """Re-judge the rows of float columns where rounding could have tipped the scale."""
    if not isinstance(truths, np.ndarray) or (_is_faithful(a) and _is_faithful(b)):
        return truths
    near = np.abs(_floats(a.nominal) - _floats(b.nominal)) <= _TIGHT * np.maximum(
        np.abs(_floats(a.nominal)), np.abs(_floats(b.nominal))
    )
    rows = np.flatnonzero(near)
    if len(rows):
        truths = truths.copy()
        truths[rows] = compare_meeting(op, a.rows_exactly(rows), b.rows_exactly(rows))
    return truths


def _meet(a: Quantity, b: Quantity, *, adding: bool) -> tuple[Quantity, Quantity, Unit]:
    if a.unit == b.unit:
        return a, b, a.unit
    unit, for_a, for_b = units.common(a.unit, b.unit, adding=adding)
    return a.scaled(for_a, unit), b.scaled(for_b, unit), unit


def converted(q: Quantity, unit: Unit) -> Quantity:
    """`q` brought to `unit`; raises `UnitClash` when it does not measure the same."""
    if q.unit == unit:
        return q
    meeting, factor_unit, factor_q = units.common(unit, q.unit, adding=False)
    return q.scaled(factor_q / factor_unit, unit if unit.parts else meeting)


# Pieces that serve one value and arrays alike


def _is_floating(q: Quantity) -> bool:
    return isinstance(q.nominal, np.ndarray) and q.nominal.dtype == np.float64


def _is_faithful(q: Quantity) -> bool:
    """Whether comparing in floats is comparing the decimals themselves."""
    if _is_floating(q):
        return q.exactly is None
    return q.is_column or q.nominal == Fraction(repr(float(q.nominal)))


def _alike(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both sides as floats, or, where either has bounds or is exact, both as exact fractions."""
    if not _is_floating(a) and not _is_floating(b):
        return a, b
    if a.low is None and b.low is None and all(_is_floating(x) or not x.is_column for x in (a, b)):
        return _as_float(a), _as_float(b)
    return _all_exactly(a), _all_exactly(b)


def _as_float(q: Quantity) -> Quantity:
    return q if q.is_column else replace(q, nominal=float(q.nominal))


def _all_exactly(q: Quantity) -> Quantity:
    return q.rows_exactly(np.arange(len(q.nominal))) if _is_floating(q) else q


def _composed(function: Callable[..., Quantity], *operands: Quantity) -> Exactly | None:
    if not any(isinstance(x.nominal, np.ndarray) and x.nominal.dtype == np.float64 for x in operands):
        return None
    return lambda rows: function(*(x.rows_exactly(rows) for x in operands))


def _times(x: Numbers, y: Numbers) -> Numbers:
    """x * y, where nothing times infinity is nothing."""
    if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
        with np.errstate(invalid="ignore"):
            product = x * y
        return np.where((x == 0) | (y == 0), _zero_like(product), product)
    return Fraction(0) if x == 0 or y == 0 else x * y


def _zero_like(values: npt.NDArray[Any]) -> Any:
    return Fraction(0) if values.dtype == object else 0.0


def _reciprocal(y: Numbers) -> Numbers:
    if isinstance(y, np.ndarray):
        out = np.empty(len(y), dtype=object)
        out[:] = [_reciprocal(v) for v in y]
        return out
    if y == 0:
        return math.inf
    return Fraction(0) if isinstance(y, float) and math.isinf(y) else 1 / y


def _minimum(x: Numbers, y: Numbers) -> Numbers:
    return np.minimum(x, y) if isinstance(x, np.ndarray) or isinstance(y, np.ndarray) else min(x, y)


def _maximum(x: Numbers, y: Numbers) -> Numbers:
    return np.maximum(x, y) if isinstance(x, np.ndarray) or isinstance(y, np.ndarray) else max(x, y)


def _either(x: Any, y: Any) -> Any:
    return x if y is False else y if x is False else x | y


def _truth(x: Any) -> Any:
    return x if isinstance(x, np.ndarray) else bool(x)


def _plain(x: Any) -> Any:
    return x.astype(bool) if isinstance(x, np.ndarray) else bool(x)


def _floats(x: Numbers) -> Any:
    return x.astype(float) if isinstance(x, np.ndarray) else float(x)


def _at(x: Any, index: Any) -> Any:
    return x[index] if isinstance(x, np.ndarray) else x


def _as_fraction(x: Any) -> Any:
    return Fraction(repr(float(x))) if isinstance(x, np.floating) and math.isfinite(x) else x
