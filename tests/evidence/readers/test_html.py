"""HTML files."""

from __future__ import annotations

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.readers.html import lists, read, section
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

PAGE = """<!DOCTYPE html><html><body>
<table><tr><td>Anscombe</td><td>Documentation</td></tr></table>
<h2>Quartet</h2>
<h3>Format</h3>
<table id="variables">
<tr><th>No</th><th>Name</th></tr>
<tr><td> 1 </td><td> <code>x1</code></td></tr>
</table></body></html>
"""


def source(text: str = PAGE) -> SourceFile:
    return SourceFile("evidence/a.html", text.encode(), "")


def sheet(inside: str, text: str = PAGE) -> Sheet:
    return read(source(text), inside, Options())


@pytest.mark.parametrize("place", ["2", "html:2", "variables", "format", "quartet"])
def test_places(place: str) -> None:
    found = sheet(place)
    assert (found.header, found.cells, found.lines) == (("No", "Name"), (("1",), ("x1",)), (7,))
    assert found.typeset


def test_several_tables_need_a_place() -> None:
    with pytest.raises(Mistake, match="has 2 tables") as caught:
        sheet("")
    assert "#1 (0 rows: Anscombe, Documentation); #format (1 row: No, Name)" in caught.value.problem.hint


def test_the_only_table_needs_none() -> None:
    assert sheet("", "<table><tr><th>a<tr><td>1</table>").cells == (("1",),)


def test_the_places_are_listed() -> None:
    assert len(lists(source(), Options())) == 2


def test_a_section_for_patterns() -> None:
    assert section(source(), "format", Options()) == (4, 8)


def test_a_page_without_tables() -> None:
    with pytest.raises(Mistake, match="no table"):
        sheet("", "<p>nothing</p>")
