"""Uses: which cells of which evidence a verdict rests on, and how a page points at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.pages.words import ROLES, counted
from site_builder.verdicts.decision import AssertionJson, CellUse, Decision, NumberJson

MOST_RUNS = 8


@dataclass(frozen=True, slots=True)
class RowLink:
    """A link to a cell, or to the first of a run of cells below each other: ``3`` or ``3–7``."""

    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One column's cells that a receipt used: links to the first runs of rows, and how many cells."""

    evidence: str
    target: str
    column: str
    role: str
    verb: str
    count: str
    links: tuple[RowLink, ...]
    has_more: bool


def parts_of(decision: Decision) -> Iterator[AssertionJson | NumberJson]:
    """Every assertion and number of a claim and of its correction."""
    yield from decision["assertions"]
    yield from decision["numbers"]
    correction = decision["correction"]
    if correction is not None:
        yield from correction["assertions"]
        yield from correction["numbers"]


def uses_of(decision: Decision) -> Iterator[CellUse]:
    """Every use of cells by any part of a claim."""
    for part in parts_of(decision):
        yield from part["cells"]


def roles_in(uses: Iterable[CellUse], evidence: str) -> dict[int, dict[str, str]]:
    """Row → column → role over one piece of evidence; a cell that was both read and filtered on was read."""
    roles: dict[int, dict[str, str]] = {}
    for use in uses:
        if use["evidence"] != evidence:
            continue
        for row in use["rows"]:
            columns = roles.setdefault(row, {})
            if columns.get(use["column"]) != "value":
                columns[use["column"]] = use["role"]
    return roles


def references(uses: Sequence[CellUse], targets: Mapping[str, EvidenceTargets]) -> tuple[Reference, ...]:
    """Where a receipt's cells stand, merged by evidence, column and role, values before filters."""
    merged: dict[tuple[str, str, str], tuple[set[int], int]] = {}
    for use in uses:
        key = (use["evidence"], use["column"], use["role"])
        rows, count = merged.get(key, (set(), 0))
        merged[key] = (rows | set(use["rows"]), max(count, use["count"]))
    ordered = sorted(merged.items(), key=lambda item: (item[0][2] == "filter", item[0][0]))
    return tuple(_reference(key, sorted(rows), count, targets) for key, (rows, count) in ordered)


@dataclass(frozen=True, slots=True)
class EvidenceTargets:
    """How a claim's page points at one piece of evidence: its page, and its cells here or there."""

    page: str
    columns: Mapping[str, int]
    rows_there: frozenset[int]
    rows_here: frozenset[int]
    here: str

    def cell(self, row: int, column: str) -> str:
        """The place of a cell: in this page's excerpt if it stands there, else on the evidence's own page."""
        place = self.columns.get(column)
        if place is None:
            return self.page
        if row in self.rows_here:
            return f"{self.here}r{row}-c{place}"
        return f"{self.page}#r{row}-c{place}" if self.page and row in self.rows_there else self.page


def _reference(
    key: tuple[str, str, str], rows: list[int], count: int, targets: Mapping[str, EvidenceTargets]
) -> Reference:
    evidence, column, role = key
    target = targets.get(evidence)
    runs = _runs(rows)
    links = tuple(
        RowLink(_label(first, last), target.cell(first, column) if target else "")
        for first, last in runs[:MOST_RUNS]
    )
    total = counted(max(count, len(rows)), "cell")
    has_more = len(runs) > MOST_RUNS or count > len(rows)
    page = target.page if target else ""
    return Reference(evidence, page, column, role, ROLES[role], total, links, has_more)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Sorted row numbers as runs of neighbours: 1, 2, 3, 7 is (1, 3), (7, 7)."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _label(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
