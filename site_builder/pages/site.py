"""A site: everything that was found out, and the pages that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from site_builder.claims.claim import Report
from site_builder.figures import PlotJson
from site_builder.pages.addresses import Address, claim_page, report_page, slugs
from site_builder.pages.claim_view import claim_view
from site_builder.pages.corrections import corrections
from site_builder.pages.evidence_view import Uses, entry, sheet_view, uses_by_sheet
from site_builder.pages.figure import Draw, drawn_by_plots, drawn_once, figure
from site_builder.pages.green import PAGE as GREEN_PAGE
from site_builder.pages.green import Green, green
from site_builder.pages.links import is_allowed
from site_builder.pages.page import Page, page_of
from site_builder.pages.parts import Part, parts
from site_builder.pages.shelf import Shelf, shelf
from site_builder.pages.summary import Group, groups, row, tallies, verdict_page
from site_builder.pages.unused import Unused, unused_by_key
from site_builder.pages.weave import Loom, loom, shows_findings, weave
from site_builder.pages.words import KINDS, REASONS, VERDICTS, counted
from site_builder.project import Settings
from site_builder.verdicts.decision import CoverageJson, Decision, SheetJson
from site_builder.verdicts.digests import Digests

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
    digests: Digests = field(default_factory=Digests)


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
    grouped, frame = groups(ordered), _frame(site)
    room = _Room(
        site,
        ordered,
        on,
        draw,
        loom(ordered, draw),
        frame,
        _tag_pages(ordered),
        green(ordered, site.coverage, on),
        grouped,
        repr(frame),
        tuple(group.page for group in grouped),
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
    frame_told: str
    groups_told: tuple[str, ...]

    def page(self, path: str, template: str, **context: object) -> Page:
        """A page whose context is there already."""
        return page_of(Address(path), template, {"here": Address(path), "frame": self.frame, **context})

    def later(
        self, path: str, template: str, needs: Iterable[object], say: Callable[[], Mapping[str, object]]
    ) -> Page:
        """A page that is worked out when it is rendered, from values that `needs` tells apart: JSON, or others."""

        def all_of_it() -> Mapping[str, object]:
            return {"here": Address(path), "frame": self.frame, **say()}

        told = [self.site.digests.of(need) if isinstance(need, dict) else repr(need) for need in needs]
        return Page(Address(path), template, all_of_it, "\n".join([self.frame_told, *told]))


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
    needs = (*room.decisions, room.groups_told, index, room.green, len(room.site.sheets))
    yield room.later("index.html", "front.html", needs, partial(_front_page, room, index))


def _front_page(room: _Room, index: Report | None) -> Mapping[str, object]:
    return {
        "title": index.title if index else room.frame.title,
        "tallies": tallies(room.decisions),
        "groups": room.groups,
        "lists_claims": len(room.decisions) <= MOST_ON_FRONT,
        "most_groups": MOST_GROUPS,
        "prose": weave(index, room.loom) if index else None,
        "has_table": index is None or not shows_findings(index),
        "evidence_count": counted(len(room.site.sheets), "evidence file"),
        "claim_count": counted(len(room.decisions), "claim"),
        "green": room.green,
        "green_page": GREEN_PAGE,
    }


def _claims(room: _Room) -> Iterator[Page]:
    pages = {one["id"]: group.page for group in room.groups for one in group.claims}
    for decision in room.decisions:
        tags = tuple(NavItem(tag, room.tag_pages[tag]) for tag in decision["tags"])
        context = {"tags": tags, "group_page": pages.get(decision["id"], "")}
        found = [room.shelf.sheet_of(evidence) for evidence in decision["evidence"]]
        sheets = [part for sheet in found if sheet for part in (sheet, room.shelf.page_of(sheet))]
        needs = (decision, context.items(), *sheets)
        say = partial(_claim, room, decision, context)
        yield room.later(claim_page(decision["id"]), "claim.html", needs, say)


def _claim(room: _Room, decision: Decision, context: Mapping[str, object]) -> Mapping[str, object]:
    return {"claim": claim_view(decision, room.shelf, room.draw), **context}


def _evidence(room: _Room) -> Iterator[Page]:
    uses = uses_by_sheet(room.decisions, room.shelf)
    unused = unused_by_key(room.site.coverage, room.shelf)
    sheets = sorted(room.site.sheets, key=lambda sheet: (sheet["path"], sheet["inside"], sheet["key"]))
    for sheet in sheets:
        rest = unused.get(sheet["key"])
        users = [part for use in uses.get(sheet["key"], ()) for part in use]
        page = room.shelf.page_of(sheet)
        say = partial(_sheet, room, sheet, uses, rest)
        yield room.later(page, "evidence.html", (sheet, page, rest, *users), say)
    users_of = {key: len({decision["id"] for decision, _ in some}) for key, some in uses.items()}
    listed = [(sheet, users_of.get(sheet["key"], 0), unused.get(sheet["key"])) for sheet in sheets]
    for part in parts(listed, "evidence.html", MOST_ROWS):
        needs: list[object] = [need for line in part.items for need in line]
        pages = [room.shelf.page_of(sheet) for sheet, _, _ in part.items]
        say = partial(_index, room, part, uses)
        needs += [part.pages, pages, room.green.files_unused]
        yield room.later(part.path, "evidence_index.html", needs, say)


def _index(room: _Room, part: Part[tuple[SheetJson, int, Unused | None]], uses: Uses) -> Mapping[str, object]:
    entries = tuple(entry(sheet, room.shelf, uses, rest) for sheet, _, rest in part.items)
    return {"part": Part(entries, part.number, part.pages), "files_unused": room.green.files_unused}


def _sheet(room: _Room, sheet: SheetJson, uses: Uses, rest: Unused | None) -> Mapping[str, object]:
    return {"sheet": sheet_view(sheet, room.shelf, uses, rest)}


def _reports(room: _Room) -> Iterator[Page]:
    reports = sorted(
        (report for report in room.site.reports if report.id != "index"), key=lambda each: each.id
    )
    for report in reports:
        needs = (*room.decisions, report)
        yield room.later(report_page(report.id), "report.html", needs, partial(_report, room, report))
    if reports:
        entries = tuple(NavItem(report.title, report_page(report.id)) for report in reports)
        yield room.page("reports.html", "reports.html", entries=entries)


def _report(room: _Room, report: Report) -> Mapping[str, object]:
    return {"title": report.title, "prose": weave(report, room.loom)}


def _verdict_lists(room: _Room) -> Iterator[Page]:
    """Lists by verdict: each claim stands on one of them, so the whole stays linear."""
    for verdict, term in VERDICTS.items():
        claims = [decision for decision in room.decisions if decision["verdict"] == verdict]
        if claims:
            yield from _list(room, verdict_page(verdict), term.word, term.meaning, claims)


def _group_lists(room: _Room) -> Iterator[Page]:
    for group in room.groups:
        lead = f"{counted(len(group.claims), 'claim')} in this folder."
        yield from _list(room, group.page, group.title, lead, group.claims)


def _tag_lists(room: _Room) -> Iterator[Page]:
    tagged: dict[str, list[Decision]] = {tag: [] for tag in room.tag_pages}
    for decision in room.decisions:
        for tag in dict.fromkeys(decision["tags"]):
            tagged[tag].append(decision)
    for tag, claims in tagged.items():
        lead = f"{counted(len(claims), 'claim')} with this tag."
        yield from _list(room, room.tag_pages[tag], f"Tag: {tag}", lead, claims)


def _list(room: _Room, path: str, title: str, lead: str, claims: Sequence[Decision]) -> Iterator[Page]:
    for part in parts(claims, path, MOST_ROWS):
        needs = (title, lead, part.number, part.pages, *part.items)
        yield room.later(part.path, "listing.html", needs, partial(_listed, title, lead, part))


def _listed(title: str, lead: str, part: Part[Decision]) -> Mapping[str, object]:
    rows = tuple(map(row, part.items))
    return {"title": title, "lead": lead, "part": Part(rows, part.number, part.pages)}


def _others(room: _Room) -> Iterator[Page]:
    yield room.later("corrections.html", "corrections.html", room.decisions, partial(_ledger, room))
    yield from _gallery(room)
    kinds = tuple(meaning for kind, meaning in KINDS.items() if kind)
    yield room.page(
        "reading.html", "reading.html", verdicts=tuple(VERDICTS.values()), reasons=REASONS, kinds=kinds
    )
    yield room.page(GREEN_PAGE, "green.html", green=room.green)
    # The page for a missing one is served for any path, so its links cannot be relative.
    here = Address("404.html", room.frame.base_url)
    yield page_of(here, "missing.html", {"here": here, "frame": room.frame})


def _ledger(room: _Room) -> Mapping[str, object]:
    return {"ledger": corrections(room.decisions)}


def _gallery(room: _Room) -> Iterator[Page]:
    plots = [
        (place, decision, plot)
        for place, decision in enumerate(room.decisions, start=1)
        for plot in decision["plots"]
    ]
    for part in parts(plots, "gallery.html", MOST_FIGURES):
        needs = [need for place, decision, _ in part.items for need in (place, decision)]
        say = partial(_drawn, room, part)
        yield room.later(part.path, "gallery.html", (part.pages, *needs), say)


def _drawn(room: _Room, part: Part[tuple[int, Decision, PlotJson]]) -> Mapping[str, object]:
    drawings = (
        # Claims may name their plots alike.
        replace(drawn, anchor=f"claim-{place}-{drawn.anchor}")
        for place, decision, plot in part.items
        for drawn in (figure(decision, plot, room.draw),)
    )
    return {"part": Part(tuple(drawings), part.number, part.pages)}
