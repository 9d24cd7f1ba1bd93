"""Expressions evaluated over small tables: `value`, `shown` and `problem` of a text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from site_builder.language.bind import read_expression, read_let
from site_builder.language.evaluate import Evaluator
from site_builder.language.examples import example_tables
from site_builder.language.values import Scalar, Unknown, Value
from site_builder.language.working import Line, value_text, working
from site_builder.problems import Mistake, Place, Problem
from site_builder.quantities.quantity import Quantity, converted, stacked
from site_builder.quantities.reading import read_quantity
from site_builder.quantities.units import BARE
from site_builder.tables import MISSING_CELL, Cells, Column, Kind, Leaf, Lineage, Table

Cell = str | int | bool | date | None
Tables = Mapping[str, Table | Unknown]


def table(name: str, columns: Mapping[str, list[Cell]], titles: Mapping[str, str] | None = None) -> Table:
    """A table of cells: numbers are int or written quantities ("~40", "3+", "2.5 min"), None is missing.

    A column is one of texts if its name starts with ``text`` or a cell cannot be a number; True and False make
    truths, dates make dates.
    """
    rows = len(next(iter(columns.values()), []))
    lineage = Lineage(name, np.arange(rows))
    made = {n: column(n, cells, Cells((Leaf(lineage, n),))) for n, cells in columns.items()}
    return Table(name, rows, {n: partial(made.__getitem__, n) for n in made}, rows, titles=titles or {})


def column(name: str, cells: list[Cell], source: Cells = Cells()) -> Column:  # noqa: B008
    kind = _kind(name, cells)
    codes = np.array([MISSING_CELL if c is None else 0 for c in cells], dtype=np.int8)
    unknown = codes if codes.any() else None
    if kind == "number":
        return Column(kind, _numbers(cells), source, unknown)
    if kind == "text":
        data = np.empty(len(cells), dtype=object)
        data[:] = ["" if c is None else c for c in cells]
        return Column(kind, data, source, unknown, read=partial(_read, cells, source, unknown))
    if kind == "truth":
        signs = [0 if c is None else 1 if c else -1 for c in cells]
        return Column(kind, np.array(signs, dtype=np.int8), source, unknown)
    days = [np.datetime64(0, "D") if c is None else np.datetime64(str(c), "D") for c in cells]
    return Column(kind, np.array(days, dtype="datetime64[D]"), source, unknown)


def _kind(name: str, cells: list[Cell]) -> Kind:
    known = [c for c in cells if c is not None]
    if any(isinstance(c, bool) for c in known):
        return "truth"
    if any(isinstance(c, date) for c in known):
        return "date"
    is_text = name.startswith("text") or any(
        isinstance(c, str) and not any(map(str.isdigit, c)) for c in known
    )
    return "text" if is_text else "number"


def _numbers(cells: list[Cell]) -> Quantity:
    read = [read_quantity("0" if c is None else str(c)).meant for c in cells]
    unit = next((q.unit for q in read if q.unit.parts), BARE)
    return stacked([converted(q, unit) for q in read], unit)


def _read(cells: list[Cell], source: Cells, unknown: Any) -> Column:
    if not all(c is None or any(map(str.isdigit, str(c))) for c in cells):
        raise Mistake("E-KIND", "the column needs numbers, and holds text", hint="name a column of numbers")
    return Column("number", _numbers(cells), source, unknown)


def untidy_tables() -> dict[str, Table | Unknown]:
    """`runs` and `sizes` of the documentation, and tables with every kind of cell."""
    grid = table(
        "grid",
        {
            "model": ["A", "B", "C", "D", "E"],
            "family": ["x", "x", "y", "y", "y"],
            "score": [10, 20, None, 40, 50],
            "rough": ["~40", "10-20", "30", "50+", "< 5"],
            "steps": [1, 2, 4, 8, 16],
            "ok": [True, False, None, True, True],
            "day": [date(2024, 1, 1), date(2024, 1, 31), date(2024, 3, 1), None, date(2025, 1, 1)],
            "text_time": ["1.5 s", "2 s", "3 s", "4 s", "5 s"],
            "share": ["10%", "20%", "30%", "40%", "50%"],
            "spent": ["1 h", "30 min", "2 h", "1 h", "1 h"],
        },
        {"model": "Model name", "score": "Score (points)"},
    )
    tiers = table("tiers", {"family": ["x", "y"], "tier": [1, 2], "score": [7, 8]})
    empty = table("empty", {"x": [], "y": []})
    ties = table("ties", {"name": ["p", "q", "r", "s"], "v": [3, 1, 3, 2]})
    gone = Unknown("missing-file", "there is no file gone.csv")
    return {**example_tables(), "grid": grid, "tiers": tiers, "empty": empty, "ties": ties, "gone": gone}


def locate(text: str, offset: int, width: int) -> Place:
    """The place of an expression that stands alone on line 1 of a claim."""
    return Place("claim.yaml", 1, offset + 1, width, text)


class Evaluated:
    """One evaluator over some tables and `let` names."""

    def __init__(self, tables: Tables | None = None, lets: Mapping[str, str] | None = None) -> None:
        self.tables = untidy_tables() if tables is None else tables
        read = {n: read_let(text, partial(locate, text)) for n, text in (lets or {}).items()}
        self.evaluator = Evaluator({n: partial(self.tables.__getitem__, n) for n in self.tables}, read)

    def value(self, text: str) -> Value:
        return self.evaluator.value(read_expression(text, partial(locate, text)))

    def line(self, text: str) -> Line:
        expression = read_expression(text, partial(locate, text))
        return working("", expression, self.evaluator.value(expression), self.evaluator.trace)


def value(text: str, tables: Tables | None = None, **lets: str) -> Value:
    return Evaluated(tables, lets).value(text)


def shown(text: str, tables: Tables | None = None, **lets: str) -> str:
    """The value as the working shows it."""
    return value_text(value(text, tables, **lets))


def truth_of(text: str, tables: Tables | None = None, **lets: str) -> int:
    """1, -1 or 0 for a truth that is open."""
    found = value(text, tables, **lets)
    if isinstance(found, Unknown):
        return 0
    assert isinstance(found, Scalar)
    assert found.kind == "truth"
    return int(found.data)


def problem(text: str, tables: Tables | None = None, **lets: str) -> Problem:
    """The problem of an expression that cannot be evaluated."""
    try:
        found = value(text, tables, **lets)
    except Mistake as mistake:
        return mistake.problem
    raise AssertionError(f"{text} gives {value_text(found)}")


def fraction(text: str) -> Fraction:
    """The exact number an expression gives."""
    found = value(text)
    assert isinstance(found, Scalar)
    return Fraction(found.data.nominal)
