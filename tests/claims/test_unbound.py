"""Unbound numbers of claims and reports: which are reported, where, and with which hint."""

from __future__ import annotations

from textwrap import dedent
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.claim import Claim, Report, Text
from site_builder.claims.prose import report_text
from site_builder.claims.reading import read_claim
from site_builder.claims.unbound import LIMIT, MOST, check_prose, check_report, prose_of, unbound_numbers
from site_builder.problems import Place, Problem
from tests.claims.reported import values


def text(value: str) -> Text:
    return report_text(report(value))


def report(body: str) -> Report:
    return Report("notes", "claims/notes.md", "", "Notes", body)


CLAIM = """
    title: Switching pays 38x
    statement: >
      Switching returned {{ roi_ratio }}, and it took 5 min
      instead of 167.
    evidence: {runs: runs.csv}
    let: {budget: 2.5 h}
    numbers:
      roi_ratio: {stated: 38x, computed: mean(runs.roi)}
      share: {stated: 61-73 %, computed: mean(runs.share)}
    correction:
      statement: It is 1.1x.
      reason: Divided by 7 and not by 2.
      assertion: mean(runs.roi) > 1
    tables:
      - {name: rows, show: runs, title: The 4 runs, caption: All 6 columns}
    plots:
      - {name: dots, kind: scatter, data: runs, x: roi, y: share, title: At 8 points, caption: After 9 tries,
         alt: A line from 10 to 11}
    notes: Read at 12 places.
"""


def claim(source: str = CLAIM) -> Claim:
    found, problems = read_claim("claims/a.yaml", "a", dedent(source).encode())
    assert problems == ()
    assert isinstance(found, Claim)
    return found


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.message.removeprefix("the number ").partition(" is typed")[0] for problem in problems]


def test_every_text_that_readers_see_is_read() -> None:
    assert told(check_prose(claim())) == (
        ["5 min", "167", "12", "1.1x", "7", "2", "4", "6", "8 points", "9", "10", "11"]
    )


def test_a_title_names_what_was_said_and_is_not_read() -> None:
    assert not any("Switching pays" in found.value for found in prose_of(claim()))


def test_expressions_and_stated_numbers_are_not_prose() -> None:
    shown = [found.value for found in prose_of(claim())]
    assert not any("mean(" in value or value == "38x" for value in shown)


def test_a_number_has_the_place_in_its_file() -> None:
    places = {problem.message.split()[2]: str(problem.place) for problem in check_prose(claim())}
    assert places["5"] == "claims/a.yaml:4:51"
    assert places["167"] == "claims/a.yaml:5:14"


def test_the_caret_spans_sign_and_unit() -> None:
    found = unbound_numbers(text("it took ~5 min then"))[0]
    assert (found.value, found.place.column, found.place.width) == ("~5 min", 9, 6)


def test_a_problem_is_a_warning_of_its_own_kind() -> None:
    assert {problem.code for problem in check_prose(claim())} == {"W-UNBOUND"}


NAMED = {
    "38x": "roi_ratio",
    "38 ×": "roi_ratio",
    "38 times": "roi_ratio",
    "38-fold": "roi_ratio",
    "~38x": "roi_ratio",
    "61–73%": "share",
    "61-73 percent": "share",
    "2.5 h": "budget",
}


@pytest.mark.parametrize("typed", NAMED)
def test_the_hint_names_the_number_that_was_stated_in_the_same_words(typed: str) -> None:
    made = claim(CLAIM.replace("and it took 5 min", f"It was {typed} of them,"))
    assert check_prose(made)[0].hint == f"write  {{{{ {NAMED[typed]} }}}}"


@pytest.mark.parametrize("typed", ["38", "38%", "39x", "61%"])
def test_the_hint_for_any_other_number_says_what_can_be_done(typed: str) -> None:
    made = claim(CLAIM.replace("and it took 5 min", f"It was {typed} then,"))
    assert check_prose(made)[0].hint == (
        f"compute it and write  {{{{ name }}}}; if it is meant as typed, write  [{typed}]{{.literal}}"
    )


def test_the_hint_in_a_report_names_the_claim_too() -> None:
    problems = check_report(report("It was 38x."), [claim()])
    assert problems[0].hint == "write  {{ a.roi_ratio }}"


def test_the_hint_in_a_report_without_claims_shows_the_form() -> None:
    assert "{{ group/claim.name }}" in check_report(report("It was 38x."))[0].hint


def test_what_the_hint_says_silences_the_warning() -> None:
    typed = "It was [38x]{.literal} or {{ a.roi_ratio }}."
    assert check_report(report(typed)) == ()


def test_directives_of_a_report_are_no_prose() -> None:
    assert check_report(report("{{ claim group-2/lr-10 }}\n\n{{ verdicts tag=finding-3 }}")) == ()


def test_a_binding_that_cannot_be_read_hides_its_numbers() -> None:
    assert values("at {{ 38 + }} now") == []


def test_numbers_of_a_report_have_their_lines() -> None:
    problems = check_report(report("# Notes\n\nOne of 12\nand 7 more"))
    assert [str(problem.place) for problem in problems] == ["claims/notes.md:3:8", "claims/notes.md:4:5"]


def test_the_sentence_around_a_number_is_given() -> None:
    value = "It rained. Then 38 of\nthem left! Nobody stayed."
    assert unbound_numbers(text(value))[0].sentence == "Then 38 of them left!"


def test_a_sentence_ends_with_its_paragraph() -> None:
    assert unbound_numbers(text("before\n\nhas 38 rows\n\nafter"))[0].sentence == "has 38 rows"


def test_a_long_sentence_is_cut() -> None:
    assert len(unbound_numbers(text("word " * 100 + "38 " + "word " * 100))[0].sentence) < 400


def test_number_words_are_no_numbers() -> None:
    assert values("one of the seven, a third, twenty-two") == []


def test_numbers_beyond_the_limit_are_counted() -> None:
    problems = check_report(report("so 5 and\n" * (LIMIT + 7)))
    assert len(problems) == LIMIT + 1
    assert problems[-1].message == "and 7 more unbound numbers in this file"
    assert str(problems[-1].place) == "claims/notes.md"


def test_up_to_the_limit_nothing_is_counted() -> None:
    assert len(check_report(report("so 5 and\n" * LIMIT))) == LIMIT


def test_a_file_with_too_many_numerals_says_so() -> None:
    problems = check_report(report("v1 " * (MOST + 1)))
    assert [problem.message for problem in problems] == [
        "the file holds more than 20,000 numerals; those after them are not looked at"
    ]


def test_a_long_number_is_shown_short() -> None:
    problem = check_report(report("so " + "5" * 5000))[0]
    assert len(problem.message) + len(problem.hint) < 300


SENTENCES = (
    "In Table 2, training took 38.5 min; on 31 December 2025 it took 12 h.\n\n",
    "5 ",
    "v1.2 ",
    "Step 5, ",
    "`5 ",
    "[5, ",
    "{{ 5 ",
    "](5 ",
    "<a b='5 ",
    "5/s/",
    "| 5 ",
    "- 5. ",
    "5-",
    "\n5",
    "1 234 ",
    "½",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_megabyte_is_read_in_time(sentence: str) -> None:
    body = sentence * (1_000_000 // len(sentence))
    started = process_time()
    check_report(report(body))
    assert process_time() - started < 4


MARKS = "0159 .,-–/:%xX×~<>()[]{}#*_`|\n\"'^@=+eEBMkvs°½²é٣共$\\&;\ufffc "
WORDS = (
    "Step",
    "Table",
    "in",
    "2019",
    "May",
    "{{ a }}",
    "[5]{.literal}",
    "GPT-4",
    "38x",
    "```",
    "<!--",
    "(1)",
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.text(alphabet=MARKS, max_size=8), st.sampled_from(WORDS))), st.booleans())
def test_any_text_can_be_read(pieces: list[str], is_report: bool) -> None:
    value = "".join(pieces)
    end = 0
    for number in unbound_numbers(text(value), is_report):
        line = value.split("\n")[number.place.line - 1]
        start = number.place.column - 1
        assert line[start : start + len(number.value)] == number.value.split("\n")[0]
        offset = value.index(number.value, end)
        assert any(character.isnumeric() for character in number.value)
        end = offset + len(number.value)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_characters_can_be_read(value: str) -> None:
    one_line = Text(value, Place("claims/a.yaml", 1, 1, 1, value))
    assert all(number.value in value for number in unbound_numbers(one_line))


@settings(deadline=None)
@given(st.integers(10, 9_999), st.sampled_from(["%", "x", " min", " GB", ""]))
def test_a_number_is_found_wherever_it_stands_in_plain_words(number: int, unit: str) -> None:
    typed = f"{number:,}{unit}"
    assert values(f"we saw {typed}, which is more") == [typed]
