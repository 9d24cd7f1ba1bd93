"""A query over evidence becomes evidence: its tables are loaded as all evidence is, and an engine answers it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial

from site_builder.evidence.cells import column_indices
from site_builder.evidence.engine import Engine, GivenColumn, GivenTable, Question, built_in
from site_builder.evidence.loading import FURTHEST_FIRST, Loader
from site_builder.evidence.options import read_options
from site_builder.evidence.raw import RawColumn
from site_builder.evidence.record import Evidence, Field
from site_builder.evidence.sheet import Sheet
from site_builder.evidence.typed import table_of
from site_builder.problems import Mistake, Place, did_you_mean
from site_builder.quantities.reading import are_plain
from site_builder.tables import Column, Table


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table of a query: its name in it, and the file it is read from, as a claim names evidence."""

    name: str
    file: str
    inside: str
    options: Mapping[str, object]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Query:
    """A query as a claim writes it; ``at(offset, width)`` is the place of its characters."""

    text: str
    tables: tuple[TableSource, ...]
    engine: str
    engine_place: Place | None
    at: Callable[[int, int], Place]

    @property
    def reading(self) -> str:
        """All that decides the answer, beside the bytes of the files."""
        tables = [(t.name, t.file, t.inside, sorted(t.options.items())) for t in self.tables]
        return repr((self.engine, self.text, tables))


def queried(loader: Loader, name: str, query: Query, options: Mapping[str, object]) -> Evidence:
    """The answer to a query as evidence, with every file that it was made from.

    Raises Mistake, and MissingEvidence for a file known but absent. Its kind is that of the table furthest from
    the measurement; `options` say what its columns hold, as for a file.
    """
    engine = _engine(query)
    loaded = [loader.load(t.name, t.file, t.inside, t.options, t.place) for t in query.tables]
    tables = [table_of(each) for each in loaded]
    given = tuple(map(_given, loaded, tables, query.tables))
    sheet = engine.answer(Question(query.text, given, query.at))
    path = ", ".join(dict.fromkeys(each.path for each in loaded))
    said = f"{query.reading}\n" + "".join(f"{e.name} {e.path}#{e.inside} {e.sha256}\n" for e in loaded)
    kinds = {each.kind for each in loaded}
    return Evidence(
        name,
        path,
        f"query-{hashlib.sha256(query.reading.encode()).hexdigest()[:8]}",
        hashlib.sha256(said.encode()).hexdigest(),
        tuple(dict.fromkeys(origin for each in loaded for origin in each.origins)),
        sheet,
        _fields(sheet, options, path),
        kind=next((kind for kind in FURTHEST_FIRST if kind in kinds), ""),
        title=f"Query over {', '.join(table.name for table in query.tables)}",
        sources=tuple(dict.fromkeys(source for each in loaded for source in each.sources)),
        licenses=tuple(dict.fromkeys(license for each in loaded for license in each.licenses)),
        notes=tuple(
            dict.fromkeys(note for pair in zip(loaded, tables, strict=True) for note in _notes(*pair))
        ),
        query=query.text,
    )


def _engine(query: Query) -> Engine:
    engines = built_in()
    if query.engine not in engines:
        hint = did_you_mean(query.engine[:60], engines, "engines: ")
        raise Mistake("E-ENGINE", f"there is no engine {query.engine[:60]!r}", query.engine_place, hint)
    return engines[query.engine]


def _fields(sheet: Sheet, options: Mapping[str, object], path: str) -> tuple[Field, ...]:
    """What the claim declares of the answer's columns."""
    declared = read_options(options)
    where = column_indices(sheet.header, [name for name, _ in (*declared.columns, *declared.units)], path)
    types = {where[name]: kind for name, kind in declared.columns}
    units = {where[name]: unit for name, unit in declared.units}
    return tuple(
        Field(title, types.get(index), units.get(index, ""), declared.missing)
        for index, title in enumerate(sheet.header)
    )


def _given(evidence: Evidence, table: Table, source: TableSource) -> GivenTable:
    """A table for the engine, which is refused the columns whose cells SQL would make more of than they say."""
    if not table.names:
        raise Mistake(
            "E-FILE", f"no file fits {source.file}, so the query has no table {source.name!r}", source.place
        )
    folded = [name.casefold() for name in table.names]
    double = next((n for n in table.names if folded.count(n.casefold()) > 1), None)
    if double is not None:
        message = (
            f"SQL does not tell capital letters from small ones, and {source.name} has two columns {double!r}"
        )
        raise Mistake("E-QUERY", message, source.place, "rename one of them in the file")
    by_name = {name: partial(_given_column, table, name, evidence, n) for n, name in enumerate(table.names)}
    return GivenTable(source.name, table.rows, table.names, cache(lambda name: by_name[name]()))


def _given_column(table: Table, name: str, evidence: Evidence, index: int) -> GivenColumn:
    column = table.column(name)
    cells = evidence.sheet.cells[index]
    if column.kind == "number":
        raw = RawColumn(cells, evidence.fields[index], evidence.sheet.typeset, str)
        if not column.data.is_exact:
            raise Mistake("E-QUERY", "its numbers are rounded or have bounds, which SQL would take for exact")
        if column.unit.parts and not raw.unit.parts:
            raise Mistake("E-QUERY", "its cells bear units, which SQL would lose")
        return GivenColumn(name, "number", _known(_decimals(column, raw), column))
    if column.kind == "date":
        return GivenColumn(name, "date", _known([str(day) for day in column.data], column))
    if column.kind == "truth":
        return GivenColumn(
            name, "truth", _known(["true" if truth > 0 else "false" for truth in column.data], column)
        )
    return GivenColumn(name, "text", _known(column.data.tolist(), column))


def _known(cells: Sequence[str], column: Column) -> Sequence[str | None]:
    """The cells, with None for each that is missing."""
    if column.unknown is None:
        return cells
    return [cell if known else None for cell, known in zip(cells, column.known(), strict=True)]


def _decimals(column: Column, raw: RawColumn) -> list[str]:
    """Each number in full: as typed where that is a plain decimal, else the exact value or the nearest float."""
    if are_plain(raw.distinct()):
        return [(cell or "").strip() for cell in raw.cells]
    return [_decimal(value) for value in column.data.nominal.tolist()]


def _decimal(value: Fraction | float) -> str:
    fraction = Fraction(value)
    places = next((n for n in range(19) if fraction * 10**n == int(fraction * 10**n)), None)
    if places is None:
        return repr(float(value))
    digits = f"{abs(int(fraction * 10**places)):0{places + 1}d}"
    point = len(digits) - places
    sign = "-" if fraction < 0 else ""
    return f"{sign}{digits[:point]}.{digits[point:]}" if places else f"{sign}{digits}"


def _notes(evidence: Evidence, table: Table) -> list[str]:
    """What was guessed in reading a table and in typing its columns, and the units that it loses."""
    columns = table.made()
    found = [*evidence.notes, *(column.note for column in columns if column.note)]
    for column in columns:
        if column.unit.parts:
            found.append(f"column {table.title(column.name)} is a plain number of {column.unit} in the query")
    return [f"{evidence.name}: {note}" for note in found]
