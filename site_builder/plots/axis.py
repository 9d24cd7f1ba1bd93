"""Tick labels along an axis: as many as there is room for, wrapped or turned where names are long."""

from __future__ import annotations

import math
from typing import Final

from site_builder.plots.scales import Scale, Tick
from site_builder.plots.sketch import FONT, LEADING, Box, Words
from site_builder.plots.wording import printable, shortened, width, wrapped

_ANGLE: Final = -38.0
_COS, _SIN = math.cos(math.radians(38)), math.sin(math.radians(38))
_LONGEST_TURNED: Final = 120.0
_WIDEST_NAME: Final = 132.0
_ROWS: Final = 3


def y_labels(scale: Scale, height: float, *, with_text: bool = True) -> tuple[tuple[Words, ...], float]:
    """Labels at the left, with y counted from the top of the box, and the x at which the box begins."""
    if not with_text or not scale.ticks:
        return (), 6.0
    rows = [(tick, _y_lines(scale, tick, height)) for tick in _thinned(scale, height)]
    widest = max(width(line) for _, lines in rows for line in lines or ("",))
    right = widest + 2
    words: list[Words] = []
    for tick, lines in rows:
        share = scale.at(tick.value)
        middle = (share if scale.slots else 1 - share) * height + 4 - (len(lines) - 1) * 6.5
        words += [Words(right, middle + number * 13, line, "end") for number, line in enumerate(lines)]
    return tuple(words), right + 7


def _y_lines(scale: Scale, tick: Tick, height: float) -> tuple[str, ...]:
    if not scale.slots:
        return (tick.text,)
    rows = 2 if height / scale.slots >= 27 else 1
    return wrapped(tick.text, _WIDEST_NAME, rows)


def _thinned(scale: Scale, height: float) -> tuple[Tick, ...]:
    """Every category, or every n-th where they stand too close to be read."""
    if not scale.slots:
        return scale.ticks
    return scale.ticks[:: max(1, math.ceil(13 * scale.slots / height))]


def x_labels(scale: Scale, box: Box, *, with_text: bool = True) -> tuple[tuple[Words, ...], float]:
    """Labels under the box, and how much room they take."""
    if not with_text or not scale.ticks:
        return (), 4.0
    if not scale.slots:
        return _spaced(scale, box), LEADING + 3
    if wrap_fits(scale, box.width):
        return _stacked(scale, box)
    return _turned(scale, box)


def _at(scale: Scale, box: Box, tick: Tick) -> float:
    return box.left + scale.at(tick.value) * box.width


def _spaced(scale: Scale, box: Box) -> tuple[Words, ...]:
    """Numbers under their ticks, without those that would touch the one before."""
    words: list[Words] = []
    free_from = -math.inf
    for tick in scale.ticks:
        middle, half = _at(scale, box, tick), width(tick.text) / 2
        if middle - half >= free_from:
            words.append(Words(middle, box.bottom + FONT + 4, tick.text, "middle"))
            free_from = middle + half + 5
    return tuple(words)


def wrap_fits(scale: Scale, length: float) -> bool:
    """Whether all names fit side by side, wrapped to a few lines, without losing a character."""
    room = length / scale.slots - 5
    return all(
        " ".join(wrapped(tick.text, room, _ROWS)) == printable(tick.text).strip()
        and all(width(line) <= room for line in wrapped(tick.text, room, _ROWS))
        for tick in scale.ticks
    )


def _stacked(scale: Scale, box: Box) -> tuple[tuple[Words, ...], float]:
    room = box.width / scale.slots - 5
    names = [(_at(scale, box, tick), wrapped(tick.text, room, _ROWS)) for tick in scale.ticks]
    words = tuple(
        Words(middle, box.bottom + FONT + 4 + row * 13, line, "middle")
        for middle, lines in names
        for row, line in enumerate(lines)
    )
    return words, max(len(lines) for _, lines in names) * 13 + 5.0


def _turned(scale: Scale, box: Box) -> tuple[tuple[Words, ...], float]:
    """Names at a slant, each ending under its tick."""
    every = max(1, math.ceil(14 * scale.slots / box.width))
    words: list[Words] = []
    deepest = 0.0
    for tick in scale.ticks[::every]:
        end = _at(scale, box, tick) + 4
        text = shortened(tick.text, min(_LONGEST_TURNED, end / _COS - 4))
        deepest = max(deepest, width(text) * _SIN)
        words.append(Words(end, box.bottom + 13, text, "end", angle=_ANGLE))
    return tuple(words), deepest + 16
