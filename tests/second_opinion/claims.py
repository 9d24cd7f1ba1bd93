"""A claim and its evidence, as texts, judged a second time: outcomes, reasons and the verdict."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import yaml

from tests.second_opinion.amounts import BARE, QUOTIENT, Amount, Refused, exactly, met, unit_of
from tests.second_opinion.cells import MISSING, Column, Gap, Table, Truth
from tests.second_opinion.functions import stopped
from tests.second_opinion.language import Reader
from tests.second_opinion.writing import Written, is_marked, is_plain, read

_NOTHING = ("", "n/a", "pending", "-")


@dataclass(frozen=True)
class Part:
    """An outcome in the words of claims.json, and the reasons that would explain it."""

    outcome: str
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Opinion:
    """What becomes of a claim."""

    verdict: str
    assertions: tuple[Part, ...]
    numbers: tuple[Part, ...]
    correction: str = ""


def opinion(claim: str, files: Mapping[str, str]) -> Opinion:
    """The second opinion on the text of a claim over these files."""
    told, reader = yaml.load(claim, yaml.BaseLoader), reader_of(claim, files)
    is_broken = any(not _runs(reader, name) for name in reader.lets)
    assertions, numbers = _parts(reader, told)
    correction = ""
    if "correction" in told:
        theirs, others = _parts(reader, told["correction"])
        fails = bool({p.outcome for p in (*assertions, *numbers)} & {"false", "differs"})
        correction = _of_correction({p.outcome for p in (*theirs, *others)}, fails)
        is_broken = is_broken or "broken" in {p.outcome for p in (*theirs, *others)}
    outcomes = {p.outcome for p in (*assertions, *numbers)}
    return Opinion(
        _verdict(outcomes, correction, is_broken or "broken" in outcomes), assertions, numbers, correction
    )


def reader_of(claim: str, files: Mapping[str, str]) -> Reader:
    """The names of a claim, to be read by its expressions."""
    told = yaml.load(claim, yaml.BaseLoader)
    tables = {name: _table(files, source) for name, source in told.get("evidence", {}).items()}
    return Reader(tables, told.get("let", {}))


def _runs(reader: Reader, name: str) -> bool:
    try:
        reader.named(name)
    except Refused:
        return False
    return True


def _of_correction(outcomes: set[str], fails: bool) -> str:
    if outcomes & {"false", "differs"}:
        return "rejected"
    if outcomes & {"unknown", "undecided", "broken"}:
        return "undecided"
    return "holds" if fails else "unneeded"


def _verdict(outcomes: set[str], correction: str, is_broken: bool) -> str:
    if is_broken:
        return "broken"
    if "false" in outcomes:
        return "corrected" if correction == "holds" else "refuted"
    if "differs" in outcomes:
        return "corrected"
    return "undetermined" if outcomes & {"unknown", "undecided"} else "validated"


def _parts(reader: Reader, told: Mapping[str, Any]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    asserted = told.get("assertion", [])
    listed = [asserted] if isinstance(asserted, str) else asserted
    assertions = tuple(_asserted(reader, text) for text in listed)
    numbers = tuple(_stated(reader, n["stated"], n["computed"]) for n in told.get("numbers", {}).values())
    return assertions, numbers


def _asserted(reader: Reader, text: str) -> Part:
    try:
        value = reader.value(text)
    except Refused:
        return Part("broken")
    if isinstance(value, Gap):
        return Part("unknown", value.reasons)
    if not isinstance(value, Truth):
        return Part("broken")
    if value.ways in ({True}, {False}):
        return Part("true" if True in value.ways else "false")
    return Part("unknown", value.reasons)


def _stated(reader: Reader, stated: str, computed: str) -> Part:
    said = read(stated)
    assert said is not None, stated
    try:
        value = reader.value(computed)
        if isinstance(value, Gap):
            return Part("undecided", value.reasons)
        if isinstance(value, Column) and said.form not in ("", "~"):
            return _stated_of_all(said, value)
        if not isinstance(value, Amount):
            return Part("broken")
        return matched(said, value)
    except Refused:
        return Part("broken")


def _stated_of_all(said: Written, column: Column) -> Part:
    gap = stopped(column)
    if gap:
        return Part("undecided", gap.reasons)
    parts = [matched(said, cell) if isinstance(cell, Amount) else Part("broken") for cell in column.cells]
    outcomes = {p.outcome for p in parts}
    worst = next(o for o in ("broken", "differs", "undecided", "matches") if o in outcomes)
    return Part(worst, frozenset().union(*(p.reasons for p in parts if p.outcome == worst)))


def matched(said: Written, value: Amount) -> Part:
    """Whether a value is what was stated."""
    percent, points = unit_of("%"), unit_of("pp")
    if {said.meant.unit, value.unit} == {percent, points}:
        return Part("differs")
    if value.unit == QUOTIENT and said.meant.unit == percent:
        share, plain = (_matched(said, value.times(Fraction(f), percent)) for f in (100, 1))
        return plain if share.outcome != "matches" and plain.outcome == "matches" else share
    allowed, here = met(said.rounded, value, adding=False)
    found = _matched(Written(said.meant, allowed, said.form), here)
    if found.outcome == "differs" and value.unit == BARE and said.meant.unit == percent:
        as_share = _matched(said, value.times(Fraction(100), percent))
        if as_share.outcome == "matches":
            raise Refused("a fraction, or in per cent?")
    return found


def _matched(said: Written, value: Amount) -> Part:
    allowed = said.rounded
    if allowed.low <= value.low and value.high <= allowed.high:
        return Part("matches")
    if said.form == "" and value.is_exact and _is_even_edge(said, value.middle, allowed):
        return Part("matches")
    if value.high < allowed.low or allowed.high < value.low:
        return Part("differs")
    if value.is_endless:
        return Part("undecided", frozenset({"censored"}))
    if allowed.low <= (value.middle, 0) <= allowed.high:
        return Part("matches")
    return Part("undecided", frozenset({"too-coarse"}))


def _is_even_edge(said: Written, value: Fraction, allowed: Amount) -> bool:
    """Whether the value is half way to the next number, and rounding half to even comes to this one."""
    step = allowed.high[0] - allowed.low[0]
    return (
        value in (allowed.low[0], allowed.high[0])
        and (((allowed.low[0] + allowed.high[0]) / 2) / step) % 2 == 0
    )


# Evidence


def _table(files: Mapping[str, str], source: Any) -> Table:
    options = {} if isinstance(source, str) else source
    rows = list(csv.reader(io.StringIO(files[source if isinstance(source, str) else source["file"]])))
    names, body = rows[0], rows[1:]
    columns = {}
    for at, name in enumerate(names):
        kind, unit = options.get("columns", {}).get(name), options.get("units", {}).get(name, "")
        columns[name] = _typed([row[at].strip() for row in body], kind, unit)
    return Table(columns, tuple(range(len(body))), (frozenset(),) * len(body))


def _typed(cells: list[str], kind: str | None, unit: str) -> tuple[Any, ...]:
    present = [c for c in cells if c not in _NOTHING]
    if kind is None:
        if present and set(present) <= {"true", "false"}:
            kind = "truth"
        elif present and all(map(is_plain, present)):
            kind = "number"
        elif present and all(map(read, present)) and any(map(is_marked, present)):
            kind = "quantity"
        else:
            kind = "text"
    if kind == "text":
        return tuple(MISSING if c == "" else c for c in cells)
    if kind == "truth":
        return tuple(MISSING if c in _NOTHING else Truth(frozenset({c == "true"})) for c in cells)
    return _numbers(cells, kind, unit)


def _numbers(cells: list[str], kind: str, unit: str) -> tuple[Any, ...]:
    made: list[Any] = []
    for cell in cells:
        written = None if cell in _NOTHING else read(cell)
        if cell not in _NOTHING and written is None:
            raise Refused(f"{cell} is no number")
        if written is None:
            made.append(MISSING)
        else:
            made.append(written.rounded if kind == "reported" and written.form != "range" else written.meant)
    typed = [a.unit for a in made if isinstance(a, Amount) and a.unit.powers]
    shared = unit_of(unit) if unit else typed[0] if typed else BARE
    return tuple(a if isinstance(a, Gap) else met(exactly(0, shared), a, adding=False)[1] for a in made)
