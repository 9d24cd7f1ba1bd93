"""Plain decimals and what their digits say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quantities.numerals import (
    are_plain,
    decimals_of,
    is_plain,
    is_small,
    read_plain,
    significance_of,
    step_of,
    ten_to,
    value_of,
)

F = Fraction


@pytest.mark.parametrize("text", ["0", "-1", "+1", "1.5", ".5", "5.", "1e-6", "1E300", "-0.0", "9" * 60])
def test_plain_decimals(text: str) -> None:
    assert is_plain(text)
    assert read_plain(f" {text}\n") == Fraction(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "007",
        "01.5",
        "1_000",
        "1,000",
        "\u0661",
        "\uff15",
        "−1",
        "1 0",
        "1e",
        "1e999",
        "1e-301",
        "9" * 61,
        "0x1",
        "nan",
        "1%",
    ],
)
def test_not_plain(text: str) -> None:
    assert not is_plain(text)
    assert read_plain(text) is None


@given(st.text(alphabet="0123456789.-+eE,_ ", max_size=12))
def test_what_is_plain_reads_as_fractions_do(text: str) -> None:
    if is_plain(text):
        assert read_plain(text) == Fraction(text)


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str), max_size=5))
def test_many_are_plain_where_each_is(texts: list[str]) -> None:
    assert are_plain(texts) == all(is_plain(t) for t in texts)


@pytest.mark.parametrize("odd", ["007", "1,0", "", "1e-6x", "9" * 61, "9" * 41 + "." + "9" * 21])
def test_one_that_is_not_plain_spoils_the_many(odd: str) -> None:
    assert not are_plain(["1.5", odd])


def test_the_quick_way_for_many_accepts_nothing_that_reading_refuses() -> None:
    longest = "-" + "9" * 40 + "." + "9" * 20
    assert are_plain([longest])
    assert read_plain(longest) is not None


@pytest.mark.parametrize(
    ("number", "small"), [("1e300", True), ("1e301", False), ("1e-300", True), ("9" * 61, False)]
)
def test_numbers_within_reason(number: str, small: bool) -> None:
    assert is_small(number) is small


@pytest.mark.parametrize(
    ("number", "value", "decimals", "step", "significant"),
    [
        ("38", F(38), 0, F(1), F(1)),
        ("40", F(40), 0, F(1), F(10)),
        ("10,000", F(10_000), 0, F(1), F(10_000)),
        ("1.40", F(7, 5), 2, F(1, 100), F(1, 100)),
        ("1e-6", F(1, 10**6), 6, F(1, 10**6), F(1, 10**6)),
        ("1.5e3", F(1500), 0, F(100), F(100)),
        ("0", F(0), 0, F(1), F(1)),
        ("0.0", F(0), 1, F(1, 10), F(1, 10)),
    ],
)
def test_digits(number: str, value: Fraction, decimals: int, step: Fraction, significant: Fraction) -> None:
    found = value_of(number), decimals_of(number), step_of(number), significance_of(number)
    assert found == (value, decimals, step, significant)


def test_a_multiplier_moves_the_last_digit() -> None:
    assert (step_of("2.21", 6), significance_of("20", 3)) == (F(10_000), F(10_000))


def test_powers_of_ten() -> None:
    assert [ten_to(2), ten_to(0), ten_to(-2)] == [F(100), F(1), F(1, 100)]
