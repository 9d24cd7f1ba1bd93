"""The words that pages use for verdicts, outcomes, reasons and kinds of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.verdicts.decision import Verdict


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its meaning; `icon` names a drawing and `tone` a colour, neither of which says it alone."""

    word: str
    meaning: str
    icon: str
    tone: str


VERDICTS: Mapping[Verdict, Term] = {
    "validated": Term(
        "Validated",
        "Every assertion is true of the evidence, and every number matches at the precision it was "
        "stated with.",
        "check",
        "validated",
    ),
    "corrected": Term(
        "Corrected",
        "The assertion is true but a stated number differs and the computed one replaces it, or the claim as "
        "stated fails and its author’s correction holds.",
        "pen",
        "corrected",
    ),
    "refuted": Term(
        "Refuted", "An assertion is false of the evidence, and no correction holds.", "cross", "refuted"
    ),
    "undetermined": Term(
        "Undetermined",
        "Nothing is false, but something cannot be known from the evidence: it is missing, awaited, "
        "censored or too imprecise.",
        "question",
        "undetermined",
    ),
    "broken": Term(
        "Broken",
        "The claim could not be evaluated, because its file has a mistake. This says nothing about the claim "
        "itself.",
        "bang",
        "broken",
    ),
}

OUTCOMES: Mapping[str, Term] = {
    "true": Term("True", "True for every value that the evidence allows.", "check", "validated"),
    "false": Term("False", "False for every value that the evidence allows.", "cross", "refuted"),
    "unknown": Term("Unknown", "True for some values that the evidence allows.", "question", "undetermined"),
    "matches": Term("Matches", "The computed value lies in what was stated.", "check", "validated"),
    "differs": Term("Differs", "Computed and stated values have nothing in common.", "pen", "corrected"),
    "undecided": Term("Cannot be decided", "The evidence is too coarse.", "question", "undetermined"),
    "broken": Term("Broken", "It could not be evaluated.", "bang", "broken"),
    "holds": Term(
        "Holds", "The original fails, and the correction’s own parts are true.", "check", "validated"
    ),
    "rejected": Term("Rejected", "The correction’s own parts fail.", "cross", "refuted"),
    "unneeded": Term("Not needed", "The original stands, so there is nothing to correct.", "dash", "broken"),
}

# A correction that waits for evidence is not a number that is too coarse: the same word, another meaning.
CORRECTION_UNDECIDED = Term(
    "Cannot be decided", "The evidence does not decide it.", "question", "undetermined"
)

REASONS: Mapping[str, str] = {
    "awaited": "the evidence is awaited: it does not exist yet",
    "missing-file": "an evidence file is missing",
    "missing-engine": "what would run the query is not installed",
    "missing-cell": "a cell that is needed is empty",
    "no-rows": "no row is left to look at, and nothing passes by being empty",
    "censored": "a value is only known to lie beyond a bound",
    "too-coarse": "the evidence is too imprecise to tell",
    "undefined": "the arithmetic has no value, such as a division by zero",
}

KINDS: Mapping[str, tuple[str, str]] = {
    "primary": ("Measured", "the file holds the measurements themselves"),
    "transcribed": ("Transcribed", "typed from a document, not measured here"),
    "derived": ("Derived", "computed from other data"),
    "": ("Not said", "nobody has said how close this file is to the measurement"),
}

TYPES: Mapping[str, str] = {
    "number": "number, exact as written",
    "quantity": "quantity, with the bounds it was written with",
    "reported": "number rounded for print: known to half its last digit",
    "text": "text",
    "date": "date",
    "truth": "true or false",
}

ROLES: Mapping[str, str] = {"value": "read", "filter": "chose the row"}


def kind(name: str) -> tuple[str, str]:
    """A kind of evidence in words: a short one, and what it means."""
    return KINDS.get(name, (name, KINDS[""][1]))


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 row``, ``1,200 rows``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
