"""Fewer dots where there are too many to draw, with a note that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from site_builder.plots.frame import Frame
from site_builder.plots.points import place
from site_builder.plots.sketch import Point
from site_builder.plots.strands import Dot, Strand, Strands

MOST_DOTS: Final = 2000
_SMALLEST_SPOT: Final = 0.75


def thin_scatter(data: Strands, frame: Frame) -> tuple[tuple[Strand, ...], list[str]]:
    """At most about 2,000 dots: one for each series and spot, the spots as small as the limit allows."""
    total = len(data.dots)
    if total <= MOST_DOTS:
        return data.strands, []
    kept = [[(place(dot, frame), dot) for dot in strand.drawn] for strand in data.strands]
    cell = _SMALLEST_SPOT
    while sum(map(len, kept)) > MOST_DOTS:
        cell *= 2
        kept = [_one_a_spot(spots, cell) for spots in kept]
    thinned = zip(data.strands, kept, strict=True)
    strands = tuple(replace(strand, dots=tuple(dot for _, dot in spots)) for strand, spots in thinned)
    return strands, [
        f"{sum(map(len, kept)):,} of {total:,} points drawn: one for each spot of {cell:g} pixels."
    ]


def _one_a_spot(spots: list[tuple[Point, Dot]], cell: float) -> list[tuple[Point, Dot]]:
    """The first dot of each square of a grid; grids of doubled width nest, and can be thinned further."""
    first: dict[tuple[int, int], tuple[Point, Dot]] = {}
    for spot in spots:
        (x, y), _ = spot
        first.setdefault((int(x // cell), int(y // cell)), spot)
    return list(first.values())


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
