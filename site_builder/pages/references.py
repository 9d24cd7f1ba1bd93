"""References: what reports name must exist, and no two reports may want one page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from site_builder.claims.bindings import Binding, find_bindings
from site_builder.claims.claim import Report, Text
from site_builder.claims.directives import Directive
from site_builder.claims.prose import code_regions, is_within, report_text
from site_builder.pages.addresses import page_of_source, report_page
from site_builder.pages.prose import LONGEST_REPORT
from site_builder.problems import Place, Problem, did_you_mean
from site_builder.verdicts.decision import Decision

FILE_LINK = re.compile(r"\]\(<?(?P<file>[^()<>\s:#?]+\.(?:md|ya?ml))(?:#[^()<>\s]*)?>?(?:[ \t]+[^()\n]*)?\)")


def report_problems(reports: Sequence[Report], decisions: Sequence[Decision]) -> tuple[Problem, ...]:
    """What reports name that the claims don't have, in the order of reports and lines.

    Ill-written bindings are not among them: whoever reads a report's file tells of those.
    """
    by_id = {decision["id"]: decision for decision in decisions}
    paths = frozenset((*(report.path for report in reports), *(decision["path"] for decision in decisions)))
    found: list[Problem] = [*_shared_pages(reports), *_long_reports(reports)]
    for report in reports:
        text = report_text(report)
        found += _name_problems(text, by_id)
        found += _link_problems(text, report, paths)
    return tuple(found)


def _shared_pages(reports: Sequence[Report]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for report in sorted(reports, key=lambda each: each.id):
        owner = owners.setdefault(report_page(report.id), report.path)
        if owner != report.path:
            message = f"{report.path} and {owner} would share the page {report_page(report.id)}"
            yield Problem("E-REPORT", message, Place(report.path), "give one of them another name")


def _long_reports(reports: Sequence[Report]) -> Iterator[Problem]:
    for report in reports:
        if len(report.body) > LONGEST_REPORT:
            message = f"{report.path} has {len(report.body):,} characters, and {LONGEST_REPORT:,} are allowed"
            yield Problem("E-REPORT", message, Place(report.path), "make two reports of it")


def _name_problems(text: Text, decisions: Mapping[str, Decision]) -> Iterator[Problem]:
    found, _ = find_bindings(text, is_report=True)
    for item in found:
        problem = _binding(item, decisions) if isinstance(item, Binding) else _directive(item, decisions)
        if problem is not None:
            yield problem


def _link_problems(text: Text, report: Report, paths: frozenset[str]) -> Iterator[Problem]:
    """Links to the files of claims and reports become links to their pages, so the files must be there."""
    regions = code_regions(text.value)
    for found in FILE_LINK.finditer(text.value):
        if is_within(regions, found.start()):
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(report.path), found["file"]))
        if page_of_source(path) and path not in paths:
            place = text.at(found.start("file"), len(found["file"]))
            yield Problem("E-LINK", f"there is no {path}", place, did_you_mean(path, paths))


def _binding(item: Binding, decisions: Mapping[str, Decision]) -> Problem | None:
    place, written = item.expression.place, item.expression.value
    if item.reference is None:
        hint = "a report calls a number by its claim:  {{ group/claim.name }}"
        return Problem("E-BINDING", f"{written[:60]!r} names no claim", place, hint)
    claim_id, name = item.reference
    decision = decisions.get(claim_id)
    if decision is None:
        message = f"there is no claim {claim_id!r}"
        return Problem("E-BINDING", message, place, did_you_mean(claim_id, decisions))
    if name in decision["values"] or decision["verdict"] == "broken":
        return None
    hint = did_you_mean(name, decision["values"], "it has ")
    return Problem("E-BINDING", f"the claim {claim_id!r} has no number {name!r}", place, hint)


def _directive(item: Directive, decisions: Mapping[str, Decision]) -> Problem | None:
    if not item.target:
        return None
    decision = decisions.get(item.target)
    if decision is None:
        message = f"there is no claim {item.target!r}"
        return Problem("E-DIRECTIVE", message, item.place, did_you_mean(item.target, decisions))
    names = _names(item.kind, decision)
    if not item.name or item.name in names or decision["verdict"] == "broken":
        return None
    message = f"the claim {item.target!r} has no {item.kind} {item.name!r}"
    return Problem("E-DIRECTIVE", message, item.place, did_you_mean(item.name, names, "it has "))


def _names(kind: str, decision: Decision) -> list[str]:
    parts = decision["plots"] if kind == "plot" else decision["tables"]
    return [part["name"] for part in parts]
