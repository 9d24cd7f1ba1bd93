"""Bytes become text with lines; what is no text is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.file_text import decode, split
from site_builder.problems import Mistake, Problem


def refused(data: bytes) -> Problem:
    with pytest.raises(Mistake) as caught:
        decode("claims/a.yaml", data, 1)
    return caught.value.problem


def test_byte_order_mark_is_dropped() -> None:
    assert decode("a.yaml", b"\xef\xbb\xbftitle: x", 1).text == "title: x"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    source = split("a.yaml", f"one{end}two{end}")
    assert source.lines == ("one", "two", "")
    assert str(source.place_of(len("one" + end) + 1)) == "a.yaml:2:2"


def test_column_of_a_bad_byte_counts_characters() -> None:
    place = refused("first\r\nné: caf".encode() + b"\xe9 x\nlast").place
    assert place is not None
    assert (place.line, place.column) == (2, 8)
    assert place.text == "né: caf\ufffd x"


def test_bad_byte_is_shown_as_what_it_was_probably_meant_to_be() -> None:
    assert refused(b"caf\xe9").message == "byte 0xE9 is not UTF-8 (in Windows-1252 it is 'é')"


def test_utf16_is_called_by_its_name() -> None:
    assert "UTF-16" in refused("title".encode("utf-16")).message


def test_encoded_surrogate_is_refused() -> None:
    assert refused(b"a: \xed\xa0\x80").code == "E-ENCODING"


def test_nul_is_refused_with_its_place() -> None:
    problem = refused(b"a: 1\nb: x\0y")
    assert "U+0000 (NUL)" in problem.message
    assert str(problem.place) == "claims/a.yaml:2:5"


def test_escape_character_is_refused() -> None:
    assert "U+001B" in refused(b"\x1b[31m").message


def test_direction_marks_are_kept() -> None:
    assert decode("a.yaml", "a: \u202ex".encode(), 1).text == "a: \u202ex"


def test_file_above_the_limit_is_refused_before_it_is_decoded() -> None:
    problem = refused(b"\xff" * 1025)
    assert problem.code == "E-SIZE"


def test_file_at_the_limit_is_read() -> None:
    assert len(decode("a.yaml", b"x" * 1024, 1).text) == 1024


def test_place_past_the_last_line_is_its_end() -> None:
    assert str(split("a.yaml", "one").place(5, 0)) == "a.yaml:1:4"


@settings(deadline=None)
@given(st.text(alphabet="aé\r\n\t𝄞"))
def test_place_of_an_offset_holds_its_character(text: str) -> None:
    source = split("a.yaml", text)
    for offset, character in enumerate(text):
        place = source.place_of(offset)
        assert (place.text + "\r\n")[place.column - 1] == character or character in "\r\n"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_mistake(data: bytes) -> None:
    try:
        source = decode("a.yaml", data, 1)
    except Mistake:
        return
    assert sum(map(len, source.lines)) <= len(source.text)
