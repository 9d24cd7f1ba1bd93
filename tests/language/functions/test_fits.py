"""Lines fitted to cells with bounds, against every choice of the ends that the cells may have."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.language.values import Scalar, Unknown
from site_builder.quantities.quantity import Quantity
from tests.language.evaluated import shown, table, truth_of, value

_ENDS: dict[str, tuple[Fraction, ...]] = {
    "2": (Fraction(2),),
    "5": (Fraction(5),),
    "~3": (Fraction(5, 2), Fraction(7, 2)),
    "1-4": (Fraction(1), Fraction(4)),
    "0.5-0.75": (Fraction(1, 2), Fraction(3, 4)),
}
_FAR = Fraction(10**400)
_CENSORED = {**_ENDS, "3+": (Fraction(3), _FAR), "> 7": (Fraction(7), _FAR)}
_XS = st.lists(st.integers(-3, 6), min_size=2, max_size=4).filter(lambda xs: len(set(xs)) > 1)


def _line(x: Sequence[Any], y: Sequence[Any]) -> tuple[Any, Any]:
    """Slope and intercept, from the normal equations."""
    n, sx, sy = len(x), sum(x), sum(y)
    sxx, sxy = sum(a * a for a in x), sum(a * b for a, b in zip(x, y, strict=True))
    slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    return slope, (sy - slope * sx) / n


def _log(y: Fraction) -> float:
    return math.log(y.numerator) - math.log(y.denominator)


def _found(text: str, x: list[int], y: list[str]) -> Quantity:
    found = value(text, {"t": table("t", {"x": list(x), "y": list(y)})})
    assert isinstance(found, Scalar)
    quantity: Quantity = found.data
    return quantity


def _corners(y: list[str], ends: dict[str, tuple[Fraction, ...]]) -> list[tuple[Fraction, ...]]:
    return list(itertools.product(*(ends[cell] for cell in y)))


@pytest.mark.parametrize(("name", "part"), [("slope", 0), ("intercept", 1)])
@settings(max_examples=60, deadline=None)
@given(x=_XS, data=st.data())
def test_the_bounds_of_a_line_are_those_of_its_extreme_cells(
    name: str, part: int, x: list[int], data: Any
) -> None:
    y = data.draw(st.lists(st.sampled_from(sorted(_ENDS)), min_size=len(x), max_size=len(x)))
    found = _found(f"{name}(t.x, t.y)", x, y)
    lines = [_line(list(map(Fraction, x)), corner)[part] for corner in _corners(y, _ENDS)]
    assert (found.lowest, found.highest) == (min(lines), max(lines))


@pytest.mark.parametrize(("name", "part"), [("slope", 0), ("intercept", 1)])
@settings(max_examples=60, deadline=None)
@given(x=_XS, data=st.data())
def test_a_censored_cell_leaves_a_line_a_half_line(name: str, part: int, x: list[int], data: Any) -> None:
    y = data.draw(st.lists(st.sampled_from(sorted(_CENSORED)), min_size=len(x), max_size=len(x)))
    found = _found(f"{name}(t.x, t.y)", x, y)
    lines = [_line(list(map(Fraction, x)), corner)[part] for corner in _corners(y, _CENSORED)]
    for end, reached in ((found.lowest, min(lines)), (found.highest, max(lines))):
        if isinstance(end, float):
            assert abs(reached) > 10**5
        else:
            assert end == reached


@settings(max_examples=80, deadline=None)
@given(
    x=st.lists(st.integers(1, 9), min_size=2, max_size=4).filter(lambda xs: len(set(xs)) > 1), data=st.data()
)
def test_the_bounds_of_a_power_law_are_those_of_its_extreme_cells(x: list[int], data: Any) -> None:
    y = data.draw(st.lists(st.sampled_from(sorted(_CENSORED)), min_size=len(x), max_size=len(x)))
    found = _found("power_law(t.x, t.y)", x, y)
    logs = [math.log(v) for v in x]
    slopes = [_line(logs, list(map(_log, corner)))[0] for corner in _corners(y, _CENSORED)]
    for end, reached, ways in ((found.lowest, min(slopes), 1), (found.highest, max(slopes), -1)):
        if isinstance(end, float):
            assert math.isinf(end)
            assert abs(reached) > 10
        else:
            assert float(end) * ways <= reached * ways + 1e-12
            assert float(end) == pytest.approx(reached, abs=1e-8)


_RUNS = {"t": table("t", {"size": [1, 10, 100], "steps": ["10", "100", "1000+"]})}


def test_an_exponent_over_right_censored_counts_is_a_half_line() -> None:
    assert shown("power_law(t.size, t.steps)", _RUNS) == "≥ 1"


def test_what_lies_beyond_the_half_line_is_not_known() -> None:
    assert truth_of("power_law(t.size, t.steps) > 0.99", _RUNS) == 1
    assert truth_of("power_law(t.size, t.steps) < 1.5", _RUNS) == 0
    assert truth_of("power_law(t.size, t.steps) < 0.9", _RUNS) == -1


def test_a_censored_count_in_the_middle_leaves_the_exponent_as_it_is() -> None:
    middle = {"t": table("t", {"size": [1, 10, 100], "steps": ["10", "20+", "1000"]})}
    assert shown("power_law(t.size, t.steps)", middle) == "1"


_STATISTICS = ["r_squared(t.size, t.steps)", "correlation(t.size, t.steps)", "autocorrelation(t.steps)"]


@pytest.mark.parametrize("expression", _STATISTICS)
def test_a_statistic_of_censored_cells_is_no_number(expression: str) -> None:
    found = value(expression, _RUNS)
    assert isinstance(found, Unknown)
    assert found.reason == "censored"


@pytest.mark.parametrize("expression", ["slope(t.steps, t.size)", "power_law(t.steps, t.size)"])
def test_censored_x_values_leave_a_fit_unknown(expression: str) -> None:
    found = value(expression, _RUNS)
    assert isinstance(found, Unknown)
    assert found.reason == "censored"
