"""A claim's expressions, read and bound: every name resolved or refused before its evidence is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.claims.bindings import Binding, find_bindings
from site_builder.claims.claim import Claim, StatedNumber, Text
from site_builder.language.bind import Expression, check, cycle_among, read_expression, read_let
from site_builder.language.syntax import Name
from site_builder.problems import Mistake, Problem
from site_builder.quantities.reading import NotAQuantity, Reading, read_quantity


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
        _keep(bound, lambda name=name, text=text: bound.lets.__setitem__(name, read_let(text.value, text.at)))  # type: ignore[misc]
    bound.main = BoundPart(_read_all(bound, claim.assertions), _numbers(bound, claim.numbers))
    if claim.correction is not None:
        fix = claim.correction
        bound.correction = BoundPart(_read_all(bound, fix.assertions), _numbers(bound, fix.numbers))
    _read_exhibits(bound, claim)
    _read_bindings(bound, claim)
    _check_names(bound, claim)
    return bound


def _keep(bound: Bound, read: object) -> None:
    try:
        read()  # type: ignore[operator]
    except Mistake as mistake:
        bound.problems.append(mistake.problem)


def _read_all(bound: Bound, texts: tuple[Text, ...]) -> tuple[Expression, ...]:
    found: list[Expression] = []
    for text in texts:
        _keep(bound, lambda text=text: found.append(read_expression(text.value, text.at)))
    return tuple(found)


def _numbers(bound: Bound, stated: tuple[StatedNumber, ...]) -> tuple[BoundNumber, ...]:
    found: list[BoundNumber] = []
    for number in stated:
        _keep(bound, lambda number=number: found.append(_number(number)))
    return tuple(found)


def _number(number: StatedNumber) -> BoundNumber:
    computed = read_expression(number.computed.value, number.computed.at)
    try:
        return BoundNumber(number.name, read_quantity(number.stated.value), computed)
    except NotAQuantity as error:
        message = f"the stated number {number.stated.value[:60]!r} is not a quantity: {error}"
        hint = "write it as it was published, such as 38x, 73.5%, ~40%, 61-73%, 10,000+ or up to 15x"
        raise Mistake("E-STATED", message, number.stated.at(0, max(1, len(number.stated.value))), hint) from None


def _read_exhibits(bound: Bound, claim: Claim) -> None:
    """Tables and plots; an empty text is none."""
    for text in _exhibit_texts(claim):
        _keep(
            bound,
            lambda text=text: bound.shown.__setitem__(id(text), read_expression(text.value, text.at)),  # type: ignore[misc]
        )


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
    for exhibit in (*claim.tables, *claim.plots):
        yield from (t for t in (exhibit.title, exhibit.caption) if t is not None)
    yield from (plot.alt for plot in claim.plots)


def _read_bindings(bound: Bound, claim: Claim) -> None:
    numbers = {n.name for n in claim.numbers} | {n.name for n in (claim.correction.numbers if claim.correction else ())}
    for text in prose_of(claim):
        found, problems = find_bindings(text)
        bound.problems.extend(problems)
        for binding in found:
            if isinstance(binding, Binding) and binding.expression.value not in numbers:
                inner = binding.expression
                _keep(
                    bound,
                    lambda inner=inner: bound.bindings.__setitem__(  # type: ignore[misc]
                        inner.value, read_expression(inner.value, inner.at)
                    ),
                )


def _check_names(bound: Bound, claim: Claim) -> None:
    known = {link.name: "evidence" for link in claim.evidence} | {name: "let" for name, _ in claim.lets}
    numbers = {n.name: "number" for n in claim.numbers}
    cycle = cycle_among(bound.lets)
    if cycle:
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
        bound.problems.extend(check(expression, known))
    for expression in bound.bindings.values():
        bound.problems.extend(check(expression, known | numbers))


def is_name(expression: Expression) -> bool:
    """Whether an expression is nothing but a name."""
    return isinstance(expression.node, Name)
