"""What a claim shows beside its verdict: the evidence it used and the tables its author asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from site_builder.claims.claim import TableSpec, Text
from site_builder.evidence.naming import identifiers
from site_builder.evidence.record import Evidence, Field
from site_builder.language.values import Value, kind_of
from site_builder.language.working import cell_text
from site_builder.problems import Mistake
from site_builder.quantities.shown import unit_suffix
from site_builder.tables import Column, Row, Table
from site_builder.verdicts.decision import (
    ColumnJson,
    EvidenceFacts,
    EvidenceJson,
    RowJson,
    SheetJson,
    TableJson,
)
from site_builder.verdicts.provenance import Rows

MOST_ROWS = 40
MOST_SHEET_ROWS = 1_000
MOST_FURTHER_ROWS = 200
MOST_TABLE_ROWS = 200


def columns_json(evidence: Evidence, table: Table) -> list[ColumnJson]:
    """Each column as read: a column that cannot be typed is shown as text."""
    return [
        ColumnJson(
            name=name,
            title=declared.title or table.title(name),
            type=_kind(table, name, declared),
            unit=declared.unit or _unit(table, name),
            description=declared.description,
        )
        for name, declared in zip(table.names, evidence.fields, strict=True)
    ]


def _kind(table: Table, name: str, declared: Field) -> str:
    if declared.type:
        return declared.type
    try:
        column = table.column(name)
    except Mistake:
        return "text"
    return "quantity" if column.kind == "number" and not column.data.is_exact else column.kind


def _unit(table: Table, name: str) -> str:
    try:
        return str(table.column(name).unit)
    except Mistake:
        return ""


def row_json(evidence: Evidence, row: int) -> RowJson:
    """One row of the evidence, as typed."""
    sheet = evidence.sheet
    line = sheet.lines[row] if sheet.lines is not None else None
    return RowJson(row=row + 1, line=line, cells=[column[row] for column in sheet.cells])


def _facts(key: str, evidence: Evidence, head: Table) -> EvidenceFacts:
    return EvidenceFacts(
        key=key,
        path=evidence.path,
        inside=evidence.inside,
        sha256=evidence.sha256,
        rows=len(evidence.sheet),
        kind=evidence.kind,
        title=evidence.title,
        description=evidence.description,
        sources=[list(s) for s in evidence.sources],
        licenses=[list(s) for s in evidence.licenses],
        query=evidence.query,
        files=[[o.path, o.sha256, o.rows] for o in evidence.origins],
        notes=_notes(evidence, head),
        columns=columns_json(evidence, head),
    )


def evidence_json(key: str, evidence: Evidence, head: Table, used: Rows) -> EvidenceJson:
    """The evidence with the rows that were used, in file order; `head` tells what its columns hold."""
    mine = [(role, rows) for (name, _, role), rows in used.items() if name == evidence.name]
    wanted = [rows for kind in ("value", "filter") for role, rows in mine if role == kind]
    rows = _first_rows([*wanted, range(len(evidence.sheet))], MOST_ROWS)
    excerpt = [row_json(evidence, row) for row in rows]
    return {**_facts(key, evidence, head), "name": evidence.name, "excerpt": excerpt}


def sheet_json(key: str, evidence: Evidence, head: Table) -> SheetJson:
    """The evidence for a page of its own; `head` tells what its columns hold."""
    shown = [row_json(evidence, row) for row in range(min(len(evidence.sheet), MOST_SHEET_ROWS))]
    return {**_facts(key, evidence, head), "shown": shown}


def further_rows(evidence: Evidence, used: Iterable[Any]) -> list[RowJson]:
    """The rows that one claim used below those that every page of this evidence shows; 200 at most, in file order."""
    below: set[int] = set()
    for rows in used:
        below.update(rows[np.searchsorted(rows, MOST_SHEET_ROWS) :][:MOST_FURTHER_ROWS].tolist())
    return [row_json(evidence, row) for row in sorted(below)[:MOST_FURTHER_ROWS]]


def _notes(evidence: Evidence, head: Table) -> list[str]:
    """Every guess that was made in reading the evidence and typing its columns."""
    typing: list[str] = []
    for name in head.names:
        try:
            note = head.column(name).note
        except Mistake:
            continue
        typing += [note] if note else []
    return list(dict.fromkeys((*evidence.sheet.notes, *evidence.notes, *typing)))


def _first_rows(groups: Iterable[Any], most: int) -> list[int]:
    kept: dict[int, None] = {}
    for rows in groups:
        for row in rows[:most]:
            if len(kept) < most:
                kept.setdefault(int(row))
    return sorted(kept)


def table_json(spec: TableSpec, value: Value, loaded: Mapping[str, Evidence], used: Rows) -> TableJson:
    """A table to show, its cells as typed where they stand in evidence, else as computed."""
    table = value.table if isinstance(value, Row) else value
    if not isinstance(table, Table):
        raise Mistake(
            "E-KIND",
            f"a table is shown, and this is {kind_of(value)}",
            _whole(spec.show),
            "name evidence or a filter of it",
        )
    names = [_column_name(table, text) for text in spec.columns] or list(table.names)
    columns = [table.column(name) for name in names]
    rows = min(table.rows, MOST_TABLE_ROWS)
    return TableJson(
        name=spec.name,
        title=spec.title.value if spec.title else "",
        caption=spec.caption.value if spec.caption else "",
        columns=[_shown_column(table, column, loaded) for column in columns],
        rows=[[_cell(column, row, loaded) for column in columns] for row in range(rows)],
        used=[[_is_used(column, row, used) for column in columns] for row in range(rows)],
        total=table.rows,
    )


def _whole(text: Text) -> Any:
    return text.at(0, max(1, len(text.value)))


def _column_name(table: Table, text: Text) -> str:
    if text.value in table.names:
        return text.value
    for name in table.names:
        if table.title(name) == text.value:
            return name
    problem = table.no_column(text.value).problem
    raise Mistake(problem.code, problem.message, _whole(text), problem.hint)


def _shown_column(table: Table, column: Column, loaded: Mapping[str, Evidence]) -> ColumnJson:
    declared = declared_of(column, loaded)
    unit = str(column.unit)
    return ColumnJson(
        name=column.name,
        title=(declared.title if declared else "") or table.title(column.name),
        type=column.kind,
        unit=unit or (declared.unit if declared else ""),
        description=declared.description if declared else "",
    )


def declared_of(column: Column, loaded: Mapping[str, Evidence]) -> Field | None:
    """What is declared of the evidence column that a column is a view of, if it is one."""
    if len(column.cells.aligned) != 1:
        return None
    leaf = column.cells.aligned[0]
    evidence = loaded.get(leaf.lineage.evidence)
    if evidence is None:
        return None
    names = identifiers(evidence.sheet.header)
    return evidence.fields[names.index(leaf.column)] if leaf.column in names else None


def _cell(column: Column, row: int, loaded: Mapping[str, Evidence]) -> str:
    if len(column.cells.aligned) == 1:
        leaf = column.cells.aligned[0]
        evidence = loaded.get(leaf.lineage.evidence)
        if evidence is not None:
            position = identifiers(evidence.sheet.header).index(leaf.column)
            return evidence.sheet.cells[position][int(leaf.lineage.rows[row])] or ""
    text = cell_text(column, row)
    return text + unit_suffix(str(column.unit)) if column.kind == "number" else text


def _is_used(column: Column, row: int, used: Rows) -> bool:
    for leaf in column.cells.aligned:
        rows = used.get((leaf.lineage.evidence, leaf.column, "value"))
        if rows is not None:
            wanted = int(leaf.lineage.rows[row])
            place = int(np.searchsorted(rows, wanted))
            if place < len(rows) and rows[place] == wanted:
                return True
    return False
