"""The rail of a bar: the value axis, upright or lying, so that bars are drawn once for both directions.

Along the rail lies the value, across it the category.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from site_builder.plots.bars import Bar, Bars
from site_builder.plots.frame import Frame
from site_builder.plots.scales import Scale
from site_builder.plots.sketch import Anchor, Box, Point, Words
from site_builder.plots.strands import Place

_WIDEST_LANE: Final = 54.0
_SHARE_OF_SLOT: Final = 0.8


@dataclass(frozen=True, slots=True)
class Rail:
    """The value axis of a frame."""

    frame: Frame
    lying: bool

    @property
    def scale(self) -> Scale:
        return self.frame.x if self.lying else self.frame.y

    @property
    def base(self) -> float:
        """Where bars begin: at zero, or at the low end of a logarithmic axis, which has none."""
        return self.at_share(0.0 if self.scale.log else self.scale.clamped(0.0))

    def at(self, value: float) -> float:
        """How far along the figure a value lies, kept inside of the box."""
        return self.at_share(self.scale.clamped(value))

    def at_share(self, share: float) -> float:
        box = self.frame.box
        return box.left + share * box.width if self.lying else box.bottom - share * box.height

    def point(self, along: float, across: float) -> Point:
        return (along, across) if self.lying else (across, along)

    def step(self, length: float) -> float:
        """A length towards higher values, as the figure counts it."""
        return length if self.lying else -length

    def outwards(self, value: Place) -> int:
        """1 for a bar that grows towards higher values, -1 for one that hangs from zero."""
        return 1 if self.scale.log or value.value >= 0 else -1

    def lane(self, bar: Bar, bars: Bars) -> tuple[float, float]:
        """Where across the rail the middle of the bar lies, and how thick it is."""
        box = self.frame.box
        start, length = (box.top, box.height) if self.lying else (box.left, box.width)
        slot = length / len(bars.names)
        lane = min(slot * _SHARE_OF_SLOT / bars.lanes, _WIDEST_LANE)
        middle = start + (bar.slot + 0.5) * slot + (bar.lane - (bars.lanes - 1) / 2) * lane
        return middle, max(1.0, lane - (1.5 if lane > 6 else 0.3))

    def outline(self, end: float, middle: float, thickness: float) -> Box:
        """The bar from the base to its end."""
        low, high = min(self.base, end), max(self.base, end)
        near, far = middle - thickness / 2, middle + thickness / 2
        return Box(low, near, high, far) if self.lying else Box(near, low, far, high)

    def words(self, text: str, end: float, middle: float, outwards: int, opacity: float = 1.0) -> Words:
        """A text just beyond an end."""
        if self.lying:
            anchor: Anchor = "start" if outwards > 0 else "end"
            return Words(end + 4 * outwards, middle + 4, text, anchor, opacity, halo=True)
        return Words(middle, end + (-4 if outwards > 0 else 13), text, "middle", opacity, halo=True)
