"""Contingency tables: counted from columns or given, with published p values."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from site_builder.language.values import Scalar
from site_builder.quantities.quantity import Quantity
from tests.language.evaluated import problem, shown, table, value


def number_of(text: str) -> Quantity:
    found = value(text)
    assert isinstance(found, Scalar)
    assert isinstance(found.data, Quantity)
    return found.data


def test_ratios_of_four_counts_are_exact() -> None:
    assert number_of("odds_ratio(12, 5, 7, 7)").nominal == Fraction(12, 5)
    assert number_of("relative_risk(12, 5, 7, 7)").nominal == Fraction(24, 17)


def test_ratios_of_two_columns_count_them() -> None:
    trial = {"treated": [1, 1, 1, 1, 0, 0, 0], "died": [1, 1, 1, 0, 1, 0, 0]}
    tables = {"t": table("t", {name: [bool(c) for c in cells] for name, cells in trial.items()})}
    assert shown("odds_ratio(t.treated, t.died)", tables) == "6"
    assert shown("relative_risk(t.treated, t.died)", tables) == "2.25"


@pytest.mark.parametrize("name", ["odds_ratio", "relative_risk"])
def test_bounds_of_counts_are_true_bounds(name: str) -> None:
    whole = number_of(f'{name}(quantity("10-12"), quantity("5-8"), quantity("6-7"), quantity("7-9"))')
    corners = [
        number_of(f"{name}({a}, {b}, {c}, {d})").nominal
        for a, b, c, d in product((10, 12), (5, 8), (6, 7), (7, 9))
    ]
    assert (whole.low, whole.high) == (min(corners), max(corners))


def test_a_count_that_may_be_zero_leaves_a_half_line() -> None:
    assert shown('odds_ratio(10, quantity("0-4"), 5, 5)') == "≥ 2.5"


def test_counts_with_a_word_give_a_plain_ratio() -> None:
    assert (
        shown('odds_ratio(quantity("4 cats"), quantity("2 cats"), quantity("1 cats"), quantity("3 cats"))')
        == "6"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("odds_ratio(1, 0, 2, 3)", "unknown (undefined: odds_ratio divides by a count of zero)"),
        ("relative_risk(1, 2, 0, 3)", "unknown (undefined: relative_risk divides by a count of zero)"),
        ("odds_ratio(1, -1, 2, 3)", "unknown (undefined: odds_ratio: a count is negative)"),
        (
            'odds_ratio(quantity("3+"), 1, 2, 3)',
            "unknown (censored: odds_ratio: a count is known to one side only)",
        ),
        ("odds_ratio(grid.ok, grid.steps > 2)", "unknown (missing-cell: odds_ratio: 1 of 5 cells are open)"),
        (
            "odds_ratio(grid.rough > 35, grid.steps > 2)",
            "unknown (too-coarse: odds_ratio: 1 of 5 cells are open)",
        ),
        ("odds_ratio(empty.x > 1, empty.y > 1)", "unknown (no-rows: odds_ratio: empty has no rows)"),
        ('p_value(gone.x, gone.y, test="chi2")', "unknown (missing-file: there is no file gone.csv)"),
        (
            'p_value([3, 4], [0, 0], test="chi2")',
            "unknown (undefined: p_value by chi2: a row or column of the table is empty, or stands alone)",
        ),
        (
            'p_value([3.5, 4], [1, 2], test="chi2")',
            "unknown (undefined: p_value by chi2: counts are whole numbers from 0 to 1,000,000,000)",
        ),
        (
            'p_value([quantity("3+"), 4], [1, 2], test="chi2")',
            "unknown (censored: p_value by chi2 takes exact numbers, and some cells are censored)",
        ),
    ],
)
def test_what_leaves_contingency_unknown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("odds_ratio(1, 2, 3)", "two conditions or four counts"),
        ("odds_ratio(grid.steps, grid.ok)", "two columns of truths or four counts"),
        ("odds_ratio(grid.steps, 1, 2, 3)", "single numbers"),
        ('odds_ratio(1, 2, quantity("3 h"), quantity("4 kg"))', "units that do not meet"),
        ('p_value(runs.kind, runs.name, test="fisher")', "two by two, and this is 2 by 4"),
        ('p_value(runs.kind, runs.size > 3, test="fisher", alternative="less")', "which category"),
        ('p_value(runs.kind, runs.size > 3, test="chi2", alternative="less")', "has no sides"),
        ('p_value([1, 0, 1], [0, 0, 1], test="chi2")', "only 0 and 1"),
        ('p_value(runs.kind, grid.family, test="chi2")', "columns of 4 and 5 rows"),
        ('p_value(runs.kind, runs.name, test="chi")', "knows no test 'chi'"),
    ],
)
def test_what_is_refused_says_why_and_what_to_write(text: str, words: str) -> None:
    found = problem(text)
    assert words in found.message
    assert found.hint


def test_the_lady_tasting_tea() -> None:
    # R. A. Fisher, The Design of Experiments (1935), chapter 2, with three of four cups right.
    assert float(number_of('p_value([3, 1], [1, 3], test="fisher")').nominal) == pytest.approx(
        34 / 70, rel=1e-9
    )
    p = number_of('p_value([3, 1], [1, 3], test="fisher", alternative="greater")')
    assert float(p.nominal) == pytest.approx(17 / 70, rel=1e-9)


def test_counts_and_conditions_give_one_p() -> None:
    tables = {"t": table("t", {"a": [n < 6 for n in range(12)], "b": [n % 4 != 3 for n in range(12)]})}
    counted = value('p_value(t.a, t.b, test="fisher", alternative="less")', tables)
    given = value('p_value([5, 4], [1, 2], test="fisher", alternative="less")')
    assert isinstance(counted, Scalar)
    assert isinstance(given, Scalar)
    assert counted.data.nominal == given.data.nominal


def test_chi_squared_of_a_wide_table() -> None:
    # Gender and party: A. Agresti, An Introduction to Categorical Data Analysis (2007), p. 39: X² = 30.07 on 2 degrees.
    p = number_of('p_value([762, 327, 468], [484, 239, 477], test="chi2")')
    assert float(p.nominal) == pytest.approx(2.954e-07, rel=5e-4)


def test_yates_moves_a_table_of_two_by_two_and_no_other() -> None:
    moved, plain = (
        number_of(f'p_value([12, 5], [7, 7], test="chi2", correction={c})') for c in (True, False)
    )
    assert float(moved.nominal) == pytest.approx(0.4233, abs=5e-5)
    assert float(plain.nominal) == pytest.approx(0.2415, abs=5e-5)
    wide = [
        number_of(f'p_value([12, 5, 3], [7, 7, 9], test="chi2", correction={c})').nominal
        for c in (True, False)
    ]
    assert wide[0] == wide[1]
