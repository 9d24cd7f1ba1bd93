"""How quantities are written: short, and never so short that a difference is hidden."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quantities.quantity import Quantity, exact
from site_builder.quantities.reading import read_quantity
from site_builder.quantities.shown import (
    formatted,
    interval_text,
    number_text,
    plain_text,
    rough_text,
    stated_text,
    unit_suffix,
)
from site_builder.quantities.units import BARE, PERCENT, TIMES, named

F = Fraction


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"), ("1234567", "1,234,567"), ("-1234.5", "−1,234.5"), ("0.015", "0.015"), ("1234567.4", "1,234,567"),
        ("2/3", "0.666667"), ("1e-7", "1e-7"), ("1e20", "1e20"), ("0.1234565", "0.123457"), ("123456.5", "123,457"),
    ],
)  # fmt: skip
def test_plain(value: str, text: str) -> None:
    assert plain_text(F(value)) == text


def test_infinity() -> None:
    assert (plain_text(math.inf), plain_text(-math.inf)) == ("∞", "−∞")


def test_fewer_digits() -> None:
    assert plain_text(F(2, 3), 2) == "0.67"


def test_numbers_far_past_the_range_of_floats() -> None:
    assert plain_text(F(10) ** 400) == "1e400"
    assert interval_text(Quantity(F(1), F(10) ** 400, math.inf)) == "≥ 1e400"


@pytest.mark.parametrize(
    ("low", "high", "opens", "text"),
    [
        (F(909), math.inf, (False, False), "≥ 909x"),
        (F(909), math.inf, (True, False), "> 909x"),
        (-math.inf, F(5), (False, False), "≤ 5x"),
        (-math.inf, F(5), (False, True), "< 5x"),
        (F(1), F(2), (False, False), "1 to 2x"),
        (F(1), F(1), (False, False), "1x"),
        (-math.inf, math.inf, (False, False), "any number of x"),
    ],
)
def test_intervals(low: Fraction, high: Fraction, opens: tuple[bool, bool], text: str) -> None:
    assert interval_text(Quantity(F(1), low, high, *opens, unit=TIMES)) == text


def test_a_number_known_to_one_side_is_shown_as_a_bound() -> None:
    assert number_text(Quantity(F(10_000), F(10_000), math.inf, unit=named(("ep", 1)))) == "≥ 10,000 ep"


@pytest.mark.parametrize(
    ("stated", "computed", "text"),
    [
        ("38x", "38.7", "39x"), ("38x", "38.2", "38x"), ("73.5%", "73.54", "73.5 %"), ("1.40", "1.4", "1.40"),
        ("2.21M", "2214000", "2.21M"), ("10k", "9700", "10k"), ("+0.5%", "0.52", "+0.5 %"), ("-5", "-5.2", "−5"),
        ("~40%", "41.2", "~41 %"), ("$6.32", "6.321", "$6.32"), ("1e-6", "0.0000012", "1e-6"),
        ("10,000", "12345.6", "12,346"),
    ],
)  # fmt: skip
def test_a_computed_number_is_written_as_it_was_stated(stated: str, computed: str, text: str) -> None:
    reading = read_quantity(stated)
    assert stated_text(exact(F(computed), reading.quantity.unit), reading) == text


@pytest.mark.parametrize(
    ("stated", "computed", "text"),
    [
        ("> 20x", "20.0003", "20.0003x"),
        ("> 20x", "19.9996", "19.9996x"),
        ("< 0.001", "0.0010004", "0.0010004"),
        ("< 0.001", "0.0004", "0.0004"),
        ("up to 15x", "15.5", "16x"),
        ("up to 15x", "15.2", "15.2x"),
        ("~40%", "44.7", "~44.7 %"),
        ("38x", "0.2", "0.2x"),
    ],
)
def test_rounding_never_carries_a_value_across_an_edge(stated: str, computed: str, text: str) -> None:
    reading = read_quantity(stated)
    assert stated_text(exact(F(computed), reading.quantity.unit), reading) == text


@given(
    stated=st.sampled_from(["38", "0.35", "~40", "> 20", "up to 15", "-5", "2.5M", "4-10", "< 0.001"]),
    computed=st.decimals(-50, 50, places=4),
)
def test_what_is_shown_lies_where_the_value_lies(stated: str, computed: object) -> None:
    reading, value = read_quantity(stated), F(str(computed))
    shown = read_quantity(stated_text(exact(value), reading)).quantity.nominal
    allowed = reading.reported
    inside = [_is_inside(v, allowed) for v in (shown, value)]
    assert inside[0] == inside[1]


def _is_inside(value: Fraction, allowed: Quantity) -> bool:
    low = value > allowed.lowest or (value == allowed.lowest and not allowed.low_open)
    return bool(low and (value < allowed.highest or (value == allowed.highest and not allowed.high_open)))


def test_a_range_is_written_with_both_ends() -> None:
    assert stated_text(Quantity(F(6), F(4), F(9), unit=TIMES), read_quantity("4-10x")) == "4–9x"


def test_a_number_known_to_one_side_is_never_written_as_stated() -> None:
    assert stated_text(Quantity(F(38), F(38), math.inf, unit=TIMES), read_quantity("38x")) == "≥ 38x"


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [("2.675", ".2f", "2.68"), ("2.665", ".2f", "2.67"), ("-1234.5", ",.1f", "−1,234.5"), ("0.125", ".1%", "12.5%"),
     ("12345", ".2e", "1.23e+4"), ("5", "", "5"), ("0.5", ".0f", "1")],
)  # fmt: skip
def test_formats(value: str, spec: str, text: str) -> None:
    assert formatted(F(value), spec) == text


@pytest.mark.parametrize(
    "spec", ["x", "d", "s", ".999999999f", "999999999", "{}", "!r", "_", ".f", "\uff10f"]
)
def test_formats_that_are_no_numbers(spec: str) -> None:
    with pytest.raises(ValueError, match="format"):
        formatted(F(1), spec)


def test_a_float_is_formatted_too() -> None:
    assert formatted(0.5, ".2f") == "0.50"


@pytest.mark.parametrize(("unit", "suffix"), [("", ""), ("x", "x"), ("%", " %"), ("$", ""), ("min", " min")])
def test_unit_suffixes(unit: str, suffix: str) -> None:
    assert unit_suffix(unit) == suffix


def test_a_currency_stands_before_its_number() -> None:
    assert number_text(exact(-5, named(("$", 1), ("h", -1)))) == "−$5/h"


@pytest.mark.parametrize(
    ("q", "text"), [(exact(5, PERCENT), "5 %"), (exact(5, TIMES), "5x"), (exact(5, BARE), "5")]
)
def test_numbers_bear_their_unit(q: Quantity, text: str) -> None:
    assert number_text(q) == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0-3%", "0 to 3 %"),
        ("61-73 %", "61 to 73 %"),
        ("~40%", "~40 %"),
        ("73.5%", "73.5 %"),
        ("10,000+", "≥ 10,000"),
    ],
)
def test_a_range_stands_in_arithmetic_as_a_range_and_never_as_its_middle(typed: str, shown: str) -> None:
    assert rough_text(read_quantity(typed).meant) == shown


def test_a_number_known_by_rounding_is_marked_in_arithmetic() -> None:
    assert rough_text(read_quantity("8.8 s").reported) == "~8.8 s"
