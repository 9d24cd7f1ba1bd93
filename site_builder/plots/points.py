"""Dots as they are drawn: markers, whiskers for bounds, arrows for values that are only bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from site_builder.plots.colours import series_colour
from site_builder.plots.frame import Frame
from site_builder.plots.shapes import markers
from site_builder.plots.sketch import Area, Box, Item, Point, Stroke
from site_builder.plots.strands import Dot, Strand

ARROW: Final = 16.0
_CAP: Final = 3.0
_MANY: Final = 300


def dot_items(strand: Strand, frame: Frame, *, shown: Iterable[Dot] | None = None) -> tuple[Item, ...]:
    """What marks the dots of a strand; `shown` limits the markers, not the bounds, to some of them."""
    colour = series_colour(strand.index)
    items: list[Item] = []
    whiskers = tuple(line for dot in strand.drawn for line in _whiskers(dot, frame))
    if whiskers:
        items.append(Stroke(whiskers, colour, 1.2, opacity=0.7))
    arrows = [arrow for dot in strand.drawn for arrow in _arrows(dot, frame)]
    items += arrow_items(arrows, colour)
    marked = strand.drawn if shown is None else tuple(shown)
    for hollow in (False, True):
        points = tuple(place(dot, frame) for dot in marked if is_open(dot) == hollow)
        if points:
            scale = 1.0 if len(marked) <= _MANY else 0.6
            items.append(markers(points, strand.index, hollow=hollow, scale=scale))
    return tuple(items)


def place(dot: Dot, frame: Frame) -> Point:
    """Where the dot's value lies in the figure."""
    return frame.at(dot.x.value, dot.y.value)


def is_open(dot: Dot) -> bool:
    """Whether the dot is a bound instead of a value."""
    return bool(dot.x.open or dot.y.open)


def bound_lines(dot: Dot, frame: Frame) -> list[tuple[Point, Point]]:
    """Every line that the dot's bounds are drawn with."""
    return [] if dot.x.is_exact and dot.y.is_exact else [*_whiskers(dot, frame), *_arrows(dot, frame)]


def _whiskers(dot: Dot, frame: Frame) -> Iterator[tuple[Point, Point]]:
    """Lines from the lowest to the highest value that the dot may have, with small caps."""
    x, y = place(dot, frame)
    for bound in (dot.y.low, dot.y.high):
        if bound is not None and bound != dot.y.value:
            end = _inside(frame.along_y(bound), frame.box.top - 4, frame.box.bottom)
            yield from (((x, y), (x, end)), ((x - _CAP, end), (x + _CAP, end)))
    for bound in (dot.x.low, dot.x.high):
        if bound is not None and bound != dot.x.value:
            end = _inside(frame.along_x(bound), frame.box.left, frame.box.right + 4)
            yield from (((x, y), (end, y)), ((end, y - _CAP), (end, y + _CAP)))


def _inside(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _arrows(dot: Dot, frame: Frame) -> Iterator[tuple[Point, Point]]:
    """From the bound towards the side on which the value may lie anywhere."""
    x, y = place(dot, frame)
    along = {"low": -1.0, "high": 1.0}
    if dot.y.open:
        downwards = -along[dot.y.open] if not frame.y.slots else along[dot.y.open]
        yield (x, y), (x, y + downwards * ARROW)
    if dot.x.open:
        yield (x, y), (x + along[dot.x.open] * ARROW, y)


def arrow_items(arrows: Iterable[tuple[Point, Point]], colour: str) -> list[Item]:
    """Shafts and heads of arrows that run along an axis."""
    ends = list(arrows)
    if not ends:
        return []
    heads = tuple(_head(start, end) for start, end in ends)
    return [Stroke(tuple(ends), colour, 1.4), Area(heads, colour)]


def _head(start: Point, end: Point) -> tuple[Point, ...]:
    (x, y), long = end, 6.0
    across, down = _sign(end[0] - start[0]), _sign(end[1] - start[1])
    base = (x - across * long, y - down * long)
    return (
        (x + across, y + down),
        (base[0] + down * 3.6, base[1] + across * 3.6),
        (base[0] - down * 3.6, base[1] - across * 3.6),
    )


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def dot_box(point: Point, reach: float = 4.5) -> Box:
    """The box that a marker takes."""
    return Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)


def bound_notes(dots: Iterable[Dot]) -> list[str]:
    """What whiskers and arrows mean, where there are any."""
    opens: set[str] = set()
    ranged = False
    for dot in dots:
        for along in (dot.x, dot.y):
            opens.add(along.open)
            ranged = ranged or any(bound not in (None, along.value) for bound in (along.low, along.high))
    notes = {"high": "Arrow: at least this value.", "low": "Arrow: at most this value."}
    found = [notes[side] for side in ("high", "low") if side in opens]
    if len(found) == 2:
        found = ["Arrow up or right: at least this value; down or left: at most."]
    return [*found, *(["Whiskers: the range in which the value lies."] if ranged else [])]
