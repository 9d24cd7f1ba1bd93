"""The frame of a figure: title, legend, axes, grid and notes, and where the data lie between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.plots.axis import GAP, turned_margin, x_labels, y_labels
from site_builder.plots.legend import Entry, legend
from site_builder.plots.scales import Scale
from site_builder.plots.sketch import FONT, LEADING, WIDTH, Box, Item, Point, Sketch, Stroke, Words
from site_builder.plots.wording import width, wrapped

HEIGHT: Final = 220.0
MARGIN: Final = 14.0
QUIET: Final = 0.75
_TITLE: Final = 13.5
# How much wider bold letters run than regular ones of the same size.
_BOLD: Final = 1.2
_EDGE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Scales laid over a box; `items` are what surrounds the data, `foot` is where notes may begin."""

    box: Box
    x: Scale
    y: Scale
    items: tuple[Item, ...]
    foot: float

    def at(self, x: float, y: float) -> Point:
        """Where a place on both axes lies in the figure."""
        return self.along_x(x), self.along_y(y)

    def along_x(self, value: float) -> float:
        return self.box.left + _near(self.x.at(value)) * self.box.width

    def along_y(self, value: float) -> float:
        """Numbers grow upwards, categories read downwards."""
        share = _near(self.y.at(value))
        return self.box.top + (share if self.y.slots else 1 - share) * self.box.height


def _near(share: float) -> float:
    """The share of an axis, kept from running off to where no renderer follows."""
    return min(3.0, max(-2.0, share))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the data: the words, the legend, the margin to the right, the height of the box."""

    title: str = ""
    x_title: str = ""
    y_title: str = ""
    entries: tuple[Entry, ...] = ()
    remark: str = ""
    right: float = MARGIN
    height: float = HEIGHT
    grid: str = "xy"
    ticks: str = "xy"


def framed(x: Scale, y: Scale, around: Surroundings) -> Frame:
    """The frame for two scales."""
    header, top = _header(around)
    y_words, left = y_labels(y, around.height, with_text="y" in around.ticks)
    if "x" in around.ticks:
        left = max(left, turned_margin(x, WIDTH - around.right - left))
    box = Box(left, top + 8, WIDTH - around.right, top + 8 + around.height)
    x_words, depth = x_labels(x, box, with_text="x" in around.ticks)
    bottom = box.bottom + depth
    x_title = _centred(wrapped(around.x_title, WIDTH - 20, 2), box, bottom + FONT + 2)
    foot = bottom + len(x_title) * LEADING + 6
    placed = tuple(replace(word, x=left - GAP, y=word.y + box.top) for word in y_words)
    lines = _lines(x, y, box, around.grid)
    return Frame(box, x, y, (*lines, *header, *placed, *x_words, *x_title), foot)


def _header(around: Surroundings) -> tuple[list[Item], float]:
    """Title, legend and the y axis' title from the top down, and where they end."""
    items: list[Item] = []
    y = 0.0
    for line in wrapped(around.title, WIDTH - 8, 3, _TITLE * _BOLD):
        y += 17
        items.append(Words(_EDGE, y - 3, line, size=_TITLE, bold=True))
    y += 4 if items else 0
    keys, height = legend(around.entries, y)
    items += keys
    y += height
    if around.remark:
        y += LEADING
        items += [Words(_EDGE, y - 2, line, opacity=QUIET) for line in wrapped(around.remark, WIDTH - 8, 1)]
    for line in wrapped(around.y_title, WIDTH - 8, 2):
        y += LEADING
        items.append(Words(_EDGE, y - 2, line, opacity=QUIET))
    return items, y


def _centred(lines: Sequence[str], box: Box, y: float) -> list[Words]:
    """Lines under the middle of the box, moved where they would leave the figure."""
    rows: list[Words] = []
    for number, line in enumerate(lines):
        half = width(line) / 2
        middle = max(half, min((box.left + box.right) / 2, WIDTH - half))
        rows.append(Words(middle, y + number * LEADING, line, "middle", QUIET))
    return rows


def _lines(x: Scale, y: Scale, box: Box, grid: str) -> list[Item]:
    """The grid at the ticks, and the base line."""
    frame = Frame(box, x, y, (), 0.0)
    level = [frame.along_y(tick.value) for tick in y.ticks if "y" in grid]
    upright = [frame.along_x(tick.value) for tick in x.ticks if "x" in grid]
    lines = [((box.left, at), (box.right, at)) for at in level if at < box.bottom - 1]
    lines += [((at, box.top), (at, box.bottom)) for at in upright if at > box.left + 1]
    items: list[Item] = [Stroke(tuple(lines), "grid", 0.8)] if lines else []
    if "b" in grid:
        items.append(Stroke((((box.left, box.bottom), (box.right, box.bottom)),), "ink", 0.8, opacity=0.6))
    return items


def finished(frame: Frame, items: Iterable[Item], notes: Iterable[str]) -> Sketch:
    """The sketch of frame, data and notes, as high as they need."""
    y = frame.foot
    rows: list[Item] = []
    for note in notes:
        for line in wrapped(note, WIDTH - 8, 3):
            y += LEADING
            rows.append(Words(_EDGE, y - 2, line, opacity=QUIET))
    return Sketch(round(y + 4, 1), (*frame.items, *items, *rows))


def nothing(title: str, notes: Iterable[str]) -> Sketch:
    """The sketch of a plot without anything to draw, which says so."""
    header, top = _header(Surroundings(title))
    box = Box(0.0, top, WIDTH, top + 90)
    words = Words(WIDTH / 2, top + 50, "no rows to draw", "middle", QUIET)
    edge = Stroke(((*box.corners, box.corners[0]),), "grid", 1.0, (4.0, 4.0))
    inner = Stroke(tuple(_inset(line) for line in edge.lines), "grid", 1.0, (4.0, 4.0))
    return finished(
        Frame(box, Scale(0, 1, ()), Scale(0, 1, ()), (*header, inner, words), box.bottom), (), notes
    )


def _inset(line: Sequence[Point]) -> tuple[Point, ...]:
    return tuple((min(max(x, 2), WIDTH - 2), y) for x, y in line)
