"""Operands: the two numbers that an expression compares, looked up through `let` names."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.language.bind import Expression
from site_builder.language.nodes import Binary, Call, Name, Node, Number, Unary
from site_builder.language.values import Scalar, Value
from site_builder.quantities.quantity import Quantity
from site_builder.verdicts.readings import Pair

_COMPARING = {
    "change": ("before", "after", "relative change"),
    "points": ("before", "after", "difference"),
    "ratio": ("base", "value", "ratio"),
}
"""Functions that compare: the parameters for the base and for the value, and the reading they work out."""
_WRAPPING = ("abs", "round")


def operands(node: Node | None, lets: Mapping[str, Expression], trace: Mapping[int, Value]) -> Pair | None:
    """The pair that an expression compares, such as those of ``a - b``, ``(a - b) / b`` or ``ratio(a, b)``.

    None where it is no comparison of two single numbers.
    """
    return _Seeker(lets, trace).pair(node)


class _Seeker:
    """Looks through `let` names and what only scales, signs or rounds."""

    def __init__(self, lets: Mapping[str, Expression], trace: Mapping[int, Value]) -> None:
        self.lets, self.trace = lets, trace

    def pair(self, node: Node | None) -> Pair | None:
        at = None if node is None else self.bare(node)
        if isinstance(at, Call):
            return self._called(at)
        if isinstance(at, Binary) and at.op == "-":
            return self._subtracted(at)
        if isinstance(at, Binary) and at.op == "/":
            return self._divided(at)
        return None

    def bare(self, node: Node) -> Node:
        """The node below names, signs, rounding and a factor of 100."""
        while True:
            inner = self._inside(node)
            if inner is None:
                return node
            node = inner

    def _inside(self, node: Node) -> Node | None:
        if isinstance(node, Name):
            return self.lets[node.name].node if node.name in self.lets else None
        if isinstance(node, Unary) and node.op in "+-":
            return node.operand
        if isinstance(node, Call) and node.function in _WRAPPING and node.arguments:
            return node.arguments[0]
        return _unscaled(node)

    def _called(self, call: Call) -> Pair | None:
        if call.function not in _COMPARING:
            return None
        base, value, computes = _COMPARING[call.function]
        order = ("value", "base") if call.function == "ratio" else (base, value)
        given = dict(zip(order, call.arguments, strict=False)) | dict(call.named)
        return self._of(given.get(base), given.get(value), computes)

    def _subtracted(self, node: Binary) -> Pair | None:
        """``a - b``; ``a / b - 1`` and ``1 - a / b`` are relative."""
        for one, other, computes in (
            (node.right, node.left, "relative change"),
            (node.left, node.right, "relative decrease"),
        ):
            inner = self._quotient(other) if _is_literal(one, 1) else None
            if inner is not None:
                return Pair(inner.base, inner.value, computes)
        return self._of(node.right, node.left, "difference")

    def _quotient(self, node: Node) -> Pair | None:
        at = self.bare(node)
        if isinstance(at, Call) and at.function == "ratio":
            return self._called(at)
        if not isinstance(at, Binary) or at.op != "/":
            return None
        return self._of(at.right, at.left, "ratio")

    def _divided(self, node: Binary) -> Pair | None:
        """``a / b``; ``(a - b) / b`` and ``(a - b) / a`` are relative changes of the two."""
        gap = self.bare(node.left)
        if isinstance(gap, Binary) and gap.op == "-":
            after, before = gap.left, gap.right
            if self._are_alike(node.right, before):
                return self._of(before, after, "relative change")
            if self._are_alike(node.right, after):
                return self._of(after, before, "relative decrease")
        return self._of(node.right, _unscaled(node.left) or node.left, "ratio")

    def _are_alike(self, one: Node, other: Node) -> bool:
        """Whether two pieces are written alike, or are one `let` value under two names."""
        return _shape(self._named(one)) == _shape(self._named(other))

    def _named(self, node: Node) -> Node:
        while isinstance(node, Name) and node.name in self.lets:
            below = self.lets[node.name].node
            if below is None:
                return node
            node = below
        return node

    def _of(self, base: Node | None, value: Node | None, computes: str) -> Pair | None:
        pair = self._number(base), self._number(value)
        return None if pair[0] is None or pair[1] is None else Pair(pair[0], pair[1], computes)

    def _number(self, node: Node | None) -> Quantity | None:
        value = None if node is None else self.trace.get(id(node))
        if isinstance(value, Scalar) and value.kind == "text" and value.read is not None:
            value = value.read()
        is_number = isinstance(value, Scalar) and value.kind == "number" and isinstance(value.data, Quantity)
        return value.data if is_number else None  # type: ignore[union-attr]


def _unscaled(node: Node) -> Node | None:
    """What a literal 100 multiplies."""
    if not isinstance(node, Binary) or node.op != "*":
        return None
    pairs = ((node.left, node.right), (node.right, node.left))
    return next((other for side, other in pairs if _is_literal(side, 100)), None)


def _is_literal(node: Node, value: int) -> bool:
    return isinstance(node, Number) and node.value == value


def _shape(node: Node) -> tuple[object, ...]:
    """What a piece says, without the place it stands at."""
    own = [getattr(node, slot, None) for slot in ("name", "value", "column", "op", "function")]
    return (type(node), *own, *(_shape(child) for child in node.children))
