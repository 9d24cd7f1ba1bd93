"""What a column holds, from what is declared of it and what its cells show."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from site_builder.evidence.raw import RawColumn
from site_builder.evidence.record import Field
from site_builder.evidence.typed import typed_column
from site_builder.problems import Mistake
from site_builder.tables import Column


def column(*cells: str | None, typeset: bool = False, native: str | None = None, **declared: Any) -> Column:
    field = Field("x", **declared) if "name" not in declared else Field(**declared)
    return typed_column(
        RawColumn(cells, field, typeset, lambda row: f"evidence/t.csv, row {row + 1}"), native
    )


def values(found: Column) -> list[Any]:
    cells = found.data.nominal if found.kind == "number" else found.data
    return [None if gone else cell for cell, gone in zip(cells, ~found.known(), strict=True)]


@pytest.mark.parametrize(
    ("cells", "kind", "expected"),
    [
        (("1", "2.5", "-3e2"), "number", [1, Fraction(5, 2), -300]),
        (("1", "", "3"), "number", [1, None, 3]),
        (("007", "008"), "text", ["007", "008"]),
        (("1_000", "2"), "text", ["1_000", "2"]),
        (("٣", "4"), "text", ["٣", "4"]),
        (("nan", "inf"), "text", ["nan", "inf"]),
        (("true", "False", ""), "truth", [1, -1, None]),
        (("~40%", "95%"), "number", [40, 95]),
        (("10,000+", "101"), "number", [10000, 101]),
        (("1-3", "4-6"), "text", ["1-3", "4-6"]),
        (("8B", "3B"), "text", ["8B", "3B"]),
        ((None, None), "text", [None, None]),
        ((), "text", []),
    ],
)
def test_a_column_holds_what_every_cell_shows(
    cells: tuple[str | None, ...], kind: str, expected: list[Any]
) -> None:
    found = column(*cells)
    assert (found.kind, values(found)) == (kind, expected)


def test_words_for_missing_among_numbers_are_missing_and_noted() -> None:
    found = column("1", "NA", "3", "NA")
    assert values(found) == [1, None, 3, None]
    assert found.note == "column x: 2 cells 'NA' read as missing"


def test_the_same_words_among_texts_stay_text_and_are_noted() -> None:
    found = column("male", "NA")
    assert values(found) == ["male", "NA"]
    assert "declare `missing:`" in found.note


def test_declared_texts_for_missing_are_missing_in_any_column() -> None:
    assert values(column("male", "unknown", missing=("unknown",))) == ["male", None]


def test_a_declared_number_column_refuses_a_word_and_says_where() -> None:
    with pytest.raises(Mistake) as caught:
        column("1", "many", type="number")
    assert "the cell 'many' is not a number" in caught.value.problem.message
    assert "row 2" in caught.value.problem.message


def test_declared_text_stays_text() -> None:
    assert values(column("1", "2", type="text")) == ["1", "2"]


def test_a_format_that_knows_texts_from_numbers_is_believed() -> None:
    assert (column("1", "2", native="text").kind, column("1", "2", native="number").kind) == (
        "text",
        "number",
    )


def test_reported_numbers_have_half_a_unit_of_their_last_digit() -> None:
    found = column("0.015", type="reported").data
    assert (found.low[0], found.high[0]) == (Fraction(145, 10_000), Fraction(155, 10_000))


def test_what_was_typeset_is_rounded() -> None:
    assert not column("0.5", "0.25", typeset=True).data.is_exact
    assert column("0.5", "0.25").data.is_exact


def test_a_text_column_is_read_as_numbers_where_they_are_asked_for() -> None:
    found = column("$6.32", "$1,052.00")
    assert found.kind == "text"
    assert found.read is not None
    assert values(found.read()) == [Fraction(632, 100), 1052]


def test_a_column_of_words_says_so_when_numbers_are_asked_for() -> None:
    found = column("a", "b")
    assert found.read is not None
    with pytest.raises(Mistake, match="holds text"):
        found.read()


def test_two_numbers_in_a_cell_ask_which_is_meant() -> None:
    with pytest.raises(Mistake) as caught:
        column("3 of 5", type="quantity")
    assert "`cell: {x:" in caught.value.problem.hint


def test_cells_take_the_declared_unit_and_convert_to_it() -> None:
    found = column("90", "2 min", type="quantity", unit="s")
    assert (values(found), str(found.data.unit)) == ([90, 120], "s")


def test_m_beside_hours_is_minutes() -> None:
    found = column("2h", "33m", type="quantity")
    assert (values(found), str(found.data.unit)) == ([2, Fraction(33, 60)], "h")


def test_units_that_do_not_meet_are_a_mistake() -> None:
    with pytest.raises(Mistake, match="among cells in"):
        column("5 s", "3 ep", type="quantity")


@pytest.mark.parametrize(
    ("title", "unit"),
    [("Total (ms)", "ms"), ("Memory [GiB]", "GiB"), ("Share (%)", ""), ("Size (large)", ""), ("x", "")],
)
def test_a_measure_in_the_title_is_the_unit(title: str, unit: str) -> None:
    assert str(column("1", "2", name=title).data.unit) == unit


def test_a_declared_unit_that_is_none_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="is not one"):
        column("1", unit="5 apples!")


def test_dates_are_declared_and_checked() -> None:
    assert str(column("2026-01-31", type="date").data[0]) == "2026-01-31"
    with pytest.raises(Mistake, match="is not a date"):
        column("31.1.2026", type="date")


def test_many_cells_are_floats_that_keep_their_decimals() -> None:
    found = column(*["0.1"] * 6_000)
    assert (found.data.nominal.dtype.kind, found.data.digits) == ("f", 1)


def test_a_cell_that_no_float_holds_is_still_told_from_its_neighbour() -> None:
    from site_builder.quantities.quantity import Quantity, compare

    found = column(*["9007199254740993"] * 6_000)
    assert (compare("==", found.data, Quantity(Fraction(9007199254740992))) == -1).all()
    assert (compare("==", found.data, Quantity(Fraction(9007199254740993))) == 1).all()


@pytest.mark.parametrize("cells", [("6125", "-3"), ("6,125", "**7**"), ("6125", "")])
def test_bare_whole_numbers_rounded_for_print_keep_their_digits(cells: tuple[str, ...]) -> None:
    found = column(*cells, typeset=True, type="reported")
    assert not found.data.is_exact
    assert found.as_typed is not None
    assert found.as_typed.is_exact
    assert list(found.as_typed.nominal) == list(found.data.nominal)


@pytest.mark.parametrize(
    ("cells", "declared"),
    [
        (("6125", "1.0"), {}),
        (("1e3", "2"), {}),
        (("40%", "2"), {}),
        (("5k", "2"), {}),
        (("5", "2"), {"unit": "s"}),
    ],
)
def test_other_numbers_rounded_for_print_keep_only_their_bounds(
    cells: tuple[str, ...], declared: dict[str, str]
) -> None:
    assert column(*cells, typeset=True, **declared).as_typed is None
