"""A file's text, decoded and split into lines as an editor counts them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from site_builder.problems import Mistake, Place, name_of

_BREAK = re.compile(r"\r\n|\r|\n")
_BYTES_BREAK = re.compile(rb"\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one file, its byte order mark gone; `lines` lack line ends, `starts` are their offsets."""

    path: str
    text: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]

    def place(self, line: int, column: int, width: int = 1) -> Place:
        """The place at a 0-based line and column; past the last line it is the end of the last one."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return Place(self.path, line + 1, column + 1, width, self.lines[line])

    def place_of(self, offset: int, width: int = 1) -> Place:
        """The place of the character at `offset` of the text."""
        line = bisect_right(self.starts, offset) - 1
        return self.place(line, offset - self.starts[line], width)


def decode(path: str, data: bytes, limit_kb: int) -> FileText:
    """The file's text; `Mistake` for one too large, not UTF-8, or with characters that no text holds."""
    if len(data) > limit_kb * 1024:
        message = f"the file has {len(data) / 1024:,.0f} KB; {limit_kb:,} KB is the most that is read"
        raise Mistake("E-SIZE", message, Place(path), "split it, or move data into evidence/")
    source = split(path, _text(path, data.removeprefix(_BOM)))
    found = _CONTROL.search(source.text)
    if found:
        raise _unwanted(source, found.start())
    return source


def split(path: str, text: str) -> FileText:
    """`text` with its lines."""
    ends = [(found.start(), found.end()) for found in _BREAK.finditer(text)]
    starts = (0, *(end for _, end in ends))
    stops = (*(start for start, _ in ends), len(text))
    return FileText(path, text, tuple(text[a:b] for a, b in zip(starts, stops, strict=True)), starts)


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error.start) from None


def _not_utf8(path: str, data: bytes, at: int) -> Mistake:
    wide = next((name for mark, name in _WIDE_BOMS.items() if data.startswith(mark)), "")
    if wide:
        return Mistake("E-ENCODING", f"the file is {wide}, not UTF-8", Place(path), "save it as UTF-8")
    breaks = list(_BYTES_BREAK.finditer(data, 0, at))
    start = breaks[-1].end() if breaks else 0
    following = _BYTES_BREAK.search(data, at)
    line = data[start : following.start() if following else len(data)].decode("utf-8", "replace")
    place = Place(path, len(breaks) + 1, len(data[start:at].decode("utf-8")) + 1, 1, line)
    byte = data[at : at + 1]
    meant = byte.decode("cp1252", "replace")
    guess = f" (in Windows-1252 it is {meant!r})" if meant.isprintable() and meant != "\ufffd" else ""
    return Mistake("E-ENCODING", f"byte 0x{byte[0]:02X} is not UTF-8{guess}", place, "save the file as UTF-8")


def _unwanted(source: FileText, offset: int) -> Mistake:
    message = f"the file holds the character {name_of(source.text[offset])}, which no text may hold"
    hint = "delete it; if the file should not be binary, save it again as plain UTF-8 text"
    return Mistake("E-ENCODING", message, source.place_of(offset), hint)
