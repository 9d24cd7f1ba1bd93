"""Contingency: how often two properties come together, as a table of counts."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from site_builder.language.dictionary import labels_of
from site_builder.language.function import Function, Parameter
from site_builder.language.functions.samples import GROUP, inexact, pair_of, sample_of
from site_builder.language.operands import check_aligned, column_of_items, numeric
from site_builder.language.summarising import obstacle, row_doubt
from site_builder.language.values import Alternative, ItemList, Scalar, Unknown, Value, kind_of, number
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import PURE
from site_builder.tables import Cells, Column, joined

Counts = tuple[tuple[int, ...], ...]
Corner = Callable[[Any, Any, Any, Any], Any]
_SLACK = Fraction(1, 10**9)
_LARGEST = 10**9
_MOST_KINDS = 1_000


def cross_counts(name: str, a: Column, b: Column) -> tuple[Counts, Cells] | Unknown:
    """Counts of each kind of `a` (a row) with each of `b`, or, of two columns of numbers, those counts themselves."""
    check_aligned(a, b, name)
    if a.kind == b.kind == "number":
        return _given_counts(name, a, b)
    cells = joined(a.cells, b.cells)
    stop = _open_cell(name, a) or _open_cell(name, b)
    if stop is not None:
        return stop
    kinds_a, kinds_b = (_kinds(c, name) for c in (a, b))
    if max(len(kinds_a), len(kinds_b)) > _MOST_KINDS:
        message = f"{name}: more than {_MOST_KINDS:,} different cells in one column"
        raise Mistake("E-LIMIT", message, hint="give columns of a few categories, or conditions")
    counts = np.zeros((len(kinds_a), len(kinds_b)), dtype=int)
    rows, columns = ([k[v] for v in labels_of(c, name)] for k, c in ((kinds_a, a), (kinds_b, b)))
    np.add.at(counts, (rows, columns), 1)
    return tuple(tuple(int(n) for n in row) for row in counts), cells


def _kinds(column: Column, name: str) -> dict[Any, int]:
    """A position for each kind of cell; what is true comes before what is false, and the greater before the less."""
    if column.kind == "truth":
        return {1: 0, -1: 1}
    if column.kind == "number":
        numbers = sorted(set(labels_of(column, name)), reverse=True)
        return {number: position for position, number in enumerate(numbers)}
    return {label: position for position, label in enumerate(dict.fromkeys(labels_of(column, name)))}


def _open_cell(name: str, column: Column) -> Unknown | None:
    """Why a column of kinds cannot be counted: no rows, rows in doubt, or a cell that is not known."""
    stop = obstacle(column, name) or row_doubt(column, name)
    if stop is not None or column.unknown is None:
        return stop
    open_cells = int(np.count_nonzero(column.unknown))
    return Unknown(
        column.why_unknown(), f"{name}: {open_cells:,} of {len(column):,} cells are open", column.cells
    )


def _given_counts(name: str, a: Column, b: Column) -> tuple[Counts, Cells] | Unknown:
    pair = pair_of(name, a, b)
    if isinstance(pair, Unknown):
        return pair
    stop = inexact(name, pair.cells, pair.a, pair.b)
    if stop is not None:
        return stop
    rows = [sample_of(c.data) for c in (pair.a, pair.b)]
    flat = [*rows[0], *rows[1]]
    if len(rows[0]) > 2 and set(flat) <= {Fraction(0), Fraction(1)}:
        message = f"{name} takes numbers as counts, and these are only 0 and 1"
        raise Mistake("E-KIND", message, hint="write the condition, such as table.column == 1")
    if any(n.denominator != 1 or not 0 <= n <= _LARGEST for n in flat):
        return Unknown("undefined", f"{name}: counts are whole numbers from 0 to {_LARGEST:,}", pair.cells)
    return tuple(tuple(int(n) for n in row) for row in zip(*rows, strict=True)), pair.cells


def fisher_tail(counts: Counts, cells: Cells, alternative: Alternative) -> Scalar | Unknown:
    """Fisher's exact p of a table of two by two."""
    if len(counts) != 2 or len(counts[0]) != 2:
        message = (
            f"p_value by fisher takes a table of two by two, and this is {len(counts)} by {len(counts[0])}"
        )
        raise Mistake("E-CALL", message, hint='give two conditions, or use test="chi2"')
    from scipy.stats import fisher_exact

    return _p(float(fisher_exact(counts, alternative=alternative).pvalue), cells)


def chi2_tail(counts: Counts, cells: Cells, *, yates: bool) -> Scalar | Unknown:
    """Pearson's chi-squared p of independence; `yates` moves each count of a two by two table half a unit."""
    over = [sum(row) for row in counts]
    under = [sum(column) for column in zip(*counts, strict=True)]
    if min(len(over), len(under)) < 2 or 0 in (*over, *under):
        return Unknown(
            "undefined", "p_value by chi2: a row or column of the table is empty, or stands alone", cells
        )
    degrees = (len(over) - 1) * (len(under) - 1)
    correct = Fraction(1, 2) if yates and degrees == 1 else Fraction(0)
    statistic = Fraction(0)
    for (row, r), (column, c) in product(enumerate(over), enumerate(under)):
        expected = Fraction(r * c, sum(over))
        gap = abs(counts[row][column] - expected)
        statistic += (gap - min(gap, correct)) ** 2 / expected
    from scipy.special import chdtrc

    return _p(float(chdtrc(degrees, float(statistic))), cells)


def _p(value: float, cells: Cells) -> Scalar:
    p = min(Fraction(value), Fraction(1))
    return number(Quantity(p, p * (1 - _SLACK), min(p * (1 + _SLACK), Fraction(1)), unit=PURE), cells)


def _two_by_two(name: str, corner: Corner) -> Callable[..., Value]:
    """A ratio of four counts that rises with the first and last and falls with the others."""

    def run(a: Value, b: Value, c: Value | None, d: Value | None) -> Value:
        found = _four_counts(name, a, b, c, d)
        if isinstance(found, Unknown):
            return found
        numbers, cells = found
        if any(q.lowest < 0 for q in numbers):
            return Unknown("undefined", f"{name}: a count is negative", cells)
        if any(q.is_censored for q in numbers):
            return Unknown("censored", f"{name}: a count is known to one side only", cells)
        nominal = corner(*(q.nominal for q in numbers))
        if nominal is None:
            return Unknown("undefined", f"{name} divides by a count of zero", cells)
        return number(_at_corners(corner, nominal, numbers), cells)

    return run


def _at_corners(corner: Corner, nominal: Fraction, numbers: list[Quantity]) -> Quantity:
    if all(q.is_exact for q in numbers):
        return Quantity(nominal, unit=PURE)
    a, b, c, d = numbers
    low = corner(a.lowest, b.highest, c.highest, d.lowest)
    high = corner(a.highest, b.lowest, c.lowest, d.highest)
    return Quantity(nominal, low, float("inf") if high is None else high, unit=PURE)


def _four_counts(
    name: str, a: Value, b: Value, c: Value | None, d: Value | None
) -> tuple[list[Quantity], Cells] | Unknown:
    """Exposed with and without the outcome, then unexposed with and without it."""
    if c is None and d is None:
        return _counted(name, a, b)
    if c is None or d is None:
        message = f"{name} takes two conditions or four counts"
        raise Mistake("E-CALL", message, hint=f"write {name}(exposed, outcome) or {name}(a, b, c, d)")
    operands = [numeric(v, name) for v in (a, b, c, d)]
    unknown = next((o for o in operands if isinstance(o, Unknown)), None)
    if unknown is not None:
        return unknown
    known = [o for o in operands if not isinstance(o, Unknown)]
    if any(o.column is not None for o in known):
        message = f"{name} of four counts takes single numbers"
        raise Mistake("E-KIND", message, hint=f"write {name}(exposed, outcome) for two columns of truths")
    items = ItemList(tuple(v for v in (a, b, c, d) if isinstance(v, Scalar | Unknown)))
    column = column_of_items(items, name)
    if isinstance(column, Unknown):
        return column
    return [column.data.take(i) for i in range(4)], joined(*(o.cells for o in known))


def _counted(name: str, exposed: Value, outcome: Value) -> tuple[list[Quantity], Cells] | Unknown:
    sides = [_truths(name, value) for value in (exposed, outcome)]
    unknown = next((side for side in sides if isinstance(side, Unknown)), None)
    if unknown is not None:
        return unknown
    found = cross_counts(name, *(side for side in sides if isinstance(side, Column)))
    if isinstance(found, Unknown):
        return found
    counts, cells = found
    return [Quantity(Fraction(n)) for row in counts for n in row], cells


def _truths(name: str, value: Value) -> Column | Unknown:
    if isinstance(value, Unknown) or (isinstance(value, Column) and value.kind == "truth"):
        return value
    message = f"{name} takes two columns of truths or four counts, and this is {kind_of(value)}"
    raise Mistake("E-KIND", message, hint="write conditions, such as table.treated == 1")


def _odds_ratio(a: Any, b: Any, c: Any, d: Any) -> Any:
    return Fraction(a * d) / (b * c) if b * c else None


def _relative_risk(a: Any, b: Any, c: Any, d: Any) -> Any:
    return Fraction(a * (c + d)) / ((a + b) * c) if (a + b) * c else None


_FOUR = (Parameter("a"), Parameter("b"), Parameter("c", "value", None), Parameter("d", "value", None))
_FORMS = (
    "Of four counts: exposed with the outcome, exposed without it, unexposed with it, unexposed without it. "
    "Of two columns "
    "of truths: exposed, outcome."
)
_UNKNOWNS = (
    "A missing cell makes it unknown. Bounds on counts give true bounds. Undefined where it divides by a count "
    "of zero."
)

FUNCTIONS = (
    Function(
        "odds_ratio",
        GROUP,
        f"The odds of an outcome among the exposed over those among the others. {_FORMS}",
        _FOUR,
        _two_by_two("odds_ratio", _odds_ratio),
        ("odds_ratio(20, 80, 10, 90)", "2.25"),
        _UNKNOWNS,
        "J. Cornfield, Journal of the National Cancer Institute 11 (1951), 1269-1275.",
    ),
    Function(
        "relative_risk",
        GROUP,
        f"The share of the exposed with an outcome over that of the others. {_FORMS}",
        _FOUR,
        _two_by_two("relative_risk", _relative_risk),
        ("relative_risk(20, 80, 10, 90)", "2"),
        _UNKNOWNS,
        "J. Cornfield, Journal of the National Cancer Institute 11 (1951), 1269-1275.",
    ),
)
