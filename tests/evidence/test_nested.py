"""Nested values as rows."""

from __future__ import annotations

import pytest

from site_builder.evidence.nested import Plain, Record, Typed, rows
from site_builder.evidence.options import Options
from site_builder.evidence.sheet import Sheet
from site_builder.problems import Mistake


def of(*nodes: object, is_chosen: bool = False, names: tuple[str, ...] = ()) -> Sheet:
    return rows(nodes, is_chosen=is_chosen, options=Options(names=names), path="evidence/a.json")


def test_objects_become_rows_over_the_union_of_their_keys() -> None:
    sheet = of({"a": 1, "b": 2}, {"c": 3, "a": 4})
    assert sheet.header == ("a", "b", "c")
    assert sheet.cells == (("1", "4"), ("2", None), (None, "3"))


def test_one_list_stands_for_its_items() -> None:
    assert of([{"a": 1}, {"a": 2}]).cells == (("1", "2"),)


def test_one_object_is_one_row() -> None:
    assert of({"a": 1, "b": "x"}).cells == (("1",), ("x",))


def test_objects_inside_are_laid_flat() -> None:
    sheet = of({"model": {"name": "8B", "size": {"b": 8}}, "ok": True})
    assert sheet.header == ("model_name", "model_size_b", "ok")


def test_two_leaves_of_one_name_are_a_mistake() -> None:
    with pytest.raises(Mistake, match="one name, 'a_b'"):
        of({"a_b": 1, "a": {"b": 2}})


def test_a_chosen_object_of_objects_is_a_row_each_with_its_key() -> None:
    sheet = of({"8B": {"acc": 1}, "3B": {"acc": 2}}, is_chosen=True)
    assert sheet.header == ("key", "acc")
    assert sheet.cells == (("8B", "3B"), ("1", "2"))


def test_an_object_of_objects_not_chosen_is_one_row() -> None:
    assert of({"8B": {"acc": 1}, "3B": {"acc": 2}}).header == ("8B_acc", "3B_acc")


def test_equally_long_lists_are_columns() -> None:
    sheet = of({"step": [1, 2], "loss": [0.5, 0.25]})
    assert sheet.header == ("step", "loss")
    assert sheet.cells == (("1", "2"), ("0.5", "0.25"))


def test_values_beside_the_lists_of_a_chosen_object_stand_in_every_row() -> None:
    sheet = of({"gpu": "x", "times": [1, 2], "opt": {"n": 3}}, is_chosen=True)
    assert sheet.header == ("gpu", "times", "opt_n")
    assert sheet.cells == (("x", "x"), ("1", "2"), ("3", "3"))


def test_unequal_lists_stay_in_their_cells() -> None:
    assert of({"a": [1], "b": [1, 2]}).cells == (("[1]",), ("[1,2]",))


def test_lists_of_lists_are_rows_by_position() -> None:
    sheet = of([["a", 1], ["b", 2, 3]])
    assert sheet.header == ("column_1", "column_2", "column_3")
    assert sheet.cells == (("a", "b"), ("1", "2"), (None, "3"))


def test_single_values_are_one_column() -> None:
    sheet = of(1, 2, 3)
    assert (sheet.header, sheet.cells) == (("value",), (("1", "2", "3"),))


def test_rows_of_different_kinds_are_a_mistake() -> None:
    with pytest.raises(Mistake, match="different kinds: 2 objects, 1 single value"):
        of({}, 3, {})


def test_nothing_is_a_table_of_nothing() -> None:
    sheet = of([])
    assert (sheet.header, len(sheet), sheet.lines) == ((), 0, None)


def test_numbers_keep_their_digits() -> None:
    assert of(Typed("1.40"), Typed("1e-6"), 3).cells == (("1.40", "1e-6", "3"),)


NATIVES = [
    ([1, Typed("2.5")], "number"),
    ([True, False], "truth"),
    (["a", "b"], "text"),
    (["1", "2"], "text"),
    ([1, None], "number"),
    ([1, "n/a"], None),
    ([True, 1], None),
    ([None, None], None),
    ([Plain("~40%"), Plain("x")], None),
    ([[1], [2]], "text"),
]


@pytest.mark.parametrize(("values", "expected"), NATIVES)
def test_a_column_has_the_kind_that_all_its_values_have(values: list[object], expected: str | None) -> None:
    assert of(*[{"a": value} for value in values]).natives == (expected,)


CELLS: list[tuple[object, str | None]] = [
    (None, None),
    ("", ""),
    (True, "true"),
    (False, "false"),
    ([1, "x", None], '[1,"x",null]'),
    ({}, "{}"),
    (Plain("no"), "no"),
]


@pytest.mark.parametrize(("value", "expected"), CELLS)
def test_a_cell_is_text_or_missing(value: object, expected: str | None) -> None:
    (column,) = of({"a": value}, {"a": value}).cells
    assert column == (expected, expected)
    assert type(column[0]) in (str, type(None))


def test_rows_know_the_lines_of_their_objects() -> None:
    assert of(Record([("a", 1)], 3), Record([("a", 2)], 7)).lines == [3, 7]


def test_names_may_be_declared() -> None:
    sheet = of([["a", 1]], names=("model", "n"))
    assert (sheet.header, sheet.notes) == (("model", "n"), ())


def test_an_empty_key_is_numbered() -> None:
    assert of({"": 1, "b": 2}).header == ("column_1", "b")


def test_many_rows_over_many_keys_are_refused() -> None:
    with pytest.raises(Mistake, match="too many cells"):
        of(*[{f"k{n}": 1} for n in range(5_000)])


def test_many_values_beside_long_lists_are_refused() -> None:
    node: dict[str, object] = {f"k{n}": 1 for n in range(5_000)}
    with pytest.raises(Mistake, match="too many cells"):
        of({**node, "list": [0] * 5_000}, is_chosen=True)
