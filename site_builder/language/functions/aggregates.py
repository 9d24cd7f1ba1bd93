"""Columns to a value: sum, mean, median, extremes and spread, of a whole column or group by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from site_builder.language.dates import dates_in
from site_builder.language.function import Function, Parameter, whole
from site_builder.language.summarising import Names, Summary, numbers_of, summarised
from site_builder.language.values import Scalar, Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities import aggregate
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import BARE
from site_builder.tables import Column

_BY = Parameter("by", "names", None)
_COLUMN = Parameter("column", "column")
_DDOF = Parameter("ddof", "number", None)
_STRICT = "A missing cell, or no row, makes the result unknown; leave it out with [not missing(column)]. "


def _plain(name: str, summary: Callable[[Quantity], Quantity]) -> Callable[..., Value]:
    def run(column: Column, by: Names | None) -> Value:
        return summarised(numbers_of(column, name), by, name, lambda c: number(summary(c.data), c.cells))

    return run


def _end(name: str, summary: Callable[[Quantity], Quantity]) -> Callable[..., Value]:
    """The least or greatest cell of a column of numbers or dates; of whole numbers, as it was typed."""

    def of_numbers(column: Column) -> Scalar | Unknown:
        as_typed = None if column.as_typed is None else summary(column.as_typed)
        return replace(number(summary(column.data), column.cells), as_typed=as_typed)

    def of_dates(column: Column) -> Scalar | Unknown:
        return Scalar("date", getattr(column.data, name)(), column.cells)

    def run(column: Column, by: Names | None) -> Value:
        column = dates_in(column)
        if column.kind == "date":
            return summarised(column, by, name, of_dates)
        return summarised(numbers_of(column, name), by, name, of_numbers)

    return run


def _quantile(column: Column, q: Quantity, by: Names | None) -> Value:
    share = _share(q)
    numbers = numbers_of(column, "quantile")
    return summarised(numbers, by, "quantile", lambda c: number(aggregate.quantile(c.data, share), c.cells))


def _share(q: Quantity) -> Fraction:
    share = q.nominal / 100 if q.unit.symbol == "%" else q.nominal
    if not q.is_exact or not 0 <= share <= 1:
        raise Mistake("E-CALL", "quantile takes a share between 0 and 1", hint='0.9, or quantity("90%")')
    return Fraction(share)


def _spread(name: str, *, rooted: bool) -> Callable[..., Value]:
    def run(column: Column, ddof: Quantity | None, by: Names | None) -> Value:
        degrees = 1 if ddof is None else whole(ddof, name, "ddof")
        if degrees < 0:
            raise Mistake("E-CALL", f"{name} takes ddof 0 or more", hint="1 for a sample, 0 for a population")
        return summarised(numbers_of(column, name), by, name, _spread_of(name, degrees, rooted=rooted))

    return run


def _spread_of(name: str, degrees: int, *, rooted: bool) -> Summary:
    def summary(c: Column) -> Scalar | Unknown:
        if len(c) <= degrees:
            return Unknown("undefined", f"{name} of {len(c):,} values with ddof {degrees}", c.cells)
        if not rooted:
            return number(aggregate.variance(c.data, degrees), c.cells)
        plain = c.data.scaled(
            Fraction(1), BARE
        )  # squared per cent are other per cent: the root is taken without them
        return number(aggregate.root(aggregate.variance(plain, degrees), c.data.unit), c.cells)

    return summary


def _function(
    name: str, summary: str, run: Callable[..., Value], gives: tuple[str, str], unknowns: str
) -> Function:
    return Function(name, "columns to a value", summary, (_COLUMN, _BY), run, gives, _STRICT + unknowns)


def _extreme(
    name: str, summary: str, run: Callable[..., Value], gives: tuple[str, str], unknowns: str
) -> Function:
    return replace(_function(name, summary, run, gives, unknowns), takes_several=True)


def _median(q: Quantity) -> Quantity:
    return aggregate.quantile(q, Fraction(1, 2))


FUNCTIONS = (
    _function(
        "sum",
        "The sum of a column; of a truth column, how many hold.",
        _plain("sum", aggregate.total),
        ("sum(runs.minutes)", "60 min"),
        "Exact; bounds add up.",
    ),
    _function(
        "mean",
        "The arithmetic mean of a column; of a truth column, the share that holds.",
        _plain("mean", aggregate.mean),
        ("mean(runs.accuracy)", "70 %"),
        "Exact; bounds are the means of the bounds. A column of only 0 and 1 gives a share.",
    ),
    _function(
        "median",
        "The middle value of a column, between the two middle ones for an even number.",
        _plain("median", _median),
        ("median(runs.accuracy)", "72.5 %"),
        "Bounds are the medians of the bounds.",
    ),
    _extreme(
        "min",
        "The least value of a column of numbers or dates.",
        _end("min", aggregate.minimum),
        ("min(runs.accuracy)", "50 %"),
        "Bounds are the least of the bounds. min(a, b) is min([a, b]).",
    ),
    _extreme(
        "max",
        "The greatest value of a column of numbers or dates.",
        _end("max", aggregate.maximum),
        ("max(runs.accuracy)", "85 %"),
        "Bounds are the greatest of the bounds. max(a, b) is max([a, b]).",
    ),
    Function(
        "quantile",
        "columns to a value",
        "The value below which a share of a column lies, by linear interpolation.",
        (_COLUMN, Parameter("q", "number"), _BY),
        _quantile,
        ("quantile(runs.accuracy, 0.5)", "72.5 %"),
        _STRICT + "Bounds are the quantiles of the bounds.",
        "R. J. Hyndman and Y. Fan, The American Statistician 50 (1996), 361-365, type 7.",
    ),
    Function(
        "std",
        "columns to a value",
        "The standard deviation of a column: the root of the squared deviations over n - ddof.",
        (_COLUMN, _DDOF, _BY),
        _spread("std", rooted=True),
        ("std(runs.minutes)", "10.8012 min"),
        _STRICT + "ddof is 1 (a sample) unless given; 0 is for a whole population. Bounded cells give an "
        "enclosing interval.",
    ),
    Function(
        "var",
        "columns to a value",
        "The variance of a column: the squared deviations over n - ddof.",
        (_COLUMN, _DDOF, _BY),
        _spread("var", rooted=False),
        ("var(runs.minutes, ddof=0)", "87.5 min^2"),
        _STRICT + "As for std.",
    ),
)
