"""Unused: what of the evidence no verdict rests on, in words, for the pages that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.pages.shelf import Shelf, label
from site_builder.pages.words import counted
from site_builder.verdicts.coverage import is_whole
from site_builder.verdicts.decision import CoverageJson, CoveredJson

MOST_RUNS = 8


@dataclass(frozen=True, slots=True)
class Unused:
    """A table of evidence: how many of its rows and which of its columns no verdict rests on; `rows` names some."""

    label: str
    page: str
    rows: str
    which: str
    columns: tuple[str, ...]
    is_whole: bool


def unused_by_key(coverage: CoverageJson | None, shelf: Shelf) -> Mapping[str, Unused]:
    """What is unused of each sheet, by key; nothing where it was not found out."""
    return {
        key: one for table in (coverage["tables"] if coverage else ()) for key, one in _by_key(table, shelf)
    }


def unused_tables(coverage: CoverageJson, shelf: Shelf) -> tuple[Unused, ...]:
    """The tables of which something is unused, by path."""
    return tuple(
        _unused(table, table["keys"][0], shelf) for table in coverage["tables"] if not is_whole(table)
    )


def _by_key(table: CoveredJson, shelf: Shelf) -> Iterator[tuple[str, Unused]]:
    yield from ((key, _unused(table, key, shelf)) for key in table["keys"])


def _unused(table: CoveredJson, key: str, shelf: Shelf) -> Unused:
    sheet = shelf.by_key.get(key)
    count = table["rows"] - table["rows_used"]
    rows = f"{count:,} of {counted(table['rows'], 'row')}" if count else ""
    titles = (
        {column["name"]: column["title"] or column["name"] for column in sheet["columns"]} if sheet else {}
    )
    return Unused(
        label(table["path"], table["inside"]),
        shelf.page_of(sheet) if sheet else "",
        rows,
        _runs(table, count),
        tuple(titles.get(name, name) for name in table["columns_unused"]),
        is_whole(table),
    )


def _runs(table: CoveredJson, count: int) -> str:
    """The first runs of unused rows; nothing where there is no row or every one is unused."""
    if not count or count == table["rows"]:
        return ""
    runs = table["rows_unused"]
    said = ", ".join(
        f"{first:,}" if first == last else f"{first:,}–{last:,}" for first, last in runs[:MOST_RUNS]
    )
    return said + (" and more" if len(runs) > MOST_RUNS else "")
