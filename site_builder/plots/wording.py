"""Words as a figure can show them: printable, measured, shortened, and broken into lines."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from site_builder.plots.sketch import FONT
from site_builder.problems import visible

ELLIPSIS: Final = "…"

# Longer texts are cut before they are measured, so that no label costs more than a glance could read.
_LONGEST: Final = 600
_BARRED: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
# Advances in em, in groups; as in DejaVu Sans, the widest of the faces that system-ui commonly names.
_GROUPS: Final = (
    (0.32, "ijlI|'.,:;! "),
    (0.42, 'ftrJ()[]{}-/\\"·’‘'),
    (0.56, "cksvxyz"),
    (0.80, "CDGHNOQUwMÖÜ+=<>≤≥×−~#"),
    (0.98, "mW@%—…"),
)
_ADVANCES: Final = {char: advance for advance, chars in _GROUPS for char in chars}


def printable(text: str) -> str:
    """The text on one line, its invisible characters shown as marks, without what XML cannot hold."""
    if text.isascii() and text.isprintable():
        return text
    return visible(" ".join(text.split())).translate(_BARRED)


def width(text: str, size: float = FONT) -> float:
    """About how wide the text is in a common sans-serif face, rather too wide than too narrow."""
    return sum(map(_advance, text)) * size


@lru_cache(maxsize=4096)
def _advance(char: str) -> float:
    """The advance of a character in em."""
    if char in _ADVANCES:
        return _ADVANCES[char]
    if unicodedata.combining(char):
        return 0.0
    if char.isupper():
        return 0.69
    return 1.05 if unicodedata.east_asian_width(char) in "WF" else 0.64


def shortened(text: str, most: float, size: float = FONT) -> str:
    """The text if it is at most `most` wide, else as much of it as fits, with an ellipsis."""
    text = printable(text[:_LONGEST])
    if width(text, size) <= most:
        return text
    room = most - width(ELLIPSIS, size)
    for end, char in enumerate(text):
        room -= _advance(char) * size
        if room < 0:
            return text[:end].rstrip() + ELLIPSIS
    return text


def clipped(text: str, most: int) -> str:
    """The text if it has at most `most` characters, else so many of them, the last an ellipsis."""
    text = printable(text[: _LONGEST * 2])
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def wrapped(text: str, most: float, lines: int, size: float = FONT) -> tuple[str, ...]:
    """The text in at most `lines` lines, broken between words, none wider than `most`; the rest is cut."""
    words = printable(text[:_LONGEST]).split(" ")
    rows: list[str] = []
    while words and len(rows) < lines - 1:
        row = words.pop(0)
        while words and width(f"{row} {words[0]}", size) <= most:
            row = f"{row} {words.pop(0)}"
        rows.append(shortened(row, most, size))
    if words:
        rows.append(shortened(" ".join(words), most, size))
    return tuple(row for row in rows if row)
