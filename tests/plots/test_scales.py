from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.plots.scales import linear, logarithmic, slots

finite = st.floats(allow_nan=False, allow_infinity=False)
positive = st.floats(min_value=5e-324, allow_infinity=False)


@given(st.lists(finite, min_size=1, max_size=5), st.booleans())
def test_a_linear_scale_shows_all_its_values(values: list[float], from_zero: bool) -> None:
    scale = linear(values, 5, from_zero=from_zero)
    assert all(-1e-9 <= scale.at(value) <= 1 + 1e-9 for value in values)


@given(st.lists(finite, min_size=1, max_size=5))
def test_linear_ticks_are_finite_few_and_inside(values: list[float]) -> None:
    scale = linear(values, 5)
    assert len(scale.ticks) <= 12
    assert all(math.isfinite(tick.value) and -0.01 <= scale.at(tick.value) <= 1.01 for tick in scale.ticks)


@given(st.lists(positive, min_size=1, max_size=5))
def test_a_logarithmic_scale_shows_all_its_values(values: list[float]) -> None:
    scale = logarithmic(values, 5)
    assert all(0 <= scale.at(value) <= 1 for value in values)


@given(st.lists(positive, min_size=1, max_size=5))
def test_logarithmic_ticks_are_finite_positive_and_few(values: list[float]) -> None:
    ticks = logarithmic(values, 5).ticks
    assert len(ticks) <= 12
    assert all(0 < tick.value < math.inf for tick in ticks)


def test_bars_start_at_zero() -> None:
    assert linear([80.0, 90.0], 5, from_zero=True).low == 0


def test_values_that_nearly_reach_zero_start_there() -> None:
    assert linear([3.0, 90.0], 5).low == 0


def test_values_far_from_zero_do_not() -> None:
    assert linear([80.0, 90.0], 5).low > 70


def test_a_lone_value_lies_in_the_middle() -> None:
    assert linear([5.0], 5).at(5.0) == pytest.approx(0.5)


def test_powers_of_ten_are_written_out() -> None:
    assert [tick.text for tick in logarithmic([1, 10000], 6).ticks] == ["1", "10", "100", "1k", "10k"]


def test_a_narrow_logarithmic_scale_has_ticks_too() -> None:
    assert len(logarithmic([50.0, 60.0], 5).ticks) >= 2


def test_zero_lies_below_every_logarithmic_scale() -> None:
    assert logarithmic([1.0, 10.0], 5).at(0.0) == -math.inf


def test_categories_lie_in_the_middle_of_their_slots() -> None:
    scale = slots(["a", "b"])
    assert [scale.at(tick.value) for tick in scale.ticks] == [0.25, 0.75]
