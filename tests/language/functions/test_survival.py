"""Survival medians of small groups worked out by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.language.values import Scalar, Unknown
from tests.language.evaluated import Cell, problem, shown, table, value

# Weeks in remission: Freireich and others (1963), Blood 21, 699-716; True is a relapse.
TREATED = {6: [1, 1, 1, 0], 7: [1], 9: [0], 10: [1, 0], 11: [0], 13: [1], 16: [1], 17: [0], 19: [0], 20: [0],
           22: [1], 23: [1], 25: [0], 32: [0, 0], 34: [0], 35: [0]}  # fmt: skip
UNTREATED = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def followed() -> dict[str, list[Cell]]:
    rows = [(week, bool(end), "treated") for week, ends in TREATED.items() for end in ends]
    rows += [(week, True, "control") for week in UNTREATED]
    return {"weeks": [r[0] for r in rows], "relapse": [r[1] for r in rows], "arm": [r[2] for r in rows]}


def test_published_medians_by_group() -> None:
    tables = {"t": table("t", followed())}
    assert shown('survival_median(t.weeks, t.relapse, by="arm")', tables) == "treated: 23, control: 8"


def by_hand(rows: list[tuple[int, bool]]) -> int | None:
    survival = Fraction(1)
    for time in sorted({t for t, _ in rows}):
        at_risk = sum(1 for t, _ in rows if t >= time)
        survival *= 1 - Fraction(sum(1 for t, met in rows if t == time and met), at_risk)
        if survival <= Fraction(1, 2):
            return time
    return None


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=14))
def test_the_median_is_where_the_curve_first_reaches_one_half(rows: list[tuple[int, bool]]) -> None:
    tables = {"t": table("t", {"time": [r[0] for r in rows], "met": [r[1] for r in rows]})}
    found = value("survival_median(t.time, t.met)", tables)
    assert isinstance(found, Scalar)
    expected = by_hand(rows)
    if expected is None:
        assert (found.data.low, found.data.low_open, found.data.high) == (
            max(t for t, _ in rows),
            True,
            math.inf,
        )
    else:
        assert (found.data.nominal, found.data.is_exact) == (expected, True)


def test_a_curve_that_is_level_at_one_half_has_its_median_where_the_level_starts() -> None:
    tables = {"t": table("t", {"time": [1, 2, 3, 4], "met": [True] * 4})}
    assert shown("survival_median(t.time, t.met)", tables) == "2"


def test_a_median_that_is_not_reached_lies_after_the_last_time() -> None:
    tables = {"t": table("t", {"time": ["1 h", "2 h", "3 h"], "met": [True, False, False]})}
    assert shown("survival_median(t.time, t.met)", tables) == "> 3 h"


def test_without_losses_the_median_is_the_middle_one() -> None:
    count = 6_001
    tables = {"t": table("t", {"time": [(n * 5_003) % count for n in range(count)], "met": [True] * count})}
    assert shown("survival_median(t.time, t.met)", tables) == "3,000"


@pytest.mark.parametrize(("times", "met"), [([1, None], [True, True]), ([1, 2], [True, None])])
def test_a_missing_cell_or_event_leaves_it_unknown(times: list[Cell], met: list[Cell]) -> None:
    found = value("survival_median(t.time, t.met)", {"t": table("t", {"time": times, "met": met})})
    assert isinstance(found, Unknown)
    assert found.reason == "missing-cell"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("survival_median(empty.x, empty.y > 1)", "unknown (no-rows: survival_median: empty has no rows)"),
        (
            "survival_median(grid.rough, grid.steps > 2)",
            "unknown (censored: survival_median takes exact numbers, and some cells are censored)",
        ),
        (
            "survival_median(grid.steps, grid.rough > 35)",
            "unknown (too-coarse: survival_median: for some rows it is open whether the event happened)",
        ),
    ],
)
def test_what_leaves_a_median_unknown(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_events_are_conditions() -> None:
    found = problem("survival_median(runs.minutes, runs.size)")
    assert found.code == "E-KIND"
    assert "== 2" in found.hint
