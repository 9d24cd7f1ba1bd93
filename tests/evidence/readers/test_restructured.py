"""reStructuredText files."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.readers.restructured import lists, read, section
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

PAGE = """\
Benchmarks
==========

Sizes
-----

+-----------+--------+------+------+
|           | memory | vs.  | time |
+===========+========+======+======+
| **fast**  | 67.6   | 1.0x | 1.5  |
+-----------+--------+------+------+

Speed - Large Data
------------------

=====  ====
tool   time
=====  ====
a      1.50
=====  ====
"""


def sheet(text: str, inside: str = "", **options: object) -> Sheet:
    return read(SourceFile("evidence/a.rst", text.encode(), ""), inside, Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("place", ["2", "speed-large-data", "speed---large-data", "Speed - Large Data"])
def test_places(place: str) -> None:
    assert sheet(PAGE, place).header == ("tool", "time")


def test_cells_and_lines() -> None:
    found = sheet(PAGE, "sizes")
    assert found.header == ("column_1", "memory", "vs.", "time")
    assert found.cells == (("fast",), ("67.6",), ("1.0x",), ("1.5",))
    assert found.lines == (10,)
    assert found.typeset


def test_several_tables_need_a_place() -> None:
    with pytest.raises(Mistake, match="has 2 tables"):
        sheet(PAGE)


def test_the_places_are_listed() -> None:
    assert [place.split()[0] for place in lists(SourceFile("a.rst", PAGE.encode(), ""), Options())] == [
        "#sizes",
        "#speed-large-data",
    ]


def test_a_section_for_patterns() -> None:
    assert section(SourceFile("a.rst", PAGE.encode(), ""), "sizes", Options()) == (4, 12)


def test_a_drawn_table_in_a_literal_block() -> None:
    text = "Output::\n\n    +---+\n    | a |\n    +---+\n    | 1 |\n    +---+\n"
    assert sheet(text, "box:1").cells == (("1",),)


@pytest.mark.parametrize(
    "directive", [".. include:: {}", ".. raw:: html\n   :file: {}", ".. csv-table::\n   :file: {}"]
)
def test_no_other_file_is_opened(tmp_path: Path, directive: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("+---+\n| x |\n+---+\n")
    with pytest.raises(Mistake) as caught:
        sheet(directive.format(secret) + "\n")
    assert "| x |" not in caught.value.problem.render()


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(Mistake, match="too large"):
        sheet("x" * 4_000_001)
