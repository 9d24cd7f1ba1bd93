"""The ledger lists everything that had to be corrected, and nothing twice."""

from __future__ import annotations

from site_builder.pages.corrections import corrections
from tests.pages import fakes


def test_numbers_that_differ_are_listed_with_their_receipts() -> None:
    (entry,) = corrections([fakes.switching()]).numbers
    assert (entry.stated, entry.computed) == ("38x", "1,266x")
    assert entry.target == "claims/amd-hackathon/model-switching.html#number-roi_ratio"


def test_the_ledger_says_what_else_a_stated_figure_would_be() -> None:
    number = fakes.number("gap", "17%", outcome="differs", readings=[fakes.reading(meets=True)])
    entry = corrections([fakes.decision(numbers=[number])]).numbers[0]
    assert entry.reading == "17% would be met as the difference, 54 % − 37 % = 17 pp"


def test_an_author_s_correction_is_listed_whether_it_holds_or_not() -> None:
    held = fakes.decision("a", correction=fakes.correction(outcome="holds"))
    rejected = fakes.decision("b", correction=fakes.correction())
    made = corrections([held, rejected]).authors
    assert [(entry.outcome.word, entry.is_rejected) for entry in made] == [
        ("Holds", False),
        ("Rejected", True),
    ]


def test_a_refuted_claim_without_a_correction_is_listed() -> None:
    assert len(corrections([fakes.refuted()]).refuted) == 1


def test_a_refuted_claim_with_a_correction_is_listed_once() -> None:
    made = corrections([fakes.decision(verdict="refuted", correction=fakes.correction())])
    assert (len(made.authors), len(made.refuted)) == (1, 0)


def test_claims_that_stand_leave_it_empty() -> None:
    assert corrections([fakes.decision()]).is_empty


def test_ids_of_two_ledgers_on_a_page_differ() -> None:
    first, second = (corrections([fakes.switching()], suffix) for suffix in ("-1", "-2"))
    assert first.authors[0].said.prefix != second.authors[0].said.prefix
