"""Markdown tables."""

from __future__ import annotations

from textwrap import dedent

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.readers.markdown import lists, parse, plain, read, section
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake


def source(text: str) -> SourceFile:
    return SourceFile("evidence/a.md", dedent(text).lstrip("\n").encode(), "")


def sheet(text: str, inside: str = "", **options: object) -> Sheet:
    return read(source(text), inside, Options(**options))  # type: ignore[arg-type]


REPORT = """
    # Report

    | a | b |
    |---|---|
    | 1 | 2 |

    ## Finding 2: <a name="collapse"></a>mode *collapse*

    Some text.

    | lr   | accuracy |
    |-----:|:--------:|
    | 1e-4 | 73.5%    |
    | 2e-4 | ~40%     |

    | second |
    | ------ |
    | x      |

    ## Notes
    """


def test_the_table_under_a_heading() -> None:
    found = sheet(REPORT, "finding-2-mode-collapse")
    assert found.header == ("lr", "accuracy")
    assert found.cells == (("1e-4", "2e-4"), ("73.5%", "~40%"))
    assert found.lines == (13, 14)


def test_what_is_typeset_is_rounded() -> None:
    assert sheet(REPORT, "1").typeset


PLACES = {
    "1": "a",
    "2": "lr",
    "3": "second",
    "report": "a",
    "finding-2-mode-collapse:2": "second",
    "collapse": "lr",
}


@pytest.mark.parametrize("place", [*PLACES, "Finding 2: mode collapse"])
def test_places(place: str) -> None:
    assert sheet(REPORT, place).header[0] == PLACES.get(place, "lr")


def test_several_tables_need_a_place() -> None:
    with pytest.raises(Mistake, match="has 3 tables") as caught:
        sheet(REPORT)
    assert "#finding-2-mode-collapse (2 rows: lr, accuracy)" in caught.value.problem.hint


def test_the_places_are_listed() -> None:
    assert lists(source(REPORT), Options()) == (
        "#report (1 row: a, b)",
        "#finding-2-mode-collapse (2 rows: lr, accuracy)",
        "#finding-2-mode-collapse:2 (1 row: second)",
    )


PLAIN = {
    "**0.082s** (1.00x)": "0.082s (1.00x)",
    "`rg -n`": "rg -n",
    "[git grep](https://example.org)": "git grep",
    "![plot](a.png)": "plot",
    "~~5~~ 6": "5 6",
    "~40%": "~40%",
    "a<br>b": "a b",
    "<sub>x</sub>2": "x2",
    "&lt; 0.001": "< 0.001",
    r"codon\*": "codon*",
    "c++*": "c++*",
    "2 * 3 * 4": "2 * 3 * 4",
    "snake_case_name": "snake_case_name",
    "1_000": "1_000",
    "a  b": "a b",
    "x[^1]": "x[^1]",
}


@pytest.mark.parametrize("text", PLAIN)
def test_a_cell_as_a_person_reads_it(text: str) -> None:
    assert plain(text) == PLAIN[text]
    assert sheet(f"| h |\n|---|\n| {text} |\n").cells == ((PLAIN[text],),)


def test_a_bar_in_a_cell_is_escaped() -> None:
    found = sheet("| a | b |\n|---|---|\n| `x \\| y` | 2 |\n")
    assert (found.cells, found.notes) == ((("x | y",), ("2",)), ())


def test_tables_without_outer_bars() -> None:
    found = sheet("Tool | *n*\n-----|---\nR | 10K\n. | 1M\n")
    assert (found.header, found.cells, found.notes) == (("Tool", "n"), (("R", "."), ("10K", "1M")), ())


def test_short_and_long_rows_are_noted() -> None:
    found = sheet("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n| 4 | 5 |\n")
    assert found.cells == (("1", "1", "4"), ("", "2", "5"))
    assert found.notes == (
        "cells missing from the row at line 3",
        "cells beyond the header cut from the row at line 4",
    )


def test_tables_in_quotes_and_lists_are_read() -> None:
    assert sheet("> | a |\n> |---|\n> | 1 |\n").cells == (("1",),)
    assert sheet("- x\n\n  | a |\n  |---|\n  | 1 |\n").cells == (("1",),)


def test_a_table_in_a_code_block_is_none() -> None:
    with pytest.raises(Mistake, match="no table"):
        sheet("```\n| a |\n|---|\n| 1 |\n```\n")


def test_a_drawn_table_in_a_code_block() -> None:
    text = "| a |\n|---|\n| 1 |\n\n```\n+---+\n| b |\n+---+\n| 2 |\n+---+\n```\n"
    assert sheet(text, "box:1").cells == (("2",),)
    assert sheet(text).header == ("a",)


def test_an_html_table() -> None:
    text = "# A\n\n<table>\n<tr><th>b</th></tr>\n<tr><td>2</td></tr>\n</table>\n"
    found = sheet(text, "html:1")
    assert (found.header, found.cells, found.lines) == (("b",), (("2",),), (5,))


def test_an_empty_header_cell_is_numbered() -> None:
    assert sheet("|   | a |\n|---|---|\n| x | 1 |\n").header == ("column_1", "a")


def test_names_may_be_declared() -> None:
    assert sheet("| a | a |\n|---|---|\n| x | 1 |\n", names=("a", "b")).header == ("a", "b")


def test_twins_need_names() -> None:
    with pytest.raises(Mistake) as caught:
        sheet("| a | a |\n|---|---|\n| x | 1 |\n")
    assert caught.value.problem.code == "E-HEADER"


def test_windows_line_ends() -> None:
    found = sheet("# A\r\n\r\n| a |\r\n|---|\r\n| 1 |\r\n")
    assert (found.cells, found.lines) == ((("1",),), (5,))


def test_headings_of_one_text_are_numbered() -> None:
    text = "# A\n## Results\n\n| a |\n|---|\n| 1 |\n\n# B\n## Results\n\n| b |\n|---|\n| 2 |\n"
    assert [sheet(text, place).header for place in ("results", "results-1")] == [("a",), ("b",)]


def test_a_section_for_patterns() -> None:
    assert section(source(REPORT), "notes", Options()) == (20, 20)


def test_a_table_that_lacks_very_many_cells_is_faulty() -> None:
    header = "|" + "a|" * 300
    rule = "|" + "-|" * 300
    with pytest.raises(Mistake, match="lack"):
        sheet("\n".join([header, rule, *["| 1 |"] * 230]), names=tuple(f"c{n}" for n in range(300)))


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(Mistake, match="too large"):
        sheet("x" * 2_000_001)


def test_nothing_in_the_file_is_kept_as_html() -> None:
    assert not parse(source("<script>alert(1)</script>\n"), Options()).grids
