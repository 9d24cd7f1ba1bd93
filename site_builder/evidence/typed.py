"""Cells become values: a sheet of text becomes a table of typed columns, each typed when first asked for.

A column is numeric only if every cell that is not missing is a plain decimal; it holds quantities if it is declared
so, or if every cell parses and at least one bears a mark (``~ + < > ≤ ≥ %``). Everything else is text, which can
still be read as numbers where a number is asked for and every cell gives one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from site_builder.evidence.naming import identifiers
from site_builder.evidence.numerals import number_column, quantity_column, reads, reported_column
from site_builder.evidence.raw import RawColumn
from site_builder.evidence.record import Evidence
from site_builder.problems import Mistake
from site_builder.quantities.reading import MISSING, are_plain, read_quantity
from site_builder.tables import Cells, Column, Leaf, Lineage, Table

_TRUTHS = {"true": 1, "false": -1}
_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z| ?[+-][0-9]{2}:?[0-9]{2})?)?"
)
_THOUSANDS = re.compile(r"[+\-$€£¥ ]*[0-9]{1,3}(?:,[0-9]{3})+[^0-9]*")


def table_of(evidence: Evidence) -> Table:
    """The evidence as a table; columns are named by identifiers and typed on first use, or raise `Mistake`."""
    sheet = evidence.sheet
    names = identifiers(sheet.header)
    lineage = Lineage(evidence.name, np.arange(len(sheet)))
    makers = {
        name: _maker(evidence, position, Cells((Leaf(lineage, name),))) for position, name in enumerate(names)
    }
    titles = dict(zip(names, sheet.header, strict=True))
    return Table(evidence.name, len(sheet), makers, len(sheet), titles=titles)


def _maker(evidence: Evidence, position: int, cells: Cells) -> Callable[[], Column]:
    def make() -> Column:
        sheet = evidence.sheet
        native = sheet.natives[position] if sheet.natives else None
        raw = RawColumn(sheet.cells[position], evidence.fields[position], sheet.typeset, _where(evidence))
        typed = typed_column(raw, native)
        read = typed.read
        return replace(
            typed, cells=cells, read=None if read is None else lambda: replace(read(), cells=cells)
        )

    return make


def _where(evidence: Evidence) -> Callable[[int], str]:
    def where(row: int) -> str:
        lines = evidence.sheet.lines
        return f"{evidence.path}, row {row + 1}" + (f", line {lines[row]}" if lines is not None else "")

    return where


def typed_column(raw: RawColumn, native: str | None = None) -> Column:
    """One column as the declared type, else the format's own, else the kind its cells show; raises `Mistake`."""
    if native == "unread":
        raise _unread(raw)
    kind = raw.declared.type or native
    return _MAKERS[kind](raw) if kind else _guessed(raw)


def _unread(raw: RawColumn) -> Mistake:
    held = next((cell for cell in raw.cells if cell), "lists, records or bytes")
    message = f"column {raw.declared.name!r} holds no plain values {held}, and is not read"
    return Mistake(
        "E-KIND", message, hint="name another column, or write its values into columns of their own"
    )


def _guessed(raw: RawColumn) -> Column:
    """The kind that the cells show; words for a missing cell count as such only among numbers, and are noted."""
    present = raw.distinct()
    numbers = [cell for cell in present if cell.casefold() not in MISSING]
    words = [cell for cell in present if cell.casefold() in MISSING]
    if numbers and are_plain(numbers):
        made = number_column(raw) if not (raw.typeset or words) else _read_numbers(raw)
        titled = raw.titled_unit if not raw.declared.unit else None
        unit = f"column {raw.declared.name}: its title says that it is in {titled}" if titled else ""
        return replace(made, note="; ".join(filter(None, (_noted(raw, words, "read as missing"), unit))))
    if present and {cell.lower() for cell in present} <= _TRUTHS.keys():
        return _truth(raw)
    if numbers and all(map(reads, numbers)) and any(read_quantity(cell).has_mark for cell in numbers):
        return replace(_read_numbers(raw), note=_noted(raw, words, "read as missing"))
    said = (
        _noted(raw, words, "kept as text; declare `missing:` if they mean that nothing is there"),
        _noted_commas(raw, numbers),
        _noted_blanks(raw),
    )
    return replace(_text(raw), note="; ".join(filter(None, said)))


def _noted_commas(raw: RawColumn, numbers: list[str]) -> str:
    """That commas part thousands where the cells are read as numbers: 1,500 might have been one and a half."""
    cell = min((cell for cell in numbers if _THOUSANDS.fullmatch(cell) and reads(cell)), default="")
    if not cell:
        return ""
    how = "commas part thousands where its cells are read as numbers; declare `decimal: ','` if they are decimal commas"
    return f"column {raw.declared.name}, such as {cell[:20]}: {how}"


def _noted_blanks(raw: RawColumn) -> str:
    """Cells that are kept with the blanks around them, and so are unlike the same text without."""
    cells = sorted(cell for cell in set(raw.cells) if cell and cell != cell.strip() and cell.strip())
    if not cells or raw.typeset:
        return ""
    how = "are kept; `trim: true` leaves them out"
    return f"column {raw.declared.name}: blanks around cells such as {cells[0][:40]!r} {how}"


def _read_numbers(raw: RawColumn) -> Column:
    """Quantities, rounded ones where the format typesets; a range alone never makes a column one."""
    return reported_column(raw) if raw.typeset else quantity_column(raw)


def _noted(raw: RawColumn, words: list[str], how: str) -> str:
    if not words:
        return ""
    count = sum(1 for cell in raw.cells if cell is not None and cell.strip() in words)
    said = ", ".join(repr(word) for word in sorted(words)[:4])
    return f"column {raw.declared.name}: {count:,} {'cell' if count == 1 else 'cells'} {said} {how}"


def _text(raw: RawColumn) -> Column:
    data = np.empty(len(raw.cells), dtype=object)
    data[:] = ["" if cell is None else cell for cell in raw.cells]

    def read() -> Column:
        present = [cell for _, cell in raw.present(MISSING)]
        if present and not any(map(reads, present)):
            message = f"column {raw.declared.name!r} holds text, and numbers are needed here"
            raise Mistake("E-KIND", message, hint="name a column of numbers, or extract them with `cell:`")
        return _read_numbers(raw)

    return Column("text", data, unknown=raw.codes(), read=read)


def _truth(raw: RawColumn) -> Column:
    values = np.zeros(len(raw.cells), dtype=np.int8)
    for row, cell in raw.present():
        if cell.strip().lower() not in _TRUTHS:
            raise raw.mistake(
                cell, row, "is not true or false", "declare the column as text, or correct the cell"
            )
        values[row] = _TRUTHS[cell.strip().lower()]
    return Column("truth", values, unknown=raw.codes())


def _date(raw: RawColumn) -> Column:
    values = np.zeros(len(raw.cells), dtype="datetime64[D]")
    for row, cell in raw.present(MISSING):
        found = _DATE.fullmatch(cell.strip())
        try:
            values[row] = np.datetime64(date.fromisoformat(found[1] if found else ""), "D")
        except ValueError:
            hint = "write dates as YYYY-MM-DD, or declare the column as text"
            what = "is no day of the calendar" if found else "is not a date such as 2026-01-31"
            raise raw.mistake(cell, row, what, hint) from None
    return Column("date", values, unknown=raw.codes(MISSING))


_MAKERS: dict[str, Callable[[RawColumn], Column]] = {
    "number": number_column,
    "text": _text,
    "quantity": quantity_column,
    "reported": reported_column,
    "truth": _truth,
    "date": _date,
}
