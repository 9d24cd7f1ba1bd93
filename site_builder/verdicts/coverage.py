"""Which evidence no verdict rests on: files, columns and rows, so that cherry-picking shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from site_builder.verdicts.decision import CoverageJson, CoveredJson, Decision, SheetJson
from site_builder.verdicts.rowsets import outside

MOST_RUNS = 20

Place = tuple[str, str, tuple[str, ...], int]
"""What readings of a table share, whatever options they were read with: path, place inside, columns and rows."""


def coverage(
    decisions: Iterable[Decision],
    sheets: Iterable[SheetJson],
    rows_used: Mapping[str, int],
    files: Iterable[str],
) -> CoverageJson:
    """What of each table the verdicts rest on; a cell that only chose rows counts as read.

    `rows_used` has the set of rows by sheet key (see `rowsets`); `files` are all paths below the evidence folder. A
    table that claims read in several ways (with other options, or by other names) is one table.
    """
    sheets = tuple(sheets)
    columns = _columns_used(decisions)
    readings: dict[Place, list[SheetJson]] = {}
    for sheet in sheets:
        names = tuple(column["name"] for column in sheet["columns"])
        readings.setdefault((sheet["path"], sheet["inside"], names, sheet["rows"]), []).append(sheet)
    tables = [_covered(place, same, columns, rows_used) for place, same in sorted(readings.items())]
    return CoverageJson(files_unused=list(unused_files(files, sheets)), tables=tables)


def _columns_used(decisions: Iterable[Decision]) -> dict[str, set[str]]:
    """The columns that some part of a claim rests on, by sheet key."""
    columns: dict[str, set[str]] = {}
    for decision in decisions:
        keys = {evidence["name"]: evidence["key"] for evidence in decision["evidence"]}
        parts = [*decision["assertions"], *decision["numbers"]]
        if decision["correction"] is not None:
            parts += [*decision["correction"]["assertions"], *decision["correction"]["numbers"]]
        for use in (use for part in parts for use in part["cells"]):
            columns.setdefault(keys.get(use["evidence"], ""), set()).add(use["column"])
    return columns


def _covered(
    place: Place, readings: Sequence[SheetJson], columns: Mapping[str, set[str]], rows_used: Mapping[str, int]
) -> CoveredJson:
    path, inside, names, total = place
    keys = sorted(sheet["key"] for sheet in readings)
    used = set().union(*(columns.get(key, set()) for key in keys))
    rows = 0
    for key in keys:
        rows |= rows_used.get(key, 0)
    return CoveredJson(
        keys=keys,
        path=path,
        inside=inside,
        rows=total,
        rows_used=rows.bit_count(),
        rows_unused=outside(rows, total, MOST_RUNS),
        columns=len(names),
        columns_unused=[name for name in names if name not in used],
    )


def is_whole(table: CoveredJson) -> bool:
    """Whether every column and row of a table is used."""
    return table["rows_used"] == table["rows"] and not table["columns_unused"]


def unused_files(known: Iterable[str], sheets: Iterable[SheetJson]) -> tuple[str, ...]:
    """Evidence files that no claim names; what describes other files is none."""
    read = {str(file[0]) for sheet in sheets for file in sheet["files"]}
    return tuple(sorted(path for path in known if path not in read and not _is_description(path)))


def _is_description(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return name.startswith(("datapackage.", "readme", "source.", "licen"))
