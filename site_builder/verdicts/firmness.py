"""How firmly the verdicts stand in total: what the small changes that were tried did to them."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.verdicts.decision import Decision, FirmnessJson, Probe

NUDGES = (
    ("one unit in the last place", "cells_by_last_place", "stated_by_last_place"),
    ("a tenth", "cells_by_tenth", "stated_by_tenth"),
)
"""How far a number is moved, and the fields of a probe that count what this moves: of cells, of stated numbers."""


def firmness_of(decisions: Iterable[Decision]) -> FirmnessJson | None:
    """The totals over all probed claims; None where none was probed."""
    probes = [(decision["id"], decision["probe"]) for decision in decisions if decision["probe"] is not None]
    if not probes:
        return None
    carried = [len(probe["carried_by"]) for _, probe in probes if probe["rows"]]
    every = [probe for _, probe in probes]
    return FirmnessJson(
        claims=len(probes),
        never_move=[claim_id for claim_id, probe in probes if never_moves(probe)],
        cells=sum(probe["cells"] for probe in every),
        cells_by_last_place=sum(probe["cells_by_last_place"] for probe in every),
        cells_by_tenth=sum(probe["cells_by_tenth"] for probe in every),
        stated=sum(probe["stated"] for probe in every),
        stated_by_last_place=sum(probe["stated_by_last_place"] for probe in every),
        stated_by_tenth=sum(probe["stated_by_tenth"] for probe in every),
        with_rows=len(carried),
        carried_by_none=carried.count(0),
        carried_by_one=carried.count(1),
        carried_by_more=sum(count > 1 for count in carried),
        is_sampled=any(probe["is_sampled"] for probe in every),
    )


def never_moves(probe: Probe) -> bool:
    """Whether no nudge of a cell or of a stated number changed anything."""
    return not any(probe[field] for _, *fields in NUDGES for field in fields)  # type: ignore[literal-required]
