"""What a parser can't read is explained to whoever wrote it: what, where, and how to write it instead."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.file_text import split
from site_builder.claims.findings import Findings
from site_builder.claims.yaml_tree import compose
from site_builder.problems import Problem


def problem(source: str) -> Problem:
    findings = Findings()
    assert compose(split("a.yaml", source), findings) is None
    (found,) = findings.sorted()
    return found


# Source, place, a part of the message, a part of the hint.
CASES = {
    "colon in a text": ("title: a: b", "1:9", "': ' in it must be quoted", "title: 'a: b'"),
    "colon in a long text": (f"title: {'a' * 80}: b", "1:88", "must be quoted", "'title: >'"),
    "percent sign": ("title: %foo", "1:8", "can't begin with '%'", "title: '%foo'"),
    "question mark": ("title: ? x", "1:8", "can't begin with '?'", "title: '? x'"),
    "at sign": ("title: @x", "1:8", "can't begin with '@'", "title: '@x'"),
    "backtick": ("title: `x`", "1:8", "can't begin with '`'", "title: '`x`'"),
    "bold": ("title: **x** y", "1:8", "can't begin with '*'", "title: '**x** y'"),
    "ampersand": ("title: & b", "1:8", "can't begin with '&'", "title: '& b'"),
    "closing bracket": ("title: ]b", "1:8", "can't begin with ']'", "title: ']b'"),
    "comma": ("title: ,b", "1:8", "can't begin with ','", "title: ',b'"),
    "greater than": ("stated: > 5", "1:9", "> at the beginning of a value", "stated: '> 5'"),
    "greater than in braces": ("n: {stated: > 5}", "1:13", "can't begin with '>'", "inside { } and [ ]"),
    "at least": ("stated: >= 5", "1:9", "> at the beginning of a value", "stated: '>= 5'"),
    "bar": ("stated: | x", "1:9", "| at the beginning of a value", "stated: '| x'"),
    "dash": ("a: - b", "1:4", "begins a list item", "a: '- b'"),
    "tab": ("a:\n\tb: 1", "2:1", "a tab indents this line", "two spaces"),
    "tab after spaces": ("a:\n  b: 1\n\tc: 2", "3:1", "a tab indents this line", "two spaces"),
    "open double quote": ('a: "abc\nb: 1\n', "1:4", 'the quote " that opens here', "close it"),
    "open single quote": ("a: 1\nb: 'abc\n", "2:4", "the quote ' that opens here", "close it"),
    "apostrophe in quotes": ("a: 'it's'", "1:8", "found 's' after the closing '", "a: 'it''s'"),
    "quotes in quotes": ('a: "say "hi""', "1:10", "found 'h' after the closing \"", "quote the text"),
    "expression after a text": ('a: "x" == y', "1:8", "found '=' after the closing \"", "a: '\"x\" == y'"),
    "expression after a list": ("a: [1, 2][0]", "1:10", "found '[' after the closing ]", "a: '[1, 2][0]'"),
    "unknown escape": (r'a: "\q"', "1:5", "is no escape", "\\\\"),
    "half a character": (r'a: "\ud800"', "1:5", "half of a surrogate pair", "the character itself"),
    "bracket in braces": ('a: {x: r[k == "t"]}', "1:9", "',' or '}' was expected", "inside { } and [ ]"),
    "open bracket": ("a: [1, 2\nb: 3", "2:2", "in the '[' opened on line 1", "inside { } and [ ]"),
    "no colon": ("title: x\nstatement\ntags: y", "2:1", "no ':' after its key", "key: value"),
    "no colon in the first line": ("title foo\nb: 2", "1:1", "no ':' after its key", "key: value"),
    "no space after the colon": ("title:foo\nb: 2", "1:1", "no space after the colon", "title: foo"),
    "indented key": ("a: 1\n  b: 2", "2:4", "indented under a line that already has a value", "quote"),
    "uneven keys": ("a:\n    b: 1\n  c: 2", "3:3", "found 'c' where a key was expected", "same column"),
    "first key indented": ("  a: 1\nb: 2", "2:1", "after the end of the claim", "same column"),
    "key after a list": ("- a\nb: 1", "2:1", "found 'b' where a key was expected", "same column"),
    "list after a key": ("a: 1\n- b", "2:1", "a list item stands where a key", "indent the list"),
    "unknown directive": ("%FOO\na: 1", "1:1", "a YAML directive", "delete the line"),
    "YAML of the future": ("%YAML 3.0\n---\na: 1", "1:1", "a YAML directive", "delete the line"),
}


@pytest.mark.parametrize("name", CASES)
def test_mistake_is_explained(name: str) -> None:
    source, place, message, hint = CASES[name]
    found = problem(source)
    assert found.code == "E-YAML"
    assert (str(found.place), message in found.message, hint in found.hint) == (
        f"a.yaml:{place}",
        True,
        True,
    ), found


def test_suggested_quotes_are_yaml() -> None:
    hint = problem("title: it's a: b").hint
    assert hint == "quote the text: title: 'it''s a: b'"


@pytest.mark.parametrize("name", CASES)
def test_parser_has_not_the_word(name: str) -> None:
    assert not re.search("token|scalar|simple key|stream|node|context|flow", problem(CASES[name][0]).message)


@settings(deadline=None)
@given(st.text(alphabet="ab:#-?[]{}'\"|>%@`!&* \n\t,.\\x0", max_size=60))
def test_whatever_is_typed_is_a_tree_or_one_problem_with_a_place(source: str) -> None:
    findings = Findings()
    node = compose(split("a.yaml", source), findings)
    assert node is not None or findings
    for found in findings.sorted():
        assert found.message
        assert found.hint
        assert found.place is not None
        assert found.place.column <= len(found.place.text) + 1
