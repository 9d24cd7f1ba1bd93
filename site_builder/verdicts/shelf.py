"""The evidence of one run, loaded once for all the claims that name it in the same way."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from typing import Protocol

from site_builder.claims.claim import EvidenceLink
from site_builder.evidence.loading import Loader
from site_builder.evidence.querying import Query, TableSource, queried
from site_builder.evidence.record import Evidence, MissingEvidence
from site_builder.evidence.typed import table_of
from site_builder.language.sharing import Shared
from site_builder.problems import Mistake
from site_builder.tables import Table

MOST_CELLS = 8_000_000
HEAD_ROWS = 1_000
ENGINE = "duckdb"
"""What answers a query that names no engine."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A piece of evidence and its table; `key` tells one reading of a file from another.

    `head` is the table of the first rows only: what a column is said to hold must not cost a large file's typing.
    """

    key: str
    evidence: Evidence
    table: Table
    head: Table


class EvidenceSource(Protocol):
    """Gives the evidence of a link; raises `Mistake` or `MissingEvidence`."""

    def get(self, link: EvidenceLink) -> Loaded: ...


class Shelf:
    """Loads evidence for claims and keeps it, and what they made of it, while it is small enough to keep.

    `seconds` is the processor time that loading has taken.
    """

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self.shared = Shared()
        self.seconds = 0.0
        self._loaded: dict[str, Loaded | Mistake | MissingEvidence] = {}
        self._cells = 0

    def get(self, link: EvidenceLink) -> Loaded:
        """The evidence of a link; raises `Mistake` or `MissingEvidence`."""
        key = repr((link.name, _reading(link)))
        found = self._loaded.get(key)
        if found is None:
            start = time.process_time()
            found = self._load(link)
            self._keep(key, found)
            self.seconds += time.process_time() - start
        if isinstance(found, Mistake | MissingEvidence):
            raise _bare(found)
        return found

    def _load(self, link: EvidenceLink) -> Loaded | Mistake | MissingEvidence:
        try:
            evidence = self._evidence(link)
            table = table_of(evidence)
            head = table if table.rows <= HEAD_ROWS else table_of(_head(evidence))
            return Loaded(sheet_key(link, evidence), evidence, table, head)
        except (Mistake, MissingEvidence) as error:
            return _bare(error)

    def _evidence(self, link: EvidenceLink) -> Evidence:
        if link.query is None:
            return self.loader.load(link.name, link.file.value, link.inside, link.options)
        tables = tuple(
            TableSource(t.name, t.file.value, t.inside, t.options, t.file.at(0, max(1, len(t.file.value))))
            for t in link.query.tables
        )
        engine = link.query.engine
        query = Query(
            link.file.value,
            tables,
            engine.value if engine else ENGINE,
            engine.at(0, len(engine.value)) if engine else link.place,
            link.file.at,
        )
        return queried(self.loader, link.name, query, link.options)

    def _keep(self, key: str, found: Loaded | Mistake | MissingEvidence) -> None:
        """Keep what was loaded; make room first where the shelf is full."""
        cells = found.table.rows * len(found.table.names) if isinstance(found, Loaded) else 0
        if self._cells + cells > MOST_CELLS:
            self._loaded.clear()
            self.loader.forget()
            self.shared.forget()
            self._cells = 0
        self._loaded[key] = found
        self._cells += cells


def _bare(error: Mistake | MissingEvidence) -> Mistake | MissingEvidence:
    """The same error without its traceback, whose frames would keep all that was read."""
    if isinstance(error, MissingEvidence):
        return MissingEvidence(str(error))
    problem = error.problem
    return Mistake(problem.code, problem.message, problem.place, problem.hint, problem.about)


def _head(evidence: Evidence) -> Evidence:
    sheet = evidence.sheet
    lines = None if sheet.lines is None else sheet.lines[:HEAD_ROWS]
    cells = tuple(column[:HEAD_ROWS] for column in sheet.cells)
    return replace(evidence, sheet=replace(sheet, cells=cells, lines=lines))


def _reading(link: EvidenceLink) -> tuple[object, ...]:
    """All that decides what evidence a link gives, whatever its name."""
    declared = (link.file.value, link.inside, sorted(link.options.items()))
    if link.query is None:
        return declared
    tables = tuple((table.name, _reading(table)) for table in link.query.tables)
    return (*declared, tables, link.query.engine.value if link.query.engine else ENGINE)


def sheet_key(link: EvidenceLink, evidence: Evidence) -> str:
    """A file's path, the place inside it, and a mark for declared options."""
    place = f"{evidence.path}#{evidence.inside}" if evidence.inside else evidence.path
    if not link.options:
        return place
    digest = hashlib.sha256(repr(sorted(link.options.items())).encode()).hexdigest()
    return f"{place} as {digest[:8]}"
