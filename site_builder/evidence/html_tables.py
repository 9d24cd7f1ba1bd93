"""The tables and headings of an HTML text, as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from site_builder.evidence.document import Grid, Heading, slugs

_SILENT = {"script", "style", "template", "noscript"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPAN_LIMIT, _CELL_LIMIT, _TABLE_DEPTH = 1_000, 1_000_000, 20
_BREAKS = {"br", "p", "div", "li"}


def find_tables(text: str, first: int = 1) -> tuple[tuple[Heading, ...], tuple[Grid, ...]]:
    """The headings and the tables in order of their lines; `first` is the line on which the text begins.

    A cell over several rows or columns stands in each of them. A table inside a cell is a table of its own.
    """
    parser = _Tables(first)
    parser.feed(text)
    parser.close()
    grids = tuple(sorted((_grid(table) for table in parser.tables if table.rows), key=lambda grid: grid.line))
    names = slugs([heading.title for heading in parser.headings])
    headings = tuple(
        Heading(heading.level, heading.title, (*heading.names, name), heading.line)
        for heading, name in zip(parser.headings, names, strict=True)
    )
    return headings, grids


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


class _Tables(HTMLParser):
    """Collects cells while tags go by; `stack` holds the tables that are open."""

    def __init__(self, first: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.headings: list[Heading] = []
        self._stack: list[_Table] = []
        self._silent = ""
        self._heading: tuple[int, str, int, list[str]] | None = None
        self._first = first

    def _line(self) -> int:
        return self.getpos()[0] + self._first - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _SILENT:
            self._silent = tag
        elif tag in _HEADINGS:
            self._heading = (_HEADINGS[tag], given.get("id") or "", self._line(), [])
        elif tag == "table" and len(self._stack) < _TABLE_DEPTH:
            self.tables.append(_Table(given.get("id") or ""))
            self._stack.append(self.tables[-1])
        elif self._stack and tag == "tr":
            self._stack[-1].rows.append([])
            self._stack[-1].is_open = False
        elif self._stack and tag in ("td", "th"):
            self._open_cell(tag, given)
        elif tag in _BREAKS:
            self.handle_data(" ")

    def _open_cell(self, tag: str, given: dict[str, str | None]) -> None:
        table = self._stack[-1]
        if not table.rows:
            table.rows.append([])
        spans = _span(given.get("colspan")), _span(given.get("rowspan"))
        table.rows[-1].append(_Cell(self._line(), tag == "th", *spans))
        table.is_open = True

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _HEADINGS and self._heading is not None:
            level, name, line, pieces = self._heading
            title = " ".join("".join(pieces).split())
            self.headings.append(Heading(level, title, (name,) if name else (), line))
            self._heading = None
        elif self._stack and tag == "table":
            self._stack.pop()
        elif self._stack and tag in ("td", "th", "tr"):
            self._stack[-1].is_open = False

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._heading is not None:
            self._heading[3].append(data)
        if self._stack and self._stack[-1].is_open:
            self._stack[-1].rows[-1][-1].pieces.append(data)


def _span(text: str | None) -> int:
    is_count = text is not None and text.isascii() and text.isdigit() and len(text) < 6
    return max(1, min(int(text or 1), _SPAN_LIMIT)) if is_count else 1


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
