"""A site: everything that was found out, and the pages that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.claims.claim import Report
from site_builder.pages.addresses import Address, claim_page, report_page, slugs
from site_builder.pages.claim_view import claim_view
from site_builder.pages.corrections import corrections
from site_builder.pages.evidence_view import sheet_view, uses_by_sheet
from site_builder.pages.figure import Draw, figures
from site_builder.pages.links import is_allowed
from site_builder.pages.page import Page
from site_builder.pages.shelf import Shelf, label, shelf
from site_builder.pages.summary import groups, row, tallies, verdict_page
from site_builder.pages.weave import Loom, has_findings, loom, weave
from site_builder.pages.words import KINDS, OUTCOMES, REASONS, VERDICTS, Term, counted, kind
from site_builder.project import Settings
from site_builder.verdicts.decision import Decision, SheetJson


DEFAULT_TITLE = "Claims and their evidence"
DEFAULT_DESCRIPTION = (
    "Each statement here was checked against its evidence by arithmetic that anyone can run again. "
    "The verdict is what that arithmetic gives."
)


@dataclass(frozen=True, slots=True)
class Site:
    """What one build found out.

    `generated` is the date that pages bear, of the commit or as the caller says, never of the machine's clock;
    `version` is the tool's.
    """

    settings: Settings
    decisions: tuple[Decision, ...]
    sheets: tuple[SheetJson, ...] = ()
    reports: tuple[Report, ...] = ()
    generated: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation."""

    word: str
    target: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows around its own content; none of it depends on the number of claims."""

    title: str
    description: str
    generated: str
    version: str
    base_url: str
    nav: tuple[NavItem, ...]


def present(site: Site, draw: Draw | None = None) -> tuple[Page, ...]:
    """All pages of a site, in a fixed order. `draw` gives a plot's SVG: the plots room's own unless told."""
    drawing = draw or _drawn_by_plots()
    ordered = sorted(site.decisions, key=lambda decision: (decision["id"], decision["path"]))
    pages = _Pages(site, ordered, shelf(site.sheets), drawing)
    return tuple(pages.all())


def _drawn_by_plots() -> Draw:
    from site_builder.plots import draw  # imports a drawing library, which a site without plots never needs

    return draw


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of one site, room by room."""

    site: Site
    decisions: Sequence[Decision]
    shelf: Shelf
    draw: Draw

    def all(self) -> Iterator[Page]:
        yield self._front()
        yield from self._claims()
        yield from self._evidence()
        yield from self._reports()
        yield from self._lists()
        yield self._page("corrections.html", "corrections.html", ledger=corrections(self.decisions))
        yield self._gallery()
        yield self._reading()
        yield self._missing()

    def _page(self, path: str, template: str, **context: object) -> Page:
        here = Address(path)
        return Page(here, template, {"here": here, "frame": self._frame(), **context})

    def _frame(self) -> Frame:
        settings = self.site.settings
        return Frame(
            settings.title or DEFAULT_TITLE,
            settings.description or DEFAULT_DESCRIPTION,
            self.site.generated,
            self.site.version,
            self._base_url(),
            tuple(self._nav()),
        )

    def _base_url(self) -> str:
        base = self.site.settings.base_url
        if not base.startswith(("https://", "http://")) or not is_allowed(base):
            return ""
        return base if base.endswith("/") else base + "/"

    def _nav(self) -> Iterator[NavItem]:
        yield NavItem("Findings", "index.html")
        if any(report.id != "index" for report in self.site.reports):
            yield NavItem("Reports", "reports.html")
        yield NavItem("Corrections", "corrections.html")
        yield NavItem("Evidence", "evidence.html")
        if any(decision["plots"] for decision in self.decisions):
            yield NavItem("Plots", "gallery.html")
        yield NavItem("How to read this", "reading.html")

    def _front(self) -> Page:
        index = next((report for report in self.site.reports if report.id == "index"), None)
        return self._page(
            "index.html",
            "front.html",
            tallies=tallies(self.decisions),
            groups=groups(self.decisions),
            prose=weave(index, self._loom()) if index else None,
            shows_findings=index is None or not has_findings(index),
            evidence_count=counted(len(self.site.sheets), "evidence file"),
            claim_count=counted(len(self.decisions), "claim"),
        )

    def _claims(self) -> Iterator[Page]:
        for decision in self.decisions:
            view = claim_view(decision, self.shelf, self.draw)
            yield self._page(claim_page(decision["id"]), "claim.html", claim=view, tag_pages=self._tag_pages())

    def _evidence(self) -> Iterator[Page]:
        uses = uses_by_sheet(self.decisions, self.shelf)
        sheets = sorted(self.site.sheets, key=lambda sheet: (sheet["path"], sheet["inside"], sheet["key"]))
        for sheet in sheets:
            view = sheet_view(sheet, self.shelf, uses)
            yield self._page(view.page, "evidence.html", sheet=view)
        entries = tuple(_entry(sheet, self.shelf, len(uses.get(sheet["key"], ()))) for sheet in sheets)
        yield self._page("evidence.html", "evidence_index.html", entries=entries)

    def _reports(self) -> Iterator[Page]:
        others = [report for report in self.site.reports if report.id != "index"]
        for report in sorted(others, key=lambda report: report.id):
            prose = weave(report, self._loom())
            yield self._page(report_page(report.id), "report.html", title=report.title, prose=prose, source=report.path)
        entries = tuple(NavItem(report.title, report_page(report.id)) for report in others)
        if entries:
            yield self._page("reports.html", "reports.html", entries=entries)

    def _lists(self) -> Iterator[Page]:
        """A page per verdict and per tag: each claim stands in few of them, so the whole stays linear."""
        for verdict, term in VERDICTS.items():
            rows = tuple(row(decision) for decision in self.decisions if decision["verdict"] == verdict)
            if rows:
                yield self._page(
                    verdict_page(verdict), "listing.html", title=term.word, lead=term.meaning, term=term, rows=rows
                )
        for tag, path in self._tag_pages().items():
            rows = tuple(row(decision) for decision in self.decisions if tag in decision["tags"])
            lead = f"{counted(len(rows), 'claim')} with this tag."
            yield self._page(path, "listing.html", title=f"Tag: {tag}", lead=lead, term=None, rows=rows)

    def _tag_pages(self) -> Mapping[str, str]:
        tags = sorted({tag for decision in self.decisions for tag in decision["tags"]})
        return {tag: f"tags/{name}.html" for tag, name in slugs(tags).items()}

    def _gallery(self) -> Page:
        shown = tuple(
            figure for decision in self.decisions for figure in figures(decision, self.draw)
        )
        return self._page("gallery.html", "gallery.html", figures=shown)

    def _reading(self) -> Page:
        return self._page(
            "reading.html",
            "reading.html",
            verdicts=tuple(VERDICTS.values()),
            outcomes=OUTCOMES,
            reasons=REASONS,
            kinds=tuple(value for key, value in KINDS.items() if key),
        )

    def _missing(self) -> Page:
        here = Address("404.html", self._base_url())
        return Page(here, "missing.html", {"here": here, "frame": self._frame()})

    def _loom(self) -> Loom:
        return loom(self.decisions, self.draw)


@dataclass(frozen=True, slots=True)
class Entry:
    """An evidence file in the list of all."""

    label: str
    title: str
    target: str
    rows: int
    kind: tuple[str, str]
    claims: int


def _entry(sheet: SheetJson, on: Shelf, claims: int) -> Entry:
    name = label(sheet["path"], sheet["inside"])
    return Entry(name, sheet["title"], on.page_of(sheet), sheet["rows"], kind(sheet["kind"]), claims)


__all__ = ["Frame", "Site", "Term", "present"]
