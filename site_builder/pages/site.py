"""A site: everything that was found out, and the pages that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.claims.claim import Report
from site_builder.pages.addresses import Address, claim_page, report_page, slugs
from site_builder.pages.claim_view import claim_view
from site_builder.pages.corrections import corrections
from site_builder.pages.evidence_view import Entry, entry, sheet_view, uses_by_sheet
from site_builder.pages.figure import Draw, drawn_by_plots, drawn_once, figures
from site_builder.pages.green import PAGE as GREEN_PAGE
from site_builder.pages.green import Green, green
from site_builder.pages.links import is_allowed
from site_builder.pages.page import Page
from site_builder.pages.parts import parts
from site_builder.pages.shelf import Shelf, shelf
from site_builder.pages.summary import Group, Row, groups, row, tallies, verdict_page
from site_builder.pages.unused import unused_by_key
from site_builder.pages.weave import Loom, loom, shows_findings, weave
from site_builder.pages.words import KINDS, REASONS, VERDICTS, counted
from site_builder.project import Settings
from site_builder.verdicts.decision import CoverageJson, Decision, SheetJson

MOST_ON_FRONT = 300
MOST_GROUPS = 300
MOST_ROWS = 500
MOST_FIGURES = 100
DEFAULT_TITLE = "Claims and their evidence"
DEFAULT_DESCRIPTION = (
    "Each statement here was checked against its evidence by arithmetic that anyone can run again. "
    "The verdict is what that arithmetic gives."
)


@dataclass(frozen=True, slots=True)
class Site:
    """What one build found out.

    `generated` is the date that pages bear, of the commit or as the caller says, never the machine's clock's;
    `version` is the tool's.
    """

    settings: Settings
    decisions: tuple[Decision, ...]
    sheets: tuple[SheetJson, ...] = ()
    reports: tuple[Report, ...] = ()
    generated: str = ""
    version: str = ""
    coverage: CoverageJson | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of a list of pages."""

    word: str
    target: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows around its own content; none of it grows with the number of claims."""

    title: str
    description: str
    generated: str
    version: str
    base_url: str
    nav: tuple[NavItem, ...]


def present(site: Site, draw: Draw = drawn_by_plots) -> tuple[Page, ...]:
    """All pages of a site, in a fixed order. `draw` gives a plot's SVG: the plots room's own unless told."""
    return tuple(_pages(site, drawn_once(draw)))


def _pages(site: Site, draw: Draw) -> Iterator[Page]:
    ordered = tuple(sorted(site.decisions, key=lambda decision: (decision["id"], decision["path"])))
    on = shelf(site.sheets)
    room = _Room(
        site,
        ordered,
        on,
        draw,
        loom(ordered, draw),
        _frame(site),
        _tag_pages(ordered),
        green(ordered, site.coverage, on),
        groups(ordered),
    )
    for made in (_front, _claims, _evidence, _reports, _verdict_lists, _group_lists, _tag_lists, _others):
        yield from made(room)


@dataclass(frozen=True, slots=True)
class _Room:
    """What the pages of one site are made from."""

    site: Site
    decisions: tuple[Decision, ...]
    shelf: Shelf
    draw: Draw
    loom: Loom
    frame: Frame
    tag_pages: Mapping[str, str]
    green: Green
    groups: tuple[Group, ...]

    def page(self, path: str, template: str, **context: object) -> Page:
        return Page(Address(path), template, {"here": Address(path), "frame": self.frame, **context})


def _frame(site: Site) -> Frame:
    settings = site.settings
    return Frame(
        settings.title or _index_title(site) or DEFAULT_TITLE,
        settings.description or DEFAULT_DESCRIPTION,
        site.generated,
        site.version,
        _base_url(settings.base_url),
        tuple(_nav(site)),
    )


def _index_title(site: Site) -> str:
    return next((report.title for report in site.reports if report.id == "index"), "")


def _base_url(base: str) -> str:
    if not base.startswith(("https://", "http://")) or not is_allowed(base):
        return ""
    return base if base.endswith("/") else base + "/"


def _nav(site: Site) -> Iterator[NavItem]:
    yield NavItem("Findings", "index.html")
    if any(report.id != "index" for report in site.reports):
        yield NavItem("Reports", "reports.html")
    yield NavItem("Corrections", "corrections.html")
    yield NavItem("Evidence", "evidence.html")
    if any(decision["plots"] for decision in site.decisions):
        yield NavItem("Plots", "gallery.html")
    yield NavItem("What green means", GREEN_PAGE)
    yield NavItem("How to read this", "reading.html")


def _tag_pages(decisions: Sequence[Decision]) -> Mapping[str, str]:
    tags = sorted({tag for decision in decisions for tag in decision["tags"]})
    return {tag: f"tags/{name}.html" for tag, name in slugs(tags).items()}


def _front(room: _Room) -> Iterator[Page]:
    index = next((report for report in room.site.reports if report.id == "index"), None)
    yield room.page(
        "index.html",
        "front.html",
        title=index.title if index else room.frame.title,
        tallies=tallies(room.decisions),
        groups=room.groups,
        lists_claims=len(room.decisions) <= MOST_ON_FRONT,
        most_groups=MOST_GROUPS,
        prose=weave(index, room.loom) if index else None,
        has_table=index is None or not shows_findings(index),
        evidence_count=counted(len(room.site.sheets), "evidence file"),
        claim_count=counted(len(room.decisions), "claim"),
        green=room.green,
        green_page=GREEN_PAGE,
    )


def _claims(room: _Room) -> Iterator[Page]:
    pages = {one.id: group.page for group in room.groups for one in group.rows}
    for decision in room.decisions:
        view = claim_view(decision, room.shelf, room.draw)
        tags = tuple(NavItem(tag, room.tag_pages[tag]) for tag in view.tags)
        context = {"claim": view, "tags": tags, "group_page": pages.get(decision["id"], "")}
        yield room.page(claim_page(decision["id"]), "claim.html", **context)


def _evidence(room: _Room) -> Iterator[Page]:
    uses = uses_by_sheet(room.decisions, room.shelf)
    unused = unused_by_key(room.site.coverage, room.shelf)
    sheets = sorted(room.site.sheets, key=lambda sheet: (sheet["path"], sheet["inside"], sheet["key"]))
    for sheet in sheets:
        view = sheet_view(sheet, room.shelf, uses, unused.get(sheet["key"]))
        yield room.page(view.page, "evidence.html", sheet=view)
    entries: tuple[Entry, ...] = tuple(
        entry(sheet, room.shelf, uses, unused.get(sheet["key"])) for sheet in sheets
    )
    for part in parts(entries, "evidence.html", MOST_ROWS):
        yield room.page(part.path, "evidence_index.html", part=part, files_unused=room.green.files_unused)


def _reports(room: _Room) -> Iterator[Page]:
    reports = sorted(
        (report for report in room.site.reports if report.id != "index"), key=lambda each: each.id
    )
    for report in reports:
        prose = weave(report, room.loom)
        yield room.page(report_page(report.id), "report.html", title=report.title, prose=prose)
    if reports:
        entries = tuple(NavItem(report.title, report_page(report.id)) for report in reports)
        yield room.page("reports.html", "reports.html", entries=entries)


def _verdict_lists(room: _Room) -> Iterator[Page]:
    """Lists by verdict: each claim stands on one of them, so the whole stays linear."""
    for verdict, term in VERDICTS.items():
        rows = [row(decision) for decision in room.decisions if decision["verdict"] == verdict]
        if rows:
            yield from _list(room, verdict_page(verdict), term.word, term.meaning, rows)


def _group_lists(room: _Room) -> Iterator[Page]:
    for group in room.groups:
        lead = f"{counted(len(group.rows), 'claim')} in this folder."
        yield from _list(room, group.page, group.title, lead, group.rows)


def _tag_lists(room: _Room) -> Iterator[Page]:
    tagged: dict[str, list[Row]] = {tag: [] for tag in room.tag_pages}
    for decision in room.decisions:
        for tag in dict.fromkeys(decision["tags"]):
            tagged[tag].append(row(decision))
    for tag, rows in tagged.items():
        lead = f"{counted(len(rows), 'claim')} with this tag."
        yield from _list(room, room.tag_pages[tag], f"Tag: {tag}", lead, rows)


def _list(room: _Room, path: str, title: str, lead: str, rows: Sequence[Row]) -> Iterator[Page]:
    for part in parts(rows, path, MOST_ROWS):
        yield room.page(part.path, "listing.html", title=title, lead=lead, part=part)


def _others(room: _Room) -> Iterator[Page]:
    yield room.page("corrections.html", "corrections.html", ledger=corrections(room.decisions))
    drawings = tuple(
        replace(figure, anchor=f"claim-{place}-{figure.anchor}")  # claims may name their plots alike
        for place, decision in enumerate(room.decisions, start=1)
        for figure in figures(decision, room.draw)
    )
    for part in parts(drawings, "gallery.html", MOST_FIGURES):
        yield room.page(part.path, "gallery.html", part=part)
    kinds = tuple(meaning for kind, meaning in KINDS.items() if kind)
    yield room.page(
        "reading.html", "reading.html", verdicts=tuple(VERDICTS.values()), reasons=REASONS, kinds=kinds
    )
    yield room.page(GREEN_PAGE, "green.html", green=room.green)
    # The page for a missing one is served for any path, so its links cannot be relative.
    here = Address("404.html", room.frame.base_url)
    yield Page(here, "missing.html", {"here": here, "frame": room.frame})
