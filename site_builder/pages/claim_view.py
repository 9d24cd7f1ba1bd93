"""A claim's page, in the order an auditor reads: what was said, the verdict, the arithmetic, the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.pages.addresses import claim_page
from site_builder.pages.figure import Draw, Figure, figures
from site_builder.pages.firmness import Firmness, firmness
from site_builder.pages.grids import Grid, author_grid, evidence_grid
from site_builder.pages.origins import Attribution, Fingerprint, attribution, attributions, fingerprints
from site_builder.pages.prose import Prose, bound, correction_prose
from site_builder.pages.receipts import (
    Ledger,
    assertion_anchor,
    correction_prefix,
    ledger,
    number_anchor,
)
from site_builder.pages.shelf import Shelf, label
from site_builder.pages.summary import group_title, shown, title_of, why
from site_builder.pages.uses import EvidenceTargets, roles_in, uses_of
from site_builder.pages.words import CORRECTION_UNDECIDED, OUTCOMES, VERDICTS, Term, kind
from site_builder.quantities.shown import plain_text, unit_suffix
from site_builder.verdicts.decision import (
    AssertionJson,
    CorrectionJson,
    Decision,
    Dependence,
    EvidenceJson,
    NumberJson,
)
from site_builder.verdicts.other_readings import sentence

BOUNDS = ("≥", "≤", ">", "<")


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A stated number beside the computed one.

    `bounds` is what the evidence allows where it isn't exact; `reading` says what else the stated figure would be.
    """

    name: str
    expression: str
    stated: str
    computed: str
    bounds: str
    outcome: Term
    detail: str
    reading: str
    receipt: str


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """An assertion, its outcome, and the sentence that says of how many rows it is true."""

    expression: str
    outcome: Term
    detail: str
    receipt: str


@dataclass(frozen=True, slots=True)
class CorrectionBox:
    """A checked correction, as it stands beside the original."""

    outcome: Term
    is_rejected: bool
    statement: Prose
    reason: Prose
    detail: str
    numbers: tuple[NumberRow, ...]
    assertions: tuple[AssertionRow, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence as one claim used it: the rows it rests on, and where the rest stands."""

    anchor: str
    name: str
    label: str
    title: str
    description: Prose
    page: str
    grid: Grid
    kind: tuple[str, str]
    kind_key: str
    notes: tuple[str, ...]
    sources: tuple[Attribution, ...]
    licenses: tuple[Attribution, ...]
    query: str
    files: tuple[Fingerprint, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """A claim that another rests on; the verdict is None where it was not judged."""

    title: str
    page: str
    verdict: Term | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """All that a claim's page says."""

    id: str
    title: str
    group: str
    verdict: Term
    why: str
    transcribed: tuple[Exhibit, ...]
    statement: Prose
    source: Attribution | None
    source_details: tuple[str, ...]
    numbers: tuple[NumberRow, ...]
    assertions: tuple[AssertionRow, ...]
    correction: CorrectionBox | None
    ledger: Ledger
    firmness: Firmness | None
    exhibits: tuple[Exhibit, ...]
    tables: tuple[Grid, ...]
    figures: tuple[Figure, ...]
    notes: Prose | None
    tags: tuple[str, ...]
    path: str
    sha256: str
    awaits: str
    problems: tuple[str, ...]
    rests_on: tuple[Support, ...]


def claim_view(decision: Decision, shelf: Shelf, draw: Draw) -> ClaimView:
    """What a claim's page shows."""
    exhibits = tuple(_exhibit(evidence, decision, shelf) for evidence in decision["evidence"])
    targets = _targets(decision, shelf)
    notes = decision["notes"]
    return ClaimView(
        id=decision["id"],
        title=title_of(decision),
        group=group_title(decision["group"]),
        verdict=VERDICTS[decision["verdict"]],
        why=why(decision),
        transcribed=tuple(exhibit for exhibit in exhibits if exhibit.kind_key == "transcribed"),
        statement=bound(decision["statement"], decision, "statement"),
        source=_source(decision["source"]),
        source_details=tuple(
            decision["source"][key] for key in ("section", "author", "date") if decision["source"].get(key)
        ),
        numbers=tuple(_number_row(number, "") for number in decision["numbers"]),
        assertions=_assertion_rows(decision["assertions"], ""),
        correction=_correction(decision),
        ledger=ledger(decision, targets),
        firmness=firmness(decision["probe"], targets),
        exhibits=exhibits,
        tables=tuple(author_grid(table) for table in decision["tables"]),
        figures=figures(decision, draw),
        notes=bound(notes, decision, "notes") if notes.strip() else None,
        tags=tuple(decision["tags"]),
        path=decision["path"],
        sha256=decision["sha256"],
        awaits="" if decision["awaits"] in why(decision) else decision["awaits"],
        problems=tuple(problem["text"] for problem in decision["problems"]),
        rests_on=tuple(_support(one) for one in decision["depends"] if one["title"]),
    )


def _support(one: Dependence) -> Support:
    verdict = next((term for word, term in VERDICTS.items() if word == one["verdict"]), None)
    return Support(one["title"], claim_page(one["id"]), verdict)


def _source(source: Mapping[str, str]) -> Attribution | None:
    if not source.get("title") and not source.get("url"):
        return None
    return attribution(source.get("title", ""), source.get("url", ""))


def _number_row(number: NumberJson, prefix: str) -> NumberRow:
    return NumberRow(
        number["name"],
        number["expression"],
        number["stated"],
        shown(number),
        _bounds(number),
        OUTCOMES[number["outcome"]],
        number["detail"],
        sentence(number),
        f"#{number_anchor(number['name'], prefix)}",
    )


def _bounds(number: NumberJson) -> str:
    """What the evidence allows, in words, or nothing where it gives one value or none."""
    low, high, suffix = number["low"], number["high"], unit_suffix(number["unit"])
    if low == high or number["shown"].startswith(BOUNDS):
        return ""
    if low is None or high is None:
        word, bound = ("at least", low) if high is None else ("at most", high)
        return f"{word} {plain_text(bound or 0.0)}{suffix}"
    return f"between {plain_text(low)} and {plain_text(high)}{suffix}"


def _assertion_rows(assertions: list[AssertionJson], prefix: str) -> tuple[AssertionRow, ...]:
    return tuple(
        AssertionRow(
            assertion["expression"],
            OUTCOMES[assertion["outcome"]],
            assertion["detail"],
            f"#{assertion_anchor(place, prefix)}",
        )
        for place, assertion in enumerate(assertions, start=1)
    )


def _correction(decision: Decision) -> CorrectionBox | None:
    correction = decision["correction"]
    if correction is None:
        return None
    statement, reason = correction_prose(decision, correction)
    return CorrectionBox(
        correction_outcome(correction),
        correction["outcome"] == "rejected",
        statement,
        reason,
        correction["detail"],
        tuple(_number_row(number, correction_prefix(decision, number)) for number in correction["numbers"]),
        _assertion_rows(correction["assertions"], "correction-"),
    )


def correction_outcome(correction: CorrectionJson) -> Term:
    """The outcome of a correction in words."""
    return CORRECTION_UNDECIDED if correction["outcome"] == "undecided" else OUTCOMES[correction["outcome"]]


def _exhibit(evidence: EvidenceJson, decision: Decision, shelf: Shelf) -> Exhibit:
    sheet = shelf.sheet_of(evidence)
    name = label(evidence["path"], evidence["inside"])
    prefix = _cell_prefix(evidence["name"])
    roles = roles_in(uses_of(decision), evidence["name"])
    caption = f"{evidence['name']}: rows of {name} that this claim rests on"
    return Exhibit(
        anchor=f"evidence-{evidence['name']}",
        name=evidence["name"],
        label=name,
        title=evidence["title"],
        description=Prose(evidence["description"], (), 4, f"about-{evidence['name']}"),
        page=shelf.page_of(sheet) if sheet else "",
        grid=evidence_grid(
            caption, evidence["columns"], evidence["excerpt"], evidence["rows"], roles, {}, prefix
        ),
        kind=kind(evidence["kind"]),
        kind_key=evidence["kind"],
        notes=tuple(evidence["notes"]),
        sources=attributions(evidence["sources"]),
        licenses=attributions(evidence["licenses"]),
        query=evidence["query"].strip(),
        files=fingerprints(evidence["files"]),
    )


def _cell_prefix(name: str) -> str:
    return f"{name}-"


def _targets(decision: Decision, shelf: Shelf) -> dict[str, EvidenceTargets]:
    targets: dict[str, EvidenceTargets] = {}
    for evidence in decision["evidence"]:
        sheet = shelf.sheet_of(evidence)
        targets[evidence["name"]] = EvidenceTargets(
            page=shelf.page_of(sheet) if sheet else "",
            columns={column["name"]: place for place, column in enumerate(evidence["columns"], start=1)},
            rows_there=shelf.rows[sheet["key"]] if sheet else frozenset(),
            rows_here=frozenset(row["row"] for row in evidence["excerpt"]),
            here=f"#{_cell_prefix(evidence['name'])}",
        )
    return targets
