"""HTML tables, by number, by the table's id, or by the heading above."""

from __future__ import annotations

from site_builder.evidence import document
from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.document import Document
from site_builder.evidence.html_tables import find_tables
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

_SIZE_LIMIT = 16_000_000


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """The table at a place, its numbers typeset."""
    return document.sheet(_parse(source, options), inside, options)


def lists(source: SourceFile, options: Options) -> tuple[str, ...]:
    """The place of each table."""
    try:
        return document.describe(_parse(source, options))
    except Mistake:
        return ()


def section(source: SourceFile, inside: str, options: Options) -> tuple[int, int]:
    """The lines under a heading."""
    length = len(split_lines(decode(source, options)))
    return document.section(_parse(source, options), inside, length)


def _parse(source: SourceFile, options: Options) -> Document:
    text = decode(source, options)
    if len(text) > _SIZE_LIMIT:
        raise Mistake("E-SIZE", f"{source.path} is too large for HTML", None, "keep the tables as CSV")
    return Document(source.path, *find_tables(text), native="html")


READER = Reader(
    name="html",
    title="HTML",
    suffixes=(".html", ".htm"),
    read=read,
    lists=lists,
    options=("header", "names"),
    takes_pattern=True,
    section=section,
)
