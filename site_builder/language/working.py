"""The working of an expression: the same text with values filled in, level by level, up to the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from site_builder.language.bind import Expression
from site_builder.language.nodes import (
    Attribute,
    Binary,
    Boolean,
    Call,
    Index,
    Items,
    Name,
    Node,
    Number,
    String,
    Unary,
)
from site_builder.language.values import ItemList, Scalar, Unknown, Value, key_text
from site_builder.quantities.shown import interval_text, number_text, plain_text, rough_text, unit_suffix
from site_builder.quantities.units import BARE
from site_builder.tables import REASONS, Column, Row, Table

_LONGEST_LIST = 8
_LONGEST_FILLED = 24
_TRUTHS = {1: "true", -1: "false", 0: "unknown"}


@dataclass(frozen=True, slots=True)
class Line:
    """An expression, its levels with values filled in, and its value; `name` is set for a `let` or a number."""

    name: str
    expression: str
    filled: tuple[str, ...]
    value: str


def value_text(value: Value) -> str:
    """A value as the working shows it."""
    if isinstance(value, Unknown):
        return f"unknown ({value.reason}: {value.detail})"
    if isinstance(value, Scalar):
        return _scalar_text(value)
    if isinstance(value, Column):
        return _column_text(value)
    if isinstance(value, Table):
        of = f" of {value.source_rows:,}" if value.rows != value.source_rows or value.is_filtered else ""
        out = f", {value.left_out:,} left out for a missing cell" if value.left_out else ""
        return f"{value.rows:,}{of} {'row' if value.source_rows == 1 else 'rows'} of {value.name}{out}"
    if isinstance(value, Row):
        return _row_text(value)
    return "[" + ", ".join(value_text(item) for item in value.items) + "]"


def _row_text(row: Row) -> str:
    """The row's number in its evidence, counted from 1."""
    lineages = {leaf.lineage.evidence: leaf.lineage for c in row.table.made() for leaf in c.cells.aligned}
    lineages |= {lineage.evidence: lineage for lineage in row.table.lineages}
    if not lineages and row.table.names:
        first = row.table.column(row.table.names[0])
        lineages = {leaf.lineage.evidence: leaf.lineage for leaf in first.cells.aligned}
    said = [f"row {int(lineage.rows[0]) + 1:,} of {name}" for name, lineage in lineages.items()]
    return " with ".join(said) or f"a row of {row.table.name}"


def _scalar_text(value: Scalar) -> str:
    if value.kind == "number":
        if isinstance(value.data, Unknown):
            return value_text(value.data)
        text = number_text(value.data)
        bounds = interval_text(value.data)
        is_wide = not value.data.is_exact and bounds != text and not value.data.is_censored
        notes = [bounds] if is_wide and _differs(value.data) else []
        notes += [value.detail] if value.detail else []
        return f"{text} ({', '.join(notes)})" if notes else text
    if value.kind == "truth":
        said = _TRUTHS[int(value.data)]
        return f"{said} ({value.detail})" if value.detail else said
    return f'"{value.data}"' if value.kind == "text" else str(value.data)


def _differs(q: Any) -> bool:
    return plain_text(q.low) != plain_text(q.high)


def _column_text(column: Column, *, quoted: bool = False) -> str:
    """The cells up to the eighth, in brackets when they are to stand in an expression."""
    count = len(column)
    cells = [_cell(column, i, quoted=quoted) for i in range(min(count, _LONGEST_LIST))]
    if column.keys is not None:
        cells = [f"{key_text(k)}: {cell}" for k, cell in zip(column.keys, cells, strict=False)]
    unit = unit_suffix(str(column.unit)) if column.kind == "number" and count else ""
    inside = ", ".join(cells) if count else "no rows"
    if count > _LONGEST_LIST:
        inside += f", … ({count:,} values)"
    return (f"[{inside}]" if quoted and count != 1 else inside) + unit


_WORDS = {"missing-cell": "missing"}


def _cell(column: Column, row: int, *, quoted: bool) -> str:
    if quoted and column.unknown is not None and column.unknown[row]:
        reason = REASONS[int(column.unknown[row])]
        return "unknown" if column.kind == "truth" else _WORDS.get(reason, reason)
    text = cell_text(column, row)
    return f'"{text}"' if quoted and column.kind == "text" else text


def cell_text(column: Column, row: int) -> str:
    """One cell without its unit; an unknown one as a word in brackets."""
    if column.unknown is not None and column.unknown[row] and column.kind != "truth":
        return f"({REASONS[int(column.unknown[row])]})"
    if column.kind == "truth":
        return _TRUTHS[int(column.data[row])]
    if column.kind != "number":
        return str(column.data[row])
    if column.data.is_exact and not column.data.is_floating:
        return plain_text(column.data.nominal[row])
    return rough_text(replace(column.data.take(row), unit=BARE))


def working(name: str, expression: Expression, value: Value, trace: Mapping[int, Value]) -> Line:
    """The lines of arithmetic from an expression to its value."""
    text = " ".join(expression.text.split())
    if expression.node is None:
        return Line(name, text, (), value_text(value))
    levels: list[str] = []
    for filled in _levels(expression.node, re.sub(r"[\r\n\t]", " ", expression.text), trace):
        if filled not in (text, value_text(value), *levels[-1:]):
            levels.append(filled)
    return Line(name, text, tuple(levels), value_text(value))


def _levels(node: Node, source: str, trace: Mapping[int, Value]) -> Iterator[str]:
    """The text with the columns and names it starts from written out, then with more and more of it worked out."""
    heights = _heights(node, trace)
    if not isinstance(node, Attribute | Name):
        yield " ".join(_rewritten(node, source, partial(_gathered, trace, source)).split())
    for level in range(heights[id(node)]):
        yield " ".join(_rewritten(node, source, partial(_filled, trace, heights, level)).split())


def _is_single(value: Value | None) -> bool:
    return isinstance(value, Scalar | Unknown)


def _heights(node: Node, trace: Mapping[int, Value]) -> dict[int, int]:
    """How many levels of arithmetic stand below each node; what is read from tables directly is level 0."""
    heights: dict[int, int] = {}

    def height(at: Node) -> int:
        if isinstance(at, Number | String | Boolean | Name | Attribute) or (
            isinstance(at, Call) and not all(_is_plain(c, trace) for c in at.children)
        ):
            result = 0
        else:
            result = 1 + max((height(c) for c in at.children), default=0)
        heights[id(at)] = result
        return result

    height(node)
    return heights


def _is_plain(node: Node, trace: Mapping[int, Value]) -> bool:
    value = trace.get(id(node))
    return _is_single(value) or isinstance(value, ItemList)


def _filled(
    trace: Mapping[int, Value], heights: dict[int, int], level: int, at: Node, tight: bool
) -> str | None:
    """The value of a piece that is worked out at this level."""
    value = trace.get(id(at))
    if isinstance(at, Number | String | Boolean | Items) or heights.get(id(at), level + 1) > level:
        return None
    return short_text(value, tight=tight) if isinstance(value, Scalar | Unknown) else None


def _gathered(trace: Mapping[int, Value], source: str, at: Node, tight: bool) -> str | None:
    """The cells of a column, or the value of a name, that a computation starts from."""
    value = trace.get(id(at))
    if isinstance(at, Index):
        return source[slice(*at.span)]
    if not isinstance(at, Attribute | Name):
        return None
    if isinstance(value, Column) and len(value) <= _LONGEST_FILLED:
        return _column_text(value, quoted=True)
    return short_text(value, tight=tight) if isinstance(value, Scalar | Unknown) else None


def short_text(value: Value, *, tight: bool = True) -> str:
    """A value in one or two words, for filling into an expression; in parentheses where a sign or unit needs them."""
    if isinstance(value, Unknown):
        return _WORDS.get(value.reason, "unknown")
    if isinstance(value, Scalar) and value.kind == "truth":
        return _TRUTHS[int(value.data)]
    if isinstance(value, Scalar) and value.kind == "number" and not isinstance(value.data, Unknown):
        text = rough_text(value.data)
        needs = text[0] in "−≥≤><" or "/" in text or " to " in text
        return f"({text})" if tight and needs else text
    return value_text(value)


Replaced = Callable[[Node, bool], str | None]
"""From a node, and whether it stands tight between operators, to the text in its place, or None to go deeper."""


def _rewritten(node: Node, source: str, replaced: Replaced) -> str:
    pieces: list[tuple[int, int, str]] = []

    def visit(at: Node, tight: bool) -> None:
        written = replaced(at, tight)
        if written is None:
            for child in at.children:
                visit(child, isinstance(at, Binary | Unary))
        elif written != source[slice(*at.span)]:
            pieces.append((*_unwrapped(source, *at.span), written))

    visit(node, False)
    out, position = [], 0
    for start, end, piece in sorted(pieces):
        out += [source[position:start], piece]
        position = end
    return "".join([*out, source[position:]])


_OPENS = re.compile(r"(?:^|[^\w\s\])]|\b(?:and|or|not|in|if|else))\s*(\(\s*)$")
_CLOSES = re.compile(r"\s*\)")


def _unwrapped(source: str, start: int, end: int) -> tuple[int, int]:
    """The span of a piece together with parentheses around nothing else, unless they are those of a call."""
    while True:
        before, after = _OPENS.search(source, 0, start), _CLOSES.match(source, end)
        if before is None or after is None:
            return start, end
        start, end = before.start(1), after.end()


def as_float(value: Any) -> float | None:
    """A bound or nominal value as a finite float, None where it has none."""
    try:
        result = float(value)
    except (OverflowError, TypeError):
        return None
    return result if np.isfinite(result) else None
