"""Ids of claims and reports: their paths below ``claims/`` without the ending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from site_builder.claims.names import folded, spelled_plainly
from site_builder.problems import Place, Problem

ENDINGS = (".yaml", ".yml", ".md")
_ID = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*", re.ASCII)
_LABEL = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
_ALLOWED = re.compile(r"[a-z0-9_/-]", re.ASCII)
_SHOWN = 6


def is_id(text: str) -> bool:
    """Whether a text is written as an id: ``a-z 0-9 _ -`` in parts between slashes."""
    return _ID.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether a text can be the name of a table or plot, which stands after an id in an address."""
    return _LABEL.fullmatch(text) is not None


def assign_ids(paths: Iterable[str], folder: str = "claims") -> tuple[dict[str, str], tuple[Problem, ...]]:
    """An id for each path below the claims folder, and a problem for each path whose id can't be its own.

    Every path gets an id that is well written and unlike all others, so that a broken claim has a page too; a
    path named by a problem (``place.path``) has a makeshift one.
    """
    ordered = sorted(paths, key=lambda path: (not is_id(_stem(path)), path))
    owners: dict[str, str] = {}
    ids: dict[str, str] = {}
    problems: list[Problem] = []
    for path in ordered:
        stem = _stem(path)
        problems += _faults(path, stem, owners.get(folded(stem)), folder)
        owners.setdefault(folded(stem), path)
    taken = {_stem(path) for path in owners.values() if is_id(_stem(path))}
    faulty = {problem.place.path for problem in problems if problem.place}
    for path in ordered:
        is_own = f"{folder}/{path}" not in faulty
        ids[path] = _stem(path) if is_own else _makeshift(_stem(path), taken)
    return ids, tuple(sorted(problems, key=lambda problem: str(problem.place)))


def _stem(path: str) -> str:
    ending = next((ending for ending in ENDINGS if path.endswith(ending)), "")
    return path[: len(path) - len(ending)]


def _faults(path: str, stem: str, owner: str | None, folder: str) -> Iterator[Problem]:
    place = Place(f"{folder}/{path}")
    if not is_id(stem):
        message = f"the id {stem!r} {_fault(stem)}"
        hint = f"rename the file to  {_plain(stem)}{PurePosixPath(path).suffix}"
        yield Problem("E-ID", message, place, hint)
    if owner is not None:
        alike = "has the same id as" if _stem(owner) == stem else "has an id that looks like that of"
        yield Problem(
            "E-ID", f"{folder}/{path} {alike} {folder}/{owner}", place, "rename one of the two files"
        )


def _fault(stem: str) -> str:
    wrong = list(dict.fromkeys(c for c in stem if not _ALLOWED.match(c)))
    if not wrong:
        return "has an empty part"
    shown = ", ".join(repr(c) for c in wrong[:_SHOWN])
    return f"has {shown}; an id has a-z, 0-9, _ and - only"


def _plain(stem: str) -> str:
    """The nearest well-written id."""
    plain = ((spelled_plainly(part) or part).casefold() for part in stem.split("/"))
    parts = (re.sub(r"[^a-z0-9_]+", "-", part).strip("-") for part in plain)
    return "/".join(part for part in parts if part) or "claim"


def _makeshift(stem: str, taken: set[str]) -> str:
    """A well-written id that nothing else has, added to those taken."""
    plain, number = _plain(stem), 1
    found = plain
    while found in taken:
        number += 1
        found = f"{plain}-{number}"
    taken.add(found)
    return found
