"""Text cases of files that strangers send: each a claim or a piece of evidence, and what is said about it.

A case begins with ``=== name``. A ``‸`` stands before the character that a problem must point at, a ``▸`` at the
beginning of a line that one points at as a whole; both are taken out before the file is written, and so the places
are counted here, not by what is tested. ``⟨0D 0A⟩`` stands for bytes, ``⟨end⟩`` for a file that ends without a line
end, ``⟨×300 text⟩`` for a text many times. Then come, each on a line of its own, in the order of the file:

    => verdict reason
    !! CODE part of the message
    ?? part of its hint
    ~~ part of a note
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

FOLDER = Path(__file__).parent
_TOLD = ("=> ", "!! ", "?? ", "~~ ")
_MARKS = re.compile("[‸▸]")
_BYTES = re.compile(rb"\xe2\x9f\xa8((?:[0-9A-F]{2} ?)+)\xe2\x9f\xa9")
_REPEATED = re.compile(r"⟨×(\d+) ([^⟩]*)⟩")
_MACROS = {
    "(good)": "title: A title\nstatement: A statement.\nassertion: 1 < 2",
    "(texts)": "title: A title\nstatement: A statement.",
    "(runs)": "title: A title\nstatement: A statement.\nevidence: {runs: runs.csv}",
}

Spot = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one problem: its code, a part of its message, a part of its hint."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case: files by path, the verdict with its reason, and each problem with the spot it points at."""

    name: str
    claim: str
    files: dict[str, bytes]
    verdict: str
    told: tuple[Told, ...]
    spots: tuple[Spot, ...]
    notes: tuple[str, ...]


def claim_cases() -> tuple[Case, ...]:
    """A claim file each, ``claims/NAME.yaml``; its first line may name another path: ``file: claims/x.yml``."""
    return tuple(_claim_case(*parted) for parted in _parted("claims"))


def evidence_cases() -> tuple[Case, ...]:
    """An evidence file each, and a claim that asks for it.

    ``link:`` (the claim's entry, after ``runs: ``) and ``ask:`` (its assertion) come before a line of ``---``.
    """
    return tuple(_evidence_case(*parted) for parted in _parted("evidence"))


def _parted(folder: str) -> Iterator[tuple[str, str, list[str]]]:
    """The name, the body and the expectations of each case."""
    names: set[str] = set()
    for path in sorted((FOLDER / folder).glob("*.txt")):
        for block in re.split(r"(?m)^=== (?=\w)", path.read_text(encoding="utf-8"))[1:]:
            name, _, rest = block.partition("\n")
            lines = rest.rstrip("\n").split("\n")
            start = next((n for n, line in enumerate(lines) if line.startswith(_TOLD)), len(lines))
            if name in names:
                raise ValueError(f"two cases are called {name!r}")
            names.add(name)
            yield name, "\n".join(lines[:start]) + "\n", lines[start:]


def _claim_case(name: str, body: str, lines: list[str]) -> Case:
    path = f"claims/{slug(name)}.yaml"
    if body.startswith("file: "):
        first, _, body = body.partition("\n")
        path = first.removeprefix("file: ")
    content, spots = _unmarked(path, body)
    return _case(name, path, {path: content}, spots, lines)


def _evidence_case(name: str, body: str, lines: list[str]) -> Case:
    head, _, content = body.partition("---\n")
    if any(": " not in line for line in head.splitlines()):
        raise ValueError(f"{name}: {head!r} asks for nothing")
    asked = dict(line.split(": ", 1) for line in head.splitlines())
    folder, link, ask = slug(name), asked.get("link", "t.csv"), asked.get("ask", "count(runs.a) > 0")
    file = asked.get("file") or re.sub("[‸▸]|.*file: *", "", link).partition("#")[0].split(",")[0].strip(
        "}' "
    )
    placed = re.sub(r"^(\{file: )?('?‸?)", rf"\1\2{folder}/", link, count=1) if link[:1] != "!" else link[1:]
    path = f"claims/read/{folder}.yaml"
    written = f"title: A title\nstatement: A statement.\nevidence:\n  runs: {placed}\nassertion: {ask}\n"
    claim, claim_spots = _unmarked(path, written)
    data, spots = _unmarked(f"evidence/{folder}/{file}", content)
    files = {path: claim} | ({f"evidence/{folder}/{file}": data} if content else {})
    return _case(name, path, files, (*claim_spots, *spots), lines)


def _case(name: str, path: str, files: dict[str, bytes], spots: tuple[Spot, ...], lines: list[str]) -> Case:
    verdict, told, notes = "", [], []
    for line in lines:
        mark, text = line[:2], line[3:]
        if mark == "=>":
            verdict = text
        elif mark == "!!":
            code, _, message = text.partition(" ")
            told.append(Told(code, message, ""))
        elif mark == "??":
            told[-1] = Told(told[-1].code, told[-1].message, text)
        elif mark == "~~":
            notes.append(text)
        elif line:
            raise ValueError(f"{name}: {line!r} is no expectation")
    return Case(name, path, files, verdict, tuple(told), spots, tuple(notes))


def _constant(text: str, found: re.Match[str]) -> str:
    return text


def _unmarked(path: str, text: str) -> tuple[bytes, tuple[Spot, ...]]:
    """The bytes of a file, and the spots that marks point at."""
    for macro, meaning in _MACROS.items():
        text = re.sub(rf"(?m)^{re.escape(macro)}$", partial(_constant, meaning), text)
    text = _REPEATED.sub(lambda found: found[2].encode().decode("unicode_escape") * int(found[1]), text)
    spots: list[Spot] = []
    kept = ""
    for piece in re.split("([‸▸])", text):
        if not _MARKS.fullmatch(piece):
            kept += piece
            continue
        before = re.split("\r\n|\r|\n", _shown(kept))
        spots.append((path, len(before), len(before[-1]) + 1 if piece == "‸" else None))
    data = _BYTES.sub(lambda found: bytes.fromhex(found[1].decode()), kept.encode())
    return data.replace("⟨end⟩\n".encode(), b""), tuple(spots)


def _shown(text: str) -> str:
    """The text before a mark as an editor counts it: a byte order mark is none of its characters."""
    data = _BYTES.sub(lambda found: bytes.fromhex(found[1].decode()), text.encode())
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def slug(name: str) -> str:
    """The name of a case as an id."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
