"""Tables and headings in reStructuredText."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from site_builder.evidence.document import Grid
from site_builder.evidence.rst_tables import find_grids, find_headings, plain


def grids(text: str) -> tuple[Grid, ...]:
    return find_grids(dedent(text).strip("\n").split("\n"))


GRID = """
    +-------+------+
    | model | loss |
    +=======+======+
    | 8B    | 0.5  |
    +-------+------+
    | 3B    | 0.25 |
    +-------+------+
    """


def test_a_grid_table() -> None:
    (found,) = grids(GRID)
    assert found.rows == (("model", "loss"), ("8B", "0.5"), ("3B", "0.25"))
    assert (found.heads, found.lines) == (1, (2, 4, 6))


def test_a_grid_table_with_spans() -> None:
    (found,) = grids("""
        +---+---+---+
        | a | b | c |
        +===+===+===+
        | 1     | 2 |
        +---+---+   |
        | 3 | 4 |   |
        +---+---+---+
        """)
    assert found.rows == (("a", "b", "c"), ("1", "1", "2"), ("3", "4", "2"))
    assert found.notes == ("cells over several rows or columns stand in each of them",)


def test_a_simple_table() -> None:
    (found,) = grids("""
        =====  =====
        model  loss
        =====  =====
        8B     0.5
        3B     0.25
        =====  =====
        """)
    assert found.rows == (("model", "loss"), ("8B", "0.5"), ("3B", "0.25"))
    assert found.lines == (2, 4, 5)


def test_a_simple_table_without_header() -> None:
    (found,) = grids("""
        ==  ==
        a   b
        ==  ==

        text
        """)
    assert (found.heads, found.rows) == (0, (("a", "b"),))


def test_a_csv_table() -> None:
    (found,) = grids("""
        .. csv-table:: Speed
           :header: tool, "time, s"
           :name: speed

           rg, 0.082
           "ag", "0.443"
        """)
    assert found.rows == (("tool", "time, s"), ("rg", "0.082"), ("ag", "0.443"))
    assert (found.heads, found.lines, found.names) == (1, (1, 5, 6), ("Speed", "speed", "speed"))


def test_a_csv_table_with_its_own_delimiter_and_header_rows() -> None:
    (found,) = grids("""
        .. csv-table::
           :delim: ;
           :header-rows: 1

           a; b
           1,5; 2
        """)
    assert (found.heads, found.rows) == (1, (("a", "b"), ("1,5", "2")))


@pytest.mark.parametrize("option", [":file: /etc/passwd", ":url: https://example.org/x.csv"])
def test_a_csv_table_reads_nothing_else(option: str) -> None:
    (found,) = grids(f".. csv-table::\n   {option}\n")
    assert "name that file as the evidence" in found.fault


def test_a_list_table() -> None:
    (found,) = grids("""
        .. list-table:: Speed of tools
           :header-rows: 1
           :widths: 30 70

           * - tool
             - time
           * - ripgrep
             - 0.082 s
           * - The Silver
               Searcher
             -
        """)
    assert found.rows == (("tool", "time"), ("ripgrep", "0.082 s"), ("The Silver Searcher", ""))
    assert (found.heads, found.lines) == (1, (5, 7, 9))


def test_a_table_directive_names_what_is_in_it() -> None:
    (found,) = grids(f".. table:: Losses\n   :name: losses\n{GRID}")
    assert found.names == ("Losses", "losses", "losses")


def test_a_target_names_the_table_below() -> None:
    first, second = grids(f".. _losses:\n{dedent(GRID)}\ntext\n{dedent(GRID)}")
    assert (first.names, second.names) == (("losses",), ())


@pytest.mark.parametrize("opening", ["Example::", ".. code-block:: rst", ".. code:: rst"])
def test_a_table_in_a_literal_block_is_none(opening: str) -> None:
    assert grids(f"{opening}\n{GRID}\nafter\n") == ()


def test_a_malformed_grid_is_faulty() -> None:
    (found,) = grids("+---+---+\n| a | b |\n+---+\n| 1 | 2 |\n+---+---+")
    assert "malformed" in found.fault


def test_a_csv_table_that_is_no_csv_is_faulty() -> None:
    (found,) = grids('.. csv-table::\n\n   "a" b\n')
    assert "malformed" in found.fault


def test_tables_without_rows_are_faulty() -> None:
    assert [grid.fault for grid in grids(".. list-table::\n\n.. csv-table::\n")] == [
        "the table has no rows"
    ] * 2


PLAIN = {
    "**msgspec structs**": "msgspec structs",
    "*n*": "n",
    "``a | b``": "a | b",
    ":func:`loads`": "loads",
    ":doc:`the docs <docs/index>`": "the docs",
    "`orjson <https://example.org>`__": "orjson",
    "`orjson`_": "orjson",
    "orjson_": "orjson",
    "|version|": "version",
    r"5 \* 3": "5 * 3",
    "\\": "",
    "2*3*4": "2*3*4",
    "snake_case": "snake_case",
    "1.0x": "1.0x",
    "~40%": "~40%",
    "a  \t b": "a b",
}


@pytest.mark.parametrize("text", PLAIN)
def test_a_cell_as_a_person_reads_it(text: str) -> None:
    assert plain(text) == PLAIN[text]


def test_headings_get_levels_by_first_use() -> None:
    found = find_headings(
        ["====", "Top", "====", "", "One", "---", "", "Two words", "=========", "", "Three", "-----"]
    )
    assert [(h.level, h.title, h.names[0], h.line) for h in found] == [
        (1, "Top", "top", 2),
        (2, "One", "one", 5),
        (3, "Two words", "two-words", 8),
        (2, "Three", "three", 11),
    ]


def test_a_heading_is_linked_by_both_usual_names() -> None:
    (found,) = find_headings(["JSON - Large Data", "================="])
    assert found.names == ("json-large-data", "json---large-data")


def test_a_short_underline_makes_no_heading() -> None:
    assert find_headings(["A longer title", "--", "text"]) == ()


HOSTILE = ["*a ", "``a ", "`a ", "_`a ", "|a ", "**a ", ":a:`", "\\", "x_ ", "[1]_ "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_markup_takes_linear_time(piece: str) -> None:
    start = time.perf_counter()
    plain(piece * 20_000)
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize(
    "piece", ["+-", "+---+\n|a  |\n", "== ==\na  b\n", ".. csv-table::\n\n", "a\n=\n", "::\n"]
)
def test_lines_take_linear_time(piece: str) -> None:
    lines = (piece * 20_000).split("\n")
    start = time.perf_counter()
    find_grids(lines)
    find_headings(lines)
    assert time.perf_counter() - start < 6


def test_a_very_large_table_is_faulty() -> None:
    rule, row = "+" + "-" * 98 + "+", "|" + "x" * 98 + "|"
    (found,) = find_grids([rule, *([row, rule] * 1_100)])
    assert "keep it as CSV" in found.fault


def test_text_before_the_first_row_of_a_list_table_is_faulty() -> None:
    (found,) = grids(".. list-table::\n\n   stray\n   * - a\n")
    assert "line 3 belongs to no row" in found.fault


def test_short_rows_of_a_list_table_are_filled_and_noted() -> None:
    (found,) = grids(".. list-table::\n\n   * - a\n     - b\n   * - 1\n")
    assert (found.rows, found.notes) == (
        (("a", "b"), ("1", "")),
        ("short rows are filled up with empty cells",),
    )
