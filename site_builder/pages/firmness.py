"""Firmness: which small changes of the evidence would move a verdict, and which rows carry it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.pages.uses import EvidenceTargets, RowLink
from site_builder.verdicts.decision import CarriedBy, Probe

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Nudge:
    """A kind of change: how many were tried, and how many moved the verdict or the outcome of a part."""

    change: str
    tried: int
    moved: int


@dataclass(frozen=True, slots=True)
class Firmness:
    """How a verdict answers to small changes; `carrying` are the first of the rows that cannot be left out."""

    nudges: tuple[Nudge, ...]
    carrying: tuple[RowLink, ...]
    more: int
    is_sampled: bool


def firmness(probe: Probe | None, targets: Mapping[str, EvidenceTargets]) -> Firmness | None:
    """What a claim's page says of a probe; None where nothing could be tried."""
    nudges = tuple(nudge for nudge in _nudges(probe) if nudge.tried) if probe else ()
    if probe is None or not nudges:
        return None
    carrying = probe["carried_by"]
    links = tuple(_link(row, targets) for row in carrying[:MOST_ROWS])
    return Firmness(nudges, links, max(0, len(carrying) - MOST_ROWS), probe["is_sampled"])


def _nudges(probe: Probe) -> Iterator[Nudge]:
    yield Nudge(
        "A cell that was read, by one in its last digit", probe["cells"], probe["cells_by_last_place"]
    )
    yield Nudge("A cell that was read, by a tenth", probe["cells"], probe["cells_by_tenth"])
    yield Nudge("A stated number, by one in its last digit", probe["stated"], probe["stated_by_last_place"])
    yield Nudge("A stated number, by a tenth", probe["stated"], probe["stated_by_tenth"])
    yield Nudge("A row, left out", probe["rows"], len(probe["carried_by"]))


def _link(row: CarriedBy, targets: Mapping[str, EvidenceTargets]) -> RowLink:
    target = targets.get(row["evidence"])
    first = next(iter(target.columns), "") if target else ""
    return RowLink(f"{row['evidence']} row {row['row']}", target.cell(row["row"], first) if target else "")
