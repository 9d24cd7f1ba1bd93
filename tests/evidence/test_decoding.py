"""Bytes to text."""

from __future__ import annotations

import pytest

from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.options import Options
from site_builder.files import SourceFile
from site_builder.problems import Mistake, Problem


def text(data: bytes, encoding: str = "") -> str:
    return decode(SourceFile("evidence/a.csv", data, ""), Options(encoding=encoding))


def problem(data: bytes, encoding: str = "") -> Problem:
    with pytest.raises(Mistake) as caught:
        text(data, encoding)
    return caught.value.problem


def test_utf8_is_the_default() -> None:
    assert text("größe".encode()) == "größe"


def test_a_byte_order_mark_is_left_out() -> None:
    assert text(b"\xef\xbb\xbfa,b") == "a,b"


@pytest.mark.parametrize("name", ["latin-1", "Latin1", "cp1252", "windows-1252", "ISO-8859-1", "iso_8859_1"])
def test_a_declared_encoding_is_used(name: str) -> None:
    assert text(b"caf\xe9", name) == "café"


def test_utf16_with_its_mark() -> None:
    assert text("a,ä".encode("utf-16"), "utf-16") == "a,ä"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_wrong_byte_is_reported_with_line_and_number(end: bytes) -> None:
    found = problem(b"a,b" + end + b"1,caf\xe9")
    assert found.message == "byte 6 of line 2 (0xe9) is not UTF-8"
    assert found.place is not None
    assert found.place.line == 2
    assert "encoding: latin-1" in found.hint


def test_a_utf16_mark_suggests_utf16() -> None:
    assert "encoding: utf-16" in problem("a".encode("utf-16")).hint


def test_a_nul_is_not_text() -> None:
    found = problem(b"a\nb\0")
    assert found.code == "E-ENCODING"
    assert found.place is not None
    assert found.place.line == 2


def test_a_truncated_utf16_file_is_a_mistake() -> None:
    assert problem(b"\xff\xfea", "utf-16").code == "E-ENCODING"


@pytest.mark.parametrize("name", ["zip", "rot13", "idna", "unicode_escape", "utf-99", "../etc"])
def test_only_known_encodings_are_used(name: str) -> None:
    assert problem(b"a", name).code == "E-OPTION"


def test_lines_end_as_csv_and_editors_have_it() -> None:
    assert split_lines("a\r\nb\rc\nd\x0be\u2028f\n\n") == ["a", "b", "c", "d\x0be\u2028f", ""]


def test_no_text_has_no_lines() -> None:
    assert split_lines("") == []
