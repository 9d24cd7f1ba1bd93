"""One claim judged: bound, its evidence loaded, each part decided, and the verdict that follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from site_builder.claims.claim import Claim, EvidenceLink, Text
from site_builder.claims.unbound import check_prose
from site_builder.evidence.record import MissingEvidence
from site_builder.language.evaluate import Evaluator
from site_builder.language.sharing import Shared
from site_builder.language.values import Unknown
from site_builder.problems import Mistake, Problem
from site_builder.tables import Cells, Table
from site_builder.verdicts.bound import Bound, BoundPart, bind
from site_builder.verdicts.broken import group_of, problems_json
from site_builder.verdicts.decision import (
    AssertionJson,
    CorrectionJson,
    CorrectionOutcome,
    Decision,
    Dependence,
    NumberJson,
    Reason,
    Verdict,
)
from site_builder.verdicts.exhibits import evidence_json, table_json
from site_builder.verdicts.outcomes import Judge
from site_builder.verdicts.plotting import Plotter
from site_builder.verdicts.prose_values import values_of
from site_builder.verdicts.provenance import MOST_LISTED, rows_used
from site_builder.verdicts.shelf import EvidenceSource, Loaded, Shelf
from site_builder.verdicts.verdict import verdict_of


@dataclass(slots=True)
class _Work:
    """What is found out while judging one claim."""

    claim: Claim
    bound: Bound
    shelf: EvidenceSource
    loaded: dict[str, Loaded] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)

    def table(self, link: EvidenceLink) -> Table | Unknown:
        """The link's table, or why there is none."""
        try:
            self.loaded[link.name] = self.shelf.get(link)
        except MissingEvidence as missing:
            return Unknown("missing-file", str(missing))
        except Mistake as mistake:
            if self.claim.awaits is not None and mistake.problem.code == "E-FILE":
                return Unknown("awaited", mistake.problem.message)
            place = mistake.problem.place or link.places.get(mistake.problem.about)
            placed = link.file.at(0, max(1, len(link.file.value))) if place is None else place
            raise Mistake(
                mistake.problem.code, mistake.problem.message, placed, mistake.problem.hint
            ) from None
        loaded = self.loaded[link.name]
        if not loaded.evidence.sheet.header:
            said = "; ".join(loaded.evidence.notes) or f"{loaded.evidence.path} has none"
            return Unknown("no-rows", f"{link.name} has no rows: {said}")
        return loaded.table

    def keep(self, mistake: Mistake) -> None:
        """Note a problem once."""
        if mistake.problem not in self.problems:
            self.problems.append(mistake.problem)


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim's parts decided, before anything is made to be shown."""

    work: _Work
    evaluator: Evaluator
    assertions: list[AssertionJson]
    numbers: list[NumberJson]
    correction: CorrectionJson | None

    def verdict(self) -> tuple[Verdict, Reason | None, str]:
        """The verdict that follows, its reason where it is open, and why."""
        awaits = self.work.claim.awaits.value if self.work.claim.awaits else ""
        return verdict_of(self.assertions, self.numbers, self.correction, bool(self.work.problems), awaits)


def judge(claim: Claim, shelf: Shelf, listed: int = MOST_LISTED) -> tuple[Decision, Trial]:
    """The decision on one claim, and the trial it came from; never raises for anything an author wrote."""
    trial = tried(claim, bind(claim), shelf, shared=shelf.shared, listed=listed)
    return _decision(trial), trial


def tried(
    claim: Claim,
    bound: Bound,
    shelf: EvidenceSource,
    *,
    shows_working: bool = True,
    shared: Shared | None = None,
    listed: int = MOST_LISTED,
) -> Trial:
    """Every part of a bound claim decided on the evidence that `shelf` gives; `shared` holds values made of it."""
    work = _Work(claim, bound, shelf, problems=list(bound.problems))
    tables = {link.name: partial(work.table, link) for link in claim.evidence}
    evaluator = Evaluator(tables, bound.lets, shared=shared)
    parts = Judge(evaluator, claim.awaits.value if claim.awaits else "", shows_working, listed)
    for link in claim.evidence:
        _attempt(work, partial(evaluator.named, link.name))
    for name in bound.lets if not bound.problems else ():
        _attempt(work, partial(evaluator.named, name))
    assertions, numbers = _judged(work, parts, bound.main)
    correction = _correction(work, parts, assertions, numbers)
    return Trial(work, evaluator, assertions, numbers, correction)


def _attempt(work: _Work, call: Callable[[], Any]) -> Any:
    """The call's value; None when it fails, with its problem kept."""
    try:
        return call()
    except Mistake as mistake:
        work.keep(mistake)
        return None


def _judged(work: _Work, judge_parts: Judge, part: BoundPart) -> tuple[list[AssertionJson], list[NumberJson]]:
    if work.bound.problems:
        return _broken_parts(part)
    broken_assertions, broken_numbers = _broken_parts(part)
    assertions = [
        _attempt(work, partial(judge_parts.assertion, expression)) or broken_assertions[i]
        for i, expression in enumerate(part.assertions)
    ]
    numbers = [
        _attempt(work, partial(judge_parts.number, number)) or broken_numbers[i]
        for i, number in enumerate(part.numbers)
    ]
    _keep_cells(work, judge_parts.evaluator, part)
    return assertions, numbers


def _keep_cells(work: _Work, evaluator: Evaluator, part: BoundPart) -> None:
    for expression in (*part.assertions, *(n.computed for n in part.numbers)):
        value = evaluator.trace.get(id(expression.node))
        if value is not None and hasattr(value, "cells"):
            work.cells.append(value.cells)


def _broken_parts(part: BoundPart) -> tuple[list[AssertionJson], list[NumberJson]]:
    detail = "it could not be evaluated"
    assertions = [
        AssertionJson(
            expression=" ".join(e.text.split()),
            outcome="broken",
            reason=None,
            detail=detail,
            steps=[],
            cells=[],
        )
        for e in part.assertions
    ]
    numbers = [
        NumberJson(
            name=n.name,
            stated=n.stated.text,
            expression=" ".join(n.computed.text.split()),
            computed=None,
            low=None,
            high=None,
            unit=str(n.stated.quantity.unit),
            shown="",
            outcome="broken",
            reason=None,
            detail=detail,
            readings=[],
            steps=[],
            cells=[],
        )
        for n in part.numbers
    ]
    return assertions, numbers


def _correction(
    work: _Work, judge_parts: Judge, assertions: list[AssertionJson], numbers: list[NumberJson]
) -> CorrectionJson | None:
    """The correction, checked like a claim: it holds only if the original fails and its own parts are true."""
    fix = work.claim.correction
    if fix is None or work.bound.correction is None:
        return None
    own_assertions, own_numbers = _judged(work, judge_parts, work.bound.correction)
    outcomes = {*(a["outcome"] for a in own_assertions), *(n["outcome"] for n in own_numbers)}
    fails = any(a["outcome"] == "false" for a in assertions) or any(
        n["outcome"] == "differs" for n in numbers
    )
    outcome, detail = _correction_outcome({str(o) for o in outcomes}, fails)
    return CorrectionJson(
        outcome=outcome,
        statement=fix.statement.value,
        reason=fix.reason.value,
        detail=detail,
        assertions=own_assertions,
        numbers=own_numbers,
    )


def _correction_outcome(outcomes: set[str], original_fails: bool) -> tuple[CorrectionOutcome, str]:
    if outcomes & {"false", "differs"}:
        return "rejected", "its own parts fail against the evidence"
    if outcomes & {"broken", "unknown", "undecided"}:
        return "undecided", "its own parts cannot be decided"
    if not original_fails:
        return "unneeded", "the original does not fail"
    return "holds", "the original fails, and this holds"


def _decision(trial: Trial) -> Decision:
    work, evaluator, numbers, correction = trial.work, trial.evaluator, trial.numbers, trial.correction
    claim = work.claim
    stated = [*(correction["numbers"] if correction else ()), *numbers]
    working = Judge(evaluator)
    values = {} if work.bound.problems else values_of(work.bound, working, stated, partial(_attempt, work))
    used = rows_used(work.cells)
    tables, plots = ([], []) if work.bound.problems else _exhibits(work, evaluator, used)
    awaits = claim.awaits.value if claim.awaits else ""
    verdict, reason, why = trial.verdict()
    return Decision(
        id=claim.id,
        path=claim.path,
        sha256=claim.sha256,
        title=claim.title.value,
        statement=claim.statement.value,
        notes=claim.notes.value if claim.notes else "",
        tags=list(claim.tags),
        group=group_of(claim.id),
        source={k: v for k, v in asdict(claim.source).items() if v} if claim.source else {},
        awaits=awaits,
        verdict=verdict,
        reason=reason,
        why=why,
        assertions=trial.assertions,
        numbers=numbers,
        correction=correction,
        values=values,
        evidence=[
            evidence_json(one.key, one.evidence, one.head, used)
            for one in (work.loaded[link.name] for link in claim.evidence if link.name in work.loaded)
        ],
        tables=tables,
        plots=plots,
        problems=problems_json(work.problems),
        warnings=problems_json(check_prose(claim)),
        probe=None,
        depends=[_dependence(text) for text in claim.depends],
    )


def _dependence(text: Text) -> Dependence:
    return Dependence(id=text.value, title="", verdict="", line=text.place.line, column=text.place.column)


def _exhibits(work: _Work, evaluator: Evaluator, used: Any) -> tuple[list[Any], list[Any]]:
    loaded = {name: one.evidence for name, one in work.loaded.items()}
    tables, plots = [], []
    for spec in work.claim.tables:
        expression = work.bound.over(spec.show)
        value = _attempt(work, partial(evaluator.value, expression)) if expression else None
        if value is not None and not isinstance(value, Unknown):
            made = _attempt(work, partial(table_json, spec, value, loaded, used))
            tables += [made] if made is not None else []
    for plot in work.claim.plots:
        made = _attempt(work, lambda plot=plot: Plotter(plot, work.bound, evaluator, loaded).plot())  # type: ignore[misc]
        plots += [made] if made is not None else []
    return tables, plots
