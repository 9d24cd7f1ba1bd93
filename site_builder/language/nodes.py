"""The tree of an expression: small, immutable, our own; every piece knows its span in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of an expression and its span: offsets of its first character and past its last."""

    span: Span

    @property
    def children(self) -> tuple[Node, ...]:
        """The pieces it is made of, left to right."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A decimal literal."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class String(Node):
    """A text literal."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """True or False."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name of evidence, `let`, or, inside brackets, a column."""

    name: str


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    """``base.column``."""

    base: Node
    column: str

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.base,)


@dataclass(frozen=True, slots=True)
class Index(Node):
    """``base[index]``: the rows where a condition holds, or one group."""

    base: Node
    index: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.base, self.index)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``function(arguments, name=argument)``."""

    function: str
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return (*self.arguments, *(node for _, node in self.named))


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """``-x``, ``+x`` or ``not x``."""

    op: str
    operand: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """``left op right`` with an arithmetic operator."""

    op: str
    left: Node
    right: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``a < b <= c``: each pair must hold."""

    ops: tuple[str, ...]
    operands: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``a and b and c`` or ``a or b or c``."""

    op: str
    operands: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """``a if condition else b``."""

    condition: Node
    then: Node
    otherwise: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list or tuple of values."""

    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, outermost first."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(top.children))
