"""Three-valued logic: Kleene's tables, for single truths and row by row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from site_builder.language.logic import logic, negation
from site_builder.language.values import Scalar, truth
from site_builder.problems import Mistake
from site_builder.tables import (
    FAR_MISSING,
    MISSING_CELL,
    MISSING_OR_FALSE,
    MISSING_OR_TRUE,
    TOO_COARSE,
    Cells,
    Column,
    Leaf,
    Lineage,
)

SIGNS = (1, 0, -1)
AND = {(a, b): min(a, b) for a in SIGNS for b in SIGNS}
OR = {(a, b): max(a, b) for a in SIGNS for b in SIGNS}


def _truth(sign: int) -> Scalar:
    return truth(sign, reason="" if sign else "too-coarse", detail="" if sign else "it overlaps")


def _column(signs: list[int]) -> Column:
    codes = np.array([0 if s else MISSING_CELL for s in signs], dtype=np.int8)
    return Column("truth", np.array(signs, dtype=np.int8), unknown=codes if codes.any() else None)


@pytest.mark.parametrize(("op", "table"), [("and", AND), ("or", OR)])
def test_two_truths_follow_the_table(op: str, table: dict[tuple[int, int], int]) -> None:
    assert {(a, b): logic(op, _truth(a), _truth(b)).data for a, b in table} == table


@pytest.mark.parametrize(("op", "table"), [("and", AND), ("or", OR)])
def test_columns_follow_the_table_row_by_row(op: str, table: dict[tuple[int, int], int]) -> None:
    lefts, rights = ([pair[side] for pair in table] for side in (0, 1))
    assert logic(op, _column(lefts), _column(rights)).data.tolist() == list(table.values())


@pytest.mark.parametrize("sign", SIGNS)
def test_not_turns_a_truth_round(sign: int) -> None:
    assert negation(_truth(sign)).data == -sign


def test_an_open_truth_keeps_the_reason_of_the_side_that_leaves_it_open() -> None:
    found = logic("and", _truth(1), _truth(0))
    assert isinstance(found, Scalar)
    assert (found.reason, found.detail) == ("too-coarse", "it overlaps")


@pytest.mark.parametrize("sides", [(0, 1), (1, 0)])
def test_either_side_can_be_the_one_that_is_open(sides: tuple[int, int]) -> None:
    found = logic("and", *map(_truth, sides))
    assert isinstance(found, Scalar)
    assert (found.data, found.reason) == (0, "too-coarse")


@pytest.mark.parametrize("signs", [(1, 1), (0, 1), (-1, 1)])
def test_a_truth_of_two_rests_on_the_cells_of_both(signs: tuple[int, int]) -> None:
    rows = Lineage("runs", np.arange(2))
    leaves = [Leaf(rows, name) for name in ("size", "minutes")]
    sides = (replace(_truth(s), cells=Cells((leaf,))) for s, leaf in zip(signs, leaves, strict=True))
    assert set(logic("and", *sides).cells.leaves()) == set(leaves)


def test_a_decided_truth_has_no_reason() -> None:
    found = logic("or", _truth(1), _truth(0))
    assert isinstance(found, Scalar)
    assert found.reason == ""


def test_an_open_row_keeps_its_own_reason() -> None:
    found = logic("and", _column([0, 1]), _truth(0))
    assert isinstance(found, Column)
    assert found.unknown is not None
    assert found.unknown.tolist() == [MISSING_OR_FALSE, TOO_COARSE]


def test_a_missing_cell_elsewhere_is_not_taken_for_one_in_the_row() -> None:
    found = logic("and", _column([1]), truth(0, reason="missing-cell"))
    assert isinstance(found, Column)
    assert found.unknown is not None
    assert found.unknown.tolist() == [FAR_MISSING]


_WAYS: dict[int, set[bool | None]] = {
    MISSING_CELL: {None},
    MISSING_OR_FALSE: {None, False},
    MISSING_OR_TRUE: {None, True},
    FAR_MISSING: {None, False, True},
    TOO_COARSE: {False, True},
}


@pytest.mark.parametrize("op", ["and", "or"])
@pytest.mark.parametrize("left", _WAYS)
@pytest.mark.parametrize("right", _WAYS)
def test_an_open_row_may_be_what_its_sides_may_be(op: str, left: int, right: int) -> None:
    found = logic(op, _open_column(left), _open_column(right))
    assert isinstance(found, Column)
    assert found.unknown is not None
    ways = {_kleene(op, a, b) for a in _WAYS[left] for b in _WAYS[right]}
    assert _WAYS[int(found.unknown[0])] >= ways
    assert (None in _WAYS[int(found.unknown[0])]) is (None in ways)
    never_kept = (MISSING_CELL, MISSING_OR_FALSE)
    assert (int(found.unknown[0]) in never_kept) is (True not in ways)


@pytest.mark.parametrize("code", _WAYS)
def test_not_turns_round_what_an_open_row_may_be(code: int) -> None:
    found = negation(_open_column(code))
    assert isinstance(found, Column)
    assert found.unknown is not None
    assert _WAYS[int(found.unknown[0])] == {None if way is None else not way for way in _WAYS[code]}


def _open_column(code: int) -> Column:
    return Column("truth", np.zeros(1, dtype=np.int8), unknown=np.array([code], dtype=np.int8))


def _kleene(op: str, a: bool | None, b: bool | None) -> bool | None:
    decisive = op == "or"
    return decisive if decisive in (a, b) else None if None in (a, b) else not decisive


def test_a_number_is_no_truth() -> None:
    with pytest.raises(Mistake, match="something true or false"):
        logic("and", _truth(1), Scalar("number", 1))
