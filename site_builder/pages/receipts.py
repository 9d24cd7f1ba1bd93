"""Receipts: the arithmetic of each number, assertion and named value, line by line, with its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.pages.addresses import anchor, value_anchor
from site_builder.pages.uses import EvidenceTargets, Reference, parts_of, references
from site_builder.pages.words import OUTCOMES, Term
from site_builder.verdicts.decision import AssertionJson, Decision, NumberJson, ReadingJson, Step, ValueJson

WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `name` only on the first, the code to its right, and whether it is the result."""

    name: str
    code: str
    is_result: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one value came about; `outcome` is None for a named value, `builds_on` are anchors on this page.

    `readings` work out what else the two numbers that it compares give, where a stated figure that differs is that.
    """

    anchor: str
    heading: str
    lines: tuple[Line, ...]
    builds_on: tuple[tuple[str, str], ...] = ()
    references: tuple[Reference, ...] = ()
    outcome: Term | None = None
    detail: str = ""
    is_correction: bool = False
    readings: tuple[ReadingJson, ...] = ()
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All receipts of a claim: named values in the order they are first needed, numbers, assertions."""

    lets: tuple[Receipt, ...]
    numbers: tuple[Receipt, ...]
    assertions: tuple[Receipt, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no arithmetic to show."""
        return not (self.lets or self.numbers or self.assertions)


def ledger(decision: Decision, targets: Mapping[str, EvidenceTargets]) -> Ledger:
    """The receipts of a claim, and after them its correction's, whose anchors start with ``correction-``."""
    steps = _named_steps(decision)
    known = {name: let_anchor(name) for name in steps}
    halves = tuple(_halves(decision))
    numbers = [
        _number(number, correction_prefix(decision, number, is_changed), known, targets, is_changed)
        for is_changed, numbers, _ in halves
        for number in numbers
    ]
    assertions = [
        _assertion(assertion, "correction-" if is_changed else "", place, known, targets)
        for is_changed, _, assertions in halves
        for place, assertion in enumerate(assertions, start=1)
    ]
    lets = [_let(step, known) for step in steps.values()]
    anchors = {receipt.anchor for receipt in (*lets, *numbers, *assertions)}
    lets.extend(_shown_values(decision["values"], anchors, known, targets))
    return Ledger(tuple(lets), tuple(numbers), tuple(assertions))


def number_anchor(name: str, prefix: str = "") -> str:
    """The id of a number's receipt."""
    return f"{prefix}number-{anchor(name)}"


def correction_prefix(decision: Decision, number: NumberJson, is_correction: bool = True) -> str:
    """What starts the anchor of a correction's number: nothing, unless the claim has a number of that name."""
    names = [own["name"] for own in decision["numbers"]]
    return "correction-" if is_correction and number["name"] in names else ""


def assertion_anchor(place: int, prefix: str = "") -> str:
    """The id of an assertion's receipt, counted from 1."""
    return f"{prefix}assertion-{place}"


def let_anchor(name: str) -> str:
    """The id of a named value's receipt."""
    return f"let-{anchor(name)}"


def _halves(decision: Decision) -> Iterator[tuple[bool, list[NumberJson], list[AssertionJson]]]:
    """The claim's own numbers and assertions, then, marked True, those of its correction."""
    yield False, decision["numbers"], decision["assertions"]
    correction = decision["correction"]
    if correction is not None:
        yield True, correction["numbers"], correction["assertions"]


def _named_steps(decision: Decision) -> dict[str, Step]:
    """The steps before each part's and each shown value's last one: named values, each once, as they are needed."""
    steps: dict[str, Step] = {}
    for part in (*parts_of(decision), *decision["values"].values()):
        for step in part["steps"][:-1]:
            steps.setdefault(step["name"], step)
    return steps


def lines_of(step: Step, name: str) -> tuple[Line, ...]:
    """The expression, the same with values filled in level by level, and the result."""
    middle = [text for text in step["filled"] if text not in (step["expression"], step["value"])]
    shown = [step["expression"], *middle]
    if step["value"] == step["expression"]:
        return (Line(name, step["value"], True),)
    return (
        Line(name, shown[0]),
        *(Line("", text) for text in shown[1:]),
        Line("", step["value"], True),
    )


def _let(step: Step, known: Mapping[str, str]) -> Receipt:
    name = step["name"]
    return Receipt(let_anchor(name), name, lines_of(step, name), _builds_on(step["expression"], known, name))


def _number(
    number: NumberJson,
    prefix: str,
    known: Mapping[str, str],
    targets: Mapping[str, EvidenceTargets],
    is_correction: bool,
) -> Receipt:
    name = number["name"]
    own = number["steps"][-1:]
    lines = lines_of(own[0], name) if own else (Line(name, number["expression"]),)
    return Receipt(
        number_anchor(name, prefix),
        name,
        lines,
        _builds_on(number["expression"], known, ""),
        references(number["cells"], targets),
        OUTCOMES[number["outcome"]],
        number["detail"],
        is_correction,
        tuple(number["readings"]),
        number["stated"],
    )


def _assertion(
    assertion: AssertionJson,
    prefix: str,
    place: int,
    known: Mapping[str, str],
    targets: Mapping[str, EvidenceTargets],
) -> Receipt:
    own = assertion["steps"][-1:]
    lines = lines_of(own[0], "") if own else (Line("", assertion["expression"]),)
    return Receipt(
        assertion_anchor(place, prefix),
        f"Assertion {place}",
        lines,
        _builds_on(assertion["expression"], known, ""),
        references(assertion["cells"], targets),
        OUTCOMES[assertion["outcome"]],
        assertion["detail"],
        bool(prefix),
    )


def _builds_on(expression: str, known: Mapping[str, str], itself: str) -> tuple[tuple[str, str], ...]:
    """The named values that an expression mentions, with their anchors; words inside quotes are no names."""
    words = dict.fromkeys(WORD.findall(QUOTED.sub(" ", expression)))
    return tuple((word, known[word]) for word in words if word in known and word != itself)


def _shown_values(
    values: Mapping[str, ValueJson],
    anchors: Iterable[str],
    known: Mapping[str, str],
    targets: Mapping[str, EvidenceTargets],
) -> Sequence[Receipt]:
    """Receipts for what prose may link to and no number or assertion needed."""
    taken = set(anchors)
    receipts: list[Receipt] = []
    for name, value in values.items():
        place = value_anchor(name, value)
        if place not in taken:
            taken.add(place)
            own = value["steps"][-1:]
            lines = lines_of(own[0], own[0]["name"]) if own else (Line(name, value["text"], True),)
            builds_on = _builds_on(own[0]["expression"], known, name) if own else ()
            receipts.append(Receipt(place, name, lines, builds_on, references(value["cells"], targets)))
    return receipts
