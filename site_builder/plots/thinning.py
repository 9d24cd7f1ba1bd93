"""Fewer dots where there are too many to draw, with a note that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from site_builder.plots.frame import Frame
from site_builder.plots.points import place
from site_builder.plots.strands import Dot, Strand, Strands

MOST_DOTS: Final = 2000
_CELLS: Final = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 20.0, 60.0)


def thin_scatter(data: Strands, frame: Frame) -> tuple[tuple[Strand, ...], list[str]]:
    """At most about 2,000 dots: one for each series and spot, the spots as small as the limit allows."""
    total = len(data.dots)
    if total <= MOST_DOTS:
        return data.strands, []
    for cell in _CELLS:
        kept = tuple(_spots(strand, frame, cell) for strand in data.strands)
        count = sum(len(strand.dots) for strand in kept)
        if count <= MOST_DOTS:
            break
    return kept, [f"{count:,} of {total:,} points drawn: one for each spot of {cell:g} pixels."]


def _spots(strand: Strand, frame: Frame, cell: float) -> Strand:
    spots: dict[tuple[int, int], Dot] = {}
    for dot in strand.drawn:
        x, y = place(dot, frame)
        spots.setdefault((int(x // cell), int(y // cell)), dot)
    return replace(strand, dots=tuple(spots.values()))


def thin_lines(strands: Sequence[Strand]) -> tuple[tuple[Strand, ...], list[str]]:
    """At most about 2,000 dots: of each stretch of a line its first, lowest, highest and last."""
    total = sum(len(strand.dots) for strand in strands)
    if total <= MOST_DOTS:
        return tuple(strands), []
    share = max(1, MOST_DOTS // (4 * len(strands)))
    kept = tuple(replace(strand, dots=_envelope(strand.dots, share)) for strand in strands)
    count = sum(len(strand.drawn) for strand in kept)
    return kept, [f"{count:,} of {total:,} points drawn; every stretch keeps its lowest and highest."]


def _envelope(dots: tuple[Dot | None, ...], stretches: int) -> tuple[Dot | None, ...]:
    size = -(-len(dots) // stretches)
    if size <= 4:
        return dots
    kept: list[Dot | None] = []
    for start in range(0, len(dots), size):
        stretch = dots[start : start + size]
        kept += [stretch[index] for index in _extremes(stretch)]
    return tuple(kept)


def _extremes(stretch: Sequence[Dot | None]) -> list[int]:
    """The places of a stretch's first, lowest, highest and last dot, in order, and of one gap."""
    drawn = [index for index, dot in enumerate(stretch) if dot is not None]
    gaps = [index for index, dot in enumerate(stretch) if dot is None][:1]
    if not drawn:
        return gaps
    height: Callable[[int], float] = lambda index: dot.y.value if (dot := stretch[index]) else 0.0  # noqa: E731
    return sorted({drawn[0], min(drawn, key=height), max(drawn, key=height), drawn[-1], *gaps})
