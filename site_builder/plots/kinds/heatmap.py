"""A grid of cells, each with its value written in it and a stronger colour for a higher one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from site_builder.figures import PlotJson, PointJson
from site_builder.plots.frame import QUIET, Frame, Surroundings, finished, framed, nothing
from site_builder.plots.kind import Kind
from site_builder.plots.numerals import value_text
from site_builder.plots.scales import slots
from site_builder.plots.sketch import Area, Box, Item, Point, Sketch, Stroke, Words
from site_builder.plots.strands import axis_title, category
from site_builder.plots.wording import clipped, width

_MOST_COLUMNS: Final = 40
_MOST_ROWS: Final = 50
_LONGEST_TEXT: Final = 24
# Weak enough that ink stays readable on the strongest cell, in light and in dark.
_WEAKEST, _STRONGEST = 0.06, 0.68
_HATCH: Final = 6.0
_HATCH_SMALL: Final = 3.5


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells by column and row, with the names of both; `covered` counts points whose cell was taken."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    points: dict[tuple[int, int], PointJson]
    covered: int

    @property
    def values(self) -> list[float]:
        return [point["value"] for point in self.points.values() if point["value"] is not None]


def sketch(plot: PlotJson) -> Sketch:
    """The cells in their rows and columns."""
    cells = _read(plot)
    if not cells.points:
        return nothing(plot["title"], ())
    columns, rows = cells.columns[:_MOST_COLUMNS], cells.rows[:_MOST_ROWS]
    height = 28.0 if len(rows) <= 12 else 16.0
    around = Surroundings(
        title=plot["title"],
        x_title=axis_title(plot["x"]),
        y_title=axis_title(plot["y"]),
        remark=f"Cells: {plot['value_label']}" if plot["value_label"] else "",
        right=8.0,
        height=len(rows) * height,
        grid="",
    )
    frame = framed(slots(columns), slots(rows), around)
    items, hatched = _items(cells, frame, len(columns), len(rows))
    return finished(frame, items, _notes(plot, cells, hatched, frame))


def _read(plot: PlotJson) -> Cells:
    points = [point for series in plot["series"] for point in series["points"]]
    columns = _names(plot["x"]["categories"], [point["x"] for point in points])
    rows = _names(plot["y"]["categories"], [point["y"] for point in points], upwards=True)
    column_of = {name: index for index, name in enumerate(columns)}
    row_of = {name: index for index, name in enumerate(rows)}
    found: dict[tuple[int, int], PointJson] = {}
    covered = 0
    for point in points:
        if point["x"] is None or point["y"] is None:
            continue
        key = column_of[category(point["x"])], row_of[category(point["y"])]
        covered += key in found
        found.setdefault(key, point)
    return Cells(columns, rows, found, covered)


def _names(
    given: list[str] | None, values: list[float | str | None], *, upwards: bool = False
) -> tuple[str, ...]:
    """Categories in their given order, then as they come; numbers alone in rising order, upwards on y."""
    numbers = [value for value in values if isinstance(value, (int, float))]
    met = [value for value in values if value is not None]
    if given is None and len(numbers) == len(met):
        return tuple(dict.fromkeys(category(value) for value in sorted(numbers, reverse=upwards)))
    return tuple(dict.fromkeys([*(given or ()), *(category(value) for value in met)]))


def _items(cells: Cells, frame: Frame, columns: int, rows: int) -> tuple[list[Item], int]:
    """Every cell of the grid, and how many are hatched because they have no result."""
    items: list[Item] = []
    filled: dict[float, list[tuple[Point, ...]]] = defaultdict(list)
    hatches: list[tuple[Point, ...]] = []
    hatched = 0
    texts = _texts(cells)
    room = frame.box.width / columns - 3
    written = all(width(text) <= room for text in texts.values()) and frame.box.height / rows >= 14
    low, high = min(cells.values, default=0.0), max(cells.values, default=0.0)
    for row in range(rows):
        for column in range(columns):
            point = cells.points.get((column, row))
            box = _cell(frame, columns, rows, column, row)
            text = texts.get((column, row), "")
            if point is None or point["value"] is None:
                hatches += _hatch(box)
                hatched += 1
            else:
                filled[_strength(point["value"], low, high)].append(box.corners)
            if text and written:
                items.append(
                    Words((box.left + box.right) / 2, (box.top + box.bottom) / 2 + 4, text, "middle")
                )
    items += [Area(tuple(outlines), "heat", strength) for strength, outlines in filled.items()]
    if hatches:
        items.insert(0, Stroke(tuple(hatches), "mark", 0.6, opacity=0.6))
    if not written:
        items += _key(low, high, frame)
    return items, hatched


def _texts(cells: Cells) -> dict[tuple[int, int], str]:
    """What is written into each cell; a missing one says so in words if it was written so."""
    texts: dict[tuple[int, int], str] = {}
    for key, point in cells.points.items():
        value = point["value"]
        texts[key] = clipped(point["text"], _LONGEST_TEXT) or ("" if value is None else value_text(value))
    return texts


def _cell(frame: Frame, columns: int, rows: int, column: int, row: int) -> Box:
    across, down = frame.box.width / columns, frame.box.height / rows
    gap = 0.75 if min(across, down) > 8 else 0.0
    left, top = frame.box.left + column * across, frame.box.top + row * down
    return Box(left + gap, top + gap, left + across - gap, top + down - gap)


def _strength(value: float, low: float, high: float) -> float:
    """How strongly a cell is coloured; steps of a hundredth are as fine as eyes can tell."""
    span = high / 2 - low / 2
    share = (value / 2 - low / 2) / span if span > 0 else 0.5
    return round(_WEAKEST + (_STRONGEST - _WEAKEST) * share, 2)


def _hatch(box: Box) -> list[tuple[Point, ...]]:
    """Slanted lines that fill the box and stay inside of it."""
    lines: list[tuple[Point, ...]] = []
    apart = _HATCH if min(box.width, box.height) > 14 else _HATCH_SMALL
    offset = apart - box.height
    while offset < box.width:
        start = max(0.0, offset)
        end = min(box.width, offset + box.height)
        if end - start > 0.5:
            lines.append(
                (
                    (box.left + start, box.bottom - (start - offset)),
                    (box.left + end, box.bottom - (end - offset)),
                )
            )
        offset += apart
    return lines


def _key(low: float, high: float, frame: Frame) -> list[Item]:
    """What the colours mean, at the upper right, where cells are too small for their values."""
    size, steps = 12.0, 5
    right, y = frame.box.right, frame.box.top - 19
    after = value_text(high)
    x = right - width(after) - 5 - size * steps
    items: list[Item] = [
        Words(x - 5, y + 10, value_text(low), "end", QUIET),
        Words(right, y + 10, after, "end", QUIET),
    ]
    for step in range(steps):
        box = Box(x + step * size, y, x + (step + 1) * size, y + size)
        strength = _WEAKEST + (_STRONGEST - _WEAKEST) * step / (steps - 1)
        items.append(Area((box.corners,), "heat", round(strength, 2)))
    return items


def _notes(plot: PlotJson, cells: Cells, hatched: int, frame: Frame) -> list[str]:
    left_out = len(cells.columns) > _MOST_COLUMNS or len(cells.rows) > _MOST_ROWS
    notes = {
        "Hatched: no result.": hatched,
        f"{cells.covered:,} more rows fall into a cell already drawn.": cells.covered,
        f"The first {len(frame.y.ticks)} of {len(cells.rows):,} rows and {len(frame.x.ticks)} of "
        f"{len(cells.columns):,} columns are drawn.": left_out,
        "Lines and fits have no place on a heatmap.": bool(plot["marks"]),
    }
    return [note for note, applies in notes.items() if applies]


KIND = Kind("heatmap", "a value for every pair of two categories", sketch)
