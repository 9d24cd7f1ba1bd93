"""Tick labels along an axis: as many as there is room for, wrapped or turned where names are long."""

from __future__ import annotations

import math
from typing import Final

from site_builder.plots.scales import Scale, Tick
from site_builder.plots.sketch import FONT, LEADING, WIDTH, Box, Words
from site_builder.plots.wording import printable, shortened, width, wrapped

GAP: Final = 7.0
_ANGLE: Final = 45.0
_SLANT: Final = math.sin(math.radians(_ANGLE))
_LONGEST_TURNED: Final = 150.0
_WIDEST_MARGIN: Final = 100.0
WIDEST_NAME: Final = 140.0
_ROWS: Final = 3
_MANY: Final = 14
_SHORT: Final = 60.0


def y_labels(scale: Scale, height: float, *, with_text: bool = True) -> tuple[tuple[Words, ...], float]:
    """Labels, with y counted from the top of the box and x yet to be set, and the room they need."""
    if not with_text or not scale.ticks:
        return (), 6.0
    rows = [(tick, _y_lines(scale, tick, height)) for tick in _thinned(scale, height)]
    widest = max(width(line) for _, lines in rows for line in lines or ("",))
    words: list[Words] = []
    for tick, lines in rows:
        share = scale.at(tick.value)
        middle = (share if scale.slots else 1 - share) * height + 4 - (len(lines) - 1) * 6.5
        words += [Words(0.0, middle + number * 13, line, "end") for number, line in enumerate(lines)]
    return tuple(words), widest + 2 + GAP


def _y_lines(scale: Scale, tick: Tick, height: float) -> tuple[str, ...]:
    if not scale.slots:
        return (tick.text,)
    rows = 2 if height / scale.slots >= 27 else 1
    return wrapped(tick.text, WIDEST_NAME, rows)


def _thinned(scale: Scale, height: float) -> tuple[Tick, ...]:
    """Every category, or every n-th where they stand too close to be read."""
    if not scale.slots:
        return scale.ticks
    return scale.ticks[:: max(1, math.ceil(13 * scale.slots / height))]


def x_labels(scale: Scale, box: Box, *, with_text: bool = True) -> tuple[tuple[Words, ...], float]:
    """Labels under the box, and how much room they take."""
    if not with_text or not scale.ticks:
        return (), 4.0
    if not scale.slots or _is_row(scale):
        return _spaced(scale, box), LEADING + 3
    if wrap_fits(scale, box.width):
        return _stacked(scale, box)
    return _turned(scale, box)


def _is_row(scale: Scale) -> bool:
    """Whether the names are so many and so short that they read as a row, like dates, with some left out."""
    return scale.slots > _MANY and all(width(tick.text[:80]) <= _SHORT for tick in scale.ticks)


def _at(scale: Scale, box: Box, tick: Tick) -> float:
    return box.left + scale.at(tick.value) * box.width


def _spaced(scale: Scale, box: Box) -> tuple[Words, ...]:
    """Numbers under their ticks, without those that would touch the one before; of names, every n-th."""
    words: list[Words] = []
    free_from = -math.inf
    widest = max(width(tick.text) for tick in scale.ticks)
    every = math.ceil((widest + 6) * scale.slots / box.width) if scale.slots else 1
    for tick in scale.ticks[::every]:
        middle, half = _at(scale, box, tick), width(tick.text) / 2
        middle = min(middle, WIDTH - half)
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


def turned_margin(scale: Scale, length: float) -> float:
    """The room to the left that the first name needs where names must be turned; else nothing."""
    if not scale.slots or _is_row(scale) or wrap_fits(scale, length):
        return 0.0
    first = min(_LONGEST_TURNED, width(printable(scale.ticks[0].text[:200])))
    return min(_WIDEST_MARGIN, first * _SLANT - length / scale.slots / 2 + 6)


def _turned(scale: Scale, box: Box) -> tuple[tuple[Words, ...], float]:
    """Names at a slant, each ending under its tick."""
    every = max(1, math.ceil(14 * scale.slots / box.width))
    words: list[Words] = []
    deepest = 0.0
    for tick in scale.ticks[::every]:
        end = _at(scale, box, tick) + 4
        text = shortened(tick.text, min(_LONGEST_TURNED, end / _SLANT - 4))
        deepest = max(deepest, width(text) * _SLANT)
        words.append(Words(end, box.bottom + 13, text, "end", angle=-_ANGLE))
    return tuple(words), deepest + 16
