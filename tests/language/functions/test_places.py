"""Functions of a cell's place: what shift leaves without a value can be left out."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tests.language.evaluated import Cell, shown, table, value

_Y: list[Cell] = [3, 5, 4, 8, 7, 6]


def _lag_one(y: list[Fraction]) -> Fraction:
    """NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.12: the autocorrelation at lag 1."""
    gaps = [v - sum(y) / len(y) for v in y]
    return Fraction(sum(a * b for a, b in pairwise(gaps))) / Fraction(sum(a * a for a in gaps))


def test_the_autocorrelation_at_lag_one_can_be_written() -> None:
    tables = {"t": table("t", {"y": _Y})}
    found = value(
        "sum(product[not missing(product)]) / sum((t.y - middle) ** 2)",
        tables,
        middle="mean(t.y)",
        product="(t.y - middle) * (shift(t.y) - middle)",
    )
    assert found.data.nominal == _lag_one([Fraction(int(str(y))) for y in _Y])  # type: ignore[union-attr]


def test_a_division_by_zero_is_undefined_and_not_missing() -> None:
    tables = {"t": table("t", {"y": [0, 1]})}
    assert shown("missing(1 / t.y)", tables) == "false, false"
    assert shown("1 / t.y", tables) == "(undefined), 1"
