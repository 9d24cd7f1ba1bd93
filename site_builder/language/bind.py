"""Every name of an expression resolved or refused before any data is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from site_builder.language.library import functions
from site_builder.language.nodes import Call, Index, Name, Node, Number, Unary, walk
from site_builder.language.syntax import parse
from site_builder.language.unknown_names import unknown_function, unknown_name
from site_builder.problems import Mistake, Place, Problem
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.reading import NotAQuantity, read_quantity

Locate = Callable[[int, int], Place]
"""From an offset and a width in an expression's text to the place in the author's file."""


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """An expression that has been read: its text, its tree (or the quantity it is), and where it stands."""

    text: str
    node: Node | None
    quantity: Quantity | None
    locate: Locate

    def placed(self, mistake: Mistake) -> Problem:
        """The problem with its place in the author's file; one that has a file keeps it."""
        return _placed(mistake.problem, self.locate)


def _placed(problem: Problem, locate: Locate) -> Problem:
    place = problem.place
    if place is None:
        return replace(problem, place=locate(0, 1))
    if place.path:
        return problem
    return replace(problem, place=locate(place.column - 1, place.width))


def read_expression(text: str, locate: Locate) -> Expression:
    """The expression a text is; raises `Mistake`, placed in the author's file."""
    try:
        return Expression(text, parse(text), None, locate)
    except Mistake as mistake:
        raise _raised(_placed(mistake.problem, locate)) from None


def read_let(text: str, locate: Locate) -> Expression:
    """A `let` value: an expression, or a quantity as people write it; raises `Mistake` where it could be either."""
    quantity = _quantity(text)
    try:
        node = parse(text)
    except Mistake as mistake:
        if quantity is None:
            raise _raised(_placed(mistake.problem, locate)) from None
        if quantity.unit.parts or "," not in text:
            return Expression(text, None, quantity, locate)
        node = None
    if quantity is None or _is_number(node):
        return Expression(text, node, None, locate)
    plain = text.replace(",", "") if node is None else f"({text.strip()})"
    message = f"{text.strip()!r} could be an expression or a quantity"
    hint = f'write {plain} for the expression, or quantity("{text.strip()}") for the quantity'
    raise Mistake("E-AMBIGUOUS", message, locate(0, max(1, len(text))), hint)


def _quantity(text: str) -> Quantity | None:
    try:
        return read_quantity(text).meant
    except NotAQuantity:
        return None


def _is_number(node: Node | None) -> bool:
    return isinstance(node, Number) or (isinstance(node, Unary) and isinstance(node.operand, Number))


def _raised(problem: Problem) -> Mistake:
    return Mistake(problem.code, problem.message, problem.place, problem.hint)


def check(
    expression: Expression, known: Mapping[str, str], unusable: Mapping[str, str] = MappingProxyType({})
) -> list[Problem]:
    """Every unknown name, function and argument of an expression.

    `known` maps names to what they are, and `unusable` those that are something else to the next step.
    """
    if expression.node is None:
        return []
    found = (expression.placed(m) for m in _mistakes(expression.node, expression.text, known, inside=False))
    return [_explained(problem, unusable) for problem in found]


def _explained(problem: Problem, unusable: Mapping[str, str]) -> Problem:
    place = problem.place
    if problem.code != "E-NAME" or place is None:
        return problem
    name = place.text[place.column - 1 : place.column - 1 + place.width]
    return replace(problem, hint=unusable.get(name, problem.hint))


def _mistakes(node: Node, text: str, known: Mapping[str, str], *, inside: bool) -> Iterator[Mistake]:
    if isinstance(node, Name) and not inside and node.name not in known:
        yield _unknown_name(node, text, known)
    if isinstance(node, Call):
        yield from _call_mistakes(node, text)
    for child in node.children:
        within = inside or (isinstance(node, Index) and child is node.index)
        yield from _mistakes(child, text, known, inside=within)


def _unknown_name(node: Name, text: str, known: Mapping[str, str]) -> Mistake:
    place = _span(node, text)
    if node.name in functions():
        hint = f"write {functions()[node.name].signature}"
        return Mistake("E-NAME", f"{node.name!r} is a function, not a value", place, hint)
    return unknown_name(node.name, known, place)


def _call_mistakes(node: Call, text: str) -> Iterator[Mistake]:
    function = functions().get(node.function)
    if function is None:
        place = replace(_span(node, text), width=len(node.function))
        yield unknown_function(node.function, place)
        return
    try:
        function.assign(node.arguments, dict(node.named))
    except Mistake as mistake:
        yield Mistake(mistake.problem.code, mistake.problem.message, _span(node, text), mistake.problem.hint)


def _span(node: Node, text: str) -> Place:
    start, end = node.span
    return Place("", 1, start + 1, max(1, end - start), text)


def names_used(expression: Expression) -> frozenset[str]:
    """Every name an expression could mean, inside brackets too (where it may turn out to be a column)."""
    if expression.node is None:
        return frozenset()
    return frozenset(n.name for n in walk(expression.node) if isinstance(n, Name))


def cycles_among(lets: Mapping[str, Expression]) -> Iterator[tuple[str, ...]]:
    """The names of each `let` that lead back to itself, first one repeated at the end."""
    uses = {name: sorted(names_used(expression) & lets.keys()) for name, expression in lets.items()}
    done: set[str] = set()
    for start in uses:
        found = _circle_from(start, uses, done) if start not in done else ()
        done.update(found)
        if found:
            yield found


def _circle_from(start: str, uses: Mapping[str, list[str]], done: set[str]) -> tuple[str, ...]:
    path, ahead = [start], [iter(uses[start])]
    while path:
        name = next(ahead[-1], None)
        if name is None:
            done.add(path.pop())
            ahead.pop()
        elif name in path:
            return (*path[path.index(name) :], name)
        elif name not in done:
            path.append(name)
            ahead.append(iter(uses[name]))
    return ()
