"""The data behind a plot, as a CSV file to download."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from site_builder.figures import PlotJson, PointJson
from site_builder.plots.strands import axis_title

Cell = float | str | None

# What a spreadsheet may take for a formula, also in full-width characters or behind blanks.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")  # noqa: RUF001
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_QUOTED: Final = re.compile(r'[",;\t\r\n]|^\s|\s$')


def data_csv(plot: PlotJson) -> str:
    """A row a point with a header, in the plot's order; columns that say nothing are left out.

    Texts that a spreadsheet would run as formulas begin with a single quote. Lines end in a line feed.
    """
    rows = [(series["name"], point) for series in plot["series"] for point in series["points"]]
    columns = [(name, [read(*row) for row in rows]) for name, read in _columns(plot)]
    needed = {axis_title(plot[axis]) or axis for axis in ("x", "y")}
    shown = [
        (name, cells)
        for name, cells in columns
        if name in needed or any(cell not in (None, "") for cell in cells)
    ]
    lines: list[list[Cell]] = [
        [name for name, _ in shown],
        *([cells[row] for _, cells in shown] for row in range(len(rows))),
    ]
    return "".join(_line(line) for line in lines)


def _columns(plot: PlotJson) -> list[tuple[str, Callable[[str, PointJson], Cell]]]:
    """The titles of all columns, each with what reads its cell from a series' name and a point."""
    x, y = axis_title(plot["x"]) or "x", axis_title(plot["y"]) or "y"
    return [
        ("series", lambda name, point: name),
        (x, lambda name, point: point["x"]),
        (f"{x}, low", lambda name, point: point["x_low"]),
        (f"{x}, high", lambda name, point: point["x_high"]),
        (y, lambda name, point: point["y"]),
        (f"{y}, low", lambda name, point: point["y_low"]),
        (f"{y}, high", lambda name, point: point["y_high"]),
        ("unbounded on the side", lambda name, point: point["censored"]),
        (plot["value_label"] or "value", lambda name, point: point["value"]),
        ("as written", lambda name, point: point["text"]),
        ("label", lambda name, point: point["label"]),
    ]


def _line(cells: Sequence[Cell]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(cell: Cell) -> str:
    """A number in full, or a text that no spreadsheet runs and no separator splits."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return repr(int(cell)) if float(cell).is_integer() and abs(cell) < 1e15 else repr(float(cell))
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        cell = "'" + cell
    cell = cell.encode("utf-8", "replace").decode()
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
