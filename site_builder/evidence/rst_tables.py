"""The headings and tables of a reStructuredText text, found line by line; nothing else in it is interpreted.

The shapes of grid and simple tables are read by docutils' table parser, which sees one block of lines at a time
and knows of no directives, files or links.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.evidence.document import Grid, Heading, slug

_BLOCK_LIMIT, _LINE_LIMIT, _CELL_LIMIT = 200_000, 10_000, 1_000_000
_GRID = re.compile(r"\s*\+-[-+]*-\+\s*")
_SIMPLE = re.compile(r"\s*=+(?: +=+)+\s*")
_ADORNMENT = re.compile(r"([!-/:-@[-`{-~])\1*\s*")
_DIRECTIVE = re.compile(r"\s*\.\. (?P<name>[\w:-]+)::\s*(?P<title>.*)")
_OPTION = re.compile(r"\s*:(?P<name>[\w-]+):\s*(?P<value>.*)")
_TARGET = re.compile(r"\s*\.\. _(?P<name>[^:`]+|`[^`]+`):\s*")
_LITERAL = ("code", "code-block", "sourcecode", "parsed-literal", "raw", "math", "prompt", "doctest")

# Markup inside a line, each kind to what a person reads of it; lengths are bounded, so that time is too.
_INLINE = re.compile(
    r"``(?P<literal>[^`]{1,2000})``|:[\w:+.-]{1,60}:`(?P<role>[^`<]{1,500}?)(?:\s*<[^`<>]{1,500}>)?`"
    r"|`(?P<link>[^`<]{1,500}?)(?:\s*<[^`<>]{1,500}>)?`_{0,2}|\*\*(?P<strong>[^*]{1,2000})\*\*"
    r"|(?<![\w*])\*(?P<emphasis>[^*\s](?:[^*]{0,2000}[^*\s])?)\*(?![\w*])|\|(?P<sub>[^|\s][^|]{0,200})\|_{0,2}"
    r"|(?P<reference>\b\w{1,200})_{1,2}(?!\w)|\\(?P<escape>.?)"
)


def plain(text: str) -> str:
    """A cell or title as a person reads it, without the marks of emphasis, literals, roles and links."""
    shown = _INLINE.sub(lambda m: next((group for group in m.groups() if group is not None), ""), text)
    return " ".join(shown.split())


def find_headings(lines: Sequence[str]) -> tuple[Heading, ...]:
    """The section titles: a line underlined, or between two such lines, levels in order of first use."""
    styles: list[tuple[str, bool]] = []
    found: list[Heading] = []
    for number, line in enumerate(lines[1:], 1):
        title = lines[number - 1]
        if not _underlines(line, title):
            continue
        has_over = number > 1 and lines[number - 2].rstrip() == line.rstrip()
        style = (line[0], has_over)
        if style not in styles:
            styles.append(style)
        text = plain(title)
        names = tuple(dict.fromkeys((_docutils_name(text), slug(text))))
        found.append(Heading(styles.index(style) + 1, text, names, number))
    return tuple(found)


def _underlines(line: str, title: str) -> bool:
    width = len(line.rstrip())
    if not _ADORNMENT.fullmatch(line) or not title.strip() or _ADORNMENT.fullmatch(title):
        return False
    return title[0] != " " and width >= min(len(title.rstrip()), 4)


def _docutils_name(text: str) -> str:
    """The name that documentation tools link a heading by: ``json-serialization-large-data``."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands above a block: its directive, the directive's title and options, and the targets on it."""

    directive: str = ""
    title: str = ""
    options: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()


def find_grids(lines: Sequence[str]) -> tuple[Grid, ...]:
    """Every table: grids, simple tables, ``csv-table`` and ``list-table``. Literal blocks are left alone."""
    grids: list[Grid] = []
    names: tuple[str, ...] = ()
    at = 0
    while at < len(lines):
        line = lines[at]
        target, directive = _TARGET.fullmatch(line), _DIRECTIVE.fullmatch(line)
        if target:
            names += (target["name"].strip("`"),)
        elif directive and directive["name"] in _LITERAL:
            at = _block_end(lines, at)
            continue
        elif directive and directive["name"] in ("csv-table", "list-table"):
            end = _block_end(lines, at)
            grids.append(_directive_grid(directive["name"], directive["title"], lines, at, end, names))
            at, names = end, ()
            continue
        elif directive and directive["name"] == "table":
            names += (*_named(directive["title"]), *_option_names(lines, at))
        elif line.rstrip().endswith("::") and not directive:
            at = _block_end(lines, at)
            continue
        elif _GRID.fullmatch(line) or _SIMPLE.fullmatch(line):
            end = _grid_end(lines, at) if _GRID.fullmatch(line) else _simple_end(lines, at)
            if end - at > 2:
                grids.append(_drawn_grid(lines[at:end], at + 1, names))
                at, names = end, ()
                continue
        elif line.strip() and not _OPTION.fullmatch(line):
            names = ()
        at += 1
    return tuple(grids)


def _named(title: str) -> tuple[str, ...]:
    text = plain(title)
    return tuple(dict.fromkeys((text, slug(text)))) if text else ()


def _option_names(lines: Sequence[str], at: int) -> tuple[str, ...]:
    return tuple(value for name, value in _options(lines, at + 1)[0] if name == "name")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block_end(lines: Sequence[str], at: int) -> int:
    """The line after the indented block that belongs to line `at`."""
    base, end = _indent(lines[at]), at + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > base):
        end += 1
    return end


def _grid_end(lines: Sequence[str], at: int) -> int:
    end = at
    while end < len(lines) and lines[end].strip()[:1] in ("+", "|") and lines[end].strip()[-1:] in ("+", "|"):
        end += 1
    return end


def _simple_end(lines: Sequence[str], at: int) -> int:
    """The line after a simple table's last rule: its third, or one that a blank line follows."""
    rules = 1
    for number in range(at + 1, len(lines)):
        if not _SIMPLE.fullmatch(lines[number]) or len(lines[number].rstrip()) != len(lines[at].rstrip()):
            continue
        rules += 1
        if rules == 3 or number + 1 == len(lines) or not lines[number + 1].strip():
            return number + 1
    return at


_Spanned = tuple[int, int, int, str]  # rows below, columns to the right, line within the block, text


def _drawn_grid(block: Sequence[str], first: int, names: tuple[str, ...]) -> Grid:
    """A grid or simple table read by its shape."""
    from docutils.parsers.rst import tableparser
    from docutils.statemachine import StringList

    if sum(map(len, block)) > _BLOCK_LIMIT or max(map(len, block)) > _LINE_LIMIT:
        fault = f"the table is larger than {_BLOCK_LIMIT:,} characters; keep it as CSV"
        return Grid("table", (("",),), (first,), 0, names, fault=fault)
    margin = min(_indent(line) for line in block if line.strip())
    shape = StringList([line[margin:].rstrip() for line in block], "table")
    shape.pad_double_width("\0")
    is_grid = block[0].lstrip().startswith("+")
    parser = tableparser.GridTableParser() if is_grid else tableparser.SimpleTableParser()
    try:
        columns, head, body = parser.parse(shape)
    except (tableparser.TableMarkupError, IndexError, ValueError, AssertionError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return Grid("table", (("",),), (first,), 0, names, fault=f"the table is malformed: {reason}")
    rows = [[_cell(cell) for cell in row] for row in (*head, *body)]
    return _spread(rows, len(columns), len(head), first, names)


def _cell(cell: tuple[int, int, int, Sequence[str]] | None) -> _Spanned | None:
    return None if cell is None else (cell[0], cell[1], cell[2], plain(" ".join(cell[3]).replace("\0", "")))


def _spread(
    rows: Sequence[Sequence[_Spanned | None]], width: int, heads: int, first: int, names: tuple[str, ...]
) -> Grid:
    """The grid in which each cell stands in all the rows and columns that it spans."""
    grid = [[""] * width for _ in rows]
    line, lines, is_spread = first, [], False
    for number, row in enumerate(rows):
        starts = [cell[2] for cell in row if cell is not None]
        line = max(line, first + min(starts)) if starts else line
        lines.append(line)
        for column, cell in enumerate(row):
            if cell is None:
                continue
            down, across, _, text = cell
            is_spread = is_spread or down + across > 0
            for below in range(number, min(number + down + 1, len(rows))):
                grid[below][column : column + across + 1] = [text] * (
                    min(column + across + 1, width) - column
                )
    notes = ("cells over several rows or columns stand in each of them",) if is_spread else ()
    return Grid("table", tuple(map(tuple, grid)), tuple(lines), heads, names, notes)


def _options(lines: Sequence[str], at: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """The ``:name: value`` lines from `at` on, and the line after them."""
    found: list[tuple[str, str]] = []
    while at < len(lines) and (option := _OPTION.fullmatch(lines[at])):
        found.append((option["name"], option["value"].strip()))
        at += 1
    return tuple(found), at


def _directive_grid(
    kind: str, title: str, lines: Sequence[str], at: int, end: int, names: tuple[str, ...]
) -> Grid:
    """The table of a ``csv-table`` or ``list-table`` directive, which stands in lines `at` to `end`."""
    options, start = _options(lines, at + 1)
    declared = dict(options)
    names += (*_named(title), *((declared["name"],) if "name" in declared else ()))
    if "file" in declared or "url" in declared:
        fault = "the table's rows are in another file; name that file as the evidence"
        return Grid("table", (("",),), (at + 1,), 0, names, fault=fault)
    read = _csv_rows if kind == "csv-table" else _list_rows
    body = [(number, line) for number, line in enumerate(lines[start:end], start + 1)]
    try:
        rows = list(read(body, declared))
    except (csv.Error, TypeError, ValueError) as error:
        return Grid("table", (("",),), (at + 1,), 0, names, fault=f"the table is malformed: {error}")
    heads = int(declared.get("header-rows", "0") or 0) if declared.get("header-rows", "0").isdigit() else 0
    if kind == "csv-table" and "header" in declared:
        head = next(csv.reader([declared["header"]], skipinitialspace=True), [])
        rows, heads = [(at + 1, head), *rows], heads + 1
    if not rows:
        return Grid("table", (("",),), (at + 1,), 0, names, fault="the table has no rows")
    width = max(len(cells) for _, cells in rows)
    if width * len(rows) > _CELL_LIMIT:
        return Grid("table", (("",),), (at + 1,), 0, names, fault="the table has too many cells")
    notes = ("short rows are filled up with empty cells",) if any(len(c) < width for _, c in rows) else ()
    texts = tuple((*map(plain, cells), *[""] * (width - len(cells))) for _, cells in rows)
    return Grid("table", texts, tuple(number for number, _ in rows), heads, names, notes)


_Numbered = Sequence[tuple[int, str]]


def _csv_rows(body: _Numbered, declared: dict[str, str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a ``csv-table``, whose delimiter and quote its options may name."""
    names = {"tab": "\t", "space": " "}
    delimiter = declared.get("delim", ",")
    margin = min((_indent(line) for _, line in body if line.strip()), default=0)
    numbered = [(number, line[margin:]) for number, line in body if line.strip()]
    parser = csv.reader(
        [line for _, line in numbered],
        delimiter=names.get(delimiter, delimiter),
        quotechar=declared.get("quote", '"'),
        skipinitialspace=True,
        strict=True,
    )
    done = 0
    for cells in parser:
        yield numbered[done][0], cells
        done = parser.line_num


def _list_rows(body: _Numbered, declared: dict[str, str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a ``list-table``: a ``*`` item a row, in it a ``-`` item a cell."""
    row: list[str] = []
    start = 0
    for number, line in body:
        text = line.strip()
        opens_row = text[:2] in ("* ", "*")
        if opens_row and row:
            yield start, row
        if opens_row:
            row, start, text = [], number, text[1:].strip()
        if text[:2] in ("- ", "-"):
            row.append(text[1:].strip())
        elif text and row:
            row[-1] = f"{row[-1]} {text}"
        elif text:
            raise ValueError(f"line {number} belongs to no row")
    if row:
        yield start, row
