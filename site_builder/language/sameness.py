"""Parts of an expression that are one amount: a value less itself is zero, whatever it is.

Bounds go through arithmetic without memory of where they came from, so ``x - x`` would lie anywhere within twice the
width of x. Where two sides are written alike they are the same cells, and the outcome is known. A figure that stands
in the expression itself is no such thing: what two people report as ``~40%`` may be two amounts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from site_builder.language.nodes import (
    Attribute,
    Binary,
    Boolean,
    Call,
    Choice,
    Comparison,
    Index,
    Items,
    Logic,
    Name,
    Node,
    Number,
    String,
    Unary,
)
from site_builder.language.values import Scalar, Value
from site_builder.quantities.quantity import Quantity, column_of
from site_builder.tables import Column

_OWN: dict[type[Node], tuple[str, ...]] = {
    Number: ("value",),
    String: ("value",),
    Boolean: ("value",),
    Name: ("name",),
    Attribute: ("column",),
    Index: (),
    Call: ("function",),
    Unary: ("op",),
    Binary: ("op",),
    Comparison: ("ops",),
    Logic: ("op",),
    Choice: (),
    Items: (),
}
_FIGURES = "quantity"
_RISING = {"min": 0, "mean": 1, "median": 1, "max": 2}
_TRUE_OF_EQUALS = ("==", "<=", ">=")
_UPWARDS = {"<=": 1, ">": -1}
_DOWNWARDS = {">=": 1, "<": -1}


def is_same(left: Node, right: Node) -> bool:
    """Whether two parts are written alike, and rest on cells and names alone."""
    if type(left) is not type(right):
        return False
    if any(getattr(left, own) != getattr(right, own) for own in _OWN[type(left)]):
        return False
    if isinstance(left, Call) and isinstance(right, Call):
        names = [name for name, _ in left.named], [name for name, _ in right.named]
        if left.function == _FIGURES or names[0] != names[1]:
            return False
    pairs = zip(left.children, right.children, strict=False)
    return len(left.children) == len(right.children) and all(is_same(a, b) for a, b in pairs)


def of_itself(op: str, value: Value) -> Value:
    """``x - x`` or ``x / x``, computed with bounds, without them; a quotient by what may be zero stays open."""
    if op not in ("-", "/") or not isinstance(value, Scalar | Column) or value.kind != "number":
        return value
    q = value.data
    if q.is_exact:
        return value
    is_open = np.asarray(q.low == -np.inf, dtype=bool) & (op == "/")
    if not q.is_column:
        return value if is_open else replace(value, data=Quantity(q.nominal, unit=q.unit))
    if not is_open.any():
        return replace(value, data=Quantity(q.nominal, unit=q.unit))
    low, high = (column_of(list(np.where(is_open, end, q.nominal))) for end in (q.low, q.high))
    return replace(value, data=Quantity(q.nominal, low, high, is_open, is_open, q.unit))


def known_anyway(op: str, left: Node, right: Node) -> int:
    """1 or -1 where two amounts written so compare so whatever they are, else 0."""
    if is_same(left, right):
        return 1 if op in _TRUE_OF_EQUALS else -1
    if not (isinstance(left, Call) and isinstance(right, Call) and _are_of_one_column(left, right)):
        return 0
    rise = _RISING[right.function] - _RISING[left.function]
    return _UPWARDS.get(op, 0) if rise > 0 else _DOWNWARDS.get(op, 0) if rise < 0 else 0


def _are_of_one_column(left: Call, right: Call) -> bool:
    """Whether two calls summarise the same cells, each with a summary whose place among the others is known."""
    if left.function not in _RISING or right.function not in _RISING:
        return False
    return is_same(left, replace(right, function=left.function))


def decided(found: Scalar | Column, known: int, left: Value, right: Value) -> Scalar | Column:
    """A comparison of numbers that bounds left open, settled as `known` where both sides have a value."""
    if known == 0 or not all(isinstance(v, Scalar | Column) and v.kind == "number" for v in (left, right)):
        return found
    if isinstance(found, Scalar):
        return found if found.data != 0 else replace(found, data=known, reason="", detail="")
    gone = [_gone(v, len(found)) for v in (left, right)]
    settles = (found.data == 0) & ~(gone[0] | gone[1])
    data = np.where(settles, known, found.data).astype(np.int8)
    codes = None if found.unknown is None else np.where(settles, 0, found.unknown).astype(np.int8)
    return replace(found, data=data, unknown=codes if codes is not None and codes.any() else None)


def _gone(value: Value, rows: int) -> Any:
    has_codes = isinstance(value, Column) and value.unknown is not None
    return value.unknown != 0 if has_codes and isinstance(value, Column) else np.zeros(rows, dtype=bool)
