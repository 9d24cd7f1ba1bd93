"""Computed values in the notation a number was stated in."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.quantities.quantity import exact
from site_builder.quantities.reading import read_quantity
from site_builder.quantities.shown import stated_text


@pytest.mark.parametrize(
    ("stated", "computed", "text"),
    [
        ("5e-5", "0.00006", "6e-5"),
        ("5.0e-5", "0.0000512", "5.1e-5"),
        ("3e8", "299792458", "3e8"),
        ("-2.5e-4", "-0.00031", "−3.1e-4"),
        ("< 1e-4", "0.000031", "3e-5"),
        ("< 1e-4", "0.0000999", "9.99e-5"),
        ("5e-5", "3.25", "3.25"),
        ("5e-5", "0", "0"),
        ("5e-5", "0.001", "0.001"),
        ("5e-5", "10000", "1e4"),
        ("1e4", "20", "20"),
        ("1e-3", "0.002", "2e-3"),
    ],
)
def test_an_exponent_is_answered_with_an_exponent(stated: str, computed: str, text: str) -> None:
    reading = read_quantity(stated)
    assert stated_text(exact(Fraction(computed), reading.quantity.unit), reading) == text


@pytest.mark.parametrize(
    ("stated", "computed", "text"),
    [
        ("2h 47m", "167", "2h 47m"),
        ("2h 47m", "181.2", "3h 1m"),
        ("2h 47m", "42", "42m"),
        ("1 hour 5 minutes", "70", "1 hour 10 minutes"),
        ("1m28.85s", "98.851", "1m38.85s"),
        ("~2h 47m", "165", "~2h 45m"),
        ("-1h 5m", "-65", "−1h 5m"),
        ("1d 2h 3m", "1440", "1d 0h 0m"),
        ("1d 2h 3m", "1571", "1d 2h 11m"),
        ("2h 47m", "0.00000000000001", "1e-14 min"),
    ],
)
def test_a_duration_is_answered_in_its_parts(stated: str, computed: str, text: str) -> None:
    reading = read_quantity(stated)
    assert stated_text(exact(Fraction(computed), reading.quantity.unit), reading) == text
