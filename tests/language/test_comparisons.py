"""Comparison: what a quotient says beside a percentage, bounds of any size, texts in order."""

from __future__ import annotations

from tests.language.evaluated import Cell, problem, shown, table, value

_WON: list[Cell] = [3, 5, 2]


def _games(played: list[Cell]) -> dict[str, object]:
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
    sizes = table("sizes", {"n": ["~5e300T", "~7e300T"], "m": [1, 1]})
    found = value("sizes.n == sizes.n", {"sizes": sizes})
    assert found.why_unknown() == "too-coarse"  # type: ignore[union-attr]


def test_columns_of_texts_that_read_as_numbers_have_an_order() -> None:
    times = table("times", {"text_a": ["24.63us", "9 us"], "text_b": ["0.03 ms", "8.5us"]})
    assert shown("times.text_a < times.text_b", {"times": times}) == "true, false"
