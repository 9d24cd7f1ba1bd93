"""Bytes become text, or an error that says which byte of which line does not."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from site_builder.evidence.options import Options
from site_builder.files import SourceFile
from site_builder.problems import Mistake, Place, did_you_mean

_ENCODINGS = (
    *("ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("latin-1", "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-9", "iso-8859-15"),
    *("cp437", "cp850", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "mac-roman"),
    *("koi8-r", "shift-jis", "euc-jp", "gb18030", "big5", "euc-kr"),
)
_ALIASES = {"utf8": "utf-8", "utf-8-sig": "utf-8", "latin1": "latin-1", "windows-1252": "cp1252"}
_MARKS = {  # the longer ones first: UTF-32's begins like UTF-16's
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_POINTER = "version https://git-lfs.github.com/spec/"


def decode(source: SourceFile, options: Options) -> str:
    """The file's text without a byte order mark, line ends as they are.

    UTF-8 unless another encoding is declared: nothing is guessed. Raises Mistake E-ENCODING with the line.
    """
    name = _encoding(options.encoding)
    try:
        text = source.data.decode(name)
    except (UnicodeError, ValueError) as error:
        raise _undecodable(source, name, error) from None
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        hint = "if the file is UTF-16, declare `encoding: utf-16`"
        message = "the file holds a NUL byte, so it is not text"
        raise Mistake("E-ENCODING", message, place_in(text, text.index("\0"), source.path), hint)
    if text.startswith(_POINTER):
        message = f"{source.path} only points to a file that Git LFS keeps elsewhere"
        raise Mistake("E-FILE", message, Place(source.path), "fetch the file itself with `git lfs pull`")
    return text


def place_in(text: str, offset: int, path: str, first: int = 1) -> Place:
    """The place of a character of a file's text, or of a part of it that begins on line `first`."""
    before = list(_LINE_END.finditer(text, 0, offset))
    start = before[-1].end() if before else 0
    end = _LINE_END.search(text, offset)
    line = text[start : end.start() if end else len(text)]
    return Place(path, first + len(before), offset - start + 1, 1, line)


def split_lines(text: str) -> list[str]:
    """The lines without their ends. Only CR, LF and CRLF end a line; a last empty one is not a line."""
    lines = _LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


_LINE_END = re.compile("\r\n|\r|\n")


def _encoding(declared: str) -> str:
    name = (declared or "utf-8").lower().replace("_", "-").replace(" ", "-")
    name = _ALIASES.get(name, name)
    if name not in _ENCODINGS:
        hint = did_you_mean(name, _ENCODINGS, "encodings are: ")
        raise Mistake("E-OPTION", f"{declared!r} is no encoding this tool reads", None, hint, "encoding")
    return name


def _undecodable(source: SourceFile, name: str, error: Exception) -> Mistake:
    """The Mistake for the first byte that is not `name`, with its line and its number in the line."""
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    before = source.data[:start]
    line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
    begin = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    byte = start - begin + 1
    found = f"0x{source.data[start]:02x}" if start < len(source.data) else "the end"
    mark = next((text for mark, text in _MARKS.items() if source.data.startswith(mark)), "")
    guess = f"`encoding: {mark}`" if mark else "its encoding, such as `encoding: latin-1` or `cp1252`"
    place = Place(source.path, line)
    if name == "utf-8" and not mark:
        rest = re.split(rb"[\r\n]", source.data[begin : start + 1_000])[0]
        shown = rest.decode("utf-8", "replace")
        place = replace(place, column=len(source.data[begin:start].decode()) + 1, text=shown)
        meant = source.data[start : start + 1].decode("cp1252", "replace")
        guess += f", in which it is {meant!r}" if meant.isprintable() and meant != "\ufffd" else ""
    message = f"byte {byte} of line {line} ({found}) is not {name.upper()}"
    hint = f"save the file as UTF-8, or declare {guess}"
    return Mistake("E-ENCODING", message, place, hint)
