"""Markdown tables, as a person reads them: without the marks of emphasis, code and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from site_builder.evidence import document
from site_builder.evidence.boxes import find_boxes
from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.document import Document, Grid, Heading
from site_builder.evidence.html_tables import find_tables
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

if TYPE_CHECKING:  # the parser is imported when a Markdown file is read
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SIZE_LIMIT, _INLINE_LIMIT = 2_000_000, 2_000
_PAD_LIMIT = 60_000  # above this the parser stops padding short rows and would drop the rest of the table
_ANCHOR = re.compile(r"""<[^<>]*\b(?:name|id)\s*=\s*["']?([^"'\s<>]+)""")


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """The table at a place, its numbers typeset. Short rows are filled up and long ones cut, with a note."""
    return document.sheet(parse(source, options), inside, options)


def lists(source: SourceFile, options: Options) -> tuple[str, ...]:
    """The place of each table."""
    try:
        return document.describe(parse(source, options))
    except Mistake:
        return ()


def section(source: SourceFile, inside: str, options: Options) -> tuple[int, int]:
    """The lines under a heading."""
    length = len(split_lines(decode(source, options)))
    return document.section(parse(source, options), inside, length)


def parse(source: SourceFile, options: Options) -> Document:
    """The headings and tables of the file: its own, those in HTML, and those drawn in code blocks."""
    text = decode(source, options)
    if len(text) > _SIZE_LIMIT:
        raise Mistake("E-SIZE", f"{source.path} is too large for Markdown", None, "keep the tables as CSV")
    lines = split_lines(text)
    tokens = _blocks().parse("\n".join(lines))
    own = tuple(_tables(tokens, lines))
    taken = {line for grid in own for line in grid.lines}
    drawn = tuple(grid for grid in find_boxes(lines) if grid.line not in taken)
    grids = sorted((*own, *drawn, *_html(tokens)), key=lambda grid: grid.line)
    return Document(source.path, _headings(tokens), tuple(grids))


@lru_cache(maxsize=1)
def _blocks() -> MarkdownIt:
    """The parser of blocks alone: what stands inside is read where it is needed."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@lru_cache(maxsize=1)
def _inlines() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("strikethrough")


def plain(text: str) -> str:
    """A cell or heading as a person reads it: ``**0.082s** (1.00x)`` is ``0.082s (1.00x)``."""
    if text.isalnum() or len(text) > _INLINE_LIMIT:
        return text
    tokens = _inlines().parseInline(text)
    shown = "".join(_shown(child) for token in tokens for child in token.children or ())
    return " ".join(shown.split())


def _shown(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline":
        return " " if token.content.lower().startswith("<br") else ""
    return token.content


def _headings(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    found = [
        (tokens[n], tokens[n + 1].content) for n, token in enumerate(tokens) if token.type == "heading_open"
    ]
    shown = [plain(text) for _, text in found]
    return tuple(
        Heading(int(token.tag[1:]), title, (name, *_ANCHOR.findall(text)), _line(token))
        for (token, text), title, name in zip(found, shown, document.slugs(shown), strict=True)
    )


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _tables(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Grid]:
    start = None
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            start = number
        elif token.type == "table_close" and start is not None:
            yield _table(tokens[start:number], lines)


def _table(tokens: Sequence[Token], lines: Sequence[str]) -> Grid:
    rows: list[list[str]] = []
    numbers: list[int] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
            numbers.append(_line(token))
        elif token.type == "inline":
            rows[-1].append(plain(token.content))
    typed = [_typed_cells(lines[number - 1]) for number in numbers]
    notes, fault = _uneven(typed, len(rows[0]), numbers)
    return Grid("table", tuple(tuple(row) for row in rows), tuple(numbers), 1, (), notes, fault)


def _typed_cells(line: str) -> int:
    """How many cells the line of a row has as typed; a bar after a backslash parts nothing."""
    bars = len(re.findall(r"(?<!\\)\|", line))
    text = line.strip().lstrip("> ")
    return bars + 1 - text.startswith("|") - (text.endswith("|") and not text.endswith("\\|"))


def _uneven(typed: Sequence[int], width: int, numbers: Sequence[int]) -> tuple[tuple[str, ...], str]:
    """Notes on rows that are shorter or longer than the header, and a fault where too many are."""
    short = [number for cells, number in zip(typed, numbers, strict=True) if cells < width]
    long = [number for cells, number in zip(typed, numbers, strict=True) if cells > width]
    shapes = (("cells missing from the row", short), ("cells beyond the header cut from the row", long))
    notes = [f"{what} at line {_some(found)}" for what, found in shapes if found]
    missing = sum(width - cells for cells in typed if cells < width)
    fault = f"rows of the table lack {missing:,} cells in all" if missing > _PAD_LIMIT else ""
    return tuple(notes), fault


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:5])
    return f"{shown} and {len(numbers) - 5} more" if len(numbers) > 5 else shown


def _html(tokens: Iterable[Token]) -> Iterator[Grid]:
    for token in tokens:
        if token.type == "html_block":
            yield from find_tables(token.content, _line(token))[1]


READER = Reader(
    name="markdown",
    title="Markdown",
    suffixes=(".md", ".markdown"),
    read=read,
    lists=lists,
    options=("header", "names"),
    takes_pattern=True,
    section=section,
)
