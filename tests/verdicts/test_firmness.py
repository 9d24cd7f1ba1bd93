"""How firmly the verdicts stand in total."""

from __future__ import annotations

from site_builder.verdicts.firmness import firmness_of
from tests.pages import fakes


def test_probes_are_added_up() -> None:
    one, other = fakes.decision("a", probe=fakes.probe()), fakes.decision("b", probe=fakes.probe(cells=9))
    found = firmness_of([one, other, fakes.decision("c")])
    assert found is not None
    assert (found["claims"], found["cells"], found["cells_by_tenth"], found["stated_by_tenth"]) == (
        2,
        20,
        4,
        2,
    )


def test_claims_that_no_nudge_moves_are_named() -> None:
    still = fakes.probe(cells_by_tenth=0, stated_by_tenth=0)
    found = firmness_of([fakes.decision("a", probe=still), fakes.decision("b", probe=fakes.probe())])
    assert found is not None
    assert found["never_move"] == ["a"]


def test_claims_are_counted_by_how_many_rows_carry_them() -> None:
    rows = [{"evidence": "runs", "row": row} for row in (1, 2, 3)]
    probes = [fakes.probe(carried_by=rows[:count]) for count in (0, 1, 1, 3)]
    probes.append(fakes.probe(rows=0, carried_by=[]))
    found = firmness_of([fakes.decision(f"c{i}", probe=probe) for i, probe in enumerate(probes)])
    assert found is not None
    assert (found["with_rows"], found["carried_by_none"]) == (4, 1)
    assert (found["carried_by_one"], found["carried_by_more"]) == (2, 1)


def test_nothing_probed_has_no_totals() -> None:
    assert firmness_of([fakes.decision()]) is None
