"""Effect sizes against their formulas and the exact correction."""

from __future__ import annotations

import math

import pytest

from site_builder.language.functions.effects import correction
from site_builder.language.values import Scalar
from tests.language.evaluated import problem, shown, table, value

A, B = [12, 15, 11, 19, 14], [8, 9, 14, 7]


def number_of(text: str) -> float:
    found = value(text, {"t": table("t", {"x": list(A)}), "u": table("u", {"x": list(B)})})
    assert isinstance(found, Scalar)
    return float(found.data.nominal)


def pooled_distance() -> float:
    mean_a, mean_b = sum(A) / len(A), sum(B) / len(B)
    squares = sum((v - mean_a) ** 2 for v in A) + sum((v - mean_b) ** 2 for v in B)
    return (mean_a - mean_b) / math.sqrt(squares / (len(A) + len(B) - 2))


def test_cohens_d_is_the_difference_in_pooled_standard_deviations() -> None:
    assert number_of("cohens_d(t.x, u.x)") == pytest.approx(pooled_distance(), rel=1e-14)


def test_cohens_d_changes_its_sign_with_the_order_of_the_samples() -> None:
    assert number_of("cohens_d(u.x, t.x)") == pytest.approx(-pooled_distance(), rel=1e-14)


def test_hedges_g_is_d_times_the_exact_factor() -> None:
    factor = math.gamma(3.5) / (math.sqrt(3.5) * math.gamma(3))
    assert number_of("hedges_g(t.x, u.x)") == pytest.approx(pooled_distance() * factor, rel=1e-12)


@pytest.mark.parametrize("degrees", [2, 3, 10, 57, 1_000, 100_000, 3_000_000])
def test_the_factor_tends_to_its_well_known_approximation(degrees: int) -> None:
    found = correction(degrees)
    assert float(found.nominal) == pytest.approx(1 - 3 / (4 * degrees - 1), abs=0.2 / degrees**2)
    assert found.low < found.nominal < found.high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cohens_d([1, 3], [2, 2])", "0"),
        (
            "cohens_d([1, 1], [2, 2])",
            "unknown (undefined: cohens_d: the numbers within each sample are all the same)",
        ),
        ("cohens_d([1], [2])", "unknown (undefined: cohens_d needs at least 3 numbers in all)"),
        ("hedges_g([1, 2], [3])", "unknown (undefined: hedges_g needs at least 4 numbers in all)"),
        (
            "cohens_d(grid.score, grid.steps)",
            "unknown (missing-cell: cohens_d: 1 of 5 cells of score have no value)",
        ),
        ("cohens_d(empty.x, grid.steps)", "unknown (no-rows: cohens_d: empty has no rows)"),
        (
            "cohens_d(grid.rough, grid.steps)",
            "unknown (censored: cohens_d: some cells are known to one side only)",
        ),
        ('cohens_d([quantity("1-3"), quantity("1-3")], [quantity("1-3"), 5])[1 == 1]', None),
        (
            'cohens_d([quantity("1 h"), quantity("2 h")], [quantity("30 min"), quantity("90 min")])',
            "0.707107",
        ),
    ],
)
def test_what_leaves_an_effect_unknown(text: str, expected: str | None) -> None:
    if expected is None:
        assert problem(text).code == "E-KIND"
    else:
        assert shown(text) == expected


def test_bounds_under_which_nothing_need_vary_are_too_coarse() -> None:
    text = 'cohens_d([quantity("1-3"), quantity("2-4")], [quantity("5-6"), quantity("5-7")])'
    assert shown(text).startswith("unknown (too-coarse: cohens_d: within their bounds")


def test_bounds_enclose_the_effect() -> None:
    found = value('cohens_d([quantity("1-2"), 5, 9], [1, 4, 2])')
    assert isinstance(found, Scalar)
    for first in (1, 1.25, 2):
        mean, squares = (first + 14) / 3, 0.0
        squares += sum((v - mean) ** 2 for v in (first, 5, 9)) + sum((v - 7 / 3) ** 2 for v in (1, 4, 2))
        assert found.data.low <= (mean - 7 / 3) / math.sqrt(squares / 4) <= found.data.high


def test_units_that_do_not_meet_are_refused() -> None:
    found = problem("cohens_d(runs.minutes, runs.accuracy)")
    assert found.code == "E-UNIT"
    assert "units do not meet" in found.message
    assert found.hint
