"""What is offered for a name that nobody has, and for words that other languages have."""

from __future__ import annotations

import pytest

from tests.language.evaluated import Cell, problem, shown, table


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ("average(runs.size)", "write mean("),
        ("AVG(runs.size)", "write mean("),
        ("len(runs)", "write count("),
        ("length(runs.size)", "write count("),
        ("stddev(runs.size)", "write std("),
        ("stdev(runs.size)", "write std("),
        ("pct_change(1, 2)", "write change("),
        ("meen(runs.size)", "did you mean 'mean'?"),
        ("runs[kind == F]", 'a text stands in quotes, "F"; columns of runs: '),
        ("runs[kind in (F, G)]", 'a text stands in quotes, "F"; '),
        ("runs[minuts > 3]", "did you mean 'minutes'?"),
        ("runs[0]", "write first(…)"),
        ("runs.size[-1]", "write first(…)"),
        ("runs.size == [1, 2]", "write `in`"),
        ("runs.size === 1", "to compare, write =="),
        ("runs.size !== 1", "to compare, write =="),
    ],
)
def test_the_next_step_is_offered(expression: str, hint: str) -> None:
    assert problem(expression).hint.startswith(hint)


def test_values_that_only_rounding_keeps_apart_are_said_to_be_equal_to_within_it() -> None:
    found = shown("std(runs.size) ** 2 == var(runs.size)")
    assert found.startswith("unknown (both sides are 8.66667 to within rounding: write approx(")


def test_values_that_bounds_leave_open_are_said_to_overlap() -> None:
    assert "the possible values overlap" in shown('quantity("~40") == quantity("~40")')


def test_one_and_several_agree_with_their_verbs() -> None:
    cells: list[Cell] = ["x", "x"]
    tables = {"t": table("t", {"a": cells, "b": cells, "c": [1, None]})}
    assert shown('varies_only(t, "a", among=["b"])', tables) == "false (a is the same in all 2 rows)"
    assert (
        shown('varies_only(t, ["a", "b"], among=["a"])', tables)
        == "false (a and b are the same in all 2 rows)"
    )
    assert "1 cell of the key column 'c' has no value" in problem("unique(t.c)", tables).message
