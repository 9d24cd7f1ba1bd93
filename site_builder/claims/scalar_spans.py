r"""Where each part of a YAML scalar's value stands in its file, for values that are not typed as they read.

Folding, line breaks, doubled quotes and escapes make the value shorter than its source. A span says from
which offset of the value on the characters follow one another in the file: (offset, line, column, that line).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.claims.file_text import FileText

Span = tuple[int, int, int, str]

_BREAK = r"(?:\r\n|\r|\n)"
_FOLD = rf"(?P<fold>[ \t]*+{_BREAK}(?:[ \t]*+{_BREAK})*+[ \t]*+)"
_JOIN = rf"(?P<join>\\{_BREAK}(?:[ \t]*+{_BREAK})*+[ \t]*+)"
_ESCAPE = r"(?P<escape>\\(?:x.{2}|u.{4}|U.{8}|.))"
_TOKENS = {
    "": re.compile(rf"{_FOLD}|(?P<run>[^ \t\r\n]++|[ \t]++)"),
    "'": re.compile(rf"{_FOLD}|(?P<escape>'')|(?P<run>[^' \t\r\n]++|[ \t]++)"),
    '"': re.compile(rf"{_FOLD}|{_JOIN}|{_ESCAPE}|(?P<run>[^\\ \t\r\n]++|[ \t]++)"),
}
_BREAKS = re.compile(_BREAK)


def flow_spans(source: FileText, style: str, start: int, end: int) -> tuple[Span, ...]:
    """The spans of a plain or quoted scalar whose characters stand between two offsets of the file."""
    pairs = _unfolded(source.text, style, start, end)
    return tuple((offset, *_located(source, at)) for offset, at in pairs)


def block_spans(source: FileText, style: str, header: int, value: str) -> tuple[Span, ...]:
    """The spans of a literal (``|``) or folded (``>``) scalar, its header on the 0-based line `header`."""
    walk = _literal if style == "|" else _folded
    return tuple(
        (offset, line + 1, column + 1, source.lines[line])
        for offset, line, column in walk(source, header + 1, value)
    )


def _unfolded(text: str, style: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pairs (offset in the value, offset in the file), one for each place where the two drift apart."""
    yield 0, start
    offset = 0
    for token in _TOKENS[style].finditer(text, start, end):
        width = _width(token)
        offset += width
        if width != token.end() - token.start() and token.end() < end:
            yield offset, token.end()


def _width(token: re.Match[str]) -> int:
    """How many characters of the value a piece of the source stands for."""
    if token.lastgroup == "run":
        return token.end() - token.start()
    if token.lastgroup == "escape":
        return 1
    breaks = len(_BREAKS.findall(token.group()))
    return breaks - 1 if token.lastgroup == "join" else max(1, breaks - 1)


def _located(source: FileText, offset: int) -> tuple[int, int, str]:
    place = source.place_of(offset)
    return place.line, place.column, place.text


def _literal(source: FileText, first: int, value: str) -> Iterator[tuple[int, int, int]]:
    """A literal keeps its lines: each differs from the source's only by the indentation that was cut off."""
    offset = 0
    for line, content in enumerate(value.split("\n"), first):
        if line >= len(source.lines) or offset >= len(value):
            return
        yield offset, line, max(0, len(source.lines[line]) - len(content))
        offset += len(content) + 1


def _folded(source: FileText, first: int, value: str) -> Iterator[tuple[int, int, int]]:
    """A folded scalar joins lines by one space, or by as many line ends as there are blank lines."""
    offset, indent = 0, -1
    for line, typed in enumerate(source.lines[first:], first):
        if offset >= len(value):
            return
        if indent < 0 and typed.strip(" "):
            indent = _indentation(typed, value)
        content = typed[indent:] if indent >= 0 else ""
        if content:
            offset = _past_fold(value, offset)
            yield offset, line, indent
            offset += len(content)


def _indentation(typed: str, value: str) -> int:
    """How far the block is indented, known from its first line and that line in the value."""
    shown = value.lstrip("\n")
    return max(0, (len(typed) - len(typed.lstrip(" "))) - (len(shown) - len(shown.lstrip(" "))))


def _past_fold(value: str, offset: int) -> int:
    if offset and value[offset] == " ":
        return offset + 1
    while offset < len(value) - 1 and value[offset] == "\n":
        offset += 1
    return offset
