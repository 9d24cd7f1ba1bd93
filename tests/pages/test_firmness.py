"""A claim's page says which small changes would move its verdict."""

from __future__ import annotations

from site_builder.pages.firmness import Nudge, firmness
from site_builder.pages.uses import EvidenceTargets
from tests.pages import fakes

TARGETS = {
    "runs": EvidenceTargets("evidence/runs.html", {"a": 1}, frozenset(range(1, 6)), frozenset({4}), "#runs-")
}


def test_each_kind_of_change_says_how_many_move_the_verdict() -> None:
    made = firmness(fakes.probe(), TARGETS)
    assert made is not None
    assert made.nudges[1] == Nudge("A cell that was read, by a tenth", 11, 2)
    assert made.nudges[4] == Nudge("A row, left out", 5, 2)


def test_a_change_that_could_not_be_tried_is_left_out() -> None:
    made = firmness(fakes.probe(stated=0), TARGETS)
    assert made is not None
    assert not any("stated" in nudge.change for nudge in made.nudges)


def test_rows_that_carry_the_verdict_are_linked() -> None:
    made = firmness(fakes.probe(), TARGETS)
    assert made is not None
    assert [(link.label, link.target) for link in made.carrying] == [
        ("runs row 4", "#runs-r4-c1"),
        ("runs row 5", "evidence/runs.html#r5-c1"),
    ]


def test_many_rows_are_counted() -> None:
    rows = [{"evidence": "runs", "row": row} for row in range(1, 101)]
    made = firmness(fakes.probe(carried_by=rows), TARGETS)
    assert made is not None
    assert (len(made.carrying), made.more) == (12, 88)


def test_what_was_not_probed_says_nothing() -> None:
    assert firmness(None, TARGETS) is None
    assert firmness(fakes.probe(cells=0, stated=0, rows=0), TARGETS) is None


def test_rows_of_unknown_evidence_are_named() -> None:
    made = firmness(fakes.probe(), {})
    assert made is not None
    assert made.carrying[0].target == ""
