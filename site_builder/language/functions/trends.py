"""Trends: whether a column rises or falls from row to row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from site_builder.language.comparisons import comparison
from site_builder.language.dates import dates_in
from site_builder.language.function import Function, Parameter
from site_builder.language.operands import as_numbers
from site_builder.language.summarising import row_doubt, rows_of
from site_builder.language.values import Scalar, Value, truth
from site_builder.tables import Column


def _trend(name: str, ops: tuple[str, ...]) -> Callable[..., Value]:
    """Whether each cell compares so with the next; `monotonic` is either direction."""

    def run(column: Column, strict: bool) -> Value:
        column = dates_in(column)
        values = column if column.kind == "date" else as_numbers(column, name)
        if len(values) == 0:
            return truth(0, values.cells, "no-rows", f"{name}: {rows_of(values)}")
        if len(values) == 1:
            return truth(0, values.cells, "undefined", f"{name}: one row has no order")
        unsure = row_doubt(values, name)
        if unsure is not None:
            return truth(0, unsure.cells, unsure.reason, unsure.detail)
        results = [_steps(values, op if strict else op + "=") for op in ops]
        return max(results, key=lambda result: (int(result.data), result.tally))

    return run


def _steps(column: Column, op: str) -> Scalar:
    """Whether every step goes the way of `op`, with the tally of those that surely do."""
    last = len(column) - 1
    before, after = column.take(np.arange(last)), column.take(np.arange(1, last + 1))
    steps = comparison(op, _loose(before), _loose(after))
    assert isinstance(steps, Column)
    kept = int(np.count_nonzero(steps.data == 1))
    ways = {"<": "rise", "<=": "rise or stay", ">": "fall", ">=": "fall or stay"}
    detail = f"{kept:,} of {last:,} steps {ways[op]}"
    result = -1 if np.any(steps.data == -1) else 1 if np.all(steps.data == 1) else 0
    reason = steps.why_unknown() if result == 0 else ""
    return Scalar("truth", result, column.cells, reason, detail, (kept, last))


def _loose(column: Column) -> Column:
    """The cells alone, so that one row may be compared with the next."""
    return Column(column.kind, column.data, unknown=column.unknown)


_COLUMN = Parameter("column", "column")
_PARAMETERS = (_COLUMN, Parameter("strict", "flag", True))
_DOUBT = (
    "An unknown step leaves the answer open unless another step settles it. One row, or none, is unknown. Groups "
    "of a column of numbers or dates stand in rising order of it, others in order of first appearance."
)

FUNCTIONS = (
    Function(
        "increasing",
        "truth",
        "Whether each row is greater than the one before (or not less, with strict=False).",
        _PARAMETERS,
        _trend("increasing", ("<",)),
        ("increasing(runs.accuracy)", "true (3 of 3 steps rise)"),
        _DOUBT,
    ),
    Function(
        "decreasing",
        "truth",
        "Whether each row is less than the one before (or not greater, with strict=False).",
        _PARAMETERS,
        _trend("decreasing", (">",)),
        ("decreasing(runs.minutes)", "false (2 of 3 steps fall)"),
        _DOUBT,
    ),
    Function(
        "monotonic",
        "truth",
        "Whether a column never falls or never rises; whether every step rises or every one falls, with strict=True.",
        (_COLUMN, Parameter("strict", "flag", False)),
        _trend("monotonic", ("<", ">")),
        ("monotonic(runs.accuracy)", "true (3 of 3 steps rise or stay)"),
        _DOUBT,
    ),
)
