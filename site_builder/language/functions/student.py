"""Student's t: the difference of two means in standard errors, and how often chance alone gives as much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, Literal

from site_builder.language.function import Function, Parameter
from site_builder.language.functions.samples import (
    GROUP,
    PAIR,
    STRICT,
    Moments,
    Pair,
    censored,
    moments,
    near_float,
    pair_of,
    times,
)
from site_builder.language.operands import check_aligned
from site_builder.language.summarising import numbers_of
from site_builder.language.values import Alternative, Scalar, Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities import aggregate
from site_builder.quantities.quantity import Quantity, add, divide, stacked, subtract
from site_builder.quantities.units import BARE, PURE
from site_builder.tables import Cells, Column

Design = Literal["welch", "pooled", "paired", "single"]
Degrees = tuple[float, float, float]
_NAMES: dict[Design, str] = {
    "welch": "Welch's t",
    "pooled": "Student's t",
    "paired": "paired t",
    "single": "one-sample t",
}
_TAIL_SLACK = Fraction(1, 10**10)


@dataclass(frozen=True, slots=True, eq=False)
class Student:
    """A t statistic with its bounds, its degrees of freedom (nominal, least, greatest), and the cells it rests on."""

    t: Quantity
    degrees: Degrees
    cells: Cells
    design: Design = "pooled"

    @property
    def named(self) -> str:
        """Which t it is, and its degrees of freedom."""
        return f"{_NAMES[self.design]}, {self.degrees[0]:.6g} degrees of freedom"


def student(name: str, a: Column, b: Column, design: Design) -> Student | Unknown:
    """The t statistic of two samples, or why there is none; raises `Mistake` for pairs that do not belong together."""
    if design == "paired":
        check_aligned(a, b, name)
    pair = pair_of(name, a, b)
    if isinstance(pair, Unknown):
        return pair
    stop = censored(name, pair.cells, pair.a, pair.b)
    if stop is not None:
        return stop
    found = _DESIGNS[design](name, pair)
    return found if isinstance(found, Unknown) else replace(found, design=design)


def _paired(name: str, pair: Pair) -> Student | Unknown:
    gaps = moments(subtract(pair.a.data, pair.b.data))
    if gaps.count < 2:
        return Unknown("undefined", f"{name} needs at least 2 pairs", pair.cells)
    error = times(gaps.squares, Fraction(1, (gaps.count - 1) * gaps.count))
    degrees = float(gaps.count - 1)
    return _over_error(name, gaps.mean, error, (degrees,) * 3, pair.cells)


def _pooled(name: str, pair: Pair) -> Student | Unknown:
    a, b = moments(pair.a.data), moments(pair.b.data)
    degrees = a.count + b.count - 2
    if degrees < 1:
        return Unknown("undefined", f"{name} needs at least 3 numbers in all", pair.cells)
    error = times(add(a.squares, b.squares), Fraction(a.count + b.count, degrees * a.count * b.count))
    return _over_error(name, subtract(a.mean, b.mean), error, (float(degrees),) * 3, pair.cells)


def _welch(name: str, pair: Pair) -> Student | Unknown:
    a, b = moments(pair.a.data), moments(pair.b.data)
    if min(a.count, b.count) < 2:
        return Unknown("undefined", f"{name} needs at least 2 numbers in each sample", pair.cells)
    errors = [times(m.squares, Fraction(1, (m.count - 1) * m.count)) for m in (a, b)]
    error = add(*errors)
    degrees = _welch_degrees(a, b, *errors) if error.lowest > 0 else (1.0,) * 3
    return _over_error(name, subtract(a.mean, b.mean), error, degrees, pair.cells)


def _welch_degrees(a: Moments, b: Moments, error_a: Quantity, error_b: Quantity) -> Degrees:
    """The degrees of freedom, and the least and greatest that the bounds of two squared standard errors allow.

    They depend on the ratio of the two alone, and are greatest where it is that of n - 1 of the samples.
    """
    over, under = a.count - 1, b.count - 1

    def degrees(u: Any, v: Any) -> Fraction:
        return Fraction((u + v) ** 2 / (u * u / Fraction(over) + v * v / Fraction(under)))

    corners = ((error_a.lowest, error_b.highest), (error_a.highest, error_b.lowest))
    ends = sorted(degrees(u, v) for u, v in corners)
    inside = corners[0][0] * under <= over * corners[0][1] and corners[1][0] * under >= over * corners[1][1]
    greatest = Fraction(over + under) if inside else ends[1]
    nominal, low, high = map(near_float, (degrees(error_a.nominal, error_b.nominal), ends[0], greatest))
    return nominal, low, high


_DESIGNS = {"paired": _paired, "single": _paired, "pooled": _pooled, "welch": _welch}


def _over_error(
    name: str, gap: Quantity, squared: Quantity, degrees: Degrees, cells: Cells
) -> Student | Unknown:
    if squared.nominal == 0:
        return Unknown("undefined", f"{name}: the numbers do not vary, so there is no standard error", cells)
    if squared.lowest <= 0:
        return Unknown("too-coarse", f"{name}: within their bounds, the numbers could all be the same", cells)
    t = divide(replace(gap, unit=BARE), aggregate.root(squared, BARE))
    return Student(replace(t, unit=PURE), degrees, cells)


def tail(t: Quantity, degrees: Degrees, alternative: Alternative) -> Quantity:
    """How often chance alone gives such a t, from 0 to 1, with the bounds that those of t and of the degrees leave.

    The tail falls as t rises and, for a given t, moves one way with the degrees: its ends are at corners.
    """
    ends = [near_float(v) for v in (t.nominal, t.lowest, t.highest)]
    if alternative == "less":
        ends = [-v for v in ends]
    if alternative == "two-sided":
        touches = min(ends) <= 0 <= max(ends)
        ends = [abs(v) for v in ends] + ([0.0] if touches else [])
    sides = 2 if alternative == "two-sided" else 1
    nominal = _upper(ends[0], degrees[0], sides)
    corners = [nominal, *(_upper(v, d, sides) for v in ends[1:] for d in degrees[1:])]
    low, high = min(corners) * (1 - _TAIL_SLACK), max(corners) * (1 + _TAIL_SLACK)
    return Quantity(nominal, low, min(high, Fraction(1)), unit=PURE)


def _upper(t: float, degrees: float, sides: int) -> Fraction:
    from scipy.special import stdtr

    return min(Fraction(float(stdtr(degrees, -t))) * sides, Fraction(1))


def p_of(found: Student, alternative: Alternative) -> Scalar:
    """How often chance alone gives such a t."""
    sides = "two-sided" if alternative == "two-sided" else f"one-sided, {alternative}"
    p = number(tail(found.t, found.degrees, alternative), found.cells)
    return replace(p, detail=f"{found.named}, {sides}")


def _t_test(a: Column, b: Column | Quantity, paired: bool, equal_variances: bool | None) -> Value:
    if isinstance(b, Quantity):
        return _statistic(a, replace(numbers_of(a, "t_test"), data=_all(b, len(a)), unknown=None), "single")
    if paired and equal_variances is not None:
        message = "t_test: pairs have one variance, that of their differences"
        raise Mistake("E-CALL", message, hint="give either paired=True or equal_variances")
    return _statistic(a, b, "paired" if paired else "welch" if equal_variances is False else "pooled")


def _all(number_of_each: Quantity, rows: int) -> Quantity:
    """One number in every row."""
    return stacked([number_of_each] * rows, number_of_each.unit)


def _statistic(a: Column, b: Column, design: Design) -> Value:
    found = student("t_test", a, b, design)
    if isinstance(found, Unknown):
        return found
    return replace(number(found.t, found.cells), detail=found.named, p_value=partial(p_of, found))


EQUAL_VARIANCES = Parameter("equal_variances", "flag", None, also=("equal_var",), opposite=("welch",))

FUNCTIONS = (
    Function(
        "t_test",
        GROUP,
        "The t statistic of two samples: the difference of their means in standard errors, by Student; by Welch with "
        "equal_variances=False; of the differences row by row with paired=True, or from one number b. "
        "p_value(t_test(a, b)) gives its p.",
        (PAIR[0], Parameter("b", "sample"), Parameter("paired", "flag", False), EQUAL_VARIANCES),
        _t_test,
        (
            't_test(runs[kind == "switch"].accuracy, runs[kind == "training"].accuracy)',
            "1.78885 (Student's t, 2 degrees of freedom)",
        ),
        STRICT
        + "Bounds give an enclosing interval; a censored cell leaves it unknown. Undefined where the numbers "
        "do "
        "not vary.",
        "Student, Biometrika 6 (1908), 1-25; B. L. Welch, Biometrika 34 (1947), 28-35; degrees of freedom: "
        "F. E. Satterthwaite, Biometrics Bulletin 2 (1946), 110-114, eq. 17.",
    ),
)
