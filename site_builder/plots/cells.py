"""Cells as data: a point for every pair of a column and a row, with what is written in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.figures import PlotJson, PointJson
from site_builder.plots.numerals import value_text
from site_builder.plots.strands import category
from site_builder.plots.wording import clipped

_MOST_COLUMNS: Final = 40
_MOST_ROWS: Final = 50
_LONGEST_TEXT: Final = 24


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells by column and row, with the names of both; `covered` counts points whose cell was taken."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    points: dict[tuple[int, int], PointJson]
    covered: int

    @property
    def keys(self) -> list[tuple[int, int]]:
        """Column and row of every cell of the grid, also of those without a point."""
        return [(column, row) for row in range(len(self.rows)) for column in range(len(self.columns))]

    @property
    def values(self) -> dict[tuple[int, int], float]:
        """The cells that have a value."""
        found = {key: point["value"] for key, point in self.points.items()}
        return {key: value for key, value in found.items() if value is not None}

    @property
    def texts(self) -> dict[tuple[int, int], str]:
        """What is written in each cell: as its author wrote it, else its value."""
        values = {key: value_text(value) for key, value in self.values.items()}
        given = {key: clipped(point["text"], _LONGEST_TEXT) for key, point in self.points.items()}
        return values | {key: text for key, text in given.items() if text}

    def largest(self) -> Cells:
        """As many columns and rows as a figure has room for."""
        kept = {
            (column, row): point
            for (column, row), point in self.points.items()
            if column < _MOST_COLUMNS and row < _MOST_ROWS
        }
        return replace(self, columns=self.columns[:_MOST_COLUMNS], rows=self.rows[:_MOST_ROWS], points=kept)


def read_cells(plot: PlotJson) -> Cells:
    """Every pair's first point; columns and rows in their given order."""
    points = [point for series in plot["series"] for point in series["points"]]
    columns = _names(plot["x"]["categories"], [point["x"] for point in points])
    rows = _names(plot["y"]["categories"], [point["y"] for point in points], upwards=True)
    column_of = {name: index for index, name in enumerate(columns)}
    row_of = {name: index for index, name in enumerate(rows)}
    found: dict[tuple[int, int], PointJson] = {}
    covered = 0
    for point in points:
        if point["x"] is not None and point["y"] is not None:
            key = column_of[category(point["x"])], row_of[category(point["y"])]
            covered += key in found
            found.setdefault(key, point)
    return Cells(columns, rows, found, covered)


def _names(
    given: Sequence[str] | None, values: Sequence[float | str | None], *, upwards: bool = False
) -> tuple[str, ...]:
    """Categories in their given order, then as they come; numbers alone in rising order, upwards on y."""
    met = [value for value in values if value is not None]
    numbers = [value for value in met if not isinstance(value, str)]
    if given is None and len(numbers) == len(met):
        return tuple(dict.fromkeys(category(value) for value in sorted(numbers, reverse=upwards)))
    return tuple(dict.fromkeys([*(given or ()), *(category(value) for value in met)]))
