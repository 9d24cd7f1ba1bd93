"""A sketch: what is to be drawn, as strokes, areas, glyphs and words at places in a box; y grows downwards.

One unit is a CSS pixel where the figure is shown `Sketch.width` pixels wide. Colours are names of
`site_builder.plots.colours`; texts are as their authors wrote them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

WIDTH: Final = 420.0
FONT: Final = 12.0
LEADING: Final = 15.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its four sides."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def corners(self) -> tuple[Point, ...]:
        """The four corners, clockwise from the upper left."""
        return (
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        )

    def overlaps(self, other: Box) -> bool:
        """Whether the two share an inner point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether no part of this box lies outside of `other`."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Stroke:
    """Open lines in one style; `clip` hides what lies outside."""

    lines: tuple[tuple[Point, ...], ...]
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    clip: Box | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Filled outlines in one style."""

    outlines: tuple[tuple[Point, ...], ...]
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The same marker at many points; a hollow one is filled with the surface's colour."""

    points: tuple[Point, ...]
    shape: str
    colour: str
    hollow: bool = False
    size: float = 6.5


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at its baseline; `angle` turns it about that point, clockwise, in degrees."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    opacity: float = 1.0
    size: float = FONT
    bold: bool = False
    halo: bool = False
    angle: float = 0.0


Item = Stroke | Area | Glyphs | Words


@dataclass(frozen=True, slots=True)
class Sketch:
    """A whole figure: items in the order they are drawn; words always lie above the rest."""

    height: float
    items: tuple[Item, ...]
    width: float = WIDTH
