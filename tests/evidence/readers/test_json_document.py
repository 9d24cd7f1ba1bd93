"""JSON files."""

from __future__ import annotations

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.readers.json_document import lists, read
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

RESULTS = """{
  "tool": "x",
  "results": [
    {"model": "8B", "loss": 1.40},
    {"model": "3B", "loss": 0.5, "ok": true}
  ]
}"""


def sheet(text: str, inside: str = "") -> Sheet:
    return read(SourceFile("evidence/a.json", text.encode(), ""), inside, Options())


@pytest.mark.parametrize("place", ["$.results[*]", "$.results", "$['results'][:]"])
def test_the_objects_at_a_place_are_rows(place: str) -> None:
    found = sheet(RESULTS, place)
    assert found.header == ("model", "loss", "ok")
    assert found.cells == (("8B", "3B"), ("1.40", "0.5"), (None, "true"))
    assert found.natives == ("text", "number", "truth")
    assert found.lines == [4, 5]


def test_numbers_in_json_are_not_typeset() -> None:
    assert not sheet("[1]").typeset


def test_the_whole_document() -> None:
    assert sheet('[{"a": 1}]').cells == (("1",),)


def test_a_filter() -> None:
    assert sheet(RESULTS, "$.results[?@.loss > 1].model").cells == (("8B",),)


def test_a_filter_that_keeps_nothing_is_no_rows() -> None:
    assert len(sheet(RESULTS, "$.results[?@.loss > 9]")) == 0


def test_bad_json_is_placed_in_the_file() -> None:
    with pytest.raises(Mistake) as caught:
        sheet('{\n"a": }')
    assert str(caught.value.problem.place) == "evidence/a.json:2:6"


def test_the_places_are_listed() -> None:
    assert lists(SourceFile("a.json", RESULTS.encode(), ""), Options()) == ("#$.results[*] (2 items)",)
    assert lists(SourceFile("a.json", b"{", ""), Options()) == ()
