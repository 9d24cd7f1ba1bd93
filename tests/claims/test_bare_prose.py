"""What is prose in a Markdown text, and what is blanked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.bare_prose import GONE, bare, plain
from site_builder.claims.claim import Report, Text
from site_builder.claims.prose import report_text


def text(value: str) -> Text:
    return report_text(Report("r", "claims/r.md", "", "", value))


def left(value: str, is_report: bool = False) -> str:
    return " ".join(bare(text(value), is_report).replace(GONE, " ").split())


PROSE = {
    "a `5` b": "a b",
    "a {{ b5 }} c": "a c",
    "a [2e-4]{.literal} b": "a b",
    "a [b 5]{.big} c": "a [b 5] c",
    "[38x](a/5.html) b": "[38x] b",
    '[a](b5 "c 6") d': "[a] d",
    "[a](b(5)c) d": "[a] d",
    "[a][5] b": "[a] b",
    "a (5) b": "a (5) b",
    "a[^5] b\n\n[^5]: c 6": "a b c 6",
    "[x]: https://e.org/5 'a'\nb 6": "b 6",
    "https://e.org/5?a=6 b": "b",
    "<https://e.org/5> b": "b",
    "www.e5.org b": "b",
    '<img width="5" height=6\n alt=7> b 8': "b 8",
    "x < 5 and y > 6": "x < 5 and y > 6",
    "a<b and 38>c": "a<b and 38>c",
    "a<sup>5</sup> b": "a b",
    "a <!-- 5\n6 --> b": "a b",
    "a <!-- 5": "a <!-- 5",
    "<style>5</style> b": "b",
    "5&nbsp;% &#39; b": "5 % b",
    "a [5], [5, 6] and [@b5] c": "a , and c",
    "CI [5, 6] and [0.5, 6] and [6, 5]": "CI [5, 6] and [0.5, 6] and [6, 5]",
    "x=[5] b": "x=[5] b",
    "(1) a (2) b (3) c": "a b c",
    "(2) a (7) b": "(2) a (7) b",
    "*(1)* a": "* * a",
    "{#fig5} a \\cite{b5} c": "a c",
    "5. a\n6. b": "a b",
    "- 5. a": "- a",
    "a\n38. b": "a 38. b",
    "5.5 a": "5.5 a",
    "# 5. A": "# A",
    "## 1.2 Setup": "## Setup",
    "# 38 runs": "# 38 runs",
    "# 38x more": "# 38x more",
    "| # | a |\n|---|---|\n| 5 | 6 |": "| # | a | |---|---| | | 6 |",
    "| n | a |\n|---|---|\n| 5 | 6 |": "| n | a | |---|---| | 5 | 6 |",
    "> 5. a": "> a",
    "- 5% a": "5% a",
}


@pytest.mark.parametrize("value", PROSE)
def test_what_is_no_prose_is_blanked(value: str) -> None:
    assert left(value) == PROSE[value]


def test_indented_code_of_a_report_is_blanked() -> None:
    assert left("a\n\n    b 5\n\nc 6", is_report=True) == "a c 6"


def test_an_indented_paragraph_of_a_list_is_prose() -> None:
    assert left("- a\n\n    b 5", is_report=True) == "a b 5"


def test_an_indented_line_of_a_statement_is_prose() -> None:
    assert left("a\n\n    b 5") == "a b 5"


def test_directives_of_a_report_are_blanked() -> None:
    assert left("{{ plot a-5/b6 }}", is_report=True) == ""


ALPHABET = "ab5 .\n`{}[]()<>!-&;#|*_^@\\~:/\"'="


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=80), st.booleans())
def test_prose_stays_at_its_offsets(value: str, is_report: bool) -> None:
    prose = bare(text(value), is_report)
    assert len(prose) == len(value)
    assert all(new in (old, " ", GONE) for old, new in zip(value, prose, strict=True))
    assert [c == "\n" for c in prose] == [c == "\n" for c in value]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("A [2e-4]{.literal} step", "A 2e-4 step"), ("A [5] step", "A [5] step"), ("[a]{.b}", "[a]{.b}")],
)
def test_a_title_is_shown_without_the_marks_of_literals(value: str, shown: str) -> None:
    assert plain(value) == shown
