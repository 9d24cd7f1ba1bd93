"""Grids show cells as typed, with an id each and their part in the verdict."""

from __future__ import annotations

from site_builder.pages.grids import MISSING, author_grid, evidence_grid
from tests.pages import fakes


def test_a_cell_is_named_by_row_and_column() -> None:
    grid = evidence_grid("", fakes.APPROACH_COLUMNS, fakes.rows(["a", "b"], first=12), 20, {}, {})
    assert [cell.anchor for cell in grid.rows[0].cells] == ["r12-c1", "r12-c2"]


def test_used_cells_know_their_role() -> None:
    roles = {1: {"accuracy": "value", "kind": "filter"}}
    grid = evidence_grid("", fakes.APPROACH_COLUMNS, fakes.rows(*fakes.APPROACHES), 5, roles, {})
    assert [cell.role for cell in grid.rows[0].cells] == ["", "filter", "", "value", ""]
    assert not any(cell.role for cell in grid.rows[1].cells)


def test_a_missing_cell_shows_a_dash() -> None:
    grid = evidence_grid("", fakes.APPROACH_COLUMNS[:1], fakes.rows([None]), 1, {}, {})
    assert grid.rows[0].cells[0].text == MISSING
    assert grid.rows[0].cells[0].is_missing


def test_a_row_names_the_claims_that_use_it() -> None:
    grid = evidence_grid("", fakes.APPROACH_COLUMNS[:1], fakes.rows(["a"], ["b"]), 2, {}, {2: [1, 3]})
    assert [row.users for row in grid.rows] == [(), (1, 3)]


def test_a_title_is_shown_with_the_name_that_expressions_use() -> None:
    grid = evidence_grid("", fakes.APPROACH_COLUMNS, [], 0, {}, {})
    assert (grid.columns[2].title, grid.columns[2].key, grid.columns[2].unit) == ("Time", "minutes", "min")
    assert grid.columns[0].key == ""


def test_a_unit_that_the_title_says_is_not_said_again() -> None:
    grid = evidence_grid("", fakes.APPROACH_COLUMNS, [], 0, {}, {})
    assert (grid.columns[4].title, grid.columns[4].unit) == ("ROI (%/min)", "")


def test_an_author_s_table_marks_what_carries_the_verdict() -> None:
    grid = author_grid(fakes.table())
    assert [cell.role for cell in grid.rows[0].cells] == ["", "value", "value"]
    assert grid.caption == "Five approaches by accuracy"


def test_a_table_without_words_is_called_by_its_name() -> None:
    assert author_grid(fakes.table(title="", caption="")).caption == "Table 1"
