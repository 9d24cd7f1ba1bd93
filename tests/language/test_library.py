"""Every function of the language: its example over the documentation's tables gives what it says."""

from __future__ import annotations

import pytest

from site_builder.language.examples import RUNS, example_tables
from site_builder.language.function import Function
from site_builder.language.library import functions
from site_builder.tables import Table
from tests.language.evaluated import shown

DOCUMENTED: dict[str, Table] = example_tables()


@pytest.mark.parametrize("function", functions().values(), ids=lambda f: f.name)
def test_the_example_gives_what_it_says(function: Function) -> None:
    expression, gives = function.example
    assert f"{function.name}(" in expression
    assert shown(expression, DOCUMENTED) == gives


@pytest.mark.parametrize("function", functions().values(), ids=lambda f: f.name)
def test_the_documentation_is_in_sentences(function: Function) -> None:
    assert function.summary.endswith(".")
    assert function.unknowns.endswith(".")
    assert function.group


def test_statistics_name_their_source() -> None:
    assert all(f.source for f in functions().values() if f.group == "fits and statistics")


def test_the_groups_are_those_of_the_format() -> None:
    assert {f.group for f in functions().values()} == {
        "rows",
        "columns to a value",
        "elementwise",
        "truth",
        "comparison as people say it",
        "fits and statistics",
        "design",
    }


def test_the_example_tables_hold_what_the_documentation_prints() -> None:
    assert DOCUMENTED["runs"].names == tuple(RUNS)
    assert shown("runs.minutes", DOCUMENTED) == "30, 10, 15, 5 min"
