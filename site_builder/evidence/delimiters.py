"""How separated values are parted: the parser for a delimiter, and which delimiter a file's first rows bear out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Protocol

from site_builder.evidence.options import Options
from site_builder.files import SourceFile
from site_builder.problems import Mistake

_CANDIDATES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_SAMPLE_CHARACTERS, _SAMPLE_ROWS = 65_536, 20
CELL_LIMIT = 131_072
"""The most characters that a cell may have."""


class Parser(Protocol):
    """What `csv.reader` gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def parser_of(lines: Iterable[str], delimiter: str, options: Options, *, strict: bool) -> Parser:
    """The CSV parser for a delimiter and the declared quote; raises `Mistake` where they cannot be told apart."""
    csv.field_size_limit(CELL_LIMIT)
    if options.quote == "none":
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=strict)
    if options.quote in (delimiter, " "):
        message = f"{options.quote!r} cannot be the quote where {delimiter!r} parts the cells"
        raise Mistake("E-OPTION", message, None, "choose another, or declare `quote: none`", "quote")
    return csv.reader(lines, delimiter=delimiter, quotechar=options.quote, strict=strict)


def delimiter_of(text: str, source: SourceFile, options: Options) -> tuple[str, tuple[str, ...]]:
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
        parser = parser_of(sample, delimiter, options, strict=False)
        widths = {len(cells) for _, cells in zip(range(_SAMPLE_ROWS), parser, strict=False)}
    except csv.Error:
        return 0
    return widths.pop() if len(widths) == 1 else 0
