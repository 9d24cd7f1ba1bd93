"""Comparison: what a quotient says beside a percentage, bounds of any size, texts in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.language.values import Unknown
from site_builder.tables import Table
from tests.language.evaluated import Cell, problem, shown, table, value

_WON: list[Cell] = [3, 5, 2]


def _games(played: list[Cell]) -> dict[str, Table | Unknown]:
    return {"games": table("games", {"won": _WON, "played": played})}


def test_a_quotient_of_bare_columns_from_zero_to_one_is_a_fraction() -> None:
    assert shown('games.won / games.played > quantity("40%")', _games([6, 20, 2])) == "true, false, true"


def test_a_quotient_without_a_value_does_not_make_the_others_doubtful() -> None:
    assert shown('games.won / games.played > quantity("40%")', _games([6, 0, 2])) == "true, unknown, true"


def test_a_quotient_that_may_lie_beyond_one_is_asked_about() -> None:
    assert problem('games.won / games.played > quantity("40%")', _games([6, "4-6", 2])).code == "E-UNIT"


def test_a_quotient_beyond_one_passes_where_both_readings_agree() -> None:
    assert shown('games.won / games.played > quantity("1%")', _games([1, 2, 1])) == "true, true, true"


def test_a_finite_bound_beyond_the_largest_float_is_no_censored_value() -> None:
    sizes = table("sizes", {"n": ["~5e300T", "~7e300T"], "m": ["~5e300T", "~7e300T"]})
    found = value("sizes.n == sizes.m", {"sizes": sizes})
    assert found.why_unknown() == "too-coarse"  # type: ignore[union-attr]


def test_columns_of_texts_that_read_as_numbers_have_an_order() -> None:
    times = table("times", {"text_a": ["24.63us", "9 us"], "text_b": ["0.03 ms", "8.5us"]})
    assert shown("times.text_a < times.text_b", {"times": times}) == "true, false"


def _log() -> dict[str, Table | Unknown]:
    """A table as a log or a README gives it: steps are whole numbers, each rounded for print; c is exact."""
    cells: list[Cell] = [1, 2, 2, 40]
    made = table(
        "log", {"step": ["0.5-1.5", "1.5-2.5", "1.5-2.5", "39.5-40.5"], "c": cells, "k": ["a", "b", "c", "d"]}
    )
    step = replace(made.column("step"), as_typed=made.column("c").data)
    return {"log": replace(made, makers={**made.makers, "step": lambda: step}, _made={})}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("log.step == 2", "false, true, true, false"),
        ("log.step != 2", "true, false, false, true"),
        ("log.step in [1, 40]", "true, false, false, true"),
        ("log.step == log.c", "true, true, true, true"),
        ("log.step in log.c", "true, true, true, true"),
        ("log.step == shift(log.step)", "unknown, false, true, false"),
        ("log[step == 40].k", "d"),
        ("one(log[step == 40]).step == 40", "true"),
        ("2 in log.step", "true (2 of 4 rows hold)"),
        ('sum(log.c, by=log.step)[one(log[k == "b"]).step]', "4"),
        ("distinct(log.step)", "3"),
        ('sort(log, "step", descending=True).k', "d, b, c, a"),
        ("count(unique(log.step))", "3"),
        ('join(log, log[k != "c"], on="step").k_log', "a, b, b, d"),
    ],
)
def test_whole_numbers_as_typed_are_equal_by_their_digits(expression: str, expected: str) -> None:
    assert shown(expression, _log()) == expected


@pytest.mark.parametrize(
    "expression", ["log.step <= 2", "log.step + 0 == 2", "log.step == 2.25", "log.step >= log.c"]
)
def test_order_and_arithmetic_of_rounded_whole_numbers_keep_their_bounds(expression: str) -> None:
    assert "unknown" in shown(expression, _log())
