"""A decision: everything that judging one claim found out, as plain data.

These are typed dictionaries, so a decision crosses a process border, rests in a cache and becomes `claims.json`
without a conversion. Numbers are finite floats or None (an unbounded or unknown side); texts are as written by
their authors and must be escaped where they are shown.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from site_builder.figures import PlotJson

Verdict = Literal["validated", "corrected", "refuted", "undetermined", "broken"]
Reason = Literal[
    "awaited",
    "missing-file",
    "missing-engine",
    "missing-cell",
    "no-rows",
    "censored",
    "too-coarse",
    "undefined",
]
TruthOutcome = Literal["true", "false", "unknown", "broken"]
NumberOutcome = Literal["matches", "differs", "undecided", "broken"]
CorrectionOutcome = Literal["holds", "rejected", "undecided", "unneeded"]


class CellUse(TypedDict):
    """Cells of one column of one piece of evidence: 1-based data rows; `rows` lists at most the first 2,000."""

    evidence: str
    column: str
    rows: list[int]
    count: int
    role: Literal["value", "filter"]


class Step(TypedDict):
    """One line of arithmetic: ``name = expression``, then the same with values filled in level by level."""

    name: str
    expression: str
    filled: list[str]
    value: str


class ProblemJson(TypedDict):
    """A `Problem` as plain data; `text` is the whole rendering with caret and hint."""

    code: str
    message: str
    path: str | None
    line: int | None
    column: int | None
    excerpt: str | None
    hint: str | None
    text: str


class AssertionJson(TypedDict):
    """One assertion: its outcome, a reason from the fixed list when unknown, and a sentence saying why."""

    expression: str
    outcome: TruthOutcome
    reason: Reason | None
    detail: str
    steps: list[Step]
    cells: list[CellUse]


class ReadingJson(TypedDict):
    """What the two numbers that an expression compares give when read in one way, such as their ratio.

    `formula` has their values filled in and `shown` is its value; `meets` says whether the stated figure is that.
    """

    name: str
    formula: str
    shown: str
    meets: bool


class NumberJson(TypedDict):
    """One stated number: `computed`, `low` and `high` are in `unit`; `shown` is the computed value as stated.

    `readings` are there when the number differs and another reading of the same two operands would meet it: first
    those that would, then what was computed and what the stated unit says.
    """

    name: str
    stated: str
    expression: str
    computed: float | None
    low: float | None
    high: float | None
    unit: str
    shown: str
    outcome: NumberOutcome
    reason: Reason | None
    detail: str
    readings: list[ReadingJson]
    steps: list[Step]
    cells: list[CellUse]


class ValueJson(TypedDict):
    """What ``{{ name }}`` is replaced by: its text as stated, its value for a format, and the anchor it links to.

    `steps` and `cells` are its working where prose shows a value that no number or assertion works out.
    """

    text: str
    value: float | None
    unit: str
    anchor: str
    steps: list[Step]
    cells: list[CellUse]


class CorrectionJson(TypedDict):
    """A checked correction: it holds only if the original fails and its own parts are true."""

    outcome: CorrectionOutcome
    statement: str
    reason: str
    detail: str
    assertions: list[AssertionJson]
    numbers: list[NumberJson]


class ColumnJson(TypedDict):
    """A column as declared and as read: `type` is number, text, quantity, reported, date or truth."""

    name: str
    title: str
    type: str
    unit: str
    description: str


class RowJson(TypedDict):
    """One data row: its 1-based number, its line in the file where known, its cells as typed."""

    row: int
    line: int | None
    cells: list[str | None]


class EvidenceFacts(TypedDict):
    """What is known of one reading of an evidence file; `key` tells it from other readings of the same file.

    `query` is the SQL that made it of the files, empty where it is a file as it stands.
    """

    key: str
    path: str
    inside: str
    sha256: str
    rows: int
    kind: str
    title: str
    description: str
    sources: list[list[str]]
    licenses: list[list[str]]
    query: str
    files: list[list[str | int]]
    notes: list[str]
    columns: list[ColumnJson]


class EvidenceJson(EvidenceFacts):
    """A piece of evidence as a claim used it; `excerpt` holds the used rows first, 40 at most, in file order."""

    name: str
    excerpt: list[RowJson]


class SheetJson(EvidenceFacts):
    """An evidence file for its own page: everything known of it, its first 1,000 rows, and others that claims rest on.

    Of those others, 200 of a claim and 1,000 in all are shown at most.
    """

    shown: list[RowJson]


class TableJson(TypedDict):
    """A table the author asked to show; `used[r][c]` says whether that cell carries the verdict."""

    name: str
    title: str
    caption: str
    columns: list[ColumnJson]
    rows: list[list[str]]
    used: list[list[bool]]
    total: int


class Dependence(TypedDict):
    """A claim that this one rests on, with its verdict; empty when that claim was not judged in this run.

    `line` and `column` say where this claim names it.
    """

    id: str
    title: str
    verdict: str
    line: int
    column: int


class CarriedBy(TypedDict):
    """A row without which the verdict, or the outcome of a part, would be another; counted from 1."""

    evidence: str
    row: int


class Probe(TypedDict):
    """How the verdict answers to small changes.

    Of `cells` cited cells so many move the verdict or a part's outcome when nudged by one unit in their last place,
    or by a tenth; likewise of `stated` numbers; of `rows` rows, `carried_by` lists those whose loss moves it.
    `is_sampled` when there were too many cells or rows to try each.
    """

    cells: int
    cells_by_last_place: int
    cells_by_tenth: int
    stated: int
    stated_by_last_place: int
    stated_by_tenth: int
    rows: int
    carried_by: list[CarriedBy]
    is_sampled: bool


class FirmnessJson(TypedDict):
    """How firmly the probed verdicts stand in total: sums of their probes.

    `never_move` are ids of claims that no nudge of a cell or a stated number moved. Of the `with_rows` that rest on
    rows, so many are carried by no single row, by one, and by more of them.
    """

    claims: int
    never_move: list[str]
    cells: int
    cells_by_last_place: int
    cells_by_tenth: int
    stated: int
    stated_by_last_place: int
    stated_by_tenth: int
    with_rows: int
    carried_by_none: int
    carried_by_one: int
    carried_by_more: int
    is_sampled: bool


class CoveredJson(TypedDict):
    """A table of evidence, and what of it no verdict rests on.

    `keys` are those of its readings in `evidence`; `rows_unused` are the first runs of such rows, each with its first
    and last row, counted from 1.
    """

    keys: list[str]
    path: str
    inside: str
    rows: int
    rows_used: int
    rows_unused: list[list[int]]
    columns: int
    columns_unused: list[str]


class CoverageJson(TypedDict):
    """What of the evidence no verdict rests on: whole files that no claim names, and of each table the rest."""

    files_unused: list[str]
    tables: list[CoveredJson]


class Decision(TypedDict):
    """One judged claim. `group` is the first part of the id; `statement` and `notes` still hold their bindings.

    `warnings` break nothing: numbers typed by hand into prose. `probe` is there when the verdict was probed by small
    changes.
    """

    id: str
    path: str
    sha256: str
    title: str
    statement: str
    notes: str
    tags: list[str]
    group: str
    source: dict[str, str]
    awaits: str
    verdict: Verdict
    reason: Reason | None
    why: str
    assertions: list[AssertionJson]
    numbers: list[NumberJson]
    correction: CorrectionJson | None
    values: dict[str, ValueJson]
    evidence: list[EvidenceJson]
    tables: list[TableJson]
    plots: list[PlotJson]
    problems: list[ProblemJson]
    warnings: list[ProblemJson]
    probe: Probe | None
    depends: list[Dependence]
