"""Means by hand, by Fraction, and against every split of bounded cells."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.language.values import Scalar
from site_builder.quantities.quantity import Quantity
from tests.language.evaluated import problem, shown, table, value


def found(text: str, **columns: list[str | int | None]) -> Quantity:
    scalar = value(text, {"t": table("t", {k: list(v) for k, v in columns.items()})})
    assert isinstance(scalar, Scalar)
    assert isinstance(scalar.data, Quantity)
    return scalar.data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("geometric_mean([2, 8])", "4"),
        ("geometric_mean([1, 10, 100])", "10"),
        ("geometric_mean([5, 0, 7])", "0"),
        (
            "geometric_mean([1, -1])",
            "unknown (undefined: geometric_mean takes numbers that are not negative, and some are not)",
        ),
        (
            "geometric_mean(grid.score)",
            "unknown (missing-cell: geometric_mean: 1 of 5 cells of score have no value)",
        ),
        ("geometric_mean(empty.x)", "unknown (no-rows: geometric_mean: empty has no rows)"),
        ("geometric_mean(runs.minutes)", "12.2474 min"),
        ('geometric_mean(grid.steps, by="family")', "x: 1.41421, y: 8"),
        ("harmonic_mean([40, 60])", "48"),
        (
            "harmonic_mean([1, 0])",
            "unknown (undefined: harmonic_mean takes numbers above zero, and some are not)",
        ),
        ('harmonic_mean(grid.spent, by="family")', "x: 0.666667, y: 1.2 h"),
        ("weighted_mean([1, 2, 3], [1, 1, 2])", "2.25"),
        ("weighted_mean([1, 2], [0, 0])", "unknown (undefined: weighted_mean: every weight is zero)"),
        (
            "weighted_mean([1, 2], [1, -1])",
            "unknown (undefined: weighted_mean: a weight is, or could be, negative)",
        ),
        (
            'weighted_mean([1, 2], [1, quantity("2+")])',
            "unknown (censored: weighted_mean: a weight is known to one side only)",
        ),
        (
            "weighted_mean(grid.steps, grid.score)",
            "unknown (missing-cell: weighted_mean: 1 of 5 cells of score have no value)",
        ),
        ('weighted_mean(runs.accuracy, runs.minutes, by="kind")', "training: 55, switch: 77.5 %"),
        ('weighted_mean([quantity("10+"), 1], [1, 1])', "≥ 5.5"),
    ],
)
def test_means_by_hand(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_columns_of_different_rows_have_no_weighted_mean() -> None:
    assert problem("weighted_mean(runs.accuracy, grid.steps)").code == "E-SHAPE"


def test_a_geometric_mean_that_is_no_plain_number_has_bounds_that_hold_it() -> None:
    q = found("geometric_mean(t.x)", x=[2, 3, 5])
    assert q.low**3 < 30 < q.high**3
    assert q.high - q.low < q.nominal / 10**10


def test_a_harmonic_mean_is_exact() -> None:
    q = found("harmonic_mean(t.x)", x=[3, 7, 11])
    assert (q.is_exact, q.nominal) == (True, 3 / (Fraction(1, 3) + Fraction(1, 7) + Fraction(1, 11)))


def test_bounds_of_cells_are_bounds_of_the_mean() -> None:
    q = found("harmonic_mean(t.x)", x=["1-2", 4])
    assert (q.low, q.high) == (Fraction(8, 5), Fraction(8, 3))
    q = found("geometric_mean(t.x)", x=["4-9", 4])
    assert (q.low, q.high) == (4, 6)


def test_a_cell_without_an_upper_bound_leaves_a_half_line_or_an_end() -> None:
    assert found("geometric_mean(t.x)", x=["4+", 4]).high == math.inf
    assert found("harmonic_mean(t.x)", x=["4+", 4]).high == 8


def test_many_cells_agree_with_few() -> None:
    cells = [(n * 37) % 101 + 1 for n in range(6_000)]
    for text in ("geometric_mean(t.x)", "harmonic_mean(t.x)", "weighted_mean(t.x, t.w)"):
        q = found(text, x=list(cells), w=list(cells))
        small = found(text, x=list(range(1, 102)), w=list(range(1, 102)))
        assert abs(q.nominal / small.nominal - 1) < Fraction(1, 100)


spans = st.tuples(st.integers(1, 30), st.integers(0, 9))


@given(st.lists(st.tuples(spans, spans), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_no_choice_of_possible_cells_leaves_the_bounds(
    cells: list[tuple[tuple[int, int], ...]], chance: random.Random
) -> None:
    columns: dict[str, list[str | int | None]] = {
        name: [f"{low}-{low + wide}" if wide else low for low, wide in (c[i] for c in cells)]
        for i, name in enumerate("xw")
    }
    q = found("weighted_mean(t.x, t.w)", **columns)
    for _ in range(20):
        x, w = (
            [Fraction(chance.randint(0, 8), 8) * wide + low for low, wide in (c[i] for c in cells)]
            for i in (0, 1)
        )
        assert q.lowest <= sum(a * b for a, b in zip(x, w, strict=True)) / sum(w) <= q.highest


def test_the_bounds_of_a_weighted_mean_are_reached() -> None:
    q = found("weighted_mean(t.x, t.w)", x=[1, 2, 5], w=["1-3", "2-4", "1-2"])
    splits = [Fraction(a + 2 * b + 5 * c, a + b + c) for a in (1, 3) for b in (2, 4) for c in (1, 2)]
    assert (q.low, q.high) == (min(splits), max(splits))
