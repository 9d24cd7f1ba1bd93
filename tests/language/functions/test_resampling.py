"""Bootstrap intervals: the same everywhere, around the statistic, and wider with bounds."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.language.values import Scalar
from site_builder.quantities.quantity import Quantity
from tests.language.evaluated import Cell, problem, shown, table, value

EXPECTED_MEAN = (Fraction(1629, 40), Fraction(1181, 20))
EXPECTED_MEDIAN = (Fraction(69, 2), Fraction(65))
CELLS: list[Cell] = [(n * 37) % 101 for n in range(40)]


def interval(options: str = "", cells: list[Cell] = CELLS) -> Quantity:
    found = value(f"bootstrap_ci(t.x{options})", {"t": table("t", {"x": list(cells)})})
    assert isinstance(found, Scalar)
    assert isinstance(found.data, Quantity)
    return found.data


def test_a_seed_gives_the_same_interval_everywhere() -> None:
    # Worked out once; it may not depend on the platform or the version of numpy.
    assert (interval().low, interval().high) == EXPECTED_MEAN
    assert (interval(', "median"').low, interval(', "median"').high) == EXPECTED_MEDIAN


def test_the_draws_are_those_of_the_documented_generator() -> None:
    generator, count = np.random.PCG64(7), len(CELLS)
    means = []
    for _ in range(199):
        words = [int(word) for word in generator.random_raw(count)]
        drawn = [int(str(CELLS[(word >> 32) * count >> 32])) for word in words]
        means.append(Fraction(sum(drawn), count))
    means.sort()
    q = interval(", seed=7, samples=199")
    assert (q.low, q.high) == (means[4], means[-5])


def test_another_seed_gives_another_interval() -> None:
    assert interval(", seed=1").low != interval().low


def test_the_interval_is_about_two_standard_errors_either_way() -> None:
    q = interval()
    spread = (sum((Fraction(str(c)) - q.nominal) ** 2 for c in CELLS) / len(CELLS)) ** 0.5 / len(CELLS) ** 0.5
    assert float(q.high - q.low) == pytest.approx(2 * 1.96 * spread, rel=0.05)


def test_a_higher_level_gives_a_wider_interval() -> None:
    wide, narrow = interval(", level=0.99"), interval(', level=quantity("80%")')
    assert wide.low < narrow.low < narrow.high < wide.high


def test_the_ends_are_order_statistics_of_the_samples() -> None:
    assert interval(", samples=199").low.denominator in (1, 2, 4, 5, 8, 10, 20, 40)


@settings(deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=9), st.integers(0, 2**63 - 1))
def test_the_interval_holds_the_statistic_and_stays_among_the_cells(cells: list[int], seed: int) -> None:
    q = interval(f", samples=99, seed={seed}", list(cells))
    assert min(cells) <= q.lowest <= q.nominal <= q.highest <= max(cells)


def test_bounds_of_cells_widen_the_interval() -> None:
    wide = interval(cells=["1-3", "4-6", "9", "2-4"])
    for cells in ([1, 4, 9, 2], [3, 6, 9, 4], [2, 5, 9, 3]):
        inner = interval(cells=list(cells))
        assert wide.low <= inner.low
        assert inner.high <= wide.high


def test_numbers_of_endless_digits_are_enclosed() -> None:
    q = interval(cells=["1", "2", "4"])
    logs = value("bootstrap_ci(log(t.x))", {"t": table("t", {"x": [1, 2, 4]})})
    assert isinstance(logs, Scalar)
    assert logs.data.low < logs.data.nominal < logs.data.high
    assert q.is_exact is False


def test_the_unit_stays() -> None:
    assert shown("bootstrap_ci(runs.accuracy)").endswith(" %)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bootstrap_ci([5])", "unknown (undefined: bootstrap_ci needs at least 2 numbers)"),
        ("bootstrap_ci([5, 5, 5])", "5"),
        (
            "bootstrap_ci(grid.score)",
            "unknown (missing-cell: bootstrap_ci: 1 of 5 cells of score have no value)",
        ),
        (
            "bootstrap_ci(grid.rough)",
            "unknown (censored: bootstrap_ci: some cells are known to one side only)",
        ),
        ("bootstrap_ci(empty.x)", "unknown (no-rows: bootstrap_ci: empty has no rows)"),
    ],
)
def test_edges_of_the_bootstrap(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("samples=9", "E-CALL"),
        ("samples=0", "E-LIMIT"),
        ("samples=100000000", "E-LIMIT"),
        ("level=1", "E-CALL"),
        ("level=95", "E-CALL"),
        ("seed=-1", "E-CALL"),
        ("seed=1e30", "E-CALL"),
        ("seed=0.5", "E-KIND"),
        ('statistic="mode"', "E-CALL"),
    ],
)
def test_arguments_that_make_no_interval_are_refused(options: str, code: str) -> None:
    found = problem(f"bootstrap_ci(runs.accuracy, {options})")
    assert found.code == code
    assert found.hint
