from __future__ import annotations

import pytest

from site_builder.plots.numerals import log_tick_text, tick_texts, value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (73.5, "73.5"),
        (0.1 + 0.2, "0.3"),
        (-12, "−12"),
        (1234.4, "1234"),
        (98765, "98,765"),
        (2_500_000, "2.5M"),
        (3.21e9, "3.21B"),
        (1e15, "1e15"),
        (3e-7, "3e−7"),
        (-1e308, "−1e308"),
    ],
)
def test_a_value_is_written_short_and_plain(value: float, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([0, 20, 40], ["0", "20", "40"]),
        ([0, 0.5, 1], ["0", "0.5", "1.0"]),
        ([2015, 2020], ["2015", "2020"]),
        ([0, 2500, 10000], ["0", "2.5k", "10.0k"]),
        ([0, 5000, 10000], ["0", "5k", "10k"]),
        ([20150, 20155], ["20,150", "20,155"]),
        ([-2e6, 0], ["−2M", "0"]),
        ([0, 1e12], ["0", "1e12"]),
    ],
)
def test_ticks_are_written_alike(values: list[float], written: list[str]) -> None:
    assert list(tick_texts(values)) == written


@pytest.mark.parametrize(
    ("value", "text"), [(0.001, "0.001"), (1, "1"), (100, "100"), (1e3, "1k"), (2e7, "20M"), (1e-5, "1e−5")]
)
def test_logarithmic_ticks_are_plain(value: float, text: str) -> None:
    assert log_tick_text(value) == text
