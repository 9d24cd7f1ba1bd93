"""The p values of correlations, and how p_value chooses."""

from __future__ import annotations

import pytest

from site_builder.language.values import Scalar
from tests.language.evaluated import problem, shown, table, value

# Lightness and preference of tuna: Hollander and Wolfe (1973), p. 187.
LIGHT = "[44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]"
LIKED = "[2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]"


def p_of(text: str) -> float:
    found = value(text)
    assert isinstance(found, Scalar)
    return float(found.data.nominal)


def test_a_published_correlation() -> None:
    assert p_of(f'p_value({LIGHT}, {LIKED}, test="correlation")') == pytest.approx(0.1082, abs=5e-5)


def test_one_side_of_a_correlation_is_half_of_both() -> None:
    both = p_of(f'p_value({LIGHT}, {LIKED}, test="correlation")')
    greater = p_of(f'p_value({LIGHT}, {LIKED}, test="correlation", alternative="greater")')
    assert greater == pytest.approx(both / 2, rel=1e-12)


def test_spearman_is_the_correlation_of_the_ranks() -> None:
    ranks = "[3, 6, 1, 8, 4, 2, 7, 5, 9]", "[2, 4, 1, 8, 5, 7, 9, 3, 6]"
    spearman = p_of(f'p_value({LIGHT}, {LIKED}, test="spearman")')
    assert spearman == pytest.approx(p_of(f'p_value({ranks[0]}, {ranks[1]}, test="correlation")'), rel=1e-12)


def test_ties_share_the_mean_of_their_ranks() -> None:
    tied = p_of('p_value([1, 1, 2, 5, 9], [3, 1, 4, 4, 8], test="spearman")')
    ranked = p_of('p_value([1.5, 1.5, 3, 4, 5], [2, 1, 3.5, 3.5, 5], test="correlation")')
    assert tied == pytest.approx(ranked, rel=1e-12)


def test_points_on_a_line_have_no_chance() -> None:
    assert p_of('p_value([1, 2, 3], [2, 4, 6], test="correlation")') == 0
    assert p_of('p_value([1, 2, 3], [6, 4, 2], test="correlation", alternative="greater")') == 1


def test_a_correlation_does_not_ask_for_one_unit() -> None:
    assert shown('p_value(runs.minutes, runs.accuracy, test="correlation")') == (
        "0.0565436 (Pearson's correlation, two-sided)"
    )


def test_numbers_of_any_size_are_correlated() -> None:
    assert p_of(
        'p_value([1e250, 2e250, 4e250], [1e-250, 3e-250, 2e-250], test="correlation")'
    ) == pytest.approx(p_of('p_value([1, 2, 4], [1, 3, 2], test="correlation")'), rel=1e-9)


@pytest.mark.parametrize("test", ["correlation", "spearman"])
def test_many_rows_agree_with_exact_ones(test: str) -> None:
    cells = [(n * 7919) % 1009 for n in range(6_000)]
    others = [(n * 104_729 + c) % 500 for n, c in enumerate(cells)]
    text = f'p_value(t.x, t.y, test="{test}")'
    long = value(text, {"t": table("t", {"x": list(cells), "y": list(others)})})
    doubled = value(text, {"t": table("t", {"x": [2 * c for c in cells], "y": list(others)})})
    assert isinstance(long, Scalar)
    assert isinstance(doubled, Scalar)
    assert float(long.data.nominal) == pytest.approx(float(doubled.data.nominal), rel=1e-9)
    assert 0 < long.data.nominal < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'p_value([1, 2], [3, 4], test="correlation")',
            "unknown (undefined: p_value of a correlation needs at least 3 pairs)",
        ),
        (
            'p_value([1, 1, 1], [3, 4, 5], test="spearman")',
            "unknown (undefined: p_value: one column does not vary, so there is no correlation)",
        ),
        (
            'p_value([1, quantity("2-3"), 4], [3, 4, 5], test="correlation")',
            "unknown (too-coarse: p_value of a correlation takes exact numbers, and some cells are known to within "
            "bounds only)",
        ),
    ],
)
def test_what_leaves_a_correlation_unknown(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_an_unknown_test_is_refused_with_the_nearest() -> None:
    assert problem('p_value([1], [2], test="fischer")').hint == "did you mean 'fisher'?"
