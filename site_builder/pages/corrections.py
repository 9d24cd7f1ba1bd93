"""The corrections ledger: what was said, what the evidence gives, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.pages.addresses import claim_page
from site_builder.pages.claim_view import correction_outcome
from site_builder.pages.prose import Prose, bound, correction_prose
from site_builder.pages.receipts import number_anchor
from site_builder.pages.summary import shown, title_of, why
from site_builder.pages.words import VERDICTS, Term
from site_builder.verdicts.decision import CorrectionJson, Decision, NumberJson
from site_builder.verdicts.other_readings import sentence


@dataclass(frozen=True, slots=True)
class AuthorCorrection:
    """A correction that an author made, checked like a claim."""

    claim_title: str
    target: str
    said: Prose
    instead: Prose
    reason: Prose
    outcome: Term
    detail: str
    is_rejected: bool


@dataclass(frozen=True, slots=True)
class NumberCorrection:
    """A stated number that the evidence does not give."""

    claim_title: str
    target: str
    name: str
    stated: str
    computed: str
    detail: str
    reading: str


@dataclass(frozen=True, slots=True)
class Refutation:
    """A claim that the evidence contradicts and no correction saves."""

    claim_title: str
    target: str
    said: Prose
    why: str
    verdict: Term


@dataclass(frozen=True, slots=True)
class Corrections:
    """The whole ledger, each part in the order of the claims' ids."""

    numbers: tuple[NumberCorrection, ...]
    authors: tuple[AuthorCorrection, ...]
    refuted: tuple[Refutation, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing had to be corrected."""
        return not (self.numbers or self.authors or self.refuted)


def corrections(decisions: Iterable[Decision], suffix: str = "") -> Corrections:
    """The ledger of a site; `suffix` tells the ids of two ledgers on one page apart."""
    ordered = tuple((decision, f"{suffix}-{place}") for place, decision in enumerate(decisions, start=1))
    return Corrections(
        tuple(
            _number(decision, number)
            for decision, _ in ordered
            for number in decision["numbers"]
            if number["outcome"] == "differs"
        ),
        tuple(
            _author(decision, decision["correction"], place)
            for decision, place in ordered
            if decision["correction"] is not None
        ),
        tuple(
            _refuted(decision, place)
            for decision, place in ordered
            if decision["verdict"] == "refuted" and decision["correction"] is None
        ),
    )


def _number(decision: Decision, number: NumberJson) -> NumberCorrection:
    target = f"{claim_page(decision['id'])}#{number_anchor(number['name'])}"
    return NumberCorrection(
        title_of(decision),
        target,
        number["name"],
        number["stated"],
        shown(number),
        number["detail"],
        sentence(number),
    )


def _author(decision: Decision, correction: CorrectionJson, place: str) -> AuthorCorrection:
    statement, reason = correction_prose(decision, correction, place)
    return AuthorCorrection(
        title_of(decision),
        f"{claim_page(decision['id'])}#correction",
        bound(decision["statement"], decision, f"said{place}"),
        statement,
        reason,
        correction_outcome(correction),
        correction["detail"],
        correction["outcome"] == "rejected",
    )


def _refuted(decision: Decision, place: str) -> Refutation:
    return Refutation(
        title_of(decision),
        claim_page(decision["id"]),
        bound(decision["statement"], decision, f"refuted{place}"),
        why(decision),
        VERDICTS[decision["verdict"]],
    )
