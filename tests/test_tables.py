"""Views of rows: what is shared, what is remembered, and which columns belong together."""

from __future__ import annotations

import numpy as np
import pytest

from site_builder.problems import Mistake
from site_builder.tables import NO_CELLS, Cells, Column, Leaf, Lineage, Table, joined
from tests.language.evaluated import table


@pytest.fixture
def rows() -> Table:
    return table("t", {"x": [10, 20, 30], "y": [3, None, 1]}, {"x": "The X"})


def _evidence_rows(column: Column) -> list[int]:
    return [int(row) for row in column.cells.aligned[0].lineage.rows]


def test_a_view_of_a_view_leads_back_to_the_rows_of_the_evidence(rows: Table) -> None:
    twice = rows.take(np.array([2, 1])).take(np.array([1]))
    assert _evidence_rows(twice.column("x")) == [1]


def test_a_column_is_made_once(rows: Table) -> None:
    assert rows.column("x") is rows.column("x")
    assert rows.owns(rows.column("x"))


def test_a_column_that_is_not_there_is_named_with_the_nearest(rows: Table) -> None:
    with pytest.raises(Mistake, match="no column 'z' in t; it has x, y"):
        rows.column("z")


def test_taking_rows_drops_reasons_that_no_row_needs(rows: Table) -> None:
    assert rows.column("y").take(np.array([0, 2])).unknown is None
    assert rows.column("y").take(np.array([True, True, False])).unknown is not None


def test_a_title_stands_for_a_name(rows: Table) -> None:
    assert (rows.title("x"), rows.title("y")) == ("The X", "y")


def test_columns_of_one_view_belong_together(rows: Table) -> None:
    assert rows.column("x").is_aligned(rows.column("y"))


def test_columns_of_two_views_of_the_same_rows_belong_together(rows: Table) -> None:
    one, other = (rows.take(np.array([0, 2])) for _ in range(2))
    assert one.column("x").is_aligned(other.column("y"))


def test_columns_of_different_rows_do_not_belong_together(rows: Table) -> None:
    one, other = rows.take(np.array([0, 2])), rows.take(np.array([0, 1]))
    assert not one.column("x").is_aligned(other.column("x"))


def test_columns_in_another_order_do_not_belong_together(rows: Table) -> None:
    assert not rows.column("x").is_aligned(rows.take(np.array([2, 1, 0])).column("x"))


def test_columns_of_different_evidence_do_not_belong_together(rows: Table) -> None:
    assert not rows.column("x").is_aligned(table("u", {"x": [1, 2, 3]}).column("x"))


def test_a_list_belongs_to_any_column_of_its_length(rows: Table) -> None:
    listed = Column("number", rows.column("x").data)
    assert listed.is_aligned(rows.column("x"))
    assert not listed.is_aligned(rows.take(np.array([0])).column("x"))


def test_groups_belong_together_when_their_keys_agree() -> None:
    a, b, c = (Column("truth", np.array([1, 1]), keys=keys) for keys in (("p", "q"), ("p", "q"), ("q", "p")))
    assert a.is_aligned(b)
    assert not a.is_aligned(c)


def test_a_filter_is_remembered_beside_the_values(rows: Table) -> None:
    chosen = Cells((Leaf(Lineage("t", np.array([0])), "y", "filter"),))
    leaves = rows.take(np.array([0]), chosen).column("x").cells.leaves()
    assert {(leaf.column, leaf.role) for leaf in leaves} == {("x", "value"), ("y", "filter")}


def test_no_cells_joined_are_no_cells() -> None:
    assert joined(NO_CELLS, NO_CELLS) is NO_CELLS


def test_doubt_stays_with_its_rows(rows: Table) -> None:
    doubted = rows.take(np.array([0, 1]), doubtful=np.array([0, 4], dtype=np.int8))
    assert doubted.take(np.array([0])).doubtful is None
    assert doubted.column("x").doubtful is not None
