"""Summaries show each claim once, with the number that matters."""

from __future__ import annotations

from site_builder.pages.summary import groups, key_number, row, tallies, why
from tests.pages import fakes


def test_the_key_number_is_the_first_that_differs() -> None:
    numbers = [fakes.number("a"), fakes.number("b", "2x", shown="3x", outcome="differs")]
    key = key_number(fakes.decision(numbers=numbers))
    assert key is not None
    assert (key.name, key.stated, key.computed) == ("b", "2x", "3x")


def test_without_a_difference_it_is_the_first() -> None:
    key = key_number(fakes.decision(numbers=[fakes.number("a"), fakes.number("b")]))
    assert key is not None
    assert key.name == "a"


def test_a_claim_without_numbers_shows_its_assertions() -> None:
    assertions = [fakes.assertion(), fakes.assertion(outcome="false")]
    made = row(fakes.decision(numbers=[], assertions=assertions))
    assert made.number is None
    assert made.parts == "1 of 2 assertions true"


def test_a_number_that_was_not_computed_shows_a_dash() -> None:
    key = key_number(fakes.decision(numbers=[fakes.number(shown="", outcome="undecided")]))
    assert key is not None
    assert key.computed == "—"


def test_a_broken_claim_without_a_title_shows_its_id() -> None:
    assert row(fakes.broken()).title == "typo"


def test_tallies_count_every_verdict_and_link_those_that_occur() -> None:
    made = {tally.verdict.word: tally for tally in tallies([fakes.refuted(), fakes.refuted()])}
    assert made["Refuted"].count == 2
    assert made["Refuted"].target == "verdicts/refuted.html"
    assert made["Broken"].count == 0
    assert made["Broken"].target == ""


def test_groups_follow_the_first_part_of_the_id() -> None:
    ids = ["finding-2/a", "loose", "finding-1/b", "finding-1/a"]
    made = groups([fakes.decision(claim_id) for claim_id in ids])
    assert [group.title for group in made] == ["Finding 1", "Finding 2", "Other findings"]
    assert [row.id for row in made[0].rows] == ["finding-1/a", "finding-1/b"]


def test_group_anchors_are_all_different() -> None:
    made = groups([fakes.decision(claim_id) for claim_id in ("a-b/x", "a_b/x", "c")])
    assert len({group.anchor for group in made}) == 3


def test_a_reason_stands_in_for_a_missing_why() -> None:
    assert "awaited" in why(fakes.decision(why="", verdict="undetermined", reason="awaited"))
