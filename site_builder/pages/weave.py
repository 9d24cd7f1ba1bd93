"""Weaving: a report's directives and bindings, replaced by what the claims say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.claims.bindings import Binding, find_bindings
from site_builder.claims.claim import Report
from site_builder.claims.directives import Directive
from site_builder.claims.prose import report_text
from site_builder.pages.addresses import anchor, claim_page
from site_builder.pages.corrections import corrections
from site_builder.pages.figure import Draw, Figure, figure
from site_builder.pages.grids import Grid, author_grid
from site_builder.pages.prose import Block, Prose, Spot, Value, bound, spots, value_of
from site_builder.pages.summary import Group, Row, row, title_of
from site_builder.verdicts.decision import Decision

HEADING = re.compile(
    r"\s*#[ \t]+(?P<title>.*?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)|\s*(?P<over>.+)\n=+[ \t]*(?:\n|\Z)"
)
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
    """What directives and bindings may name: all claims of the site, and each by its id."""

    decisions: Sequence[Decision]
    by_id: Mapping[str, Decision]
    draw: Draw


def loom(decisions: Sequence[Decision], draw: Draw) -> Loom:
    """A loom over the claims of a site."""
    return Loom(decisions, {decision["id"]: decision for decision in decisions}, draw)


def weave(report: Report, over: Loom) -> Prose:
    """The prose of a report; its first heading is left out, since the page shows the title itself."""
    body = _without_title(report)
    found = spots(body, lambda binding: _value(binding, over), lambda item, place: _block(item, over, place))
    return Prose(body, tuple(_apart(found)), 2, "text", report.path, is_report=True)


def shows_findings(report: Report) -> bool:
    """Whether the report itself shows a table of findings."""
    found, _ = find_bindings(report_text(report), is_report=True)
    return any(isinstance(item, Directive) and item.kind == "verdicts" for item in found)


def _without_title(report: Report) -> str:
    found = HEADING.match(report.body)
    if found is None or (found["title"] or found["over"] or "").strip() != report.title.strip():
        return report.body
    return report.body[found.end() :]


def _apart(found: Sequence[Spot]) -> Iterator[Spot]:
    """The spots; a drawing that is on the page already is loaded as an image, since ids must be unique."""
    drawn: set[str] = set()
    for spot in found:
        view = spot.shown.view if isinstance(spot.shown, Block) else None
        if isinstance(view, Figure) and view.svg in drawn:
            spot = replace(spot, shown=Block("plot", replace(view, is_inline=False)))
        elif isinstance(view, Figure):
            drawn.add(view.svg)
        yield spot


def _value(binding: Binding, over: Loom) -> Value | None:
    claim_id, name = binding.reference or ("", "")
    decision = over.by_id.get(claim_id)
    if decision is None:
        return None
    if decision["verdict"] == "broken":
        return Value(NOT_COMPUTED, claim_page(claim_id))
    return value_of(decision, name, binding.format)


def _block(item: Directive, over: Loom, place: int) -> Block:
    return WEAVERS[item.kind](item, over, place) or Block("unwoven", Unwoven(f"{item.kind} {_target(item)}"))


def _target(item: Directive) -> str:
    return f"{item.target}/{item.name}" if item.name else item.target


def _claim(item: Directive, over: Loom, place: int) -> Block | None:
    decision = over.by_id.get(item.target)
    if decision is None:
        return None
    return Block("claim", Card(row(decision), bound(decision["statement"], decision, f"claim-{place}")))


def _plot(item: Directive, over: Loom, place: int) -> Block | None:
    decision = over.by_id.get(item.target)
    found = [plot for plot in decision["plots"] if plot["name"] == item.name] if decision else []
    if decision is None or not found:
        return None
    shown = figure(decision, found[0], over.draw)
    return Block("plot", replace(shown, anchor=f"plot-{place}-{anchor(item.name)}"))


def _table(item: Directive, over: Loom, place: int) -> Block | None:
    decision = over.by_id.get(item.target)
    found = [table for table in decision["tables"] if table["name"] == item.name] if decision else []
    if decision is None or not found:
        return None
    return Block("table", Excerpt(author_grid(found[0]), title_of(decision), claim_page(item.target)))


def _verdicts(item: Directive, over: Loom, place: int) -> Block | None:
    chosen = [decision for decision in over.decisions if _passes(decision, item.filters)]
    wanted = ", ".join(f"{name} {value}" for name, value in item.filters)
    title = f"Findings with {wanted}" if wanted else "All findings"
    return Block("verdicts", Group(title, f"findings-{place}", tuple(chosen)))


def _passes(decision: Decision, filters: Sequence[tuple[str, str]]) -> bool:
    return all(FILTERS[name](decision, value) for name, value in filters)


def _corrections(item: Directive, over: Loom, place: int) -> Block | None:
    return Block("corrections", corrections(over.decisions, f"-{place}"))


FILTERS: Mapping[str, Callable[[Decision, str], bool]] = {
    "tag": lambda decision, wanted: wanted in decision["tags"],
    "verdict": lambda decision, wanted: wanted == decision["verdict"],
    "group": lambda decision, wanted: wanted == decision["group"],
}

WEAVERS: Mapping[str, Callable[[Directive, Loom, int], Block | None]] = {
    "claim": _claim,
    "plot": _plot,
    "table": _table,
    "verdicts": _verdicts,
    "corrections": _corrections,
}
