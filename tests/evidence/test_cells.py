"""Patterns for the part of a cell that counts, and the decimal comma."""

from __future__ import annotations

import pytest

from site_builder.evidence.cells import column_indices, settled
from site_builder.evidence.options import Options
from site_builder.evidence.sheet import Native, Sheet
from site_builder.problems import Mistake


def of(*cells: str | None, native: Native = "text", **options: object) -> Sheet:
    return settled(Sheet(("Time (s)",), (cells,), None, (native,)), Options(**options), "evidence/a.csv")  # type: ignore[arg-type]


def test_nothing_declared_changes_nothing() -> None:
    sheet = Sheet(("a",), (("1,5",),), None, ("text",))
    assert settled(sheet, Options(), "a.csv") is sheet


@pytest.mark.parametrize("name", ["Time (s)", "Time_s", ""])
def test_the_group_is_what_counts(name: str) -> None:
    found = of("0.082s (1.00x)", "0.273s (3.34x)", cell=((name, r"\(([\d.]+x)\)"),))
    assert found.cells == (("1.00x", "3.34x"),)
    assert found.natives == (None,)


def test_cells_that_do_not_fit_stay_and_are_counted() -> None:
    found = of("1 s", "pending", "", None, cell=(("Time_s", r"(\d+) s"),))
    assert found.cells == (("1", "pending", "", None),)
    assert found.notes == ("1 cells of Time (s) do not fit their pattern and stay as typed",)


def test_a_pattern_for_every_column_need_not_fit_each() -> None:
    assert of("x", cell=(("", r"(\d+)"),)).notes == ()


@pytest.mark.parametrize("pattern", [r"\d", r"(\d)(\d)"])
def test_a_pattern_needs_one_group(pattern: str) -> None:
    with pytest.raises(Mistake, match="it needs one"):
        of("1", cell=(("", pattern),))


def test_an_unknown_column_offers_the_nearest() -> None:
    with pytest.raises(Mistake) as caught:
        of("1", cell=(("Tme (s)", r"(\d)"),))
    assert caught.value.problem.hint == "did you mean 'Time (s)'?"


COMMAS = {
    "1,5": "1.5",
    "1.234,5": "1234.5",
    "1.234.567": "1234567",
    "12,5 %": "12.5 %",
    "-0,25": "-0.25",
    "7": "7",
    "1.5": "1.5",
    "1,5,2": "1,5,2",
    "31.12.2024": "31.12.2024",
    "none": "none",
}


@pytest.mark.parametrize("cell", COMMAS)
def test_decimal_commas(cell: str) -> None:
    assert of(cell, decimal=",").cells == ((COMMAS[cell],),)


def test_decimal_commas_are_noted_and_missing_cells_stay() -> None:
    found = of(None, "", decimal=",")
    assert found.cells == ((None, ""),)
    assert len(found.notes) == 1


def test_columns_are_found_by_title_first() -> None:
    assert column_indices(("a b", "a_b"), ["a_b", "a b"], "a.csv") == {"a_b": 1, "a b": 0}
