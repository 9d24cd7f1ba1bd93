"""The working of an expression: the same text with values filled in, level by level, up to the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder.language.bind import Expression
from site_builder.language.nodes import Attribute, Boolean, Call, Index, Items, Name, Node, Number, String
from site_builder.language.values import ItemList, Scalar, Unknown, Value
from site_builder.quantities.shown import interval_text, number_text, plain_text, unit_suffix
from site_builder.tables import Column, Row, Table

_LONGEST_LIST = 8


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
        return "row: " + ", ".join(_row_cells(value))
    return "[" + ", ".join(value_text(item) for item in value.items) + "]"


def _row_cells(row: Row) -> Iterator[str]:
    from site_builder.language.values import element

    for name in row.table.names[:6]:
        yield f"{name} {value_text(element(row.table.column(name), 0))}"


def _scalar_text(value: Scalar) -> str:
    if value.kind == "number":
        if isinstance(value.data, Unknown):
            return value_text(value.data)
        text = number_text(value.data)
        bounds = interval_text(value.data)
        is_wide = not value.data.is_exact and bounds != text and not value.data.is_censored
        return f"{text} ({bounds})" if is_wide and _differs(value.data) else text
    if value.kind == "truth":
        said = {1: "true", -1: "false", 0: "unknown"}[int(value.data)]
        return f"{said} ({value.detail})" if value.detail else said
    return f'"{value.data}"' if value.kind == "text" else str(value.data)


def _differs(q: Any) -> bool:
    return plain_text(q.low) != plain_text(q.high)


def _column_text(column: Column) -> str:
    count = len(column)
    if column.keys is not None:
        shown = [f"{_key_text(k)}: {cell_text(column, i)}" for i, k in enumerate(column.keys[:_LONGEST_LIST])]
    else:
        shown = [cell_text(column, i) for i in range(min(count, _LONGEST_LIST))]
    unit = unit_suffix(str(column.unit)) if column.kind == "number" else ""
    more = f", … ({count:,} values)" if count > _LONGEST_LIST else ""
    return ", ".join(shown) + more + unit


def _key_text(key: Any) -> str:
    if isinstance(key, tuple):
        return " ".join(_key_text(k) for k in key)
    return plain_text(key) if isinstance(key, Fraction) else str(key)


def cell_text(column: Column, row: int) -> str:
    """One cell without its unit; an unknown one as a word in brackets."""
    from site_builder.tables import REASONS

    if column.unknown is not None and column.unknown[row] and column.kind != "truth":
        return f"({REASONS[int(column.unknown[row])]})"
    if column.kind == "truth":
        return {1: "true", -1: "false", 0: "unknown"}[int(column.data[row])]
    if column.kind != "number":
        return str(column.data[row])
    q = column.data.take(row)
    if q.low is None:
        return plain_text(q.nominal)
    from dataclasses import replace

    from site_builder.quantities.units import BARE

    bare = replace(q, unit=BARE)
    return interval_text(bare) if q.is_censored else plain_text(q.nominal)


def working(name: str, expression: Expression, value: Value, trace: Mapping[int, Value]) -> Line:
    """The lines of arithmetic from an expression to its value."""
    text = " ".join(expression.text.split())
    if expression.node is None:
        return Line(name, text, (), value_text(value))
    source = expression.text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    heights = _heights(expression.node, trace)
    top = heights[id(expression.node)]
    levels: list[str] = []
    gathered = _gathered(expression.node, source, trace)
    for level in [None, *range(top)]:
        filled = gathered if level is None else _filled(expression.node, source, trace, heights, level)
        filled = " ".join(filled.split())
        if filled != text and (not levels or filled != levels[-1]) and filled != value_text(value):
            levels.append(filled)
    return Line(name, text, tuple(levels), value_text(value))


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


def _filled(node: Node, text: str, trace: Mapping[int, Value], heights: dict[int, int], level: int) -> str:
    """The text with every piece up to `level` replaced by its value."""

    def replaced(at: Node) -> str | None:
        value = trace.get(id(at))
        is_literal = isinstance(at, Number | String | Boolean | Items)
        if heights.get(id(at), level + 1) <= level and _is_single(value) and not is_literal:
            assert value is not None
            return short_text(value)
        return None

    return _rewritten(node, text, replaced)


def _gathered(node: Node, text: str, trace: Mapping[int, Value]) -> str:
    """The text with the columns that its functions take written out."""

    def replaced(at: Node) -> str | None:
        value = trace.get(id(at))
        if isinstance(at, Index):
            return text[slice(*at.span)]
        if isinstance(at, Attribute | Name) and isinstance(value, Column) and len(value) <= 24:
            return "[" + _column_text(value) + "]" if len(value) != 1 else _column_text(value)
        return None

    return _rewritten(node, text, replaced)


def short_text(value: Value) -> str:
    """A value in one or two words, for filling into an expression."""
    if isinstance(value, Unknown):
        return f"({value.reason})"
    if isinstance(value, Scalar) and value.kind == "truth":
        return {1: "true", -1: "false", 0: "unknown"}[int(value.data)]
    if isinstance(value, Scalar) and value.kind == "number" and not isinstance(value.data, Unknown):
        text = number_text(value.data)
        return f"({text})" if text[0] in "−≥≤><" or "/" in text else text
    return value_text(value)


def _rewritten(node: Node, text: str, replaced: Any) -> str:
    pieces: list[tuple[int, int, str]] = []

    def spare(start: int, end: int, piece: str) -> str:
        """The piece without its parentheses where the text has a pair around it already."""
        bracketed = text[:start].rstrip().endswith("(") and text[end:].lstrip().startswith(")")
        return piece[1:-1] if bracketed and piece.startswith("(") and piece.endswith(")") else piece

    def visit(at: Node) -> None:
        with_text = replaced(at)
        if with_text is not None:
            pieces.append((*at.span, spare(*at.span, with_text)))
            return
        for child in at.children:
            visit(child)

    visit(node)
    out, position = [], 0
    for start, end, piece in sorted(pieces):
        out += [text[position:start], piece]
        position = end
    return "".join([*out, text[position:]])


def as_float(value: Any) -> float | None:
    """A bound or nominal value as a finite float, None where it has none."""
    try:
        result = float(value)
    except (OverflowError, TypeError):
        return None
    return result if np.isfinite(result) else None
