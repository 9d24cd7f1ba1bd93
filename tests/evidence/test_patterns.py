"""Rows by pattern."""

from __future__ import annotations

import time

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.patterns import LINE_LIMIT, compile_pattern, match_lines
from site_builder.evidence.sheet import Sheet
from site_builder.problems import Mistake, Problem

STEP = r"Step (?P<step>\d+): +loss=(?P<loss>[\d.]+)"


def rows(text: str, pattern: str, *under: str) -> Sheet:
    return match_lines(text.split("\n"), 1, Options(pattern=pattern, under=under))


def problem(pattern: str, *under: str) -> Problem:
    with pytest.raises(Mistake) as caught:
        rows("a", pattern, *under)
    return caught.value.problem


def test_a_row_a_match_with_its_line() -> None:
    sheet = rows("start\nStep 1:  loss=0.5\nnoise\nStep 2: loss=0.25", STEP)
    assert sheet.header == ("step", "loss")
    assert sheet.cells == (("1", "2"), ("0.5", "0.25"))
    assert sheet.lines == [2, 4]


def test_what_is_typeset_is_rounded() -> None:
    assert rows("Step 1: loss=0.5", STEP).typeset


def test_lines_left_out_are_counted() -> None:
    notes = rows("start\nStep 1: loss=0.5\nnoise", STEP).notes
    assert notes == ("the pattern matches in 1 of 3 lines; 2 are left out",)


def test_several_matches_in_a_line_are_several_rows() -> None:
    sheet = rows("a=1 b=2\nc=3", r"(?P<key>\w)=(?P<value>\d)")
    assert sheet.cells == (("a", "b", "c"), ("1", "2", "3"))
    assert sheet.lines == [1, 1, 2]


def test_a_pattern_without_groups_gives_the_match() -> None:
    sheet = rows("x 10 y 20", r"\d+")
    assert (sheet.header, sheet.cells) == (("match",), (("10", "20"),))


def test_a_group_that_takes_no_part_is_missing() -> None:
    assert rows("a\nb", "(?P<x>a)|(?P<y>b)").cells == (("a", None), (None, "b"))


def test_no_match_is_no_row_and_keeps_the_columns() -> None:
    sheet = rows("nothing", STEP)
    assert (sheet.header, len(sheet)) == (("step", "loss"), 0)


def test_matches_of_nothing_are_left_out_and_counted() -> None:
    sheet = rows("ab", r"(?P<d>\d*)")
    assert len(sheet) == 0
    assert "3 matches of nothing at all are left out" in sheet.notes


def test_a_long_line_is_cut_and_counted() -> None:
    sheet = rows("x" * LINE_LIMIT + "1\n2", r"(?P<d>\d)")
    assert sheet.cells == (("2",),)
    assert "1 lines were cut at 10,000 characters" in sheet.notes


def test_text_beyond_ascii_is_matched_and_kept() -> None:
    sheet = rows("Zeit 1 µs ± 2", r"(?P<unit>[µm]s) ± (?P<sd>\d)")
    assert sheet.cells == (("µs",), ("2",))


def test_rows_inherit_the_groups_of_the_heading_above() -> None:
    text = "# linux\nrg 0.3\nag 1.7\n# subtitles\nrg 0.2"
    sheet = rows(text, r"^(?P<tool>\w+) (?P<time>[\d.]+)$", r"^# (?P<benchmark>\w+)")
    assert sheet.header == ("benchmark", "tool", "time")
    assert sheet.cells[0] == ("linux", "linux", "subtitles")


def test_a_row_above_the_first_heading_inherits_nothing() -> None:
    assert rows("rg 1\n# a\nrg 2", r"rg (?P<n>\d)", "# (?P<h>.)").cells == ((None, "a"), ("1", "2"))


def test_headings_of_two_levels() -> None:
    sheet = rows("# a\n## b\n1\n## c\n2", r"^(?P<n>\d)$", r"^# (?P<h1>\w)", r"^## (?P<h2>\w)")
    assert list(zip(*sheet.cells, strict=True)) == [("a", "b", "1"), ("a", "c", "2")]


MISTAKES = {
    "(": "missing )",
    "(?=x)": "(?=",
    r"(?P<a>x)\1": r"\1",
    "x" * 501: "501 characters",
    r"(\d+)": "no named group",
    "(?P<a>x)(?P<a>y)": "two groups",
    "\ud800": "not a pattern",
}


@pytest.mark.parametrize("pattern", MISTAKES)
def test_a_bad_pattern_is_a_mistake(pattern: str) -> None:
    found = problem(pattern)
    assert found.code == "E-PATTERN"
    assert MISTAKES[pattern] in found.message
    assert found.hint


def test_look_around_is_explained() -> None:
    assert "no look-around" in problem("(?<=a)b").hint


def test_a_heading_pattern_needs_a_named_group() -> None:
    assert "no named group" in problem(r"(?P<n>\d)", "# .*").message


def test_a_heading_and_a_row_may_not_share_a_name() -> None:
    assert "two groups are called 'n'" in problem(r"(?P<n>\d)", "# (?P<n>.)").message


def test_a_bad_pattern_says_nothing_on_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    problem("(")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("pattern", ["(?P<x>a+)+$", "(?P<x>(a|a)*)$", "(?P<x>(a|aa)+)$", "(?P<x>.*a){20}$"])
def test_patterns_that_hang_other_engines_do_not(pattern: str) -> None:
    start = time.perf_counter()
    rows("a" * 5000 + "!", pattern)
    assert time.perf_counter() - start < 2


def test_a_compiled_pattern_finds_bytes() -> None:
    found = compile_pattern("(b)").search(b"abc")
    assert found is not None
    assert found.groups() == (b"b",)
