"""Three-valued logic: Kleene's tables, for single truths and row by row."""

from __future__ import annotations

import numpy as np
import pytest

from site_builder.language.logic import logic, negation
from site_builder.language.values import Scalar, truth
from site_builder.problems import Mistake
from site_builder.tables import FAR_MISSING, MISSING_CELL, TOO_COARSE, Column

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


def test_a_decided_truth_has_no_reason() -> None:
    found = logic("or", _truth(1), _truth(0))
    assert isinstance(found, Scalar)
    assert found.reason == ""


def test_an_open_row_keeps_its_own_reason() -> None:
    found = logic("and", _column([0, 1]), _truth(0))
    assert isinstance(found, Column)
    assert found.unknown is not None
    assert found.unknown.tolist() == [MISSING_CELL, TOO_COARSE]


def test_a_missing_cell_elsewhere_is_not_taken_for_one_in_the_row() -> None:
    found = logic("and", _column([1]), truth(0, reason="missing-cell"))
    assert isinstance(found, Column)
    assert found.unknown is not None
    assert found.unknown.tolist() == [FAR_MISSING]


def test_a_number_is_no_truth() -> None:
    with pytest.raises(Mistake, match="something true or false"):
        logic("and", _truth(1), Scalar("number", 1))
