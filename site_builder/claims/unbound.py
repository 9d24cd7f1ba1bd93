"""Unbound numbers: those that are typed by hand into prose and bound to no computation.

A number in ``{{ }}`` or code, in ``[2e-4]{.literal}``, or one that names and doesn't count (`designations`) is
none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.claims.bare_prose import bare
from site_builder.claims.claim import Claim, Report, Text
from site_builder.claims.designations import Designation, designation
from site_builder.claims.numerals import Numeral, next_numeral
from site_builder.claims.prose import report_text
from site_builder.problems import Place, Problem

LIMIT = 200
"""The most unbound numbers that are told one by one for a file."""
MOST = 20_000
"""The most numerals that are looked at in one file: whoever has more has a table to publish, not prose."""
_WINDOW = 160
_ENDS = (". ", "! ", "? ", ".\n", "!\n", "?\n", "\n\n")


@dataclass(frozen=True, slots=True)
class Unbound:
    """One unbound number: as it is typed, with sign and unit, its place, and the sentence around it."""

    value: str
    place: Place
    sentence: str


def unbound_numbers(text: Text, is_report: bool = False) -> tuple[Unbound, ...]:
    """The unbound numbers of a Markdown text in their order, in time that grows with its length alone."""
    return tuple(_as_typed(text, numeral) for numeral in _read(text, is_report) if numeral is not None)


def check_prose(claim: Claim) -> tuple[Problem, ...]:
    """A warning ``W-UNBOUND`` for each unbound number in what a claim's author wrote for readers.

    Read are the statement, the notes, the correction, and the titles, captions and alt texts of tables and plots;
    not the claim's title, which names what was said. Where a number of the claim was stated in the same words, the
    hint names it.
    """
    read = ((text, numeral) for text in prose_of(claim) for numeral in _read(text, False))
    return tuple(_problems(read, claim.path, _stated_names(claim), "name"))


def check_report(report: Report, claims: Iterable[Claim] = ()) -> tuple[Problem, ...]:
    """A warning ``W-UNBOUND`` for each unbound number of a report.

    With `claims`, the hint names the number of the first of them that was stated in the same words.
    """
    names: dict[str, str] = {}
    for claim in claims:
        for stated, name in _stated_names(claim).items():
            names.setdefault(stated, f"{claim.id}.{name}")
    text = report_text(report)
    read = ((text, numeral) for numeral in _read(text, True))
    return tuple(_problems(read, report.path, names, "group/claim.name"))


def prose_of(claim: Claim) -> tuple[Text, ...]:
    """The texts of a claim that are read for unbound numbers, in the order of a claim's file."""
    correction = claim.correction
    shown = [claim.statement, claim.notes]
    shown += [correction.statement, correction.reason] if correction else []
    for table in claim.tables:
        shown += [table.title, table.caption]
    for plot in claim.plots:
        shown += [plot.title, plot.caption, plot.alt]
    return tuple(text for text in shown if text is not None)


def _read(text: Text, is_report: bool) -> Iterator[Numeral | None]:
    """The unbound numerals of a text, and None for each other one."""
    prose = bare(text, is_report)
    at: int = 0
    previous: Designation | None = None
    while numeral := next_numeral(prose, at):
        previous = designation(prose, numeral, previous)
        at = previous.end if previous else numeral.end
        yield None if previous else numeral


def _as_typed(text: Text, numeral: Numeral) -> Unbound:
    value = text.value[numeral.start : numeral.end]
    place = text.at(numeral.start, numeral.end - numeral.start)
    return Unbound(value, place, _sentence(text.value, numeral.start, numeral.end))


def _sentence(value: str, start: int, end: int) -> str:
    """The sentence around a span on one line, cut where it is long."""
    low, high = max(0, start - _WINDOW), end + _WINDOW
    low = max(low, *(value.rfind(mark, low, start) + 2 for mark in _ENDS))
    closings = [at for mark in _ENDS if (at := value.find(mark, end, high)) >= 0]
    return " ".join(value[low : min(closings) + 1 if closings else high].split())


def _problems(
    read: Iterable[tuple[Text, Numeral | None]], path: str, names: Mapping[str, str], example: str
) -> Iterator[Problem]:
    """A problem for each number up to the limit, then one that counts the others."""
    looked_at = told = 0
    for text, numeral in read:
        looked_at += 1
        if looked_at > MOST:
            break
        told += numeral is not None
        if numeral is not None and told <= LIMIT:
            yield _problem(_as_typed(text, numeral), names, example)
    if told > LIMIT:
        message = f"and {told - LIMIT:,} more unbound numbers in this file"
        yield Problem("W-UNBOUND", message, Place(path), "bind those above first, or show them as a table")
    if looked_at > MOST:
        message = f"the file holds more than {MOST:,} numerals; those after them are not looked at"
        yield Problem("W-UNBOUND", message, Place(path), "split it, or show evidence as a table")


def _problem(number: Unbound, names: Mapping[str, str], example: str) -> Problem:
    shown = number.value if len(number.value) <= 60 else number.value[:59] + "…"
    name = names.get(_key(number.value)) if len(number.value) <= 60 else None
    return Problem(
        "W-UNBOUND",
        f"the number {shown} is typed by hand and bound to nothing",
        number.place,
        f"write  {{{{ {name} }}}}" if name else _hint(shown, example),
    )


def _hint(shown: str, example: str) -> str:
    return f"compute it and write  {{{{ {example} }}}}; if it is meant as typed, write  [{shown}]{{.literal}}"


def _stated_names(claim: Claim) -> dict[str, str]:
    """The names of a claim's numbers by what they were stated as, the first name for each."""
    numbers = [*claim.numbers, *(claim.correction.numbers if claim.correction else ())]
    stated = [(number.name, number.stated.value) for number in numbers]
    stated += [(name, text.value) for name, text in claim.lets]
    names: dict[str, str] = {}
    for name, value in stated:
        names.setdefault(_key(value), name)
    names.pop("", None)
    return names


_SAME = (
    (re.compile(r"\s+|^(?:about|approximately|roughly|around)\b|^[~≈∼]"), ""),
    (re.compile(r"[–—−‑‒]"), "-"),
    (re.compile(r"percentage(?:points?)|points?$"), "pp"),
    (re.compile(r"percent"), "%"),
    (re.compile(r"(?:×|times|-?fold)$"), "x"),
)


def _key(value: str) -> str:
    """What two spellings of one number share: ``~38 ×`` and ``38x``, ``61–73 %`` and ``61-73%``."""
    key = value.strip().casefold()
    for pattern, replacement in _SAME:
        key = pattern.sub(replacement, key)
    return key
