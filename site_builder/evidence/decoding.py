"""Bytes become text, or an error that says which byte of which line does not."""

from __future__ import annotations

import codecs
import re

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
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(source: SourceFile, options: Options) -> str:
    """The file's text without a byte order mark, line ends as they are.

    UTF-8 unless another encoding is declared: nothing is guessed. Raises Mistake E-ENCODING with the line.
    """
    name = _encoding(options.encoding)
    try:
        text = source.data.decode(name)
    except (UnicodeError, ValueError) as error:
        raise _undecodable(source, name, error) from None
    if "\0" in text:
        line = len(_LINE_END.findall(text[: text.index("\0")])) + 1
        hint = "if the file is UTF-16, declare `encoding: utf-16`"
        message = "the file holds a NUL byte, so it is not text"
        raise Mistake("E-ENCODING", message, Place(source.path, line), hint)
    return text.removeprefix("\ufeff")


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
        raise Mistake("E-OPTION", f"{declared!r} is no encoding this tool reads", None, hint)
    return name


def _undecodable(source: SourceFile, name: str, error: Exception) -> Mistake:
    """The Mistake for the first byte that is not `name`, with its line and its number in the line."""
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    before = source.data[:start]
    line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
    byte = start - max(before.rfind(b"\n"), before.rfind(b"\r"))
    found = f"0x{source.data[start]:02x}" if start < len(source.data) else "the end"
    mark = next((text for mark, text in _MARKS.items() if source.data.startswith(mark)), "")
    guess = f"`encoding: {mark}`" if mark else "its encoding, such as `encoding: latin-1` or `cp1252`"
    message = f"byte {byte} of line {line} ({found}) is not {name.upper()}"
    hint = f"save the file as UTF-8, or declare {guess}"
    return Mistake("E-ENCODING", message, Place(source.path, line), hint)
