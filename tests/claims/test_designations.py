"""Numerals that name, and lists of them."""

from __future__ import annotations

import pytest

from site_builder.claims.designations import RULES
from tests.claims.reported import values

LISTS = (
    "Tables 2, 3 and 5",
    "Steps 10–50 and 60",
    "Python 3.11 to 3.14",
    "Findings 1 & 2",
    "in 2019, 2020 and 2021",
    "May 3 and 4",
)
BROKEN_OFF = {
    "In Python 3, 5 tests fail": ["5"],
    "Table 2 has 3": ["3"],
    "Table 2 and 40%": ["40%"],
    "in 2019 and 200 runs": ["200"],
    "GPT-4 and 5": ["5"],
}


@pytest.mark.parametrize("value", LISTS)
def test_a_list_of_names_is_no_number(value: str) -> None:
    assert values(value) == []


@pytest.mark.parametrize("value", BROKEN_OFF)
def test_a_number_after_a_name_may_count(value: str) -> None:
    assert values(value) == BROKEN_OFF[value]


@pytest.mark.parametrize("value", ["open 24/7", "badge 007", "the 05-06 build"])
def test_an_idiom_is_no_number(value: str) -> None:
    assert values(value) == []


def test_rules_have_names_of_their_own() -> None:
    names = [name for name, _ in RULES]
    assert len(set(names)) == len(names)
