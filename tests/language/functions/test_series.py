"""Autocorrelation by hand and by the certified values of a designed series."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.language.values import Scalar
from tests.language.evaluated import fraction, problem, shown, table, value


def by_hand(cells: list[Fraction], lag: int) -> Fraction:
    mean = sum(cells, Fraction(0)) / len(cells)
    apart = [c - mean for c in cells]
    return sum((a * b for a, b in zip(apart, apart[lag:], strict=False)), Fraction(0)) / sum(
        a * a for a in apart
    )


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=12), st.integers(0, 3))
def test_autocorrelation_is_its_definition(cells: list[int], lag: int) -> None:
    if lag >= len(cells) or len(set(cells)) == 1:
        assert shown(f"autocorrelation({cells}, lag={lag})").startswith("unknown (undefined")
        return
    assert fraction(f"autocorrelation({cells}, lag={lag})") == by_hand([Fraction(c) for c in cells], lag)


def test_a_series_of_the_reference_data_sets() -> None:
    # NIST StRD NumAcc3: 1000000.2, then 1000000.1 and 1000000.3 in turn, 1,001 in all; certified -0.999.
    cells = ["1000000.2", *(["1000000.1", "1000000.3"] * 500)]
    found = value("autocorrelation(t.x)", {"t": table("t", {"x": list(cells)})})
    assert isinstance(found, Scalar)
    assert found.data.nominal == Fraction(-999, 1000)
    assert found.data.is_exact


def test_the_first_of_the_reference_data_sets() -> None:
    # NIST StRD NumAcc1: three numbers, certified -0.5.
    assert fraction("autocorrelation([10000001, 10000003, 10000002])") == Fraction(-1, 2)


def test_many_rows_are_known_to_within_rounding() -> None:
    cells = [(n * 37) % 101 for n in range(6_000)]
    found = value("autocorrelation(t.x, lag=2)", {"t": table("t", {"x": list(cells)})})
    assert isinstance(found, Scalar)
    exact = by_hand([Fraction(c) for c in cells], 2)
    assert found.data.lowest <= exact <= found.data.highest
    assert found.data.highest - found.data.lowest < Fraction(1, 10**8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "autocorrelation([1, 1, 1])",
            "unknown (undefined: autocorrelation: every row is the same, so there is no variance)",
        ),
        (
            "autocorrelation([1, 2], lag=5)",
            "unknown (undefined: autocorrelation: 2 rows have no two that lie 5 apart)",
        ),
        (
            "autocorrelation(grid.score)",
            "unknown (missing-cell: autocorrelation: 1 of 5 cells of score have no value)",
        ),
        (
            "autocorrelation(grid.rough)",
            "unknown (censored: autocorrelation takes exact numbers, and some cells are censored)",
        ),
        ("autocorrelation(empty.x)", "unknown (no-rows: autocorrelation: empty has no rows)"),
        ("autocorrelation(runs.accuracy, lag=0)", "1"),
    ],
)
def test_edges_of_autocorrelation(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("lag", ["-1", "0.5", 'quantity("1-2")'])
def test_a_lag_is_a_whole_number_of_rows(lag: str) -> None:
    assert problem(f"autocorrelation([1, 2, 3], lag={lag})").code in ("E-CALL", "E-KIND")
