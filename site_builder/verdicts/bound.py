"""A claim's expressions, read and bound: every name resolved or refused before its evidence is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from site_builder.claims.bindings import Binding, find_bindings
from site_builder.claims.claim import Claim, StatedNumber, Text
from site_builder.language.bind import Expression, check, cycles_among, read_expression, read_let
from site_builder.problems import Mistake, Problem
from site_builder.quantities.reading import NotAQuantity, Reading, read_quantity

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class BoundNumber:
    """A stated number as read, with the expression that computes it."""

    name: str
    stated: Reading
    computed: Expression


@dataclass(frozen=True, slots=True, eq=False)
class BoundPart:
    """The checkable half of a claim or of its correction."""

    assertions: tuple[Expression, ...]
    numbers: tuple[BoundNumber, ...]


@dataclass(slots=True, eq=False)
class Bound:
    """All expressions of a claim by what they are for; those that cannot be read are in `problems` instead."""

    lets: dict[str, Expression] = field(default_factory=dict)
    main: BoundPart = field(default_factory=lambda: BoundPart((), ()))
    correction: BoundPart | None = None
    shown: dict[int, Expression] = field(default_factory=dict)
    bindings: dict[str, Expression] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def over(self, text: Text) -> Expression | None:
        """The expression read from one of the texts of a table or plot."""
        return self.shown.get(id(text))


def bind(claim: Claim) -> Bound:
    """The claim's expressions, read and checked; every problem of every one of them is collected."""
    bound = Bound()
    for name, text in claim.lets:
        let = _kept(bound, partial(read_let, text.value, text.at))
        bound.lets |= {name: let} if let else {}
    bound.main = _part(bound, claim.assertions, claim.numbers)
    if claim.correction is not None:
        bound.correction = _part(bound, claim.correction.assertions, claim.correction.numbers)
    for text in _exhibit_texts(claim):
        shown = _kept(bound, partial(read_expression, text.value, text.at))
        bound.shown |= {id(text): shown} if shown else {}
    _read_bindings(bound, claim)
    _check_names(bound, claim)
    return bound


def _kept(bound: Bound, read: Callable[[], T]) -> T | None:
    """What was read; None, with the problem kept, where it cannot be."""
    try:
        return read()
    except Mistake as mistake:
        bound.problems.append(mistake.problem)
        return None


def _part(bound: Bound, assertions: tuple[Text, ...], numbers: tuple[StatedNumber, ...]) -> BoundPart:
    read = [_kept(bound, partial(read_expression, text.value, text.at)) for text in assertions]
    stated = [_kept(bound, partial(_number, number)) for number in numbers]
    return BoundPart(tuple(e for e in read if e is not None), tuple(n for n in stated if n is not None))


def _number(number: StatedNumber) -> BoundNumber:
    computed = read_expression(number.computed.value, number.computed.at)
    try:
        return BoundNumber(number.name, read_quantity(number.stated.value), computed)
    except NotAQuantity as error:
        message = f"the stated number {number.stated.value[:60]!r} is not a quantity: {error}"
        hint = "write it as it was published, such as 38x, 73.5%, ~40%, 61-73%, 10,000+ or up to 15x"
        raise Mistake(
            "E-STATED", message, number.stated.at(0, max(1, len(number.stated.value))), hint
        ) from None


def _exhibit_texts(claim: Claim) -> Iterator[Text]:
    for table in claim.tables:
        yield table.show
    for plot in claim.plots:
        yield plot.data
        yield from (t for t in (plot.x, *plot.y, plot.color, plot.label, plot.value) if t is not None)
        yield from (mark.value for mark in plot.marks if mark.kind != "fit")


def _column_texts(claim: Claim) -> set[int]:
    """Texts in which bare names are columns of the plot's table."""
    return {id(t) for p in claim.plots for t in (p.x, *p.y, p.color, p.label, p.value) if t is not None}


def prose_of(claim: Claim) -> Iterator[Text]:
    """Every text of a claim that readers see and that may bind numbers."""
    yield claim.title
    yield claim.statement
    yield from (t for t in (claim.notes, claim.awaits) if t is not None)
    if claim.correction is not None:
        yield from (claim.correction.statement, claim.correction.reason)
    for table in claim.tables:
        yield from (t for t in (table.title, table.caption) if t is not None)
    for plot in claim.plots:
        yield from (t for t in (plot.title, plot.caption, plot.alt) if t is not None)


def _read_bindings(bound: Bound, claim: Claim) -> None:
    fix = claim.correction
    numbers = {n.name for n in (*claim.numbers, *(fix.numbers if fix else ()))}
    for text in prose_of(claim):
        found, problems = find_bindings(text)
        bound.problems.extend(problems)
        for inner in (b.expression for b in found if isinstance(b, Binding)):
            if inner.value not in numbers:
                expression = _kept(bound, partial(read_expression, inner.value, inner.at))
                bound.bindings |= {inner.value: expression} if expression else {}


_NO_NUMBER = "it is a number; what other expressions use has its name in `let:`"


def _check_names(bound: Bound, claim: Claim) -> None:
    known = {link.name: "evidence" for link in claim.evidence} | {name: "let" for name, _ in claim.lets}
    numbers = {n.name: "number" for n in claim.numbers}
    for cycle in cycles_among(bound.lets):
        text = dict(claim.lets)[cycle[0]]
        message = f"`let` goes in a circle: {' → '.join(cycle)}"
        place = text.at(0, max(1, len(text.value)))
        bound.problems.append(Problem("E-CYCLE", message, place, "let one of them stand on evidence alone"))
    columns = _column_texts(claim)
    over = [e for text_id, e in bound.shown.items() if text_id not in columns]
    parts = [bound.main, *([bound.correction] if bound.correction else [])]
    computed = [n.computed for part in parts for n in part.numbers]
    asserted = [a for part in parts for a in part.assertions]
    for expression in (*bound.lets.values(), *computed, *asserted, *over):
        bound.problems.extend(check(expression, known, dict.fromkeys(numbers, _NO_NUMBER)))
    for expression in bound.bindings.values():
        bound.problems.extend(check(expression, known | numbers))
