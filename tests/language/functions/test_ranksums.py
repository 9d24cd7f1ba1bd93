"""Rank sums by counting pairs, and p values of published analyses."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.language.values import Scalar
from site_builder.quantities.quantity import Quantity
from tests.language.evaluated import shown, value

# Permeability of placental membranes: Hollander and Wolfe (1973), table 4.1.
TERM = "[0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]"
EARLY = "[1.15, 0.88, 0.90, 0.74, 1.21]"


def number_of(text: str) -> Quantity:
    found = value(text)
    assert isinstance(found, Scalar)
    assert isinstance(found.data, Quantity)
    return found.data


def test_a_published_u_and_its_exact_p() -> None:
    assert number_of(f"mann_whitney({TERM}, {EARLY})").nominal == 35
    p = number_of(f'p_value({TERM}, {EARLY}, test="mann_whitney", alternative="greater")')
    assert float(p.nominal) == pytest.approx(0.1272, abs=5e-5)


def test_ties_go_by_the_normal_law_with_both_corrections() -> None:
    first = "[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]"
    second = "[1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]"
    assert number_of(f"mann_whitney({first}, {second})").nominal == Fraction(51, 2)
    p = number_of(f'p_value({first}, {second}, test="mann_whitney")')
    assert float(p.nominal) == pytest.approx(0.06933, abs=5e-6)


cells = st.lists(st.integers(-5, 5), min_size=1, max_size=8)


@given(cells, cells)
def test_u_counts_the_pairs_that_are_won(a: list[int], b: list[int]) -> None:
    won = sum(Fraction(1 if x > y else 0) + Fraction(x == y, 2) for x in a for y in b)
    assert number_of(f"mann_whitney({a}, {b})").nominal == won


@given(cells, cells)
def test_the_two_samples_share_all_pairs(a: list[int], b: list[int]) -> None:
    both = number_of(f"mann_whitney({a}, {b}) + mann_whitney({b}, {a})")
    assert both.nominal == len(a) * len(b)


def test_bounds_give_the_least_and_greatest_u() -> None:
    u = number_of('mann_whitney([quantity("1-5"), quantity("9+")], [3, 4, 10])')
    assert (u.low, u.nominal, u.high) == (2, Fraction(5, 2), 5)


def test_a_wide_cell_that_changes_no_pair_leaves_u_known() -> None:
    assert shown('mann_whitney([quantity("10+"), 5], [6, 7])') == "2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mann_whitney(empty.x, [1])", "unknown (no-rows: mann_whitney: empty has no rows)"),
        (
            "mann_whitney(grid.score, [1])",
            "unknown (missing-cell: mann_whitney: 1 of 5 cells of score have no value)",
        ),
        (
            'p_value([2, 2], [2], test="mann_whitney")',
            "unknown (undefined: p_value by mann_whitney: the numbers are all the same)",
        ),
        (
            'p_value([quantity("1-2"), 3], [2], test="mann_whitney")',
            "unknown (too-coarse: p_value by mann_whitney takes exact numbers, and some cells are known to within "
            "bounds only)",
        ),
    ],
)
def test_what_leaves_rank_sums_unknown(text: str, expected: str) -> None:
    assert shown(text) == expected
