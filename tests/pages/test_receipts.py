"""Receipts show each value's arithmetic once, under an anchor of its own."""

from __future__ import annotations

from site_builder.pages.receipts import Ledger, Line, ledger
from site_builder.verdicts.decision import Decision
from tests.pages import fakes


def made(decision: Decision) -> Ledger:
    return ledger(decision, {})


def anchors(book: Ledger) -> list[str]:
    return [receipt.anchor for receipt in (*book.lets, *book.numbers, *book.assertions)]


def test_a_receipt_goes_from_expression_to_result() -> None:
    receipt = made(fakes.decision()).numbers[0]
    assert receipt.lines == (Line("ratio", "a / b"), Line("", "76 / 2"), Line("", "38x", True))


def test_a_filled_line_that_says_the_result_is_not_said_twice() -> None:
    steps = [fakes.step("ratio", "a / b", "76 / 2", "38x", value="38x")]
    receipt = made(fakes.decision(numbers=[fakes.number(steps=steps)])).numbers[0]
    assert [line.code for line in receipt.lines] == ["a / b", "76 / 2", "38x"]


def test_a_value_that_is_its_expression_has_one_line() -> None:
    book = made(fakes.switching())
    assert book.lets[0].lines == (Line("baseline", "73%", True),)


def test_a_named_value_that_two_parts_use_is_shown_once() -> None:
    book = made(fakes.switching())
    assert [receipt.heading for receipt in book.lets].count("switch_roi") == 1


def test_a_receipt_names_what_it_is_built_on() -> None:
    number = made(fakes.switching()).numbers[0]
    assert number.builds_on == (("switch_roi", "let-switch_roi"), ("training_roi", "let-training_roi"))


def test_a_word_in_quotes_is_no_name() -> None:
    steps = [fakes.step("kind", "1", value="1"), fakes.step("n", 'x[a == "kind"]', value="1")]
    number = fakes.number("n", expression='x[a == "kind"]', steps=steps)
    assert made(fakes.decision(numbers=[number])).numbers[0].builds_on == ()


def test_the_correction_s_receipts_follow_and_say_so() -> None:
    book = made(fakes.switching())
    assert [receipt.is_correction for receipt in book.numbers] == [False, False, True]
    assert book.assertions[1].anchor == "correction-assertion-1"


def test_a_number_of_the_correction_alone_keeps_the_anchor_that_prose_links_to() -> None:
    assert "number-efficiency" in anchors(made(fakes.switching()))


def test_a_name_that_claim_and_correction_share_has_two_anchors() -> None:
    correction = fakes.correction(numbers=[fakes.number("ratio")])
    found = anchors(made(fakes.decision(correction=correction)))
    assert {"number-ratio", "correction-number-ratio"} <= set(found)


def test_every_value_that_prose_may_show_has_a_receipt() -> None:
    values = {"unused": fakes.value("7", "let-unused"), "2 * x": fakes.value("4", "arithmetic")}
    found = anchors(made(fakes.decision(values=values)))
    assert "let-unused" in found
    assert any(anchor.startswith("value-") for anchor in found)


def test_anchors_are_all_different() -> None:
    for decision in (fakes.switching(), fakes.hostile(), fakes.memorising()):
        found = anchors(made(decision))
        assert len(found) == len(set(found))


def test_a_part_without_steps_shows_its_expression() -> None:
    book = made(fakes.decision(numbers=[fakes.number(steps=[], outcome="broken")]))
    assert book.numbers[0].lines == (Line("ratio", "a / b"),)


def test_a_broken_claim_has_no_arithmetic() -> None:
    assert made(fakes.broken()).is_empty


def test_the_receipt_of_a_number_works_out_its_other_readings() -> None:
    reading = fakes.reading(meets=True)
    receipt = made(fakes.decision(numbers=[fakes.number(outcome="differs", readings=[reading])])).numbers[0]
    assert (receipt.readings, receipt.stated) == ((reading,), "38x")
