"""The labelled texts: numbers that people would call unbound, and numerals that they would not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "labelled"
_MARK = re.compile(r"[⟦⟧⟨⟩]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text without its marks, and the spans of it that were labelled."""

    source: str
    value: str
    unbound: tuple[tuple[int, int], ...]
    exempt: tuple[tuple[int, int], ...]


def labelled_texts() -> tuple[Labelled, ...]:
    """All texts of all files in the folder."""
    return tuple(
        _read(path.name, block)
        for path in sorted(FOLDER.glob("*.txt"))
        for block in path.read_text("utf-8").split("\n%%\n")[1:]
    )


def _read(source: str, block: str) -> Labelled:
    pieces, length, start, at = [], 0, 0, 0
    spans: dict[str, list[tuple[int, int]]] = {"⟧": [], "⟩": []}
    for mark in _MARK.finditer(block):
        pieces.append(block[at : mark.start()])
        length += len(pieces[-1])
        at = mark.end()
        if mark.group() in spans:
            spans[mark.group()].append((start, length))
        start = length
    value = "".join([*pieces, block[at:]]).rstrip("\n")
    return Labelled(source, value, tuple(spans["⟧"]), tuple(spans["⟩"]))
