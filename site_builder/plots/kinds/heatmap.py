"""A grid of cells, each with its value written in it and a stronger colour for a higher one."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from site_builder.figures import PlotJson
from site_builder.plots.cells import Cells, read_cells
from site_builder.plots.frame import QUIET, Frame, Surroundings, finished, framed, nothing
from site_builder.plots.kind import Kind
from site_builder.plots.numerals import value_text
from site_builder.plots.scales import slots
from site_builder.plots.sketch import Area, Box, Item, Point, Sketch, Stroke, Words
from site_builder.plots.strands import axis_title
from site_builder.plots.wording import width

# Weak enough that ink stays readable on the strongest cell, in light and in dark.
_WEAKEST, _STRONGEST = 0.1, 0.68
_TALL, _LOW = 28.0, 16.0
_MOST_TALL: Final = 12
_HATCH: Final = 6.0
_HATCH_SMALL: Final = 3.5
_KEY_STEP: Final = 12.0
_KEY_STEPS: Final = 5


def sketch(plot: PlotJson) -> Sketch:
    """The cells in their rows and columns."""
    everything = read_cells(plot)
    if not everything.points:
        return nothing(plot["title"], ())
    cells = everything.largest()
    around = Surroundings(
        title=plot["title"],
        x_title=axis_title(plot["x"]),
        y_title=axis_title(plot["y"]),
        remark=f"Cells: {plot['value_label']}" if plot["value_label"] else "",
        right=8.0,
        height=len(cells.rows) * (_TALL if len(cells.rows) <= _MOST_TALL else _LOW),
        grid="",
    )
    frame = framed(slots(cells.columns), slots(cells.rows), around)
    boxes = {key: _cell(frame, cells, *key) for key in cells.keys}
    words = _words(cells, boxes) if _fit(cells, boxes) else _key(cells, frame)
    return finished(frame, [*_colours(cells, boxes), *words], _notes(plot, everything, cells))


def _cell(frame: Frame, cells: Cells, column: int, row: int) -> Box:
    """The cell's box, with a narrow gap to its neighbours where there is room for one."""
    across, down = frame.box.width / len(cells.columns), frame.box.height / len(cells.rows)
    gap = 0.75 if min(across, down) > 8 else 0.0
    left, top = frame.box.left + column * across, frame.box.top + row * down
    return Box(left + gap, top + gap, left + across - gap, top + down - gap)


def _fit(cells: Cells, boxes: dict[tuple[int, int], Box]) -> bool:
    """Whether all texts fit into their cells."""
    return all(width(text) <= boxes[key].width - 1 for key, text in cells.texts.items())


def _words(cells: Cells, boxes: dict[tuple[int, int], Box]) -> list[Item]:
    values = cells.values
    items: list[Item] = []
    for key, text in cells.texts.items():
        x, y = (boxes[key].left + boxes[key].right) / 2, (boxes[key].top + boxes[key].bottom) / 2
        items.append(Words(x, y + 4, text, "middle", halo=key not in values))
    return items


def _colours(cells: Cells, boxes: dict[tuple[int, int], Box]) -> list[Item]:
    """One area for each strength, and hatching for all cells without a value."""
    values = cells.values
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    filled: dict[float, list[tuple[Point, ...]]] = defaultdict(list)
    for key, value in values.items():
        filled[_strength(value, low, high)].append(boxes[key].corners)
    areas: list[Item] = [Area(tuple(outlines), "heat", strength) for strength, outlines in filled.items()]
    hatches = [line for key in cells.keys if key not in values for line in _hatch(boxes[key])]
    return [Stroke(tuple(hatches), "mark", 0.6, opacity=0.6), *areas] if hatches else areas


def _strength(value: float, low: float, high: float) -> float:
    """How strongly a cell is coloured; steps of a hundredth are as fine as eyes can tell."""
    span = high / 2 - low / 2
    share = (value / 2 - low / 2) / span if span > 0 else 0.5
    return round(_WEAKEST + (_STRONGEST - _WEAKEST) * share, 2)


def _hatch(box: Box) -> list[tuple[Point, ...]]:
    """Slanted lines that fill the box and stay inside of it."""
    apart = _HATCH if min(box.width, box.height) > 14 else _HATCH_SMALL
    lines: list[tuple[Point, ...]] = []
    offset = apart - box.height
    while offset < box.width:
        start, end = max(0.0, offset), min(box.width, offset + box.height)
        if end - start > 0.5:
            first = (box.left + start, box.bottom - (start - offset))
            lines.append((first, (box.left + end, box.bottom - (end - offset))))
        offset += apart
    return lines


def _key(cells: Cells, frame: Frame) -> list[Item]:
    """What the colours mean, at the upper right, where cells are too small for their values."""
    values = cells.values.values()
    low, high = value_text(min(values, default=0.0)), value_text(max(values, default=0.0))
    y = frame.box.top - 19
    x = frame.box.right - width(high) - 5 - _KEY_STEP * _KEY_STEPS
    words: list[Item] = [
        Words(x - 5, y + 10, low, "end", QUIET),
        Words(frame.box.right, y + 10, high, "end", QUIET),
    ]
    for step in range(_KEY_STEPS):
        box = Box(x + step * _KEY_STEP, y, x + (step + 1) * _KEY_STEP, y + _KEY_STEP)
        words.append(Area((box.corners,), "heat", _strength(step, 0, _KEY_STEPS - 1)))
    return words


def _notes(plot: PlotJson, everything: Cells, cells: Cells) -> list[str]:
    rows, columns = len(cells.rows), len(cells.columns)
    all_rows, all_columns = len(everything.rows), len(everything.columns)
    cut = f"The first {rows} of {all_rows:,} rows and {columns} of {all_columns:,} columns are drawn."
    covered = f"{everything.covered:,} {'rows fall' if everything.covered > 1 else 'row falls'}"
    notes = {
        "Hatched: no result.": len(cells.values) < rows * columns,
        f"{covered} into a cell already drawn.": everything.covered,
        cut: (rows, columns) != (all_rows, all_columns),
        "Lines and fits have no place on a heatmap.": bool(plot["marks"]),
    }
    return [note for note, applies in notes.items() if applies]


KIND = Kind("heatmap", "a value for every pair of two categories", sketch)
