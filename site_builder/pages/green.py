"""What green means: how the verdicts of the whole site answer to small changes, and what no verdict rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.pages.addresses import claim_page
from site_builder.pages.firmness import Nudge
from site_builder.pages.shelf import Shelf
from site_builder.pages.summary import title_of
from site_builder.pages.unused import Unused, unused_tables
from site_builder.pages.words import VERDICTS, Term, counted
from site_builder.verdicts.decision import CoverageJson, Decision, FirmnessJson, Probe
from site_builder.verdicts.firmness import firmness_of, never_moves

PAGE = "green.html"
MOST_CLAIMS = 100
MOST_TABLES = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim in a list of this page; `rows` says how many of those it rests on carry its verdict."""

    title: str
    target: str
    verdict: Term
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Probed:
    """What small changes did; `still` and `carried` hold the first of so many claims."""

    claims: int
    nudges: tuple[Nudge, ...]
    still: tuple[Standing, ...]
    still_count: int
    carried: tuple[Standing, ...]
    carried_count: int
    totals: FirmnessJson


@dataclass(frozen=True, slots=True)
class Green:
    """All that the page says; `probed` is None where no verdict was probed, `unused` where that was not found out.

    `unused` and `files_unused` hold the first of `unused_count` tables and `files_count` files.
    """

    probed: Probed | None
    unused: tuple[Unused, ...] | None
    unused_count: int
    files_unused: tuple[str, ...]
    files_count: int
    tables: int

    @property
    def lead(self) -> str:
        """The page in a sentence, for the front page."""
        said = []
        if self.probed is not None:
            of, one = counted(self.probed.claims, "verdict"), self.probed.totals["carried_by_one"]
            said.append(f"{self.probed.still_count:,} of {of} never moved when a number was nudged")
            said.append(f"{one:,} {'hangs' if one == 1 else 'hang'} on a single row")
        if self.unused is not None:
            left = self.unused_count
            of = counted(self.tables, "evidence table")
            said.append(f"{left:,} of {of} {'is' if left == 1 else 'are'} not used in full")
        return "; ".join(said)


def green(decisions: Sequence[Decision], coverage: CoverageJson | None, shelf: Shelf) -> Green:
    """What the page shows."""
    unused = unused_tables(coverage, shelf) if coverage else None
    files = coverage["files_unused"] if coverage else []
    return Green(
        _probed(decisions),
        None if unused is None else unused[:MOST_TABLES],
        len(unused or ()),
        tuple(files[:MOST_TABLES]),
        len(files),
        len(coverage["tables"]) if coverage else 0,
    )


def _probed(decisions: Sequence[Decision]) -> Probed | None:
    totals = firmness_of(decisions)
    if totals is None:
        return None
    probes = [(decision, decision["probe"]) for decision in decisions if decision["probe"] is not None]
    still = [_standing(decision) for decision, probe in probes if never_moves(probe)]
    carried = sorted(
        ((decision, probe) for decision, probe in probes if probe["carried_by"]),
        key=lambda pair: (-len(pair[1]["carried_by"]) / pair[1]["rows"], pair[0]["id"]),
    )
    return Probed(
        totals["claims"],
        _nudges(totals),
        tuple(still[:MOST_CLAIMS]),
        len(still),
        tuple(_standing(decision, probe) for decision, probe in carried[:MOST_CLAIMS]),
        len(carried),
        totals,
    )


def _nudges(totals: FirmnessJson) -> tuple[Nudge, ...]:
    cells, stated = totals["cells"], totals["stated"]
    return (
        Nudge("A cell that was read, by one in its last digit", cells, totals["cells_by_last_place"]),
        Nudge("A cell that was read, by a tenth", cells, totals["cells_by_tenth"]),
        Nudge("A stated number, by one in its last digit", stated, totals["stated_by_last_place"]),
        Nudge("A stated number, by a tenth", stated, totals["stated_by_tenth"]),
    )


def _standing(decision: Decision, probe: Probe | None = None) -> Standing:
    rows = f"{len(probe['carried_by']):,} of {probe['rows']:,}" if probe else ""
    return Standing(
        title_of(decision), f"{claim_page(decision['id'])}#firmness", VERDICTS[decision["verdict"]], rows
    )
