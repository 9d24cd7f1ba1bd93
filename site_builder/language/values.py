"""What an expression can be: one value, an unknown, a column, a table, a row, or a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from site_builder.quantities.quantity import Quantity
from site_builder.quantities.shown import plain_text
from site_builder.tables import NO_CELLS, REASONS, Cells, Column, Kind, Row, Table

Alternative = Literal["two-sided", "less", "greater"]
"""On which side of nothing a test looks."""


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """One value: `data` is a `Quantity`, a str, a truth (1, -1, or 0 for unknown) or a datetime64.

    An unknown truth says why in `reason` and `detail`; a truth over rows keeps its tally, (how many hold, of how
    many). `read` gives the number that a person reads in a text cell, or raises; `as_typed` the digits of a
    rounded whole number as they were typed. A number may say in `detail` what it is, and the statistic of a test
    gives in `p_value` how often chance alone leads as far, for an alternative.
    """

    kind: Kind
    data: Any
    cells: Cells = NO_CELLS
    reason: str = ""
    detail: str = ""
    tally: tuple[int, int] | None = None
    read: Callable[[], Scalar] | None = None
    as_typed: Quantity | None = None
    p_value: Callable[[Alternative], Scalar | Unknown] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A value that nobody can know from this evidence, and why: a word of `REASONS` and a sentence."""

    reason: str
    detail: str
    cells: Cells = NO_CELLS


@dataclass(frozen=True, slots=True, eq=False)
class ItemList:
    """A list of single values."""

    items: tuple[Scalar | Unknown, ...]


Value = Scalar | Unknown | Column | Table | Row | ItemList


def number(quantity: Quantity, cells: Cells = NO_CELLS) -> Scalar:
    """One number."""
    return Scalar("number", quantity, cells)


def truth(holds: int, cells: Cells = NO_CELLS, reason: str = "", detail: str = "") -> Scalar:
    """One truth: 1, -1, or 0 with a reason."""
    return Scalar("truth", holds, cells, reason, detail)


def element(column: Column, position: int) -> Scalar | Unknown:
    """One cell of a column as a value."""
    index = np.array([position])
    cells = column.cells.take(index)
    if column.unknown is not None and column.unknown[position] and column.kind != "truth":
        reason = REASONS[int(column.unknown[position])]
        return Unknown(reason, f"{_named(column)} {_SAYS.get(reason, 'is not known')}", cells)
    data = column.data.take(position) if column.kind == "number" else column.data[position]
    if column.kind == "truth":
        code = int(column.unknown[position]) if column.unknown is not None else 0
        detail = f"{_named(column)} {_SAYS.get(REASONS[code], 'is not known')}" if code else ""
        return Scalar("truth", int(data), cells, REASONS[code], detail)
    as_typed = None if column.as_typed is None else column.as_typed.take(position)
    return Scalar(column.kind, data, cells, read=_reading(column, position), as_typed=as_typed)


def _reading(column: Column, position: int) -> Callable[[], Scalar] | None:
    """The number that a person reads in one cell of a text column, made when asked for."""
    whole = column.read
    if whole is None:
        return None

    def read() -> Scalar:
        taken = element(whole(), position)
        return Scalar("number", taken, taken.cells) if isinstance(taken, Unknown) else taken

    return read


_SAYS = {
    "missing-cell": "has no value in this row",
    "undefined": "is undefined in this row",
    "censored": "is censored in this row",
    "too-coarse": "is too coarse in this row",
}


def _named(column: Column) -> str:
    return f"column {column.name!r}" if column.name else "the column"


def kind_of(value: Value) -> str:
    """What a value is, in an author's words."""
    if isinstance(value, Column):
        return f"a column of {_PLURALS[value.kind]}"
    if isinstance(value, Scalar):
        return _SINGULARS[value.kind]
    return {Unknown: "an unknown value", Table: "a table", Row: "a row", ItemList: "a list"}[type(value)]


_SINGULARS = {"number": "a number", "text": "a text", "truth": "a truth", "date": "a date"}
_PLURALS = {"number": "numbers", "text": "texts", "truth": "truths", "date": "dates"}


def key_text(key: Any) -> str:
    """A group's key as people write it."""
    if isinstance(key, tuple):
        return ", ".join(key_text(k) for k in key)
    if isinstance(key, Fraction):
        return plain_text(key)
    return {1: "true", -1: "false"}[key] if isinstance(key, int) else str(key)
