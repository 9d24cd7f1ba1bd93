"""A claim's page says everything that was found out about it."""

from __future__ import annotations

import pytest

from site_builder.pages.claim_view import ClaimView, claim_view
from site_builder.pages.shelf import shelf
from site_builder.verdicts.decision import Decision
from tests.pages import fakes


def made(decision: Decision) -> ClaimView:
    return claim_view(decision, shelf([fakes.sheet()]), lambda plot: "<svg></svg>")


def test_stated_and_computed_stand_side_by_side() -> None:
    number = made(fakes.switching()).numbers[0]
    assert (number.stated, number.computed, number.outcome.word) == ("38x", "1,266x", "Differs")
    assert number.receipt == "#number-roi_ratio"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (38.0, 38.0, ""),
        (None, None, ""),
        (909.09, None, "at least 909.09x"),
        (None, 5.0, "at most 5x"),
        (1.5, 2.5, "between 1.5 and 2.5x"),
    ],
)
def test_bounds_are_said_where_the_evidence_is_not_exact(
    low: float | None, high: float | None, said: str
) -> None:
    assert made(fakes.decision(numbers=[fakes.number(low=low, high=high)])).numbers[0].bounds == said


def test_transcribed_evidence_is_named_beside_the_verdict() -> None:
    assert [exhibit.name for exhibit in made(fakes.decision()).transcribed] == ["runs"]
    assert made(fakes.decision(evidence=[fakes.evidence(kind="primary")])).transcribed == ()


def test_a_rejected_correction_says_so() -> None:
    box = made(fakes.switching()).correction
    assert box is not None
    assert box.is_rejected
    assert box.outcome.word == "Rejected"


@pytest.mark.parametrize("outcome", ["holds", "rejected", "undecided", "unneeded"])
def test_every_outcome_of_a_correction_can_be_shown(outcome: str) -> None:
    box = made(fakes.decision(correction=fakes.correction(outcome=outcome))).correction
    assert box is not None
    assert box.outcome.word


def test_evidence_links_to_its_page() -> None:
    (exhibit,) = made(fakes.decision()).exhibits
    assert exhibit.page == "evidence/amd-approaches-csv.html"
    assert exhibit.kind[0] == "Transcribed"


def test_used_cells_are_marked_in_the_excerpt() -> None:
    grid = made(fakes.switching()).exhibits[0].grid
    assert [cell.role for cell in grid.rows[0].cells] == ["", "filter", "value", "value", ""]


def test_what_is_awaited_is_not_said_twice() -> None:
    assert made(fakes.memorising()).awaits
    assert made(fakes.decision(awaits="V2", why="Awaits V2")).awaits == ""


def test_a_broken_claim_shows_its_problems() -> None:
    view = made(fakes.broken())
    assert view.problems[0].startswith("claims/typo.yaml:5:14")
    assert view.title == "typo"


def test_a_source_s_details_are_kept_in_order() -> None:
    assert made(fakes.decision()).source_details == ("Finding 3", "2025-12-31")


def test_another_reading_that_the_stated_figure_would_meet_is_said_in_words() -> None:
    number = fakes.number("gap", "17%", outcome="differs", readings=[fakes.reading(meets=True)])
    row = made(fakes.decision(numbers=[number])).numbers[0]
    assert row.reading == "17% would be met as the difference, 54 % − 37 % = 17 pp"
