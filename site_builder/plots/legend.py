"""The legend: a row of series names with their markers above the plot, where it covers no data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.plots.colours import series_colour
from site_builder.plots.shapes import markers
from site_builder.plots.sketch import WIDTH, Area, Box, Item, Words
from site_builder.plots.wording import shortened, width

ROW: Final = 18.0
_MOST_ROWS: Final = 5
_KEY: Final = 14.0
_GAP: Final = 14.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A series in the legend; a swatch is a filled square, as bars need it."""

    name: str
    index: int
    is_swatch: bool = False


def legend(entries: Sequence[Entry], top: float) -> tuple[tuple[Item, ...], float]:
    """The legend's items from `top` down, and its height; entries beyond the last row are counted."""
    items: list[Item] = []
    x, row = 0.0, 0
    for number, entry in enumerate(entries):
        name = shortened(entry.name or "(no name)", WIDTH / 2)
        needed = _KEY + width(name)
        last_row = row == _MOST_ROWS - 1
        if x and x + needed + (70 if last_row else 0) > WIDTH:
            if last_row:
                items.append(
                    Words(x, top + row * ROW + 13, f"and {len(entries) - number:,} more", opacity=0.75)
                )
                break
            x, row = 0.0, row + 1
        items += _entry(entry, name, x, top + row * ROW + 13)
        x += needed + _GAP
    return tuple(items), (row + 1) * ROW if entries else 0.0


def _entry(entry: Entry, name: str, x: float, baseline: float) -> list[Item]:
    middle = (x + 5.5, baseline - 4)
    key: list[Item] = [markers((middle,), entry.index)]
    if entry.is_swatch:
        square = Box(x, baseline - 9.5, x + 11, baseline + 1.5)
        key = [Area((square.corners,), series_colour(entry.index)), stamp((middle,), entry.index)]
    return [*key, Words(x + _KEY, baseline, name)]


def stamp(points: tuple[tuple[float, float], ...], index: int) -> Item:
    """The series' shape in the surface's colour, to lie on a filled bar or swatch."""
    return replace(markers(points, index, scale=0.8), colour="surface")
