"""Offsets of a text lead to places in its file."""

from __future__ import annotations

from site_builder.claims.claim import Text
from site_builder.problems import Place

LINE = "title: Switching pays"
ONE_LINE = Text("Switching pays", Place("a.yaml", 1, 8, 14, LINE))
SPANS = tuple((number * 10, number + 1, 3, f"  line {number}") for number in range(1000))
LONG = Text("x" * 10_000, Place("a.yaml", 1, 3, 6, "  line 0"), SPANS)


def test_offset_in_a_text_of_one_line_counts_from_its_column() -> None:
    assert ONE_LINE.at(10, 4) == Place("a.yaml", 1, 18, 4, LINE)


def test_offset_in_a_text_of_many_lines_is_found_in_its_span() -> None:
    assert LONG.at(5437) == Place("a.yaml", 544, 10, 1, "  line 543")


def test_offset_at_the_beginning_of_a_span_belongs_to_it() -> None:
    assert LONG.at(20) == Place("a.yaml", 3, 3, 1, "  line 2")
