"""JSON Lines files."""

from __future__ import annotations

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.readers.json_lines import lists, read
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

RUNS = '{"seed": 8, "loss": 0.50}\n\n{"seed": 9, "at": {"step": 3}}\n'


def sheet(text: str, inside: str = "") -> Sheet:
    return read(SourceFile("evidence/a.jsonl", text.encode(), ""), inside, Options())


def test_a_row_a_line() -> None:
    found = sheet(RUNS)
    assert found.header == ("seed", "loss", "at_step")
    assert found.cells == (("8", "9"), ("0.50", None), (None, "3"))
    assert found.lines == [1, 3]


def test_a_place_is_in_the_list_of_all_lines() -> None:
    assert sheet(RUNS, "$[?@.seed == 9].at").cells == (("3",),)


def test_one_line_that_is_a_list_is_a_row() -> None:
    assert sheet("[1, 2]\n[3, 4]\n").cells == (("1", "3"), ("2", "4"))


def test_an_empty_file_has_no_rows() -> None:
    assert len(sheet("")) == 0


def test_a_bad_line_is_named() -> None:
    with pytest.raises(Mistake) as caught:
        sheet('{}\n{"a": NaN}\n')
    assert str(caught.value.problem.place) == "evidence/a.jsonl:2:7"


def test_the_places_are_listed() -> None:
    assert lists(SourceFile("a.jsonl", RUNS.encode(), ""), Options()) == ("#$[*] (2 items)",)
