"""Tables drawn with lines."""

from __future__ import annotations

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from site_builder.evidence.boxes import find_boxes
from site_builder.evidence.document import Grid


def boxes(text: str) -> tuple[Grid, ...]:
    return find_boxes(dedent(text).strip("\n").split("\n"))


def test_a_table_as_databases_print_it() -> None:
    (found,) = boxes("""
        +-------+------+
        | model | loss |
        +-------+------+
        | 8B    | 0.5  |
        | 3B    | 0.25 |
        +-------+------+
        """)
    assert found.rows == (("model", "loss"), ("8B", "0.5"), ("3B", "0.25"))
    assert (found.heads, found.lines, found.notes) == (1, (2, 4, 5), ())


def test_a_table_of_unicode_lines() -> None:
    (found,) = boxes("""
        ┏━━━━━━━┳━━━━━━┓
        ┃ model ┃ loss ┃
        ┡━━━━━━━╇━━━━━━┩
        │ 8B    │ 0.5  │
        └───────┴──────┘
        """)
    assert found.rows == (("model", "loss"), ("8B", "0.5"))


def test_wide_characters_do_not_shift_cells() -> None:
    (found,) = boxes("""
        ┌──────┬───┐
        │ 模型 │ n │
        ├──────┼───┤
        │ 大   │ 3 │
        └──────┴───┘
        """)
    assert found.rows == (("模型", "n"), ("大", "3"))


def test_rules_between_rows() -> None:
    (found,) = boxes("""
        +---+---+
        | a | b |
        +===+===+
        | 1 | 2 |
        +---+---+
        | 3 | 4 |
        +---+---+
        """)
    assert found.rows == (("a", "b"), ("1", "2"), ("3", "4"))


def test_a_cell_over_several_lines_is_merged_and_noted() -> None:
    (found,) = boxes("""
        +-----+-----+
        | a   | b   |
        +-----+-----+
        | one | 1   |
        | two |     |
        +-----+-----+
        | x   | 2   |
        +-----+-----+
        """)
    assert found.rows == (("a", "b"), ("one two", "1"), ("x", "2"))
    assert found.notes == ("lines of the drawn table that no rule parts are read as one row",)


def test_rules_that_part_groups_of_rows() -> None:
    (found,) = boxes("""
        +---+---+
        | a | b |
        +---+---+
        | 1 | 2 |
        | 3 | 4 |
        +---+---+
        | 5 | 6 |
        +---+---+
        """)
    assert found.rows == (("a", "b"), ("1", "2"), ("3", "4"), ("5", "6"))


def test_a_bar_inside_a_cell_is_content() -> None:
    (found,) = boxes("""
        +---------+---+
        | x       | n |
        +---------+---+
        | a | b   | 1 |
        +---------+---+
        """)
    assert found.rows == (("x", "n"), ("a | b", "1"))


def test_a_table_without_header_rule_has_no_heads() -> None:
    (found,) = boxes("""
        +---+---+
        | 1 | 2 |
        | 3 | 4 |
        +---+---+
        """)
    assert (found.heads, found.rows) == (0, (("1", "2"), ("3", "4")))


def test_a_count_of_rows_below_is_left_out() -> None:
    (found,) = boxes("""
        ┌───┬───┐
        │ a │ b │
        ├───┼───┤
        │ 1 │ 2 │
        ├───┴───┤
        │ 1 row │
        └───────┘
        """)
    assert found.rows == (("a", "b"), ("1", "2"))


def test_a_ragged_table_is_faulty() -> None:
    (found,) = boxes("""
        ┌───┬───┐
        │ a │ b │
        │ 1 │
        └───┴───┘
        """)
    assert "line 3" in found.fault


def test_several_tables_and_the_text_between_them() -> None:
    found = boxes("""
        first
        +---+
        | a |
        +---+
        text
        +---+
        | b |
        +---+
        """)
    assert [grid.rows for grid in found] == [(("a",),), (("b",),)]
    assert [grid.line for grid in found] == [3, 7]


def test_markdown_tables_are_none() -> None:
    assert boxes("| a | b |\n|---|---|\n| 1 | 2 |") == ()


_DRAWN = st.text(alphabet="+-=|│┌┐└┘─┼ a", max_size=12)


@given(st.lists(_DRAWN, max_size=12))
def test_any_lines_give_rectangles(lines: list[str]) -> None:
    for grid in find_boxes(lines):
        assert len({len(row) for row in grid.rows}) == 1
        assert len(grid.rows) == len(grid.lines)
        assert all(1 <= line <= len(lines) for line in grid.lines)
