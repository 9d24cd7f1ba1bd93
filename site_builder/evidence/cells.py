"""What is done to cells after reading: a pattern that says which part counts, and the decimal comma."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from site_builder.evidence.naming import identifiers
from site_builder.evidence.options import Options
from site_builder.evidence.patterns import Pattern, compile_pattern
from site_builder.evidence.sheet import Sheet
from site_builder.problems import Mistake, concerning, did_you_mean

_COMMA_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?![\d.,])", re.ASCII)


def column_indices(header: Sequence[str], names: Iterable[str], path: str) -> dict[str, int]:
    """Which column each title, or name in expressions, means. Raises Mistake E-COLUMN with the nearest."""
    known = {name: index for index, name in enumerate(identifiers(header))}
    known |= {title: index for index, title in enumerate(header)}
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        hint = did_you_mean(unknown, header, "columns are: ")
        raise Mistake("E-COLUMN", f"there is no column {unknown!r} in {path}", None, hint)
    return {name: known[name] for name in names}


def settled(sheet: Sheet, options: Options, path: str) -> Sheet:
    """The sheet with `cell` patterns and the decimal comma applied, and notes of both."""
    return _extracted(_with_points(sheet, options), options, path)


def _with_points(sheet: Sheet, options: Options) -> Sheet:
    """Cells such as 1.234,5 as 1234.5, where a decimal comma is declared."""
    if options.decimal != ",":
        return sheet
    natives = sheet.natives or (None,) * len(sheet.cells)
    cells = tuple(
        column if native == "number" else tuple(cell and _COMMA_NUMBER.sub(_pointed, cell) for cell in column)
        for column, native in zip(sheet.cells, natives, strict=True)
    )
    note = (
        "decimal commas are read as points, and points between groups of three digits left out, as declared"
    )
    return replace(sheet, cells=cells, notes=(*sheet.notes, note))


def _pointed(match: re.Match[str]) -> str:
    whole = match[1].replace(".", "")
    return f"{whole}.{match[2]}" if match[2] else whole


def _extracted(sheet: Sheet, options: Options, path: str) -> Sheet:
    """Cells of which a pattern's one group is kept; those that it does not match stay as typed."""
    if not options.cell:
        return sheet
    with concerning("cell"):
        chosen = {
            index: pattern
            for index, pattern in _patterns(sheet, options, path).items()
            if not sheet.natives or sheet.natives[index] != "unread"
        }
    is_for_one = all(name for name, _ in options.cell)  # a pattern for every column need not fit every cell
    cells, notes = list(sheet.cells), []
    for index, pattern in chosen.items():
        cells[index], unmatched = _column(sheet.cells[index], pattern)
        if unmatched and is_for_one:
            notes.append(
                f"{unmatched:,} cells of {sheet.header[index]} do not fit their pattern and stay as typed"
            )
    natives = tuple(None if index in chosen else native for index, native in enumerate(sheet.natives))
    return replace(sheet, cells=tuple(cells), natives=natives, notes=(*sheet.notes, *notes))


def _patterns(sheet: Sheet, options: Options, path: str) -> Mapping[int, Pattern]:
    """The pattern of each column that has one."""
    chosen: dict[int, Pattern] = {}
    where = column_indices(sheet.header, [name for name, _ in options.cell if name], path)
    for name, text in options.cell:
        pattern = compile_pattern(text)
        if pattern.groups != 1:
            message = (
                f"the cell pattern {text!r} has {pattern.groups} groups; it needs one, around what counts"
            )
            raise Mistake(
                "E-PATTERN", message, None, r"such as '\(([\d.]+)x\)'; write other brackets as (?:...)"
            )
        chosen |= dict.fromkeys([where[name]] if name else range(len(sheet.header)), pattern)
    return chosen


def _column(column: Sequence[str | None], pattern: Pattern) -> tuple[tuple[str | None, ...], int]:
    """The column with what the pattern finds, and the number of cells that it does not fit."""
    unmatched = 0
    cells: list[str | None] = []
    for cell in column:
        found = pattern.search(cell.encode("utf-8", "surrogatepass")) if cell else None
        kept = found.groups()[0] if found is not None else None
        unmatched += bool(cell) and kept is None
        cells.append(cell if kept is None else kept.decode("utf-8", "replace"))
    return tuple(cells), unmatched
