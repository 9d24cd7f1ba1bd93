"""Which evidence no claim uses: files, columns and rows, so that cherry-picking shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.verdicts.decision import Decision, SheetJson


@dataclass(frozen=True, slots=True)
class Covered:
    """One piece of evidence: rows in all and rows that some claim read, and the columns that none did."""

    key: str
    rows: int
    rows_used: int
    columns: tuple[str, ...]
    columns_unused: tuple[str, ...]


def coverage(decisions: Iterable[Decision], sheets: Iterable[SheetJson]) -> tuple[Covered, ...]:
    """What of each sheet the claims read, by key; a cell that only chose rows counts as read."""
    rows: dict[str, set[int]] = {}
    columns: dict[str, set[str]] = {}
    whole: set[str] = set()
    for decision in decisions:
        keys = {evidence["name"]: evidence["key"] for evidence in decision["evidence"]}
        parts = [*decision["assertions"], *decision["numbers"]]
        if decision["correction"] is not None:
            parts += [*decision["correction"]["assertions"], *decision["correction"]["numbers"]]
        for use in (use for part in parts for use in part["cells"]):
            key = keys.get(use["evidence"], "")
            rows.setdefault(key, set()).update(use["rows"])
            columns.setdefault(key, set()).add(use["column"])
            if use["count"] > len(use["rows"]):
                whole.add(key)
    return tuple(_covered(sheet, rows, columns, whole) for sheet in sheets)


def _covered(
    sheet: SheetJson, rows: dict[str, set[int]], columns: dict[str, set[str]], whole: set[str]
) -> Covered:
    key = sheet["key"]
    names = tuple(column["name"] for column in sheet["columns"])
    used = columns.get(key, set())
    count = sheet["rows"] if key in whole else len(rows.get(key, ()))
    return Covered(key, sheet["rows"], count, names, tuple(name for name in names if name not in used))


def unused_files(known: Iterable[str], sheets: Iterable[SheetJson]) -> tuple[str, ...]:
    """Evidence files that no claim names; what describes other files is none."""
    read = {str(file[0]) for sheet in sheets for file in sheet["files"]}
    return tuple(sorted(path for path in known if path not in read and not _is_description(path)))


def _is_description(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return name.startswith(("datapackage.", "readme", "source.", "licen"))
