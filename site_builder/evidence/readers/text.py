"""Text and logs: rows by pattern, or a table drawn with lines."""

from __future__ import annotations

from site_builder.evidence import document
from site_builder.evidence.boxes import find_boxes
from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.document import Document
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """The drawn table at a place. (With a ``pattern:`` the caller looks for its matches instead.)"""
    found = _parse(source, options)
    if not found.grids:
        message = f"{source.path} is text, and nothing says what its rows are"
        hint = r"give a `pattern:` such as 'step (?P<step>\d+): loss=(?P<loss>[\d.]+)', or `format: csv`"
        raise Mistake("E-TABLE", message, None, hint)
    return document.sheet(found, inside, options)


def lists(source: SourceFile, options: Options) -> tuple[str, ...]:
    """The place of each drawn table."""
    try:
        return document.describe(_parse(source, options))
    except Mistake:
        return ()


def _parse(source: SourceFile, options: Options) -> Document:
    lines = split_lines(decode(source, options))
    return Document(source.path, (), find_boxes(lines), native="box")


READER = Reader(
    name="text",
    title="text",
    suffixes=(".txt", ".log", ".out"),
    read=read,
    lists=lists,
    options=("header", "names"),
    takes_pattern=True,
)
