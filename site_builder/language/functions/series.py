"""Series: how a column of numbers in order resembles itself some rows later."""

from __future__ import annotations

from fractions import Fraction

from site_builder.language.function import Function, Parameter, whole
from site_builder.language.functions.samples import GROUP, STRICT, deviations, inexact, products
from site_builder.language.summarising import numbers_of, obstacle
from site_builder.language.values import Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity, settled
from site_builder.quantities.units import PURE
from site_builder.tables import Column

_FLOAT_SLACK = Fraction(1, 10**9)


def _autocorrelation(x: Column, lag: Quantity | None) -> Value:
    """Σ (x_i - x̄)(x_i+k - x̄) over n - k rows, divided by Σ (x_i - x̄)² over all n."""
    by = 1 if lag is None else whole(lag, "autocorrelation", "lag")
    if by < 0:
        raise Mistake("E-CALL", "autocorrelation takes a lag of 0 or more", hint="1 for neighbouring rows")
    column = numbers_of(x, "autocorrelation")
    stop = obstacle(column, "autocorrelation") or inexact("autocorrelation", column.cells, column)
    if stop is not None:
        return stop
    if by >= len(column):
        detail = f"autocorrelation: {len(column):,} rows have no two that lie {by:,} apart"
        return Unknown("undefined", detail, column.cells)
    apart = deviations(column.data)
    whole_sum = products(apart, apart)
    if whole_sum == 0:
        detail = "autocorrelation: every row is the same, so there is no variance"
        return Unknown("undefined", detail, column.cells)
    shared = products(apart[: len(apart) - by], apart[by:])
    r = Fraction(shared) / Fraction(whole_sum)
    if isinstance(apart, list):
        return number(settled(Quantity(r, unit=PURE)), column.cells)
    return number(Quantity(r, r - _FLOAT_SLACK, r + _FLOAT_SLACK, unit=PURE), column.cells)


FUNCTIONS = (
    Function(
        "autocorrelation",
        GROUP,
        "How a column resembles itself `lag` rows later: the sum of products of deviations from the mean of "
        "all rows, over "
        "the sum of their squares.",
        (Parameter("x", "column"), Parameter("lag", "number", None)),
        _autocorrelation,
        ("autocorrelation(runs.accuracy)", "0.115385"),
        STRICT
        + "lag is 1 unless given. Unknown where cells have bounds; undefined where every row is the same. "
        "Exact for up "
        "to 5,000 rows, else known to 1e-9.",
        "G. E. P. Box and G. M. Jenkins, Time Series Analysis (1976), section 2.1.5; NIST Statistical "
        "Reference Datasets, "
        "univariate summary statistics.",
    ),
)
