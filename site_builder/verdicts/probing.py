"""What green means: nudge each cited cell and stated number, drop each row, and see whether the verdict moves.

A verdict that no nudge moves rests on less than it seems to; one that a single row carries is fragile. Dropping rows
follows the fragility index of clinical trials: the fewest patients whose outcome would have to be another for a
significant result to be none (M. Walsh et al., Journal of Clinical Epidemiology 67 (2014), 622-628). That one changes
outcomes until the result tips; here rows are left out, one at a time, and those that tip the verdict are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from site_builder.claims.claim import Claim, EvidenceLink
from site_builder.evidence.record import Evidence
from site_builder.evidence.sheet import Sheet
from site_builder.evidence.typed import table_of
from site_builder.quantities.reading import NotAQuantity, read_quantity
from site_builder.verdicts.bound import Bound, BoundNumber
from site_builder.verdicts.decision import CarriedBy, Probe
from site_builder.verdicts.judging import Trial, tried
from site_builder.verdicts.provenance import rows_used
from site_builder.verdicts.shelf import EvidenceSource, Loaded

T = TypeVar("T")

MOST_CELLS = 120
MOST_ROWS = 200
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?|(?<![\w.])\.\d+")


@dataclass(frozen=True, slots=True)
class _Swapped:
    """The evidence of a trial with one piece of it replaced."""

    loaded: Mapping[str, Loaded]
    name: str
    instead: Loaded
    others: EvidenceSource

    def get(self, link: EvidenceLink) -> Loaded:
        if link.name == self.name:
            return self.instead
        return self.loaded[link.name] if link.name in self.loaded else self.others.get(link)


def probe(claim: Claim, trial: Trial, shelf: EvidenceSource) -> Probe:
    """How the verdict answers to nudged cells, nudged statements and dropped rows; nothing for a broken claim."""
    before = _signature(trial)
    all_cells, all_rows = list(_value_cells(trial)), list(_used_rows(trial))
    cells, rows = _sampled(all_cells, MOST_CELLS), _sampled(all_rows, MOST_ROWS)
    last, tenth = 0, 0
    for name, column, row in cells:
        last += any(
            _moves(claim, trial, shelf, before, x)
            for x in _nudged_cells(trial, name, column, row, _by_last_place)
        )
        tenth += any(
            _moves(claim, trial, shelf, before, x)
            for x in _nudged_cells(trial, name, column, row, _by_a_tenth)
        )
    carrying = [
        (n, r)
        for n, r in rows
        if _moves(claim, trial, shelf, before, (n, _without(trial.work.loaded[n].evidence, r)))
    ]
    stated = trial.work.bound.main.numbers
    return Probe(
        cells=len(cells),
        cells_by_last_place=last,
        cells_by_tenth=tenth,
        stated=len(stated),
        stated_by_last_place=sum(_restated_moves(claim, trial, shelf, n, _by_last_place) for n in stated),
        stated_by_tenth=sum(_restated_moves(claim, trial, shelf, n, _by_a_tenth) for n in stated),
        rows=len(rows),
        carried_by=[CarriedBy(evidence=name, row=row + 1) for name, row in carrying],
        is_sampled=len(cells) < len(all_cells) or len(rows) < len(all_rows),
    )


def _signature(trial: Trial) -> tuple[str, ...]:
    """The verdict and the outcome of every part of it."""
    parts = [*(a["outcome"] for a in trial.assertions), *(n["outcome"] for n in trial.numbers)]
    return (trial.verdict()[0], trial.correction["outcome"] if trial.correction else "", *parts)


def _value_cells(trial: Trial) -> Iterator[tuple[str, str, int]]:
    """Evidence name, column and 0-based row of each cell that a value came from."""
    for (name, column, role), rows in sorted(rows_used(trial.work.cells).items()):
        if role == "value" and name in trial.work.loaded:
            yield from ((name, column, int(row)) for row in rows)


def _used_rows(trial: Trial) -> Iterator[tuple[str, int]]:
    """Evidence name and 0-based row of each row that the verdict looked at."""
    seen: dict[tuple[str, int], None] = {}
    for (name, _, _), rows in sorted(rows_used(trial.work.cells).items()):
        if name in trial.work.loaded:
            seen |= {(name, int(row)): None for row in rows}
    yield from sorted(seen)


def _sampled(items: list[T], most: int) -> list[T]:
    """At most `most` items, evenly spread."""
    return items if len(items) <= most else [items[i * len(items) // most] for i in range(most)]


def _moves(
    claim: Claim, trial: Trial, shelf: EvidenceSource, before: tuple[str, ...], change: tuple[str, Evidence]
) -> bool:
    name, evidence = change
    table = table_of(evidence)
    swapped = _Swapped(trial.work.loaded, name, Loaded("", evidence, table, table), shelf)
    return _signature(tried(claim, trial.work.bound, swapped, shows_working=False)) != before


def _nudged_cells(
    trial: Trial, name: str, column: str, row: int, nudge: _Nudge
) -> Iterator[tuple[str, Evidence]]:
    """The evidence with one cell a little larger, and with it a little smaller; none for a cell without a number."""
    evidence = trial.work.loaded[name].evidence
    position = trial.work.loaded[name].table.names.index(column)
    cell = evidence.sheet.cells[position][row]
    for sign in (1, -1):
        text = nudged(cell or "", nudge, sign)
        if text is not None:
            yield name, replace(evidence, sheet=_with_cell(evidence.sheet, position, row, text))


def _with_cell(sheet: Sheet, position: int, row: int, text: str) -> Sheet:
    column = list(sheet.cells[position])
    column[row] = text
    return replace(sheet, cells=(*sheet.cells[:position], column, *sheet.cells[position + 1 :]))


def _without(evidence: Evidence, row: int) -> Evidence:
    sheet = evidence.sheet
    cells = tuple([*column[:row], *column[row + 1 :]] for column in sheet.cells)
    lines = None if sheet.lines is None else [*sheet.lines[:row], *sheet.lines[row + 1 :]]
    return replace(evidence, sheet=replace(sheet, cells=cells, lines=lines))


def _restated_moves(
    claim: Claim, trial: Trial, shelf: EvidenceSource, number: BoundNumber, nudge: _Nudge
) -> bool:
    before = _signature(trial)
    for sign in (1, -1):
        text = nudged(number.stated.text, nudge, sign)
        if text is None:
            continue
        bound = _restated(trial.work.bound, number, text)
        swapped = (
            _Swapped(trial.work.loaded, "", next(iter(trial.work.loaded.values())), shelf)
            if trial.work.loaded
            else shelf
        )
        if bound is not None and _signature(tried(claim, bound, swapped, shows_working=False)) != before:
            return True
    return False


def _restated(bound: Bound, number: BoundNumber, text: str) -> Bound | None:
    try:
        stated = read_quantity(text)
    except NotAQuantity:
        return None
    numbers = tuple(replace(n, stated=stated) if n is number else n for n in bound.main.numbers)
    return replace(bound, main=replace(bound.main, numbers=numbers))


# Nudges of numbers as they are typed


class _Nudge:
    """How far a number is moved: its step is one of its last digit, or a tenth of it."""

    def __init__(self, *, is_relative: bool) -> None:
        self.is_relative = is_relative

    def size(self, value: Fraction, step: Fraction) -> Fraction:
        return max(step, abs(value) / 10) if self.is_relative else step


_by_last_place, _by_a_tenth = _Nudge(is_relative=False), _Nudge(is_relative=True)


def nudged(text: str, nudge: _Nudge, sign: int) -> str | None:
    """The text with each number in it moved up or down, keeping how it is written; None where there is none."""
    try:
        read_quantity(text)
    except NotAQuantity:
        return None

    def moved(match: re.Match[str]) -> str:
        digits = match[0].replace(",", "")
        mantissa, _, exponent = digits.lower().partition("e")
        places = len(mantissa.partition(".")[2])
        step = Fraction(1, 10**places)
        value = Fraction(mantissa)
        result = abs(value + sign * nudge.size(value, step))
        scaled = round(result * 10**places)
        whole, part = divmod(scaled, 10**places)
        shown = f"{whole}.{part:0{places}d}" if places else str(whole)
        return shown + (f"e{exponent}" if exponent else "")

    changed = _NUMBER.sub(moved, text)
    return changed if changed != text else None
