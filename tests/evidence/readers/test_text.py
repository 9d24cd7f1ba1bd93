"""Text and logs."""

from __future__ import annotations

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.readers.text import READER, lists, read
from site_builder.files import SourceFile
from site_builder.problems import Mistake

LOG = "run 1\n┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ 1 │ 2 │\n└───┴───┘\n"


def source(text: str) -> SourceFile:
    return SourceFile("evidence/a.log", text.encode(), "")


@pytest.mark.parametrize("place", ["", "1", "box:1"])
def test_a_drawn_table(place: str) -> None:
    found = read(source(LOG), place, Options())
    assert (found.header, found.cells, found.lines) == (("a", "b"), (("1",), ("2",)), (5,))
    assert found.typeset


def test_plain_text_needs_a_pattern() -> None:
    with pytest.raises(Mistake) as caught:
        read(source("step 1\n"), "", Options())
    assert "`pattern:`" in caught.value.problem.hint
    assert "`format: csv`" in caught.value.problem.hint


def test_the_places_are_listed() -> None:
    assert lists(source(LOG), Options()) == ("#1 (1 row: a, b)",)
    assert lists(source("\xff"), Options(encoding="nonsense")) == ()


def test_it_may_be_searched_by_pattern() -> None:
    assert READER.takes_pattern
