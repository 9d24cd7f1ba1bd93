"""What a series looks like: a colour and a marker shape, so that nothing is told by colour alone."""

from __future__ import annotations

from typing import Final

from site_builder.plots.colours import SERIES, series_colour
from site_builder.plots.sketch import Glyphs, Point

# Matplotlib's marker letters, each with the size at which they look equally large.
_SHAPES: Final = (
    ("o", 6.4),
    ("s", 5.8),
    ("^", 7.2),
    ("D", 5.4),
    ("v", 7.2),
    ("P", 7.4),
    ("X", 7.2),
    ("p", 7.4),
)


def markers(points: tuple[Point, ...], index: int, *, hollow: bool = False, scale: float = 1.0) -> Glyphs:
    """The markers of the series at `index`, counted from 0; 64 series differ in colour or shape."""
    shape, size = _SHAPES[(index + index // SERIES) % len(_SHAPES)]
    return Glyphs(points, shape, series_colour(index), hollow, size * scale)
