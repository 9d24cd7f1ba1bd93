"""The tables and headings of an HTML text, as a person reads them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.evidence.document import Grid, Heading, slugs
from site_builder.evidence.html_tokens import Token, tokens

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPAN_LIMIT, _CELL_LIMIT, _TABLE_DEPTH = 1_000, 1_000_000, 20
_BREAKS = {"br", "p", "div", "li"}


def find_tables(text: str, first: int = 1) -> tuple[tuple[Heading, ...], tuple[Grid, ...]]:
    """The headings and the tables in order of their lines; `first` is the line on which the text begins.

    A cell over several rows or columns stands in each of them. A table inside a cell is a table of its own.
    """
    ends = [n for n, c in enumerate(text) if c == "\n"]
    page = _Page()
    for token in tokens(text):
        page.take(token, first + bisect_right(ends, token.offset - 1))
    names = slugs([heading.title for heading in page.headings])
    headings = tuple(
        Heading(heading.level, heading.title, (*heading.names, name), heading.line)
        for heading, name in zip(page.headings, names, strict=True)
    )
    return headings, tuple(_grid(table) for table in page.tables if any(table.rows))


@dataclass(slots=True)
class _Cell:
    line: int
    is_head: bool
    columns: int
    rows: int
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    name: str
    rows: list[list[_Cell]] = field(default_factory=list)
    is_open: bool = False  # whether text goes into the last cell


class _Page:
    """Collects headings and cells while tokens go by; `_open` holds the tables that are not closed yet."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.headings: list[Heading] = []
        self._open: list[_Table] = []
        self._heading: tuple[int, str, int, list[str]] | None = None

    def take(self, token: Token, line: int) -> None:
        """Takes in one token, which stands on `line`."""
        name = token.name
        if not name or name in _BREAKS:
            self._text(token.text or " ")
        elif name in _HEADINGS:
            self._heading = (_HEADINGS[name], token.attributes.get("id", ""), line, [])
        elif name.startswith("/h") and self._heading is not None:
            self._end_heading()
        elif name == "table" and len(self._open) < _TABLE_DEPTH:
            self.tables.append(_Table(token.attributes.get("id", "")))
            self._open.append(self.tables[-1])
        elif self._open:
            self._table_part(name, token.attributes, line)

    def _table_part(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        table = self._open[-1]
        if name == "/table":
            self._open.pop()
        elif name == "tr":
            table.rows.append([])
            table.is_open = False
        elif name in ("td", "th"):
            if not table.rows:
                table.rows.append([])
            spans = _span(attributes.get("colspan", "")), _span(attributes.get("rowspan", ""))
            table.rows[-1].append(_Cell(line, name == "th", *spans))
            table.is_open = True
        elif name in ("/td", "/th", "/tr"):
            table.is_open = False

    def _end_heading(self) -> None:
        if self._heading is not None:
            level, name, line, pieces = self._heading
            title = " ".join("".join(pieces).split())
            self.headings.append(Heading(level, title, (name,) if name else (), line))
            self._heading = None

    def _text(self, text: str) -> None:
        if self._heading is not None:
            self._heading[3].append(text)
        if self._open and self._open[-1].is_open:
            self._open[-1].rows[-1][-1].pieces.append(text)


def _span(text: str) -> int:
    is_count = text.isascii() and text.isdigit() and len(text) < 6
    return max(1, min(int(text), _SPAN_LIMIT)) if is_count else 1


def _grid(table: _Table) -> Grid:
    rows = [row for row in table.rows if row]
    placed, fault = _placed(rows)
    width = max((len(row) for row in placed), default=0)
    full = tuple(tuple(cell or "" for cell in row + [None] * (width - len(row))) for row in placed)
    heads = next((n for n, row in enumerate(rows) if not all(cell.is_head for cell in row)), len(rows))
    notes: tuple[str, ...] = (
        ("cells over several rows or columns stand in each of them",) if _spans(rows) else ()
    )
    uneven = any(len(row) != width or None in row for row in placed)
    notes += ("short rows are filled up with empty cells",) if uneven else ()
    lines = tuple(row[0].line for row in rows)
    return Grid(
        "html", full or (("",),), lines or (0,), heads, (table.name,) if table.name else (), notes, fault
    )


def _spans(rows: list[list[_Cell]]) -> bool:
    return any(cell.columns > 1 or cell.rows > 1 for row in rows for cell in row)


def _placed(rows: list[list[_Cell]]) -> tuple[list[list[str | None]], str]:
    """The texts by row and column, spans spread out; a fault if they would take too much room."""
    area = sum(cell.columns * min(cell.rows, len(rows)) for row in rows for cell in row)
    if area > _CELL_LIMIT:
        return [[""]] * len(rows), f"the table spreads over {area:,} cells; at most {_CELL_LIMIT:,} are read"
    grid: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            text = " ".join("".join(cell.pieces).split())
            for below in range(number, min(number + cell.rows, len(rows))):
                for across in range(column, column + cell.columns):
                    grid[below].setdefault(across, text)
            column += cell.columns
    return [[filled.get(n) for n in range(max(filled, default=0) + 1)] for filled in grid], ""
