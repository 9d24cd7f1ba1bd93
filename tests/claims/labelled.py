"""The labelled texts: numbers that people would call unbound, and numerals that they would not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.claims.reported import Span, spans

FOLDER = Path(__file__).parent / "labelled"
_MARK = re.compile(r"[⟦⟧⟨⟩]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text without its marks, and the labelled spans of it that hold digits."""

    source: str
    value: str
    unbound: tuple[Span, ...]
    exempt: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers rightly and wrongly reported, and missed; the last two with some of the words around."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of reported numbers that are labelled unbound."""
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of numbers labelled unbound that are reported."""
        return self.right / (self.right + len(self.missed))


def labelled_texts() -> tuple[Labelled, ...]:
    """All texts of all files in the folder."""
    return tuple(
        _read(path.name, block)
        for path in sorted(FOLDER.glob("*.txt"))
        for block in path.read_text("utf-8").split("\n%%\n")[1:]
    )


def score(texts: tuple[Labelled, ...]) -> Score:
    """How the check does on these texts."""
    right, wrong, missed = 0, [], []
    for text in texts:
        found = spans(text.value)
        hits = [any(overlap(span, label) for label in text.unbound) for span in found]
        right += sum(any(overlap(span, label) for span in found) for label in text.unbound)
        wrong += [around(text, span) for span, hit in zip(found, hits, strict=True) if not hit]
        missed += [
            around(text, label) for label in text.unbound if not any(overlap(span, label) for span in found)
        ]
    return Score(right, tuple(wrong), tuple(missed))


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def around(text: Labelled, span: Span) -> str:
    """A span with some words around it, to be shown."""
    start, end = span
    shown = f"{text.value[max(0, start - 30) : start]}[{text.value[start:end]}]{text.value[end : end + 20]}"
    return f"{text.source}: …{' '.join(shown.split())}…"


def _read(source: str, block: str) -> Labelled:
    pieces: list[str] = []
    length = start = at = 0
    marked: dict[str, list[Span]] = {"⟧": [], "⟩": []}
    for mark in _MARK.finditer(block):
        pieces.append(block[at : mark.start()])
        length += len(pieces[-1])
        at = mark.end()
        if mark.group() in marked and any(c.isdigit() for c in pieces[-1]):
            marked[mark.group()].append((start, length))
        start = length
    value = "".join([*pieces, block[at:]]).rstrip("\n")
    return Labelled(source, value, tuple(marked["⟧"]), tuple(marked["⟩"]))
