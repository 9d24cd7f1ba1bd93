"""Header rows to titles."""

from __future__ import annotations

import pytest

from site_builder.evidence.heading import titles
from site_builder.evidence.options import Options
from site_builder.problems import Mistake, Place, Problem

PLACE = Place("evidence/a.csv", 1)


def of(*rows: list[str], names: tuple[str, ...] = ()) -> tuple[str, ...]:
    width = max((len(row) for row in rows), default=len(names))
    return titles(rows, width, Options(names=names), PLACE)[0]


def problem(*rows: list[str], names: tuple[str, ...] = ()) -> Problem:
    with pytest.raises(Mistake) as caught:
        of(*rows, names=names)
    return caught.value.problem


def test_titles_lose_the_spaces_around_them() -> None:
    assert of([" a ", "b c"]) == ("a", "b c")


def test_two_rows_are_joined_and_the_upper_one_filled_forward() -> None:
    assert of(["id", "speed", "", "size"], ["", "cpu", "gpu", ""]) == ("id", "speed cpu", "speed gpu", "size")


def test_an_empty_title_is_numbered_and_noted() -> None:
    header, notes = titles([["", "a", ""]], 3, Options(), PLACE)
    assert header == ("column_1", "a", "column_3")
    assert notes == ("columns without a name are called column_1, column_3",)


def test_a_made_up_title_never_collides() -> None:
    assert of(["", "column_1"]) == ("column_1_", "column_1")


def test_no_header_row_numbers_every_column() -> None:
    assert titles([], 2, Options(), PLACE)[0] == ("column_1", "column_2")


def test_declared_names_replace_the_row_and_say_so() -> None:
    header, notes = titles([["x", "y"]], 2, Options(names=("a", "b")), PLACE)
    assert header == ("a", "b")
    assert notes == ("the declared names stand in place of the header row: x, y",)


def test_the_wrong_number_of_names() -> None:
    assert problem(["x", "y"], names=("a",)).message == "`names` gives 1 name, and the table has 2 columns"


def test_two_columns_of_one_name_offer_names_to_paste() -> None:
    found = problem(["lib", "vs.", "ms", "vs."])
    assert found.code == "E-HEADER"
    assert found.message == "columns 2, 4 have one name, 'vs.'"
    assert found.hint == 'name the columns: `names: ["lib", "vs.", "ms", "vs. 2"]`'


def test_a_long_list_of_twins_is_cut() -> None:
    assert problem(["x"] * 100).message == "columns 1, 2, 3, 4, 5 and 95 more have one name, 'x'"
