"""HTML taken apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.evidence.html_tokens import tokens

CASES: list[tuple[str, list[str]]] = [
    ("a<b>c</b>", ["a", "<b>", "c", "</b>"]),
    ("<TD CLASS=x>", ["<td>"]),
    ("<br/>", ["<br>"]),
    ("a &lt; b &amp; c", ["a < b & c"]),
    ("1 < 2", ["1 ", "<", " 2"]),
    ("a<!-- <td> -->b", ["a", "b"]),
    ("a<!-- never closed <td>", ["a"]),
    ("<!DOCTYPE html>a", ["a"]),
    ("<?xml version='1'?>a", ["a"]),
    ("</ >a", ["a"]),
    ("<script>if (a < b) '<td>'</script>x", ["<script>", "</script>", "x"]),
    ("<style>td > p {}", ["<style>"]),
    ("<a title='>'>x", ["<a>", "x"]),
    ('<a title=">">x', ["<a>", "x"]),
    ("<a it's>x", ["<a>", "x"]),
    ("a<td unfinished", ["a"]),
    ("<", ["<"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tags_and_text(text: str, expected: list[str]) -> None:
    assert [f"<{token.name}>" if token.name else token.text for token in tokens(text)] == expected


def test_attributes() -> None:
    (token,) = tokens("<td colspan=2 ID='a&amp;b' data-x=\"y z\" hidden>")
    assert dict(token.attributes) == {"colspan": "2", "id": "a&b", "data-x": "y z"}


def test_offsets_are_where_tokens_begin() -> None:
    assert [token.offset for token in tokens("ab<td>c")] == [0, 2, 6]


@given(st.text(alphabet="<>/!-='\"ab &;?", max_size=40))
def test_any_text_is_taken_apart_in_order(text: str) -> None:
    offsets = [token.offset for token in tokens(text)]
    assert offsets == sorted(set(offsets))


HOSTILE = ["<", "<!", "<!--", "<?", "<a ", "</", "<a b='", '<a b="', "<a b=\"'", "&", "<script>", "<a ="]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    start = time.perf_counter()
    for _ in tokens(piece * 50_000):
        pass
    assert time.perf_counter() - start < 3
