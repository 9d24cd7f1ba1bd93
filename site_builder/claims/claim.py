"""A claim as its author wrote it: every text with its place, nothing evaluated."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.problems import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as typed, and where its first character stands.

    `place.text` is the source line; `spans` maps offsets in `value` to the file for scalars that span lines
    (folded and literal blocks): (offset, line, column, source line), sorted, empty for one-line scalars.
    """

    value: str
    place: Place
    spans: tuple[tuple[int, int, int, str], ...] = ()

    def at(self, offset: int, width: int = 1) -> Place:
        """The place of the character at `offset` of the value."""
        index = bisect_right(self.spans, offset, key=lambda span: span[0])
        start = self.spans[index - 1] if index else (0, self.place.line, self.place.column, self.place.text)
        return Place(self.place.path, start[1], start[2] + offset - start[0], width, start[3])


@dataclass(frozen=True, slots=True)
class QueryLink:
    """The tables that a query of `evidence:` reads, under the names it has for them, and who answers it."""

    tables: tuple[EvidenceLink, ...]
    engine: Text | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """One entry of `evidence:`; `file` is a path below ``evidence/`` (globs allowed), `inside` a place in it.

    Where there is a `query`, `file` is its text instead of a path.

    `options` holds what the long form declares, checked for kind and spelling: ``pattern``, ``columns``
    (name → number | text | quantity | reported | date), ``missing``, ``cell``, ``units``, ``delimiter``,
    ``encoding``, ``header``, ``skip``, ``comment`` and so on, as plain strings, tuples of strings, and
    mappings of strings; `places` says where the value of each stands.
    """

    name: str
    file: Text
    inside: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    query: QueryLink | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number of `numbers:`, as stated in print, with the expression that computes it."""

    name: str
    stated: Text
    computed: Text


@dataclass(frozen=True, slots=True)
class Correction:
    """A claim about the claim: holds only if the original fails and its own parts are true."""

    statement: Text
    reason: Text
    assertions: tuple[Text, ...]
    numbers: tuple[StatedNumber, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table to show: `show` is an expression that gives a table."""

    name: str
    show: Text
    columns: tuple[Text, ...] = ()
    title: Text | None = None
    caption: Text | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn over a plot: `kind` is hline, vline or fit; `value` an expression or the fit's name."""

    kind: str
    value: Text
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class PlotSpec:
    """A plot to draw: `data` gives a table; x, y, color, label and value are expressions over its columns."""

    name: str
    kind: Text
    data: Text
    alt: Text
    x: Text | None = None
    y: tuple[Text, ...] = ()
    color: Text | None = None
    label: Text | None = None
    value: Text | None = None
    log: str = ""
    marks: tuple[Mark, ...] = ()
    title: Text | None = None
    caption: Text | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the claim was made."""

    title: str
    section: str = ""
    date: str = ""
    url: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One finding. `id` is its path below ``claims/`` without the ending; `sha256` is of the file's bytes."""

    id: str
    path: str
    sha256: str
    title: Text
    statement: Text
    tags: tuple[str, ...] = ()
    source: Source | None = None
    evidence: tuple[EvidenceLink, ...] = ()
    lets: tuple[tuple[str, Text], ...] = ()
    numbers: tuple[StatedNumber, ...] = ()
    assertions: tuple[Text, ...] = ()
    correction: Correction | None = None
    tables: tuple[TableSpec, ...] = ()
    plots: tuple[PlotSpec, ...] = ()
    notes: Text | None = None
    awaits: Text | None = None
    depends: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenClaim:
    """A claim file that could not be read as a claim; its problems are reported elsewhere by path."""

    id: str
    path: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A Markdown file under ``claims/``: prose that weaves claims. `id` is its path without the ending."""

    id: str
    path: str
    sha256: str
    title: str
    body: str
