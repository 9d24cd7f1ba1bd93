"""Where series names stand: at the right ends of their lines where all end there, else in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.plots.colours import series_colour
from site_builder.plots.frame import MARGIN, Frame
from site_builder.plots.legend import Entry
from site_builder.plots.points import place
from site_builder.plots.scales import Scale
from site_builder.plots.shapes import markers
from site_builder.plots.sketch import WIDTH, Item, Stroke, Words
from site_builder.plots.strands import Strand
from site_builder.plots.wording import printable, width

_MOST: Final = 8
_WIDEST: Final = 104.0
_ROW: Final = 15.0
_NEAR: Final = 0.12  # of the axis' length: lines that end further apart are not named at their ends
_KEY: Final = 21.0


@dataclass(frozen=True, slots=True)
class Names:
    """Legend entries, or a right margin for names beside their lines; neither for a lone series."""

    entries: tuple[Entry, ...] = ()
    right: float = MARGIN


def legend_names(strands: Sequence[Strand]) -> Names:
    """Every series in the legend, where there are several."""
    if len(strands) < 2:
        return Names()
    return Names(tuple(Entry(strand.name, strand.index) for strand in strands))


def end_names(strands: Sequence[Strand], x: Scale) -> Names:
    """A margin for names beside the lines' ends, if all end far right and their names are short."""
    if not 2 <= len(strands) <= _MOST:
        return legend_names(strands)
    if not all(strand.drawn and strand.name for strand in strands):
        return legend_names(strands)
    ends = [x.at(strand.drawn[-1].x.value) for strand in strands]
    widest = max(width(printable(strand.name[:200])) for strand in strands)
    if widest > _WIDEST or min(ends) < max(ends) - _NEAR:
        return legend_names(strands)
    return Names(right=min(WIDTH / 3, widest + _KEY + 4))


def end_items(strands: Sequence[Strand], frame: Frame) -> tuple[Item, ...]:
    """Each series' name to the right of the box, at the height of its last dot or close to it."""
    ends = sorted(
        (place(strand.drawn[-1], frame)[1], strand.index, strand) for strand in strands if strand.drawn
    )
    heights = _apart([y for y, _, _ in ends], frame.box.top, frame.box.bottom)
    items: list[Item] = []
    for (y, index, strand), height in zip(ends, heights, strict=True):
        x = frame.box.right
        start = place(strand.drawn[-1], frame)[0] + 6
        if abs(height - y) > 3 or x - start > 12:
            items.append(Stroke((((start, y), (x + 5, height)),), series_colour(index), 0.7, opacity=0.55))
        items.append(markers(((x + 11, height),), index))
        items.append(Words(x + _KEY - 3, height + 4, strand.name))
    return tuple(items)


def _apart(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Ascending heights moved apart so that names don't touch, as little as a sweep down and up can."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + _ROW if placed else top))
    limit = bottom
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - _ROW
    return placed
