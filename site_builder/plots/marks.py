"""Marks over the data: reference lines and fitted curves, with their words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from site_builder.figures import MarkJson
from site_builder.plots.colours import series_colour
from site_builder.plots.frame import Frame
from site_builder.plots.placement import Crowd, words_box
from site_builder.plots.sketch import Anchor, Item, Point, Stroke, Words
from site_builder.plots.strands import Strand, Strands
from site_builder.plots.wording import printable, shortened

_LINES: Final = {"hline": "y", "vline": "x"}
_SAMPLES: Final = 49
_DASH: Final = (5.0, 3.0)


@dataclass(slots=True)
class Marked:
    """Marks as items, with notes about those that could not be drawn."""

    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def line_values(marks: Sequence[MarkJson], axis: str) -> tuple[float, ...]:
    """The values at which straight lines cross the axis, which must show them."""
    values = (mark["value"] for mark in marks if _LINES.get(mark["kind"]) == axis)
    return tuple(value for value in values if value is not None and math.isfinite(value))


def mark_items(
    marks: Sequence[MarkJson], frame: Frame, data: Strands, crowd: Crowd, *, flipped: bool = False
) -> Marked:
    """The marks over a frame; `flipped` says that the plot's x axis runs upwards."""
    made = Marked()
    for mark in marks:
        line = _straight(mark, frame, flipped) if mark["kind"] in _LINES else _curve(mark, frame, data)
        if len(line) < 2:
            what = "line" if mark["kind"] in _LINES else "fit"
            named = f" “{shortened(mark['text'], 160)}”" if mark["text"] else ""
            made.notes.append(f"The {what}{named} has no place on these axes.")
            continue
        made.items.append(Stroke((line,), "surface", 3.5, opacity=0.7, clip=frame.box))
        made.items.append(Stroke((line,), _colour(mark, data), 1.3, _DASH, clip=frame.box))
        if mark["text"] and (words := _words(mark, line, frame, crowd)):
            crowd.take(words_box(words))
            made.items.append(words)
        elif mark["text"]:
            made.notes.append(f"Dashed: {printable(mark['text'])}")
        crowd.take_line(line)
    return made


def _colour(mark: MarkJson, data: Strands) -> str:
    strand = _strand(mark, data)
    return series_colour(strand.index) if strand and len(data.strands) > 1 else "mark"


def _strand(mark: MarkJson, data: Strands) -> Strand | None:
    if mark["kind"] in _LINES:
        return None
    return next((strand for strand in data.strands if strand.name == mark["series"]), None)


def _straight(mark: MarkJson, frame: Frame, flipped: bool) -> tuple[Point, ...]:
    """A line across the box; none where the axis has categories, or cannot show the value."""
    value = mark["value"]
    upright = (mark["kind"] == "vline") != flipped
    scale, box = (frame.x, frame.box) if upright else (frame.y, frame.box)
    if value is None or scale.slots or not 0 <= scale.at(value) <= 1:
        return ()
    if upright:
        x = frame.along_x(value)
        return (x, box.top), (x, box.bottom)
    y = frame.along_y(value)
    return (box.left, y), (box.right, y)


def _curve(mark: MarkJson, frame: Frame, data: Strands) -> tuple[Point, ...]:
    """The fitted curve over the x range of its series, or of all."""
    strand = _strand(mark, data)
    xs = [dot.x.value for dot in (strand.drawn if strand else data.dots)]
    if not xs or min(xs) == max(xs) or frame.x.slots or frame.y.slots:
        return ()
    if mark["a"] is None or mark["b"] is None:
        return ()
    straight = {"power_law": frame.x.log and frame.y.log, "linear": not (frame.x.log or frame.y.log)}
    count = 2 if straight[mark["kind"]] else _SAMPLES
    points = (
        (x, _FITS[mark["kind"]](x, mark["a"], mark["b"])) for x in _samples(min(xs), max(xs), count, frame)
    )
    return tuple(frame.at(x, y) for x, y in points if y is not None and math.isfinite(frame.y.at(y)))


def _samples(low: float, high: float, count: int, frame: Frame) -> list[float]:
    """Evenly spaced places as the eye sees them."""
    shares = [step / (count - 1) for step in range(count)]
    if frame.x.log:
        first, last = math.log10(low), math.log10(high)
        return [10 ** min(308.25, first + (last - first) * share) for share in shares]
    return [low * (1 - share) + high * share for share in shares]


def _power_law(x: float, a: float, b: float) -> float | None:
    try:
        y = a * x**b
    except (OverflowError, ZeroDivisionError):
        return None
    return y if isinstance(y, float) and math.isfinite(y) else None


def _linear(x: float, a: float, b: float) -> float | None:
    y = a + b * x
    return y if math.isfinite(y) else None


_FITS: Final = {"power_law": _power_law, "linear": _linear}


def _words(mark: MarkJson, line: Sequence[Point], frame: Frame, crowd: Crowd) -> Words | None:
    """The mark's words at the first free of a few places along it."""
    text = shortened(mark["text"], frame.box.width * 0.7)
    upright = line[0][0] == line[-1][0]
    places = _along(line, text)
    if mark["kind"] in _LINES:
        places = _upright(line, text) if upright else _level(line, text)
    return next((words for words in places if crowd.is_free(words_box(words))), None)


def _level(line: Sequence[Point], text: str) -> list[Words]:
    (left, y), (right, _) = line
    middle = (left + right) / 2
    spots: list[tuple[float, Anchor]] = [(right - 2, "end"), (left + 3, "start"), (middle, "middle")]
    return [Words(x, y + dy, text, anchor, halo=True) for dy in (-4, 13) for x, anchor in spots]


def _upright(line: Sequence[Point], text: str) -> list[Words]:
    (x, top), (_, bottom) = line
    heights = (top + 11, top + 26, bottom - 6, (top + bottom) / 2)
    sides: list[tuple[float, Anchor]] = [(4, "start"), (-4, "end")]
    return [Words(x + dx, y, text, anchor, halo=True) for y in heights for dx, anchor in sides]


def _along(line: Sequence[Point], text: str) -> list[Words]:
    """Places beside a curve, from its end backwards, on either side."""
    spots: list[Words] = []
    for share in (0.85, 0.7, 0.55, 0.4, 0.25):
        x, y = _on(line, share)
        spots += [Words(x - 6, y - 6, text, "end", halo=True), Words(x + 6, y + 13, text, halo=True)]
        spots += [Words(x + 6, y - 6, text, halo=True), Words(x - 6, y + 13, text, "end", halo=True)]
    return spots


def _on(line: Sequence[Point], share: float) -> Point:
    at = share * (len(line) - 1)
    index = min(int(at), len(line) - 2)
    (x, y), (to_x, to_y) = line[index], line[index + 1]
    return x + (to_x - x) * (at - index), y + (to_y - y) * (at - index)
