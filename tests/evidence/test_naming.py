"""Column titles as names."""

from __future__ import annotations

import doctest
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.evidence import naming
from site_builder.evidence.naming import identifiers

CASES = {
    "accuracy": "accuracy",
    "_released": "_released",
    "Time (s)": "Time_s",
    "vs.": "vs",
    "Top-1 error": "Top_1_error",
    "budget_2013$": "budget_2013",
    "2015": "_2015",
    "class": "class_",
    "None": "None_",
    "import (μs)": "import_us",
    "größe": "grosse",
    "Année": "Annee",
    "#": "number",
    "%": "percent",
    "share %": "share_percent",
    "": "column_1",
    "日本": "column_1",
    "*n*": "n",
}


@pytest.mark.parametrize("title", CASES)
def test_a_title_becomes_a_name(title: str) -> None:
    assert identifiers((title,)) == (CASES[title],)


def test_a_second_of_the_same_name_is_numbered() -> None:
    assert identifiers(("vs.", "vs.", "vs!")) == ("vs", "vs_2", "vs_3")


def test_a_title_that_is_a_name_is_not_displaced() -> None:
    assert identifiers(("a b", "a_b")) == ("a_b_2", "a_b")


def test_a_number_that_is_taken_is_passed_over() -> None:
    assert identifiers(("a", "a_2", "a!")) == ("a", "a_2", "a_3")


@given(st.lists(st.text(max_size=12), max_size=12))
def test_names_are_unique_usable_and_stable(header: list[str]) -> None:
    names = identifiers(header)
    assert len(set(names)) == len(header)
    assert all(name.isascii() and name.isidentifier() and not keyword.iskeyword(name) for name in names)
    assert identifiers(header) == names


def test_the_example_holds() -> None:
    assert doctest.testmod(naming).failed == 0
