"""Significance: how often chance alone would give a result at least as far from nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import Function, Parameter
from site_builder.language.functions.contingency import chi2_tail, cross_counts, fisher_tail
from site_builder.language.functions.ranksums import dense_places, mann_whitney_tail
from site_builder.language.functions.samples import (
    GROUP,
    STRICT,
    Pair,
    deviations,
    inexact,
    near_float,
    pair_of,
    products,
    unit_floats,
)
from site_builder.language.functions.student import EQUAL_VARIANCES, Design, p_of, student, tail
from site_builder.language.operands import check_aligned
from site_builder.language.summarising import numbers_of
from site_builder.language.values import Alternative, Scalar, Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities.quantity import EXACT_ROWS, Quantity, column_of
from site_builder.quantities.units import BARE
from site_builder.tables import Column

_FLOAT_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Options:
    """What the tests are told: the alternative, one variance for both samples, and Yates' correction."""

    alternative: Alternative
    equal_variances: bool
    correction: bool


def _p_value(
    a: Column | Scalar,
    b: Column | None,
    test: str | None,
    alternative: Alternative,
    equal: bool | None,
    correction: bool,
) -> Value:
    if isinstance(a, Scalar):
        return _of_statistic(a, alternative, is_alone=b is None and test is None and equal is None)
    if b is None:
        hint = "write p_value(a, b, test=…), or p_value(t_test(a, b))"
        raise Mistake("E-CALL", "p_value needs 'b'", hint=hint)
    return _TESTS[test or "t"](a, b, Options(alternative, equal is not False, correction))


def _of_statistic(found: Scalar, alternative: Alternative, *, is_alone: bool) -> Value:
    """The p value of what a test function gave, which settles how the test is done."""
    if not is_alone:
        message = "p_value of a statistic takes no second sample and no test: the statistic knows both"
        raise Mistake("E-CALL", message, hint="write p_value(t_test(a, b)), or p_value(a, b, test=…)")
    assert found.p_value is not None
    return found.p_value(alternative)


def _by_t(a: Column, b: Column, options: Options) -> Value:
    return _student("pooled" if options.equal_variances else "welch", a, b, options)


def _by_paired_t(a: Column, b: Column, options: Options) -> Value:
    return _student("paired", a, b, options)


def _student(design: Design, a: Column, b: Column, options: Options) -> Value:
    found = student("p_value", a, b, design)
    return found if isinstance(found, Unknown) else p_of(found, options.alternative)


def _by_mann_whitney(a: Column, b: Column, options: Options) -> Value:
    pair = pair_of("p_value", a, b)
    return pair if isinstance(pair, Unknown) else mann_whitney_tail(pair, options.alternative)


def _by_correlation(a: Column, b: Column, options: Options) -> Value:
    return correlation_tail(a, b, "pearson", options.alternative)


def _by_spearman(a: Column, b: Column, options: Options) -> Value:
    return correlation_tail(a, b, "spearman", options.alternative)


def correlation_tail(a: Column, b: Column, method: str, alternative: Alternative) -> Scalar | Unknown:
    """How often chance alone gives such a correlation, by Pearson or by Spearman's ranks."""
    found = _associated(a, b, alternative, deviations if method == "pearson" else _rank_deviations)
    named = f"{method.capitalize()}'s correlation, {alternative}"
    return found if isinstance(found, Unknown) else replace(found, detail=named)


def _associated(
    a: Column, b: Column, alternative: Alternative, apart: Callable[[Quantity], Any]
) -> Scalar | Unknown:
    """Student's t of a correlation r of n pairs: r over the root of (1 - r²)/(n - 2)."""
    check_aligned(a, b, "p_value")
    pair = _plain_pair(a, b)
    if isinstance(pair, Unknown):
        return pair
    degrees = len(pair.a) - 2
    if degrees < 1:
        return Unknown("undefined", "p_value of a correlation needs at least 3 pairs", pair.cells)
    x, y = apart(pair.a.data), apart(pair.b.data)
    if isinstance(x, list) != isinstance(y, list):
        x, y = unit_floats(x), unit_floats(y)
    sxy, sxx, syy = products(x, y), products(x, x), products(y, y)
    if sxx == 0 or syy == 0:
        return Unknown(
            "undefined", "p_value: one column does not vary, so there is no correlation", pair.cells
        )
    return number(tail(_t_of(sxy, sxx * syy, degrees), (float(degrees),) * 3, alternative), pair.cells)


def _plain_pair(a: Column, b: Column) -> Pair | Unknown:
    """Two columns without their units, which a correlation does not depend on."""
    bare = pair_of("p_value", _bare(a), _bare(b))
    if isinstance(bare, Unknown):
        return bare
    return inexact("p_value of a correlation", bare.cells, bare.a, bare.b) or bare


def _bare(column: Column) -> Column:
    numbers = numbers_of(column, "p_value")
    return replace(numbers, data=replace(numbers.data, unit=BARE))


def _t_of(sxy: Any, sxx_syy: Any, degrees: int) -> Quantity:
    """Student's t of a correlation; without end for points on a line."""
    is_whole = isinstance(sxy, int)
    share = Fraction(sxy * sxy, sxx_syy) if is_whole else min(1.0, sxy * sxy / sxx_syy)
    if share == 1:
        return Quantity(math.inf if sxy > 0 else -math.inf)
    size = math.sqrt(near_float(degrees * share / (1 - share)))
    t = size if sxy > 0 else -size
    slack = Fraction(abs(t)) * Fraction(2.0**-48 if is_whole else _FLOAT_SLACK)
    return Quantity(Fraction(t), Fraction(t) - slack, Fraction(t) + slack)


def _rank_deviations(q: Quantity) -> list[int] | npt.NDArray[np.float64]:
    """Deviations of the ranks, where ties share the mean of their places, from their mean."""
    places = dense_places(q)
    counts = np.bincount(places)
    twice = (2 * np.cumsum(counts) - counts + 1)[places]
    if len(twice) > EXACT_ROWS:
        return deviations(Quantity(twice.astype(float), digits=0))
    return deviations(Quantity(column_of([Fraction(int(rank)) for rank in twice])))


def _by_fisher(a: Column, b: Column, options: Options) -> Value:
    _refuse_sides(a, b, options.alternative)
    counts = cross_counts("p_value by fisher", a, b)
    return counts if isinstance(counts, Unknown) else fisher_tail(*counts, options.alternative)


def _by_chi2(a: Column, b: Column, options: Options) -> Value:
    if options.alternative != "two-sided":
        message = "p_value by chi2 has no sides: it asks whether two properties are independent"
        raise Mistake("E-CALL", message, hint='leave alternative out, or use test="fisher" for two by two')
    counts = cross_counts("p_value by chi2", a, b)
    return counts if isinstance(counts, Unknown) else chi2_tail(*counts, yates=options.correction)


def _refuse_sides(a: Column, b: Column, alternative: Alternative) -> None:
    """Categories have no direction: which comes first in a file says nothing."""
    if alternative != "two-sided" and not {a.kind, b.kind} <= {"truth", "number"}:
        message = f"p_value by fisher: which category is the one that is {alternative}?"
        raise Mistake("E-CALL", message, hint='write conditions, such as table.group == "treated"')


_TESTS: dict[str, Callable[[Column, Column, Options], Value]] = {
    "t": _by_t,
    "t_test": _by_t,
    "paired_t": _by_paired_t,
    "mann_whitney": _by_mann_whitney,
    "correlation": _by_correlation,
    "pearson": _by_correlation,
    "spearman": _by_spearman,
    "fisher": _by_fisher,
    "chi2": _by_chi2,
}

FUNCTIONS = (
    Function(
        "p_value",
        GROUP,
        "The p value of a test: Student's t (Welch's with equal_variances=False), paired_t row by row, "
        "mann_whitney, "
        "correlation (Pearson), spearman, or, of two columns of truths, texts or counts, fisher and chi2. "
        "`less` and "
        "`greater` ask whether a lies below or above b, or whether the correlation or the odds ratio does.",
        (
            Parameter("a", "tested"),
            Parameter("b", "column", None),
            Parameter("test", "choice", None, also=("method",), choices=tuple(_TESTS)),
            Parameter("alternative", "choice", "two-sided", choices=("two-sided", "less", "greater")),
            EQUAL_VARIANCES,
            Parameter("correction", "flag", True),
        ),
        _p_value,
        (
            'p_value(runs.size, runs.accuracy, test="correlation")',
            "0.0769231 (Pearson's correlation, two-sided)",
        ),
        STRICT
        + "The test is t unless named; p_value(t_test(a, b)), or of what mann_whitney or correlation gave, takes "
        "that test. Bounds give an enclosing interval for the t tests and leave the other tests unknown. mann_whitney "
        "counts exactly below 50 numbers without ties and else uses the normal law with both corrections; spearman "
        "uses t with n - 2 degrees; chi2 moves a two by two table by Yates' half unless correction=False.",
        "Student, Biometrika 6 (1908), 1-25; B. L. Welch, Biometrika 34 (1947), 28-35; H. B. Mann and D. R. "
        "Whitney, "
        "Annals of Mathematical Statistics 18 (1947), 50-60; R. A. Fisher, Statistical Methods for Research "
        "Workers "
        "(5th ed., 1934), section 21.02; K. Pearson, Philosophical Magazine 50 (1900), 157-175; F. Yates, "
        "Supplement to the "
        "Journal of the Royal Statistical Society 1 (1934), 217-235.",
    ),
)
