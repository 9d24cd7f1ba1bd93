"""A quantity: one number or a column of numbers, each a nominal value with bounds, and their common unit.

Small data are exact: `fractions.Fraction`, alone or in object arrays, and so is whatever has bounds. Exact columns
of more than `EXACT_ROWS` cells are float64, which keep a way back to the exact numbers (see `floats`). Bounds are
None for exact numbers, so those cost nothing. This module is the room's front door: the names below come from
`amount` (the value itself), `arithmetic` and `comparison`.
"""

from __future__ import annotations

from site_builder.quantities.amount import (
    EXACT_ROWS,
    Exactly,
    Numbers,
    Quantity,
    column_of,
    computed,
    exact,
    fractions_of,
    settled,
    stacked,
)
from site_builder.quantities.arithmetic import add, divide, multiply, negate, subtract
from site_builder.quantities.comparison import Truths, compare, compare_meeting, converted

__all__ = (
    "EXACT_ROWS",
    "Exactly",
    "Numbers",
    "Quantity",
    "Truths",
    "add",
    "column_of",
    "compare",
    "compare_meeting",
    "computed",
    "converted",
    "divide",
    "exact",
    "fractions_of",
    "multiply",
    "negate",
    "settled",
    "stacked",
    "subtract",
)
