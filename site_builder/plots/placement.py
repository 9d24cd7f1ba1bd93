"""Words that find a free place beside their point: eight positions, then a little further off with a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from site_builder.plots.sketch import Anchor, Box, Item, Point, Stroke, Words
from site_builder.plots.wording import clipped, width

MOST_LABELS: Final = 60
_CELL: Final = 3.0
_LONGEST: Final = 40
_SHORT: Final = 18
# Right, left, above, below, then the corners, as steps of x and y.
_SIDES: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
_DISTANCES: Final = (20.0, 32.0, 46.0)
_ANCHORS: Final[dict[int, Anchor]] = {1: "start", 0: "middle", -1: "end"}


class Crowd:
    """Which parts of a figure are taken, in cells of a few pixels."""

    def __init__(self, bounds: Box) -> None:
        self._bounds = bounds
        self._taken: set[tuple[int, int]] = set()

    def take(self, box: Box) -> None:
        """Mark a box as taken."""
        self._taken.update(_cells(box))

    def take_line(self, line: Sequence[Point]) -> None:
        """Mark all that an open line passes through."""
        for (x, y), (to_x, to_y) in pairwise(line):
            steps = max(1, min(400, int(max(abs(to_x - x), abs(to_y - y)) / _CELL)))
            for step in range(steps + 1):
                at_x, at_y = x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
                self._taken.add((int(at_x // _CELL), int(at_y // _CELL)))

    def is_free(self, box: Box) -> bool:
        """Whether the box lies inside of the bounds and meets nothing that is taken."""
        return box.within(self._bounds) and self._taken.isdisjoint(_cells(box))


def _cells(box: Box) -> set[tuple[int, int]]:
    columns = range(int(box.left // _CELL), int(box.right // _CELL) + 1)
    rows = range(int(box.top // _CELL), int(box.bottom // _CELL) + 1)
    return {(column, row) for column in columns for row in rows}


def words_box(words: Words) -> Box:
    """The box that unturned words take."""
    long = width(words.text, words.size)
    left = words.x - {"start": 0.0, "middle": long / 2, "end": long}[words.anchor]
    return Box(left, words.y - words.size * 0.8, left + long, words.y + words.size * 0.25)


@dataclass(frozen=True, slots=True)
class Labels:
    """Placed labels, and how many found no place."""

    items: tuple[Item, ...]
    left_out: int


def placed(labels: Iterable[tuple[Point, str]], crowd: Crowd) -> Labels:
    """Each text beside its point where that is free; what finds no place is left out and counted."""
    items: list[Item] = []
    left_out = 0
    for number, (point, text) in enumerate(labels):
        found = _placed(point, text, crowd) if number < MOST_LABELS else ()
        left_out += not found
        items += found
        for item in found:
            if isinstance(item, Words):
                crowd.take(words_box(item))
            elif isinstance(item, Stroke):
                crowd.take_line(item.lines[0])
    return Labels(tuple(items), left_out)


def _placed(point: Point, text: str, crowd: Crowd) -> tuple[Item, ...]:
    full, short = clipped(text, _LONGEST), clipped(text, _SHORT)
    for words in (_beside(point, side, full, 7.0) for side in _SIDES):
        if crowd.is_free(words_box(words)):
            return (words,)
    tries = ((distance, text, side) for distance in _DISTANCES for text in (full, short) for side in _SIDES)
    for distance, shown, side in tries:
        words = _beside(point, side, shown, distance)
        if crowd.is_free(words_box(words)):
            return Stroke((_leader(point, side, distance),), "ink", 0.7, opacity=0.6), words
    return ()


def _beside(point: Point, side: tuple[int, int], text: str, distance: float) -> Words:
    across, down = side
    reach = distance * (0.75 if across and down else 1.0)
    y = point[1] + 4 + down * (reach + (4 if not across else 2))
    return Words(point[0] + across * reach, y, text, _ANCHORS[across], halo=True)


def _leader(point: Point, side: tuple[int, int], distance: float) -> tuple[Point, Point]:
    across, down = side
    reach = distance * (0.75 if across and down else 1.0)
    ends = [(point[0] + across * length, point[1] + down * length) for length in (5.0, reach - 2)]
    return ends[0], ends[1]
