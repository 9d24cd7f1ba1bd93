"""Sets of rows are exact, however many rows there are."""

from __future__ import annotations

import numpy as np
import pytest

from site_builder.verdicts.rowsets import outside, packed, unpacked


@pytest.mark.parametrize(
    ("rows", "total", "count", "left"),
    [
        ([], 3, 0, [[1, 3]]),
        ([0, 1, 2], 3, 3, []),
        ([0], 9, 1, [[2, 9]]),
        ([8], 9, 1, [[1, 8]]),
        ([1, 2, 5], 8, 3, [[1, 1], [4, 5], [7, 8]]),
        ([], 0, 0, []),
    ],
)
def test_a_set_comes_back_and_names_what_is_not_in_it(
    rows: list[int], total: int, count: int, left: list[list[int]]
) -> None:
    made = unpacked(packed([np.array(rows, dtype=np.intp)], total))
    assert (made.bit_count(), outside(made, total, 10)) == (count, left)


def test_sets_unite() -> None:
    one, other = np.array([0, 3]), np.array([3, 4])
    assert unpacked(packed([one, other], 5)).bit_count() == 3


def test_a_million_rows_are_small_on_their_way_and_exact() -> None:
    rows = np.arange(0, 1_000_000)
    text = packed([rows[rows != 777_777]], 1_000_000)
    assert len(text) < 2_000
    assert outside(unpacked(text), 1_000_000, 10) == [[777_778, 777_778]]


def test_only_the_first_runs_are_named() -> None:
    assert outside(unpacked(packed([np.arange(0, 100, 2)], 100)), 100, 2) == [[2, 2], [4, 4]]
