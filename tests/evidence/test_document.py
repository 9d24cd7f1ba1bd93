"""Headings, grids, and the places that name them."""

from __future__ import annotations

import pytest

from site_builder.evidence.document import (
    Document,
    Grid,
    Heading,
    describe,
    pick,
    section,
    sheet,
    slug,
    slugs,
)
from site_builder.evidence.options import Options
from site_builder.problems import Mistake, Problem


def grid(
    line: int, kind: str = "table", *names: str, rows: tuple[tuple[str, ...], ...] = (("a",), ("1",))
) -> Grid:
    return Grid(kind, rows, tuple(range(line, line + len(rows))), 1, names)


def heading(level: int, title: str, line: int, *anchors: str) -> Heading:
    return Heading(level, title, (slug(title), *anchors), line)


PAGE = Document(
    "evidence/report.md",
    (
        heading(1, "Report", 1),
        heading(2, "Finding 1: a threshold", 10),
        heading(2, "Finding 2", 20, "two"),
        heading(3, "Details", 30),
        heading(2, "Nothing here", 50),
        heading(2, "Drawn", 60),
    ),
    (
        grid(12),
        grid(22),
        grid(32, "table", "raw-data"),
        grid(35, "box"),
        grid(62, "box"),
    ),
)

PLACES = {
    "1": 12,
    "3": 32,
    "table:2": 22,
    "box:1": 35,
    "box:2": 62,
    "raw-data": 32,
    "finding-1-a-threshold": 12,
    "Finding 1: a threshold": 12,
    "finding 1: A Threshold": 12,
    "finding-2": 22,
    "finding-2:2": 32,
    "Finding 2:2": 32,
    "two": 22,
    "details": 32,
    "report": 12,
    "report:3": 32,
    "drawn": 62,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_names_a_table(place: str) -> None:
    assert pick(PAGE, place).line == PLACES[place]


def problem(place: str, page: Document = PAGE) -> Problem:
    with pytest.raises(Mistake) as caught:
        pick(page, place)
    return caught.value.problem


def test_no_place_means_the_only_table() -> None:
    assert pick(Document("a.md", (), (grid(3),)), "").line == 3


def test_no_place_means_the_only_drawn_table_where_there_is_no_other() -> None:
    assert pick(Document("a.md", (), (grid(3, "box"),)), "").line == 3


def test_no_place_among_several_lists_them() -> None:
    found = problem("")
    assert found.message == "evidence/report.md has 3 tables, so say which"
    assert "#finding-1-a-threshold (1 row: a)" in found.hint
    assert "#details (1 row: a)" in found.hint
    assert "#box:2" in found.hint


def test_a_misspelt_heading_offers_the_nearest() -> None:
    assert problem("findin-2").hint == "did you mean 'finding-2'?"


def test_a_number_too_high_says_how_many_there_are() -> None:
    assert problem("4").message == "there is no table 4 under '4' in evidence/report.md, which has 3"


@pytest.mark.parametrize("place", ["0", "finding-2:0", "finding-2:3", "box:3", "html:1"])
def test_a_number_beyond_the_tables(place: str) -> None:
    assert problem(place).code == "E-PLACE"


def test_a_heading_without_tables() -> None:
    assert "there is no table under 'nothing-here'" in problem("nothing-here").message.replace("''", "'")


def test_a_document_without_tables_suggests_a_pattern() -> None:
    assert "`pattern:`" in problem("", Document("a.md", (), ())).hint


def test_every_place_that_is_listed_leads_to_its_table() -> None:
    places = [line[1:].split(" (")[0] for line in describe(PAGE)]
    assert [pick(PAGE, place).line for place in places] == [12, 22, 32, 35, 62]


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    assert section(PAGE, "finding-2", 100) == (20, 49)
    assert section(PAGE, "Details", 100) == (30, 49)
    assert section(PAGE, "drawn", 100) == (60, 100)


def test_an_unknown_section_offers_the_nearest() -> None:
    with pytest.raises(Mistake) as caught:
        section(PAGE, "detail", 100)
    assert caught.value.problem.hint == "did you mean 'details'?"


def test_slugs_are_those_of_code_forges() -> None:
    assert slug("Finding 2: Mode-collapse (8B)!") == "finding-2-mode-collapse-8b"
    assert slugs(["Notes", "Notes", "Größe & Co."]) == ("notes", "notes-1", "größe--co")


TABLE = grid(5, rows=(("a", "b"), ("1", "2"), ("3", "4")))


def test_a_grid_becomes_a_sheet() -> None:
    found = sheet(Document("a.md", (), (TABLE,)), "", Options())
    assert (found.header, found.cells, found.lines) == (("a", "b"), (("1", "3"), ("2", "4")), (6, 7))
    assert found.typeset


def test_a_header_may_be_declared_to_be_data() -> None:
    found = sheet(Document("a.md", (), (TABLE,)), "", Options(header=0))
    assert found.cells == (("a", "1", "3"), ("b", "2", "4"))


def test_a_first_row_taken_for_the_header_is_noted() -> None:
    plain = Grid("html", TABLE.rows, TABLE.lines, 0)
    assert sheet(Document("a.html", (), (plain,), "html"), "", Options()).notes == (
        "the first row is taken as the header",
    )


def test_a_header_alone_is_a_table_without_rows() -> None:
    found = sheet(Document("a.md", (), (grid(5, rows=(("a", "b"),)),)), "", Options())
    assert (found.header, found.cells) == (("a", "b"), ((), ()))


def test_a_faulty_grid_says_why() -> None:
    faulty = Grid("table", (("",),), (5,), 0, fault="the table is malformed: x")
    with pytest.raises(Mistake, match="malformed") as caught:
        sheet(Document("a.rst", (), (faulty,)), "", Options())
    assert caught.value.problem.place is not None
    assert caught.value.problem.place.line == 5
