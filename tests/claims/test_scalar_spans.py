"""Every character of a scalar's value is found where it was typed."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.claim import Text
from site_builder.claims.file_text import split
from site_builder.claims.findings import Findings
from site_builder.claims.yaml_tree import Entries, compose


def value(source: str) -> Text:
    """The text under the one key of a file."""
    findings = Findings()
    node = compose(split("a.yaml", source), findings)
    assert isinstance(node, Entries), findings.sorted()
    found = node.pairs[-1][1]
    assert isinstance(found, Text)
    return found


def spot(source: str, word: str) -> tuple[int, int]:
    """Line and column that the value's offset of a word leads to."""
    text = value(source)
    place = text.at(text.value.index(word), len(word))
    assert place.text == re.split(r"\r\n|\r|\n", source)[place.line - 1]
    return place.line, place.column


CASES = {
    "plain": ("a: one two", "two", (1, 8)),
    "plain, not ASCII before it": ("ä: ö 𝄞 two", "two", (1, 8)),
    "plain over lines": ("a: one\n   more\n  two", "two", (3, 3)),
    "plain over a blank line": ("a: one\n\n\n  two", "two", (4, 3)),
    "plain with trailing blanks": ("a: one  \n  two", "two", (2, 3)),
    "plain, CRLF": ("a: one\r\n  two\r\n", "two", (2, 3)),
    "plain, CR": ("a: one\r  two\r", "two", (2, 3)),
    "single quoted": ("a: 'one two'", "two", (1, 9)),
    "single quoted, apostrophe": ("a: 'it''s two'", "two", (1, 11)),
    "single quoted over lines": ("a: 'one\n\n  it''s\n  two '", "two", (4, 3)),
    "single quoted, blanks kept inside": ("a: '  one  two'", "two", (1, 12)),
    "double quoted": ('a: "one two"', "two", (1, 9)),
    "double quoted, escapes": (r'a: "\t\x41\u00e9\U0001D11E two"', "two", (1, 28)),
    "double quoted, escaped line end": ('a: "one\\\n    two"', "two", (2, 5)),
    "double quoted, escaped line end and blank line": ('a: "one \\\n\n    two"', "two", (3, 5)),
    "double quoted over lines": ('a: "one\n  more\n\n  two"', "two", (4, 3)),
    "double quoted, CRLF": ('a: "one\r\n  \\"two"', "two", (2, 5)),
    "literal": ("a: |\n  one\n    two\n", "two", (3, 5)),
    "literal, blank lines first": ("a: |\n\n\n  one\n  two\n", "two", (5, 3)),
    "literal, explicit indentation": ("a: |1\n   one\n two\n", "two", (3, 2)),
    "literal, CRLF": ("a: |\r\n  one\r\n\r\n  two\r\n", "two", (4, 3)),
    "literal, kept end": ("a: |+\n  one\n  two\n\n\n", "two", (3, 3)),
    "literal with a comment in its header": ("a: | # why\n  one\n  two\n", "two", (3, 3)),
    "folded": ("a: >\n  one\n  two\n", "two", (3, 3)),
    "folded, stripped": ("a: >-\n  one\n  two\n", "two", (3, 3)),
    "folded, blank lines": ("a: >\n  one\n\n\n  two\n", "two", (5, 3)),
    "folded, deeper line": ("a: >\n  one\n    deeper\n  two\n", "two", (4, 3)),
    "folded, deeper line last": ("a: >\n  one\n    two\n", "two", (3, 5)),
    "folded, trailing blanks": ("a: >\n  one  \n  two\n", "two", (3, 3)),
    "folded, blank lines first": ("a: >\n\n  one\n  two\n", "two", (4, 3)),
    "folded, explicit indentation": ("a: >1\n    one\n two\n", "two", (3, 2)),
    "folded, not ASCII": ("a: >\n  ä𝄞\n  é two\n", "two", (3, 5)),
    "folded, CRLF": ("a: >\r\n  one\r\n  two\r\n", "two", (3, 3)),
}


@pytest.mark.parametrize("name", CASES)
def test_word_is_found_where_it_was_typed(name: str) -> None:
    source, word, expected = CASES[name]
    assert spot(source, word) == expected


def test_text_of_one_line_needs_no_spans() -> None:
    assert value("a: 'one two'").spans == ()


def test_place_of_a_quoted_text_is_inside_its_quotes() -> None:
    place = value("a: 'one two'").place
    assert (place.column, place.width) == (5, 7)


def test_place_of_a_text_with_escapes_is_as_wide_as_it_was_typed() -> None:
    assert value(r'a: "x\ty" # z').place.width == len(r"x\ty")


def test_place_of_a_text_over_lines_is_its_first_line() -> None:
    assert value("a: one  \n  two three four").place.width == len("one")


def test_place_of_a_folded_text_is_its_first_word() -> None:
    place = value("a: >\n\n  one two\n  three\n").place
    assert (place.line, place.column, place.width) == (3, 3, 7)


WORDS = st.lists(
    st.text(alphabet="ab é𝄞'\"\\#:\n-\t", min_size=1, max_size=30).filter(lambda text: text.strip()),
    max_size=4,
)


@settings(deadline=None)
@given(WORDS, st.sampled_from(["", "'", '"', "|", ">"]), st.integers(5, 40), st.booleans(), st.booleans())
def test_any_text_in_any_style_is_found_where_it_was_typed(
    words: list[str], style: str, width: int, escapes: bool, is_crlf: bool
) -> None:
    dumped = yaml.dump(
        {"a": " ".join(["x", *words])}, default_style=style, width=width, allow_unicode=not escapes
    )
    if re.search("[\x85\u2028\u2029]", dumped):
        return
    source = dumped.replace("\n", "\r\n") if is_crlf else dumped
    text = value(source)
    for offset, character in enumerate(text.value):
        place = text.at(offset)
        typed = place.text[place.column - 1 : place.column]
        assert typed in (character, "\\", "'") or character in " \n", (source, offset, place)
