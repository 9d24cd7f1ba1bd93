"""Truth: quantifiers over rows, and whether a value lies where a claim says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.comparisons import comparison
from site_builder.language.function import Function, Parameter
from site_builder.language.functions.elementwise import absolute
from site_builder.language.logic import as_truth, logic
from site_builder.language.operands import numeric, reason_code
from site_builder.language.operators import arithmetic
from site_builder.language.quantifiers import judged
from site_builder.language.summarising import rows_of
from site_builder.language.values import ItemList, Scalar, Unknown, Value, number, truth
from site_builder.problems import Mistake
from site_builder.quantities.quantity import exact
from site_builder.quantities.units import PERCENT, PP, PURE
from site_builder.tables import Cells, Column


def _quantifier(name: str) -> Callable[[Any], Value]:
    """all: every row must hold. any: one must. none: none may."""

    def run(truths: Scalar | Column | Unknown | ItemList) -> Value:
        if isinstance(truths, Unknown):
            return truth(0, truths.cells, truths.reason, truths.detail)
        if isinstance(truths, Scalar) and truths.data == 0:
            return truth(0, truths.cells, truths.reason, truths.detail)
        if isinstance(truths, ItemList) and not truths.items:
            return truth(0, reason="no-rows", detail=f"{name}: the list is empty")
        column = truths if isinstance(truths, Column) else _as_column(truths, name)
        if len(column) == 0:
            return truth(0, column.cells, "no-rows", f"{name}: {rows_of(column)}")
        return judged(name, column)

    return run


def _as_column(truths: Scalar | ItemList, name: str) -> Column:
    listed = truths.items if isinstance(truths, ItemList) else (truths,)
    items = [as_truth(item, name) for item in listed]
    data = np.array([item.data for item in items], dtype=np.int8)
    reasons = [reason_code(i.reason) if isinstance(i, Scalar) and i.data == 0 else 0 for i in items]
    codes = np.array(reasons, dtype=np.int8)
    return Column("truth", data, Cells((), tuple(i.cells for i in items)), codes if codes.any() else None)


def _between(value: Value, low: Value, high: Value) -> Value:
    return logic("and", comparison("<=", low, value), comparison("<=", value, high))


def _approx(value: Value, target: Value, within: Value | None, rel: Value | None) -> Value:
    """abs(value - target) <= within, or <= rel times the target; without either, a millionth of the target."""
    gap = absolute(arithmetic("-", value, target))
    if within is None:
        return comparison("<=", gap, arithmetic("*", absolute(target), _MILLIONTH if rel is None else rel))
    if rel is not None:
        hint = "write approx(value, target, 0.1), or approx(value, target, rel=0.01)"
        raise Mistake("E-CALL", "approx takes a distance or a share of the target, not both", hint=hint)
    return _near(gap, target, within)


def _near(gap: Value, target: Value, within: Value) -> Value:
    """Whether a gap is a distance at most; a share of the target where `within` is in % and the target is not."""
    slack, to = numeric(within, "approx(within)"), numeric(target, "approx")
    if isinstance(slack, Unknown) or isinstance(to, Unknown) or slack.quantity.unit != PERCENT:
        return comparison("<=", gap, within)
    if to.quantity.unit in (PERCENT, PP):
        return comparison("<=", gap, number(replace(slack.quantity, unit=PP), slack.cells))
    share = number(slack.quantity.scaled(Fraction(1, 100), PURE), slack.cells)
    return comparison("<=", gap, arithmetic("*", absolute(target), share))


_MILLIONTH = number(exact(Fraction(1, 10**6), PURE))
_TRUTHS, _VALUE = Parameter("truths", "truths"), Parameter("value")
_WITHIN = Parameter("within", "value", None, also=("tolerance", "tol", "abs", "abs_tol", "atol"))
_REL = Parameter("rel", "value", None, also=("rel_tol", "rtol"))
_DOUBT = "An unknown row leaves the answer open unless another row settles it. No row at all is unknown."

FUNCTIONS = (
    Function(
        "all",
        "truth",
        "Whether every row holds.",
        (_TRUTHS,),
        _quantifier("all"),
        ("all(runs.accuracy > 40)", "true (4 of 4 rows hold)"),
        _DOUBT,
    ),
    Function(
        "any",
        "truth",
        "Whether at least one row holds.",
        (_TRUTHS,),
        _quantifier("any"),
        ("any(runs.accuracy > 80)", "true (1 of 4 rows hold)"),
        _DOUBT,
    ),
    Function(
        "none",
        "truth",
        "Whether no row holds.",
        (_TRUTHS,),
        _quantifier("none"),
        ("none(runs.accuracy > 90)", "true (0 of 4 rows hold)"),
        _DOUBT,
    ),
    Function(
        "between",
        "truth",
        "Whether a value lies from low to high, both included.",
        (_VALUE, Parameter("low"), Parameter("high")),
        _between,
        ("between(mean(runs.accuracy), 60, 80)", "true"),
        "Unknown where bounds straddle an end.",
    ),
    Function(
        "approx",
        "truth",
        "Whether a value is within a distance of a target, or within a share of it: rel=0.01, or a distance in %. "
        "Without either, within a millionth of the target.",
        (_VALUE, Parameter("target"), _WITHIN, _REL),
        _approx,
        ('approx(sum(runs.minutes), 58, within=quantity("5%"))', "true"),
        "Around a percentage, a distance in % means percentage points.",
    ),
)
