"""A problem in what an author wrote: what, where, and the next step.

An author's mistake is a `Problem` value. Code that meets one deep inside an expression raises `Mistake`, which
carries the problem to the nearest place that collects; any other exception that escapes is a bug in the tool.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

_SHOWN_LINE = 160
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a file: path relative to the project, 1-based line and column (in characters), and the line's text.

    `column` 0 means the whole line, `line` 0 the whole file.
    """

    path: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a stable code such as ``E-NAME``, a message in the author's words, a place and a hint.

    Where the place is known only to whoever read the author's file, `about` is the key that the problem is about.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str = ""
    about: str = ""

    def at(self, place: Place) -> Problem:
        """The same problem, placed, unless it already knows its place."""
        return self if self.place is not None else replace(self, place=place)

    def render(self) -> str:
        """The problem as the terminal, the overlay and the page show it: place, message, caret, hint."""
        head = f"{self.code}  {visible(self.message)}"
        lines = [f"{visible(str(self.place))}  {head}" if self.place else head]
        if self.place and self.place.line and self.place.text.strip():
            lines += _excerpt(self.place)
        if self.hint:
            lines.append(f"  {visible(self.hint)}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, object]:
        """The problem as `claims.json` and `check --format json` hold it."""
        place = self.place
        return {
            "code": self.code,
            "message": visible(self.message),
            "path": place.path if place else None,
            "line": place.line if place and place.line else None,
            "column": place.column if place and place.column else None,
            "excerpt": visible(place.text[:_SHOWN_LINE]) if place and place.line else None,
            "hint": visible(self.hint) or None,
            "text": self.render(),
        }


class Mistake(Exception):  # noqa: N818  (named for what an author made, not for the machinery)
    """Carries one author's `Problem` up to the place that collects problems."""

    def __init__(
        self, code: str, message: str, place: Place | None = None, hint: str = "", about: str = ""
    ) -> None:
        self.problem = Problem(code, message, place, hint, about)
        super().__init__(message)


@contextmanager
def concerning(key: str) -> Iterator[None]:
    """What is mistaken inside, and has no place yet, is about this key of the author's file."""
    try:
        yield
    except Mistake as mistake:
        found = mistake.problem
        known = found.about or ("" if found.place else key)
        raise Mistake(found.code, found.message, found.place, found.hint, known) from None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, if any is alike enough to be worth offering."""
    known = list(known)
    folded = {_folded(candidate): candidate for candidate in known}
    if _folded(name) in folded:
        return folded[_folded(name)]
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return found[0] if found else None


def _folded(name: str) -> str:
    """What names share that differ in case or in the form of their letters, such as full-width ones."""
    return unicodedata.normalize("NFKC", name).casefold()


def name_of(character: str) -> str:
    """How a message calls a character that can't be seen or is mistaken for another, such as ``U+0000 (NUL)``."""
    if unicodedata.category(character) == "Cn":
        return f"U+{ord(character):04X} (no character)"
    name = "NUL" if character == "\0" else unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} ({name})"


def did_you_mean(name: str, known: Iterable[str], listing: str = "known: ") -> str:
    """A hint that offers the nearest known name, or lists the first few; it says which letter only looks alike."""
    known = sorted(known)
    found = nearest(name, known)
    if found:
        alien = next((c for c in name if not c.isascii() and c not in found), "")
        return f"did you mean {found!r}?" + (f" what was typed holds {name_of(alien)}" if alien else "")
    if not known:
        return ""
    shown = ", ".join(word if word[:1].isalnum() else repr(word) for word in known[:12]) + (
        f" and {len(known) - 12} more" if len(known) > 12 else ""
    )
    return f"{listing}{shown}"


def counted(count: int, noun: str) -> str:
    """A number of things in words: ``1 row``, ``2,000 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def visible(text: str) -> str:
    """`text` with control, bidirectional and invisible characters shown as ``⟨U+202E⟩`` marks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_mark(c) if unicodedata.category(c) in _UNSEEN and c not in "\n\t" else c for c in text)


def _mark(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


def _excerpt(place: Place) -> list[str]:
    """The source line and a caret under the place, cut to a window when the line is long."""
    start = max(0, place.column - 1 - _SHOWN_LINE // 2) if len(place.text) > _SHOWN_LINE else 0
    window = place.text[start : start + _SHOWN_LINE].rstrip("\r\n").replace("\t", " ")
    lines = [f"  | {visible(window)}"]
    if place.column:
        offset = len(visible(window[: place.column - 1 - start]))
        width = max(1, min(place.width, len(window) - (place.column - 1 - start)))
        lines.append("  | " + " " * offset + "^" * width)
    return lines
