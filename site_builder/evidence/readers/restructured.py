"""reStructuredText tables: grids, simple tables, ``csv-table`` and ``list-table``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from site_builder.evidence import document
from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.document import Document, Grid, Heading
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

if TYPE_CHECKING:  # the parser is imported when a file is read
    from docutils import nodes

_SIZE_LIMIT = 1_000_000
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "syntax_highlight": "none",
    "doctitle_xform": False,
    "smart_quotes": False,
    "line_length_limit": 100_000,
}


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """The table at a place, its numbers typeset."""
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
    """The headings and tables of the file. Nothing it names is opened, and no HTML in it is kept."""
    text = decode(source, options)
    if len(text) > _SIZE_LIMIT:
        raise Mistake(
            "E-SIZE", f"{source.path} is too large for reStructuredText", None, "keep tables as CSV"
        )
    tree = _tree(text, source.path)
    return Document(source.path, tuple(_headings(tree)), tuple(_tables(tree)))


def _tree(text: str, path: str) -> nodes.document:
    from docutils.core import publish_doctree
    from docutils.parsers.rst import Directive, directives, roles

    # A file may define roles, which the parser would keep for the next one; and no file sees the clock.
    registries: list[dict[str, object]] = [vars(roles)["_roles"], vars(directives)["_directives"]]
    known = [dict(registry) for registry in registries]
    directives.register_directive("date", Directive)
    try:
        return publish_doctree("\n".join(split_lines(text)), settings_overrides=_SETTINGS)
    except (Exception, RecursionError) as error:  # the parser is old and raises what it likes on odd input
        message = f"{path} cannot be read as reStructuredText: {type(error).__name__}"
        raise Mistake("E-TABLE", message, None, "look for an unfinished table or directive") from None
    finally:
        for registry, before in zip(registries, known, strict=True):
            registry.clear()
            registry.update(before)


def _headings(tree: nodes.document) -> Iterator[Heading]:
    from docutils import nodes

    for part in tree.findall(nodes.section):
        title = part.next_node(nodes.title)
        if title is None:
            continue
        level, above = 1, part.parent
        while above is not None and above is not tree:
            level, above = level + 1, above.parent
        text = " ".join(title.astext().split())
        names = dict.fromkeys((*part["ids"], *part["names"], document.slug(text)))
        yield Heading(level, text, tuple(names), max(1, (title.line or part.line or 2) - 1))


def _tables(tree: nodes.document) -> Iterator[Grid]:
    from docutils import nodes

    last = 1
    for table in tree.findall(nodes.table):
        grid = _grid(table, last)
        last = max(last, grid.line)
        yield grid


def _grid(table: nodes.table, last: int) -> Grid:
    from docutils import nodes

    rows = list(table.findall(nodes.row))
    heads = sum(isinstance(row.parent, nodes.thead) for row in rows)
    width = max((int(group["cols"]) for group in table.findall(nodes.tgroup)), default=1)
    texts, is_spread = _placed(rows, width)
    start = next((line for line in map(_line, rows) if line), last)
    lines = []
    for row in rows:
        start = max(start, _line(row) or start)
        lines.append(start)
    notes = ("cells over several rows or columns stand in each of them",) if is_spread else ()
    return Grid(
        "table", texts, tuple(lines), heads, tuple(dict.fromkeys((*table["ids"], *table["names"]))), notes
    )


def _placed(rows: list[nodes.row], width: int) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The texts by row and column, each spread over the rows and columns that its cell spans."""
    from docutils import nodes

    grid: list[dict[int, str]] = [{} for _ in rows]
    is_spread = False
    for number, row in enumerate(rows):
        column = 0
        for entry in row.findall(nodes.entry):
            while column in grid[number]:
                column += 1
            down, across = int(entry.get("morerows", 0)), int(entry.get("morecols", 0))
            is_spread = is_spread or down > 0 or across > 0
            text = " ".join(entry.astext().encode("utf-8", "replace").decode("utf-8").split())
            spanned = range(column, min(column + across + 1, width))
            for below in range(number, min(number + down + 1, len(rows))):
                grid[below].update(dict.fromkeys(spanned, text))
            column += across + 1
    return tuple(tuple(filled.get(n, "") for n in range(width)) for filled in grid), is_spread


def _line(row: nodes.row) -> int:
    """The line of the first cell that knows its line, 0 if none does."""
    from docutils import nodes

    return next((int(text.line) for text in row.findall(nodes.paragraph) if text.line), 0)


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
