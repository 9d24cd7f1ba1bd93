"""The tables of the documentation: every function's example is an expression over `runs` (and `sizes`)."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import numpy as np

from site_builder.quantities.quantity import Quantity, column_of
from site_builder.quantities.units import BARE, Unit, named
from site_builder.tables import Cells, Column, Leaf, Lineage, Table

RUNS: dict[str, tuple[str | int, ...]] = {
    "name": ("a", "b", "c", "d"),
    "kind": ("training", "training", "switch", "switch"),
    "minutes": (30, 10, 15, 5),
    "accuracy": (50, 70, 75, 85),
    "size": (1, 3, 4, 8),
}
"""Four runs: what each is called, of which kind it is, how long it took, how good and how big it is."""
SIZES: dict[str, tuple[str | int, ...]] = {"name": ("a", "b", "c", "d"), "layers": (12, 24, 24, 32)}
"""How many layers each run's model has."""
_UNITS = {"minutes": named(("min", 1)), "accuracy": named(("%", 1))}


def example_tables() -> dict[str, Table]:
    """The tables ``runs`` and ``sizes``; minutes are in min, accuracy in %, the rest without unit."""
    return {"runs": _table("runs", RUNS), "sizes": _table("sizes", SIZES)}


def _table(name: str, columns: dict[str, tuple[str | int, ...]]) -> Table:
    rows = len(columns["name"])
    lineage = Lineage(name, np.arange(rows))
    made = {
        title: _column(cells, Cells((Leaf(lineage, title),)), _UNITS.get(title, BARE))
        for title, cells in columns.items()
    }
    return Table(name, rows, {title: partial(made.__getitem__, title) for title in made}, rows)


def _column(cells: tuple[str | int, ...], source: Cells, unit: Unit) -> Column:
    if isinstance(cells[0], str):
        return Column("text", np.array(cells, dtype=object), source)
    return Column("number", Quantity(column_of([Fraction(c) for c in cells]), unit=unit), source)
