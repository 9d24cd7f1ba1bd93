"""Sheets one below the other."""

from __future__ import annotations

import pytest

from site_builder.evidence.sheet import Native, Sheet
from site_builder.evidence.stacking import stacked
from site_builder.problems import Mistake, Problem


def sheet(header: str, *rows: str, native: Native = None, lines: bool = True) -> Sheet:
    columns = tuple(zip(*(row.split() for row in rows), strict=True)) if rows else ((),) * len(header.split())
    numbers = list(range(2, 2 + len(rows))) if lines else None
    return Sheet(tuple(header.split()), columns, numbers, (native,) * len(header.split()), False, ("a note",))


def problem(*sheets: Sheet) -> Problem:
    with pytest.raises(Mistake) as caught:
        stacked([f"{n}.csv" for n in range(len(sheets))], sheets)
    return caught.value.problem


def test_rows_follow_with_the_file_they_came_from() -> None:
    found = stacked(["a.csv", "b.csv"], [sheet("x y", "1 2", "3 4"), sheet("x y", "5 6")])
    assert found.header == ("_file", "x", "y")
    assert found.cells == (("a.csv", "a.csv", "b.csv"), ("1", "3", "5"), ("2", "4", "6"))
    assert found.lines == [2, 3, 2]
    assert found.notes == ("a note",)


def test_a_kind_holds_if_all_files_have_it() -> None:
    pair = [sheet("x", "1", native="number"), sheet("x", "a", native="text")]
    assert stacked(["a", "b"], pair).natives == ("text", None)
    assert stacked(["a", "b"], pair[:1] * 2).natives == ("text", "number")


def test_an_empty_file_has_no_say_in_the_kind() -> None:
    found = stacked(["a", "b"], [sheet("x", native="text"), sheet("x", "1", native="number")])
    assert found.natives == ("text", "number")


def test_lines_are_known_only_if_all_files_know_them() -> None:
    assert stacked(["a", "b"], [sheet("x", "1"), sheet("x", "2", lines=False)]).lines is None


def test_a_sheet_without_columns_is_passed_over() -> None:
    assert stacked(["a", "b"], [Sheet((), ()), sheet("x", "1")]).cells == (("b",), ("1",))


def test_no_sheets_at_all() -> None:
    assert (stacked([], []).header, len(stacked([], []))) == ((), 0)


def test_a_different_header_names_the_file_and_the_columns() -> None:
    found = problem(sheet("x y"), sheet("x z"))
    assert found.code == "E-COLUMN"
    assert found.message == "1.csv lacks y and has z besides, compared with 0.csv"


def test_another_order_is_different() -> None:
    assert "in another order" in problem(sheet("x y"), sheet("y x")).message


def test_a_column_of_that_name_is_refused() -> None:
    assert "a column _file of its own" in problem(sheet("_file", "a")).message
