"""Whatever the cells, a statistic is a value, an unknown or a mistake that says what to write; groups and files too."""

from __future__ import annotations

import math
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.language.functions.samples import near_float, step_of
from site_builder.language.library import functions
from site_builder.language.values import Scalar, Unknown, Value
from site_builder.problems import Mistake
from site_builder.tables import Column, Table
from tests.language.evaluated import Cell, shown, table, value

CALLS = (
    "cohens_d(t.a, t.b)",
    "hedges_g(t.a, t.b)",
    "t_test(t.a, t.b)",
    "t_test(t.a, t.b, paired=True)",
    "t_test(t.a, t.b, equal_variances=True)",
    "mann_whitney(t.a, t.b)",
    "geometric_mean(t.a)",
    'harmonic_mean(t.a, by="g")',
    "weighted_mean(t.a, t.b)",
    'weighted_mean(t.a, t.b, by="g")',
    "autocorrelation(t.a)",
    "bootstrap_ci(t.a, samples=99)",
    'bootstrap_ci(t.a, "median", samples=99)',
    "odds_ratio(t.a > 2, t.b > 2)",
    "relative_risk(t.a > 2, t.b > 2)",
    "survival_median(t.a, t.b > 2)",
    'survival_median(t.a, t.b > 2, by="g")',
    "all(agrees(t.a, t.b))",
    "all(agrees(t.a, t.b, digits=0))",
    "p_value(t.a, t.b)",
    *(
        f'p_value(t.a, t.b, test="{test}"{side})'
        for test in ("paired_t", "mann_whitney", "correlation", "spearman", "fisher", "chi2")
        for side in ("", ', alternative="less"')
    ),
    'p_value(t.a > 2, t.b > 2, test="fisher", alternative="greater")',
    'p_value(t.g, t.b > 2, test="chi2")',
)
WRITTEN = (
    "0",
    "1",
    "2",
    "3",
    "-4",
    "0.1",
    "1e300",
    "-1e300",
    "1e-300",
    "~40",
    "2-5",
    "3+",
    "< 3",
    "0-1",
    "1-1",
    "7.25",
)
cells = st.sampled_from((*WRITTEN, None))
rows = st.lists(st.tuples(cells, cells, st.sampled_from("pq")), min_size=0, max_size=6)


def table_of(found: list[tuple[str | None, str | None, str]]) -> dict[str, Table]:
    columns: dict[str, list[Cell]] = {
        n: [row[i] for row in found] for i, n in enumerate(("a", "b", "text_g"))
    }
    made = table("t", columns)
    return {"t": Table("t", made.rows, {**made.makers, "g": made.makers["text_g"]}, made.rows)}


@pytest.mark.parametrize("call", CALLS)
@settings(max_examples=60, deadline=None)
@given(found=rows)
def test_only_a_mistake_escapes(call: str, found: list[tuple[str | None, str | None, str]]) -> None:
    with suppress(Mistake):
        _check(value(call, table_of(found)))


def _check(result: Value) -> None:
    if isinstance(result, Unknown):
        assert result.reason
        assert result.detail
    elif isinstance(result, Scalar) and result.kind == "number":
        assert result.data.lowest <= result.data.nominal <= result.data.highest
        assert not any(
            isinstance(end, float) and math.isnan(end) for end in (result.data.low, result.data.high)
        )
    else:
        assert isinstance(result, Scalar | Column)


def test_a_summary_of_two_columns_is_taken_by_group_with_the_cells_of_each() -> None:
    tables = table_of([("1", "1", "p"), ("3", "1", "p"), ("5", "2", "q")])
    found = value('weighted_mean(t.a, t.b, by="g")', tables)
    assert isinstance(found, Column)
    assert found.keys == ("p", "q")
    assert {leaf.column for leaf in found.cells.leaves()} >= {"a", "b"}


def stacked_files() -> dict[str, Table]:
    return {
        "t": table(
            "t",
            {
                "_file": ["one.csv", "one.csv", "two.csv", "two.csv"],
                "said": ["1.5", "2.5", "3", "4"],
                "x": ["1.5", "2.5", "3", "4.5"],
            },
        )
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('geometric_mean(t.x * t.x, by="_file")', "one.csv: 3.75, two.csv: 13.5"),
        ('all(geometric_mean(t.x, by="_file") > 1)', "true (2 of 2 rows hold)"),
        ('all(weighted_mean(t.x, t.said, by="_file") > 3)', "false (1 of 2 rows hold)"),
        ('count(agrees(t.said, t.x), by="_file")', "one.csv: 2, two.csv: 1"),
        ('mean(agrees(t.said, t.x), by="_file")', "one.csv: 1, two.csv: 0.5"),
        ('any(mean(agrees(t.said, t.x), by="_file") == 1)', "true (1 of 2 rows hold)"),
        ('none(max(t.x, by="_file") > 9)', "true (0 of 2 rows hold)"),
    ],
)
def test_quantifiers_run_over_groups_and_files(text: str, expected: str) -> None:
    assert shown(text, stacked_files()) == expected


NEW = (
    "geometric_mean harmonic_mean weighted_mean cohens_d hedges_g t_test mann_whitney p_value bootstrap_ci "
    "autocorrelation odds_ratio relative_risk survival_median anti_join agrees"
).split()


@pytest.mark.parametrize("name", NEW)
def test_every_function_has_an_example_that_is_true_and_says_what_unknown_cells_do(name: str) -> None:
    function = functions()[name]
    assert shown(function.example[0]) == function.example[1]
    assert function.unknowns
    assert function.source or name in ("anti_join", "agrees")


def test_steps_too_fine_to_reckon_with_are_replaced_by_a_tiny_one() -> None:
    assert step_of([Fraction(1, 4), Fraction(1, 6)]) == Fraction(1, 12)
    assert step_of([Fraction(1, 3**3000), Fraction(8)]) == Fraction(8, 2**120)


def test_numbers_past_the_floats_are_infinite() -> None:
    assert near_float(Fraction(10) ** 400) == math.inf
    assert near_float(-(Fraction(10) ** 400)) == -math.inf
    assert near_float(Fraction(1, 4)) == 0.25
