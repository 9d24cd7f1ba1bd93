"""Rows without a partner, and what is in doubt."""

from __future__ import annotations

import pytest

from site_builder.language.values import Scalar
from site_builder.tables import Table
from tests.language.evaluated import Cell, problem, shown, table, value


def tables(**others: list[Cell]) -> dict[str, Table]:
    left = table("left", {"id": ["a", "b", "c", "a"], "n": [1, 2, 3, 4]})
    return {"left": left, "right": table("right", others or {"id": ["b", "b"], "m": [5, "4-8"]})}


def test_rows_without_a_partner_stay_in_order() -> None:
    assert shown('anti_join(left, right, on="id").n', tables()) == "1, 3, 4"


def test_keys_may_bear_other_names_and_be_several() -> None:
    both = tables(key=["a", "c"], number=[4, 9])
    assert shown('anti_join(left, right, on=["id", "n"], right_on=["key", "number"]).n', both) == "1, 2, 3"


def test_joined_rows_and_the_others_are_all_rows() -> None:
    both = tables(id=["a", "q"], m=[1, 2])
    total = 'count(join(left, right, on="id")) + count(anti_join(left, right, on="id")) == count(left)'
    assert shown(total, both) == "true"


def test_no_row_left_over_is_unknown_and_never_a_pass() -> None:
    both = tables(id=["a", "b", "c"], m=[1, 2, 3])
    found = value('count(anti_join(left, right, on="id"))', both)
    assert "no-rows" in repr(found)
    assert shown("all(left.id in right.id)", both).startswith("true")


def test_a_partner_in_doubt_leaves_the_row_in_doubt() -> None:
    both = tables(id=["b"], m=["4-8"])
    found = value('count(anti_join(left, right[m > 5], on="id"))', both)
    assert isinstance(found, Scalar)
    assert (found.data.low, found.data.high) == (3, 4)


def test_the_keys_of_both_sides_are_what_it_was_chosen_by() -> None:
    found = value('anti_join(left, right, on="id")', tables())
    assert isinstance(found, Table)
    leaves = {(leaf.lineage.evidence, leaf.column, leaf.role) for leaf in found.chosen.leaves()}
    assert leaves == {("left", "id", "filter"), ("right", "id", "filter")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'anti_join(left, right, on="id", right_on="m")',
            "a column of texts on the left and a column of numbers on the right",
        ),
        (
            'anti_join(left, right, on=["id", "n"], right_on="id")',
            "2 key columns on the left and 1 on the right",
        ),
        ('anti_join(left, right, on="ids")', "no column 'ids'"),
        ('anti_join(left.id, right, on="id")', "takes a table"),
    ],
)
def test_what_is_refused_says_why(text: str, words: str) -> None:
    found = problem(text, tables(id=["b"], m=[1]))
    assert words in found.message
    assert found.hint


def test_keys_in_units_that_do_not_meet_are_refused() -> None:
    both = {"left": table("left", {"k": ["1 h"]}), "right": table("right", {"k": ["2 kg"]})}
    assert problem('anti_join(left, right, on="k")', both).code == "E-UNIT"


def test_keys_meet_in_one_unit() -> None:
    both = {"left": table("left", {"k": ["1 h", "2 h"]}), "right": table("right", {"k": ["60 min"]})}
    assert shown('count(anti_join(left, right, on="k"))', both) == "1"
