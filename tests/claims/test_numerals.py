"""Numerals as readers take them in."""

from __future__ import annotations

import pytest

from site_builder.claims.numerals import PriorWord, next_numeral, next_word, prior_word


def wholes(value: str) -> list[str]:
    found, at = [], 0
    while numeral := next_numeral(value, at):
        found.append(value[numeral.start : numeral.end])
        at = numeral.end
    return found


WHOLES = {
    "is 1,234.5 now": ["1,234.5"],
    "10 000 or 10\u202f000 or 1'000 or 1_000": ["10 000", "10\u202f000", "1'000", "1_000"],
    "n 5 000": ["5 000"],
    "p99 130 ms": ["99", "130 ms"],
    "p < .05, of .5": ["< .05", ".5"],
    "5. And 6, then": ["5", "6"],
    "1e-6, 2.5×10^-5, 3 × 10⁻⁴ and 10^{5}": ["1e-6", "2.5×10^-5", "3 × 10⁻⁴", "10^{5}"],
    "2 \\times 10^5": ["2 \\times 10^5"],
    "61–73 % and 4-10x and 73.5 ± 0.3%": ["61–73 %", "4-10x", "73.5 ± 0.3%"],
    "$4-$10": ["$4-$10"],
    "~40%, ≈ 3, ≥ 5, >= 6, -7, −8, +17 pp": ["~40%", "≈ 3", "≥ 5", ">= 6", "-7", "−8", "+17 pp"],
    "~~5~~": ["5"],
    "US$5, €3bn, 5€, 5 €": ["US$5", "€3bn", "5€", "5 €"],
    "$6 €7": ["$6", "€7"],
    "10,000+ and 909x+": ["10,000+", "909x+"],
    "-0.5 %/min, 5 km/h, 100MB/s": ["-0.5 %/min", "5 km/h", "100MB/s"],
    "1m28.85s and 2h30m": ["1m28.85s", "2h30m"],
    "5 per cent, 6 percentage points, 7 per week": ["5 per cent", "6 percentage points", "7"],
    "17-point, 30-minute, 5-legged": ["17-point", "30-minute", "5"],
    "38 × more, 3 × 4": ["38 ×", "3 × 4"],
    "½ and 1½": ["½", "1½"],
    "**38**x": ["38"],
    "5x5, 4/5, 3:1": ["5x5", "4/5", "3:1"],
    "none": [],
}


@pytest.mark.parametrize("value", WHOLES)
def test_sign_digits_and_unit_are_one_numeral(value: str) -> None:
    assert wholes(value) == WHOLES[value]


def test_parts_of_a_numeral_are_apart() -> None:
    found = next_numeral("took ~2.5 min then", 0)
    assert found is not None
    assert (found.sign, found.digits, found.unit) == ("~", "2.5", " min")
    assert (found.before, found.after) == ("took ", " then")


def test_context_is_bounded() -> None:
    found = next_numeral("a" * 500 + " 5 " + "b" * 500, 0)
    assert found is not None
    assert (len(found.before), len(found.after)) == (80, 80)


def test_reading_goes_on_at_the_offset() -> None:
    found = next_numeral("5-6", 2)
    assert found is not None
    assert (found.start, found.digits) == (2, "6")


PRIOR = {
    "in Table ": PriorWord("Table", False, "in"),
    "Table ": PriorWord("Table", True),
    "It is. Step ": PriorWord("Step", True, "is."),
    "the **Python** ": PriorWord("Python", False, "the"),
    "- Run ": PriorWord("Run", True, "-"),
    "| Llama ": PriorWord("Llama", True, "|"),
    "see Fig. ": PriorWord("Fig.", False, "see"),
    "a\nb Step ": PriorWord("Step", False, "b"),
    "word, ": PriorWord("", False),
    "word": PriorWord("", False),
    "Step\n\n": PriorWord("", False),
    "f(x) ": PriorWord("", False),
    "": PriorWord("", False),
}


@pytest.mark.parametrize("before", PRIOR)
def test_the_word_before_a_numeral_is_found(before: str) -> None:
    assert prior_word(before) == PRIOR[before]


@pytest.mark.parametrize(
    ("after", "word"), [(" runs, then", "runs"), ("** runs", "runs"), (", runs", ""), ("runs", ""), ("", "")]
)
def test_the_word_after_a_numeral_is_found(after: str, word: str) -> None:
    assert next_word(after) == word
