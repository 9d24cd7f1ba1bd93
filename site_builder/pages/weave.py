"""Weaving: a report's directives and bindings, replaced by what the claims say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from site_builder.claims.claim import Report
from site_builder.pages.addresses import anchor, claim_page, slugs
from site_builder.pages.corrections import Corrections, corrections
from site_builder.pages.figure import Draw, Figure, figure
from site_builder.pages.grids import Grid, author_grid
from site_builder.pages.prose import Block, Prose, Value, bound, value_at
from site_builder.pages.summary import Group, Row, row
from site_builder.verdicts.decision import Decision

BINDING = re.compile(r"\{\{\s*([^{}|\n]+?)\s*(?:\|\s*([^{}\n]*?)\s*)?\}\}")
ALONE = re.compile(r"^ {0,3}\{\{\s*(\w+)((?:\s+[^{}\n]*?)?)\s*\}\}[ \t]*$", re.MULTILINE)
NOT_COMPUTED = "not computed"


@dataclass(frozen=True, slots=True)
class Card:
    """A claim woven into a report."""

    row: Row
    statement: Prose


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A claim's table woven into a report."""

    grid: Grid
    claim_title: str
    target: str


@dataclass(frozen=True, slots=True)
class Unwoven:
    """A directive that names nothing; its author is told of it elsewhere, its readers see it here."""

    text: str


@dataclass(frozen=True, slots=True)
class Loom:
    """What directives and bindings may name: all claims of the site by id."""

    decisions: Sequence[Decision]
    by_id: Mapping[str, Decision]
    draw: Draw


def loom(decisions: Sequence[Decision], draw: Draw) -> Loom:
    """A loom over the claims of a site."""
    return Loom(decisions, {decision["id"]: decision for decision in decisions}, draw)


def weave(report: Report, over: Loom) -> Prose:
    """The prose of a report: its own first heading left out, since the page shows the title."""
    body = _without_title(report.body, report.title)
    return Prose(body, _values(body, over), _blocks(body, over), 2, "text")


def _without_title(body: str, title: str) -> str:
    stripped = body.lstrip("\ufeff \n\r\t")
    first, _, rest = stripped.partition("\n")
    heading = re.fullmatch(r"#\s+(.*?)(?:\s+#+)?\s*", first)
    return rest if heading and heading.group(1).strip() == title.strip() else body


def has_findings(report: Report) -> bool:
    """Whether the report shows the table of all findings itself."""
    return any(match.group(1) == "verdicts" for match in ALONE.finditer(report.body))


def _values(body: str, over: Loom) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for match in BINDING.finditer(body):
        claim_id, _, name = match.group(1).rpartition(".")
        decision = over.by_id.get(claim_id)
        if decision is None:
            continue
        value = decision["values"].get(name)
        page = claim_page(claim_id)
        values[match.group(1)] = value_at(page, value) if value else Value(NOT_COMPUTED, page)
    return values


def _blocks(body: str, over: Loom) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    for match in ALONE.finditer(body):
        weaver = WEAVERS.get(match.group(1))
        if weaver is not None:
            key = block_key(match.group(1), match.group(2))
            place = len(blocks) + 1
            blocks.setdefault(key, weaver(match.group(2).strip(), over, place) or Block("unwoven", Unwoven(key)))
    return blocks


def block_key(word: str, rest: str) -> str:
    """A directive's text with single spaces: what the same directive reads as anywhere."""
    return " ".join((word, *rest.split()))


def _claim(rest: str, over: Loom, place: int) -> Block | None:
    decision = over.by_id.get(rest)
    if decision is None:
        return None
    statement = bound(decision["statement"], decision, f"claim-{place}")
    return Block("claim", Card(row(decision), statement))


def _plot(rest: str, over: Loom, place: int) -> Block | None:
    claim_id, _, name = rest.rpartition("/")
    decision = over.by_id.get(claim_id)
    if decision is None:
        return None
    found = next((plot for plot in decision["plots"] if plot["name"] == name), None)
    if found is None:
        return None
    shown = figure(decision, found, over.draw)
    return Block("plot", _placed(shown, f"plot-{place}-{anchor(name)}"))


def _placed(shown: Figure, at: str) -> Figure:
    return Figure(
        at,
        shown.title,
        shown.caption,
        shown.alt,
        shown.svg,
        shown.image,
        shown.data,
        shown.claim_title,
        shown.claim,
    )


def _table(rest: str, over: Loom, place: int) -> Block | None:
    claim_id, _, name = rest.rpartition("/")
    decision = over.by_id.get(claim_id)
    if decision is None:
        return None
    found = next((table for table in decision["tables"] if table["name"] == name), None)
    if found is None:
        return None
    return Block("table", Excerpt(author_grid(found), decision["title"], claim_page(claim_id)))


def _verdicts(rest: str, over: Loom, place: int) -> Block | None:
    wanted = dict(part.partition("=")[::2] for part in rest.split())
    if not wanted.keys() <= FILTERS.keys():
        return None
    chosen = [
        decision
        for decision in over.decisions
        if all(FILTERS[name](decision, value) for name, value in wanted.items())
    ]
    title = "All findings" if not wanted else f"Findings: {rest}"
    name = slugs([rest or "all"])[rest or "all"]
    return Block("verdicts", Group(title, f"findings-{place}-{name}", tuple(map(row, chosen))))


def _corrections(rest: str, over: Loom, place: int) -> Block | None:
    shown: Corrections = corrections(over.decisions)
    return None if rest else Block("corrections", shown)


FILTERS: Mapping[str, Callable[[Decision, str], bool]] = {
    "tag": lambda decision, wanted: wanted in decision["tags"],
    "verdict": lambda decision, wanted: wanted == decision["verdict"],
    "group": lambda decision, wanted: wanted == decision["group"],
}

WEAVERS: Mapping[str, Callable[[str, Loom, int], Block | None]] = {
    "claim": _claim,
    "plot": _plot,
    "table": _table,
    "verdicts": _verdicts,
    "corrections": _corrections,
}
