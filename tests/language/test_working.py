"""The working that pages show: values filled in, level by level."""

from __future__ import annotations

import pytest

from tests.language.evaluated import Evaluated, table

LETS = {
    "baseline": "40%",
    "best": 'one(runs[name == "d"])',
    "gain": "best.accuracy - baseline",
    "rate": "gain / best.minutes",
    "few": "mean(runs[accuracy < 60].size)",
}


def _working(text: str) -> list[str]:
    line = Evaluated(lets=LETS).line(text)
    return [*line.filled, line.value]


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        (
            "(max(runs.accuracy) - baseline) / sum(runs.minutes)",
            [
                "(max([50, 70, 75, 85] %) - 40 %) / sum([30, 10, 15, 5] min)",
                "(85 % - 40 %) / 60 min",
                "45 pp / 60 min",
                "0.75 pp/min",
            ],
        ),
        (
            "(baseline - best.accuracy) / best.minutes",
            ["(40 % - 85 %) / 5 min", "(−45 pp) / 5 min", "−9 pp/min"],
        ),
        ("abs(baseline - best.accuracy)", ["abs(40 % - 85 %)", "abs(−45 pp)", "45 pp"]),
        (
            "not (gain > 3 and best.size == 8)",
            ["not (45 pp > 3 and 8 == 8)", "not (true and true)", "not true", "false"],
        ),
        ("2 ** (best.size - 5)", ["2 ** (8 - 5)", "2 ** 3", "8"]),
        ("best", ["row 4 of runs"]),
        ("runs[size > few]", ["runs[size > 1]", "3 of 4 rows of runs"]),
        ("mean(runs[size > few].accuracy)", ["mean([70, 75, 85] %)", "76.6667 %"]),
        (
            'all(runs.kind == "switch")',
            ['all(["training", "training", "switch", "switch"] == "switch")', "false (2 of 4 rows hold)"],
        ),
        (
            "mean(grid.score) > 3",
            [
                "mean([10, 20, missing, 40, 50]) > 3",
                "missing > 3",
                "unknown (mean: 1 of 5 cells of score have no value)",
            ],
        ),
        (
            "all(runs[size > 99].size > 3)",
            ["all([no rows] > 3)", "unknown (all: the filter keeps none of 4 rows of runs)"],
        ),
        ("5 if gain > 3 else few", ["5 if 45 pp > 3 else few", "5 if true else few", "5"]),
        ("runs.size", ["1, 3, 4, 8"]),
        ("best.size", ["8"]),
        ("baseline", ["40 %"]),
        ("1 + 1", ["2"]),
    ],
)
def test_the_working_of_an_expression(expression: str, lines: list[str]) -> None:
    assert _working(expression) == lines


def test_a_let_that_is_a_quantity_has_no_levels() -> None:
    evaluated = Evaluated(lets=LETS)
    assert evaluated.line("baseline").filled == ()


def test_a_long_column_is_shortened() -> None:
    rows = table("t", {"x": list(range(20))})
    line = Evaluated({"t": rows}).line("sum(t.x)")
    assert line.filled == ("sum([0, 1, 2, 3, 4, 5, 6, 7, … (20 values)])",)


def test_a_very_long_column_keeps_its_name() -> None:
    rows = table("t", {"x": list(range(30))})
    assert Evaluated({"t": rows}).line("sum(t.x)").filled == ()


def test_line_breaks_of_the_author_do_not_show() -> None:
    line = Evaluated().line("sum(runs.size)\n  > 3")
    assert line.expression == "sum(runs.size) > 3"
    assert line.filled == ("sum([1, 3, 4, 8]) > 3", "16 > 3")


def test_a_joined_row_names_both_rows() -> None:
    assert (
        _working('one(join(runs, sizes, on="name")[name == "b"])')[-1] == "row 2 of runs with row 2 of sizes"
    )
