"""Tables drawn with lines, as terminals and databases print them: ``+---+---+`` and the Unicode boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from site_builder.evidence.document import Grid

_BARS = "|│┃║"
_RULE = re.compile(r"\+[-=+:]+\+|[\u2500-\u257f][\u2500-\u257f ]*[\u2500-\u257f]")
_LINE_LIMIT = 10_000


def find_boxes(lines: Sequence[str]) -> tuple[Grid, ...]:
    """Every drawn table among the lines of a text.

    A table begins with a rule and goes on while lines are rules or rows between bars. What stands above the
    first inner rule is its header. Where rules part the rows and a row has several lines with blanks in them,
    the lines are one row; otherwise each line is a row.
    """
    kinds = [_kind(line) for line in lines]
    grids: list[Grid] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and kinds[end]:
            end += 1
        rule = next((n for n in range(start, end) if kinds[n] == "rule"), end)
        if end - rule > 2 and "row" in kinds[rule:end]:
            grids.append(_grid(lines[rule:end], kinds[rule:end], rule + 1))
        start = max(end, start + 1)
    return tuple(grids)


def _kind(line: str) -> str:
    """Whether a line is a rule, a row between bars, or neither."""
    text = line.strip()
    if len(text) < 3 or len(text) > _LINE_LIMIT:
        return ""
    if text[0] in _BARS and text[-1] in _BARS:
        return "row"
    return "rule" if _RULE.fullmatch(text) else ""


def _grid(lines: Sequence[str], kinds: Sequence[str], first: int) -> Grid:
    cuts = [n for n, c in enumerate(lines[0]) if c == "+"]
    blocks = [
        [(first + n, _cells(lines[n], cuts)) for n in numbers]
        for kind, numbers in ((k, list(g)) for k, g in groupby(range(len(lines)), lambda n: kinds[n]))
        if kind == "row"
    ]
    blocks = _without_footer(blocks)
    width = len(blocks[0][0][1])
    ragged = next((number for block in blocks for number, cells in block if len(cells) != width), None)
    if ragged is not None:
        fault = f"the row at line {ragged} of the drawn table has not the {width} cells of its first row"
        return Grid("box", (tuple(blocks[0][0][1]),), (first,), 0, fault=fault)
    head = blocks[:1] if len(blocks) > 1 else []
    body, notes = _body(blocks[len(head) :])
    merged = [_merged(block) for block in head] + body
    return Grid("box", tuple(cells for _, cells in merged), tuple(n for n, _ in merged), len(head), (), notes)


_Row = tuple[int, tuple[str, ...]]


def _cells(line: str, cuts: Sequence[int]) -> tuple[str, ...]:
    """The cells of a row: cut under the crosses of the rule where bars stand there, else at every bar."""
    if len(cuts) > 1 and all(n < len(line) and line[n] in _BARS for n in cuts):
        pieces = [line[a + 1 : b] for a, b in pairwise(cuts)]
    else:
        pieces = re.split(f"[{_BARS}]", line.strip()[1:-1])
    return tuple(piece.strip() for piece in pieces)


def _without_footer(blocks: list[list[_Row]]) -> list[list[_Row]]:
    """The blocks without a last one that is a single cell across: a count of rows."""
    has_footer = (
        len(blocks) > 2 and all(len(cells) == 1 for _, cells in blocks[-1]) and len(blocks[0][0][1]) > 1
    )
    return blocks[:-1] if has_footer else blocks


def _body(blocks: list[list[_Row]]) -> tuple[list[_Row], tuple[str, ...]]:
    """The rows below the header, and a note where lines were merged into rows."""
    is_wrapped = len(blocks) > 1 and all("" in cells for block in blocks for _, cells in block[1:])
    if not is_wrapped:
        return [row for block in blocks for row in block], ()
    merged = any(len(block) > 1 for block in blocks)
    notes = ("lines of the drawn table that no rule parts are read as one row",) if merged else ()
    return [_merged(block) for block in blocks], notes


def _merged(block: list[_Row]) -> _Row:
    columns = zip(*(cells for _, cells in block), strict=True)
    return block[0][0], tuple(" ".join(part for part in parts if part) for parts in columns)
