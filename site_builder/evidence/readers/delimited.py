"""Comma-, tab- and otherwise separated text: rectangular, or an error that says where it is not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from site_builder.evidence.decoding import decode
from site_builder.evidence.heading import titles
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake, Place, counted

_CANDIDATES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_SAMPLE_CHARACTERS, _SAMPLE_ROWS = 65_536, 20
_CELL_LIMIT = 131_072
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
    delimiter, notes = _delimiter(text, source, options)
    lines = _Lines(text, options)
    records = list(_records(lines, delimiter, options, source.path))
    if not records:
        hint = "it needs a header row, even with no rows"
        raise Mistake("E-CSV", f"{source.path} is empty", Place(source.path), hint)
    return _sheet(records, options, source.path, (*notes, *lines.notes()))


def lists(source: SourceFile, options: Options) -> tuple[str, ...]:
    """No places: the file is one table."""
    return ()


class _Lines:
    """The file's lines for the CSV parser, which asks for as many as a record needs.

    Before a record, blank and comment lines are passed over; `start` and `first` are the number and the text
    of the record's first line.
    """

    def __init__(self, text: str, options: Options) -> None:
        self._lines = StringIO(text, newline="")
        self._comment = options.comment
        self._blank = self._pending = self._comments = 0
        self._is_between = True
        self.number, self.start, self.first = 0, 0, ""
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
                self._begin(line)
                return line
        raise StopIteration

    def _begin(self, line: str) -> None:
        self.start, self.first, self._is_between = self.number, line, False
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


def _records(
    lines: _Lines, delimiter: str, options: Options, path: str
) -> Iterator[tuple[int, str, list[str]]]:
    """Each record with the number and the text of its first line."""
    parser = _parser(lines, delimiter, options, strict=True)
    while True:
        lines.between()
        try:
            cells = next(parser)
        except StopIteration:
            return
        except csv.Error as error:
            raise _malformed(str(error), lines, path) from None
        yield lines.start, lines.first, cells


def _parser(lines: Iterable[str], delimiter: str, options: Options, *, strict: bool) -> Iterator[list[str]]:
    csv.field_size_limit(_CELL_LIMIT)
    if options.quote == "none":
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=strict)
    if options.quote in (delimiter, " "):
        message = f"{options.quote!r} cannot be the quote where {delimiter!r} parts the cells"
        raise Mistake("E-OPTION", message, None, "choose another, or declare `quote: none`", "quote")
    return csv.reader(lines, delimiter=delimiter, quotechar=options.quote, strict=strict)


def _malformed(reason: str, lines: _Lines, path: str) -> Mistake:
    place = Place(path, lines.start, 0, 1, lines.first)
    if "unexpected end" in reason or "field limit" in reason:
        message = f"a quote that opens in the row at line {lines.start} is not closed"
        if "field limit" in reason:
            message = (
                f"a cell of more than {_CELL_LIMIT:,} characters begins in the row at line {lines.start}"
            )
        hint = "close the quote, double one that is meant as a character, or declare `quote: none`"
        return Mistake("E-CSV", message, place, hint)
    message = f"after a closing quote comes more text, in the row at line {lines.start}"
    hint = 'write a quote inside a quoted cell twice (""), or declare `quote: none`'
    return Mistake("E-CSV", message, place, hint)


def _sheet(
    records: list[tuple[int, str, list[str]]], options: Options, path: str, notes: tuple[str, ...]
) -> Sheet:
    count = 1 if options.header is None else options.header
    head, body = records[:count], records[count:]
    if len(head) < count:
        rows = counted(len(head), "row")
        message = f"{path} has {rows}, fewer than the {counted(count, 'header row')} declared"
        raise Mistake("E-CSV", message, Place(path), "declare fewer, or complete the file")
    width = _width(head, body, options)
    first = records[0]
    place = Place(path, first[0], 0, 1, first[1])
    header, made_up = titles([cells for _, _, cells in head], width, options, place)
    rows = [_fitted(record, width, header, options, path) for record in body]
    padded = sum(len(cells) < width for _, _, cells in body)
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * width
    columns, trimmed = _trimmed(columns, header, options)
    notes += (f"{counted(padded, 'short row')} filled up with empty cells, as declared",) if padded else ()
    notes += _looks_like_data(head, options)
    lines = [line for line, _, _ in body]
    return Sheet(header, columns, lines, (None,) * width, False, notes + made_up + trimmed)


def _width(
    head: list[tuple[int, str, list[str]]], body: list[tuple[int, str, list[str]]], options: Options
) -> int:
    """How many columns there are: as many as the header, the declared names, or else the first row has."""
    if head and not options.names:
        return max(len(cells) for _, _, cells in head)
    first = len(body[0][2]) if body else len(options.names)
    return len(options.names) if options.ragged and first < len(options.names) else first


def _fitted(
    record: tuple[int, str, list[str]], width: int, header: tuple[str, ...], options: Options, path: str
) -> list[str]:
    line, text, cells = record
    if len(cells) == width:
        return cells
    if len(cells) < width and options.ragged == "pad":
        return cells + [""] * (width - len(cells))
    has = f"the row at line {line} has {counted(len(cells), 'cell')}"
    message = f"{has}; the table has {counted(width, 'column')}"
    if text.startswith(_TORN):
        hint = "the line is left over from an unfinished merge: choose one of the two versions"
    elif text.startswith(_COMMENTS) and not options.comment:
        hint = f"if the line is a comment, declare `comment: '{text[0]}'`"
    elif width == 1 and header[0].startswith(_COMMENTS) and not options.comment:
        hint = f"if the first line is a comment, declare `comment: '{header[0][0]}'`"
    elif len(cells) > width:
        surplus = f"the first cell too many is {cells[width][:40]!r}"
        hint = f"{surplus}: quote a cell that holds the delimiter; lines above the table are declared as `skip: N`"
    else:
        missing = header[len(cells)]
        hint = f"the first cell missing is {missing!r}; if short rows are meant, declare `ragged: pad`"
    raise Mistake("E-CSV", message, Place(path, line, 0, 1, text), hint)


_COMMENTS = ("#", "%", "//")


def _trimmed(
    columns: tuple[tuple[str, ...], ...], header: tuple[str, ...], options: Options
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The columns without the spaces that only align them, and a note that names them."""
    is_padded = [options.trim or _is_padded(column) for column in columns]
    padded = [title for title, is_wide in zip(header, is_padded, strict=True) if is_wide]
    if not padded:
        return columns, ()
    kept = tuple(
        tuple(cell.strip(" \t") for cell in column) if is_wide else column
        for column, is_wide in zip(columns, is_padded, strict=True)
    )
    names = ", ".join(padded[:8]) + (", …" if len(padded) > 8 else "")
    return kept, (f"spaces around the cells of {names} are left out",)


def _is_padded(column: tuple[str, ...]) -> bool:
    """Whether every cell of two or more begins or ends with a space: alignment, not content."""
    return len(column) > 1 and any(column) and all(cell != cell.strip(" ") for cell in column if cell)


def _looks_like_data(head: list[tuple[int, str, list[str]]], options: Options) -> tuple[str, ...]:
    cells = [cell.strip() for _, _, row in head for cell in row]
    numeric = [cell for cell in cells if cell.lstrip("+-").replace(".", "", 1).isdigit()]
    if options.names or len(head) != 1 or 2 * len(numeric) <= len(cells):
        return ()
    return ("most of the header row are numbers; if the file has no header, declare `header: 0` and `names`",)


def _delimiter(text: str, source: SourceFile, options: Options) -> tuple[str, tuple[str, ...]]:
    """The delimiter, and a note if it is a guess other than the one the file's ending means."""
    if options.delimiter:
        return options.delimiter, ()
    is_tabbed = options.format == "tsv" or source.path.removesuffix(".gz").endswith((".tsv", ".tab"))
    usual = "\t" if is_tabbed else ","
    sample = _sample(text, options)
    widths = {candidate: _even_width(sample, candidate, options) for candidate in _CANDIDATES}
    if widths[usual] > 1:
        return usual, ()
    best = max(widths, key=lambda candidate: widths[candidate])
    if widths[best] <= 1:
        return usual, ()
    return best, (f"the cells are separated by {_CANDIDATES[best]}s, judging by the first rows",)


def _sample(text: str, options: Options) -> list[str]:
    """The lines, ends and all, from which a delimiter may be guessed."""
    lines = list(StringIO(text[:_SAMPLE_CHARACTERS], newline=""))[options.skip :]
    lines = lines[:-1] if len(text) > _SAMPLE_CHARACTERS else lines
    comment = options.comment or "\n"  # no line begins with its own end
    return [line for line in lines if line.strip() and not line.startswith(comment)]


def _even_width(sample: list[str], delimiter: str, options: Options) -> int:
    """How many cells each of the first rows has, 0 if they differ."""
    try:
        parser = _parser(sample, delimiter, options, strict=False)
        widths = {len(cells) for _, cells in zip(range(_SAMPLE_ROWS), parser, strict=False)}
    except csv.Error:
        return 0
    return widths.pop() if len(widths) == 1 else 0


READER = Reader(
    name="csv",
    title="separated values",
    suffixes=(".csv", ".tsv", ".tab"),
    read=read,
    lists=lists,
    options=("skip", "comment", "delimiter", "quote", "header", "names", "ragged", "trim"),
    takes_pattern=True,
)
