"""Comma-, tab- and otherwise separated text: rectangular, or an error that says where it is not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from site_builder.evidence.decoding import decode
from site_builder.evidence.delimiters import CELL_LIMIT, delimiter_of, parser_of
from site_builder.evidence.heading import titles
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake, Place, counted

_CHUNK = 250  # fewer rows than make the garbage collector look at them
_WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_TORN = ("<<<<<<< ", "=======", ">>>>>>> ")


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """The rows of the file, every cell as typed.

    The delimiter is the declared one, else the ending's own if the first rows bear it out, else the one of
    comma, semicolon, tab and pipe that they do; notes say so. Raises Mistake E-CSV with the line.
    """
    if inside:
        message = f"{source.path} is one table and has no places in it"
        raise Mistake("E-PLACE", message, None, f"leave out #{inside}")
    text = decode(source, options)
    if _WEB_PAGE.match(text):
        message = f"{source.path} is a web page, not a table"
        hint = "download the file that the page shows, or declare `format: html` for a table in the page"
        raise Mistake("E-CSV", message, Place(source.path), hint)
    delimiter, notes = delimiter_of(text, source, options)
    plain = _plain(text, delimiter, options, source.path)
    if plain is not None:
        return _sheet(plain, options, notes)
    lines = _Lines(text, options)
    records = _records(lines, delimiter, options, source.path)
    if not records.rows:
        hint = "it needs a header row, even with no rows"
        raise Mistake("E-CSV", f"{source.path} is empty", Place(source.path), hint)
    return _sheet(_rectangle(records, options), options, (*notes, *lines.notes()))


def lists(source: SourceFile, options: Options) -> tuple[str, ...]:
    """No places: the file is one table."""
    return ()


@dataclass(frozen=True, slots=True)
class _Records:
    """The cells of each record, and the number of its first line in the text of the file at `path`."""

    path: str
    text: str
    rows: list[list[str]]
    numbers: Sequence[int]

    def place(self, record: int) -> Place:
        """Where a record begins."""
        return _place(self.path, self.text, self.numbers[record])


def _place(path: str, text: str, number: int) -> Place:
    """A line of a text, found only when there is something to say of it."""
    line = next(islice(StringIO(text, newline=""), number - 1, None), "")
    return Place(path, number, 0, 1, line)


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """Header rows and columns, the number of each row's line, where the file begins, and rows filled up."""

    head: list[list[str]]
    columns: Sequence[Sequence[str]]
    numbers: Sequence[int]
    start: Place
    padded: int = 0


def _plain(text: str, delimiter: str, options: Options, path: str) -> _Rectangle | None:
    """A file that has a record on every line, all equally wide; None for any other file.

    Large files are so, and need none of the care that `_Lines` takes; a few rows at a time turn into columns, so
    that there is never a list for every row.
    """
    count = _header_rows(options)
    if options.skip or options.comment or delimiter == " " or count > _CHUNK:
        return None
    parser = parser_of(StringIO(text, newline=""), delimiter, options, strict=True)
    head: list[list[str]] = []
    columns: list[list[str]] = []
    rows = 0
    try:
        while chunk := list(islice(parser, _CHUNK)):
            if rows == 0:
                head, columns = chunk[:count], [[] for _ in chunk[0]]
            if len(columns) < 2 or set(map(len, chunk)) != {len(columns)}:
                return None
            for column, cells in zip(columns, zip(*chunk, strict=True), strict=True):
                column.extend(cells if rows else cells[count:])
            rows += len(chunk)
    except csv.Error:
        return None
    if rows < max(1, count) or parser.line_num != rows:
        return None
    numbers = range(count + 1, rows + 1)
    return _Rectangle(head, tuple(map(tuple, columns)), numbers, _place(path, text, 1))


def _header_rows(options: Options) -> int:
    return 1 if options.header is None else options.header


class _Lines:
    """The file's lines for the CSV parser, which asks for as many as a record needs.

    Before a record, blank and comment lines are passed over; `start` is the number of the record's first line.
    """

    def __init__(self, text: str, options: Options) -> None:
        self.text = text
        self._lines = StringIO(text, newline="")
        self._comment = options.comment
        self._blank = self._pending = self._comments = 0
        self._is_between = True
        self.number, self.start = 0, 0
        self.skipped = [line for _, line in zip(range(options.skip), self._lines, strict=False)]
        self.number = len(self.skipped)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            self.number += 1
            if not self._is_between:
                return line
            if self._comment and line.startswith(self._comment):
                self._comments += 1
            elif not line.strip(" \r\n"):
                self._pending += 1
            else:
                self._begin()
                return line
        raise StopIteration

    def _begin(self) -> None:
        self.start, self._is_between = self.number, False
        self._blank, self._pending = self._blank + self._pending, 0

    def between(self) -> None:
        """Marks the end of a record."""
        self._is_between = True

    def notes(self) -> tuple[str, ...]:
        """What was passed over; blank lines at the end of the file are not worth a word."""
        counts = (
            (len(self.skipped), "declared line", "before the table"),
            (self._comments, "comment line", f"beginning with {self._comment}"),
            (self._blank, "blank line", ""),
        )
        return tuple(
            " ".join(filter(None, (counted(count, noun), where, "passed over")))
            for count, noun, where in counts
            if count
        )


def _records(lines: _Lines, delimiter: str, options: Options, path: str) -> _Records:
    parser = parser_of(lines, delimiter, options, strict=True)
    rows: list[list[str]] = []
    numbers: list[int] = []
    try:
        for cells in parser:
            rows.append(cells)
            numbers.append(lines.start)
            lines.between()
    except csv.Error as error:
        raise _malformed(str(error), lines, path) from None
    return _Records(path, lines.text, rows, numbers)


def _malformed(reason: str, lines: _Lines, path: str) -> Mistake:
    place = _place(path, lines.text, lines.start)
    if "unexpected end" in reason or "field limit" in reason:
        message = f"a quote that opens in the row at line {lines.start} is not closed"
        if "field limit" in reason:
            message = f"a cell of more than {CELL_LIMIT:,} characters begins in the row at line {lines.start}"
        hint = "close the quote, double one that is meant as a character, or declare `quote: none`"
        return Mistake("E-CSV", message, place, hint)
    message = f"after a closing quote comes more text, in the row at line {lines.start}"
    hint = 'write a quote inside a quoted cell twice (""), or declare `quote: none`'
    return Mistake("E-CSV", message, place, hint)


def _rectangle(records: _Records, options: Options) -> _Rectangle:
    """The records as columns; raises `Mistake` for one that is too wide or too narrow."""
    count, rows = _header_rows(options), records.rows
    if len(rows) < count:
        declared = counted(count, "header row")
        message = f"{records.path} has {counted(len(rows), 'row')}, fewer than the {declared} declared"
        raise Mistake("E-CSV", message, Place(records.path), "declare fewer, or complete the file")
    head, body = rows[:count], rows[count:]
    width = _width(head, body, options)
    header, _ = titles(head, width, options, records.place(0))
    padded = sum(len(cells) < width for cells in body)
    fitted = [_fitted(records, count + i, header, options) for i in range(len(body))]
    columns = tuple(zip(*fitted, strict=True)) if fitted else ((),) * width
    return _Rectangle(head, columns, records.numbers[count:], records.place(0), padded)


def _sheet(table: _Rectangle, options: Options, notes: tuple[str, ...]) -> Sheet:
    width = len(table.columns)
    header, made_up = titles(table.head, width, options, table.start)
    columns, trimmed = _trimmed(table.columns, header, options)
    filled = f"{counted(table.padded, 'short row')} filled up with empty cells, as declared"
    notes += (filled,) if table.padded else ()
    notes += _looks_like_data(table.head, options)
    return Sheet(header, columns, table.numbers, (None,) * width, False, notes + made_up + trimmed)


def _width(head: list[list[str]], body: list[list[str]], options: Options) -> int:
    """How many columns there are: as many as the header, the declared names, or else the first row has."""
    if head and not options.names:
        return max(map(len, head))
    first = len(body[0]) if body else len(options.names)
    return len(options.names) if options.ragged and first < len(options.names) else first


def _fitted(records: _Records, record: int, header: tuple[str, ...], options: Options) -> list[str]:
    cells, width = records.rows[record], len(header)
    if len(cells) == width:
        return cells
    if len(cells) < width and options.ragged == "pad":
        return cells + [""] * (width - len(cells))
    place = records.place(record)
    has = f"the row at line {place.line} has {counted(len(cells), 'cell')}"
    message = f"{has}; the table has {counted(width, 'column')}"
    if place.text.startswith(_TORN):
        hint = "the line is left over from an unfinished merge: choose one of the two versions"
    elif place.text.startswith(_COMMENTS) and not options.comment:
        hint = f"if the line is a comment, declare `comment: '{place.text[0]}'`"
    elif width == 1 and header[0].startswith(_COMMENTS) and not options.comment:
        hint = f"if the first line is a comment, declare `comment: '{header[0][0]}'`"
    elif len(cells) > width:
        surplus = f"the first cell too many is {cells[width][:40]!r}"
        hint = f"{surplus}: quote a cell that holds the delimiter; lines above the table are declared as `skip: N`"
    else:
        missing = header[len(cells)]
        hint = f"the first cell missing is {missing!r}; if short rows are meant, declare `ragged: pad`"
    raise Mistake("E-CSV", message, place, hint)


_COMMENTS = ("#", "%", "//")


def _trimmed(
    columns: Sequence[Sequence[str]], header: tuple[str, ...], options: Options
) -> tuple[tuple[Sequence[str], ...], tuple[str, ...]]:
    """The columns without the spaces that only align them, and a note that names them."""
    is_padded = [options.trim or _is_padded(column) for column in columns]
    padded = [title for title, is_wide in zip(header, is_padded, strict=True) if is_wide]
    if not padded:
        return tuple(columns), ()
    kept = tuple(
        tuple(cell.strip(" \t") for cell in column) if is_wide else column
        for column, is_wide in zip(columns, is_padded, strict=True)
    )
    names = ", ".join(padded[:8]) + (", …" if len(padded) > 8 else "")
    return kept, (f"spaces around the cells of {names} are left out",)


def _is_padded(column: Sequence[str]) -> bool:
    """Whether every cell of two or more begins or ends with a space: alignment, not content."""
    return len(column) > 1 and any(column) and all(cell != cell.strip(" ") for cell in column if cell)


def _looks_like_data(head: list[list[str]], options: Options) -> tuple[str, ...]:
    cells = [cell.strip() for row in head for cell in row]
    numeric = [cell for cell in cells if cell.lstrip("+-").replace(".", "", 1).isdigit()]
    if options.names or len(head) != 1 or 2 * len(numeric) <= len(cells):
        return ()
    return ("most of the header row are numbers; if the file has no header, declare `header: 0` and `names`",)


READER = Reader(
    name="csv",
    title="separated values",
    suffixes=(".csv", ".tsv", ".tab"),
    read=read,
    lists=lists,
    options=("skip", "comment", "delimiter", "quote", "header", "names", "ragged", "trim"),
    takes_pattern=True,
)
