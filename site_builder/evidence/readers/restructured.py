"""reStructuredText tables: grids, simple tables, ``csv-table`` and ``list-table``."""

from __future__ import annotations

from site_builder.evidence import document
from site_builder.evidence.boxes import find_boxes
from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.document import Document
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.rst_tables import find_grids, find_headings
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

_SIZE_LIMIT = 4_000_000


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
        raise Mistake(
            "E-SIZE", f"{source.path} is too large for reStructuredText", None, "keep tables as CSV"
        )
    lines = [line.expandtabs() for line in split_lines(text)]
    own = find_grids(lines)
    taken = {grid.line for grid in own}
    drawn = (grid for grid in find_boxes(lines) if grid.line not in taken)
    grids = sorted((*own, *drawn), key=lambda grid: grid.line)
    return Document(source.path, find_headings(lines), tuple(grids))


READER = Reader(
    name="rst",
    title="reStructuredText",
    suffixes=(".rst",),
    read=read,
    lists=lists,
    options=("header", "names"),
    takes_pattern=True,
    section=section,
)
