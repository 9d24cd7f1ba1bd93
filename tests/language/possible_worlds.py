"""An independent oracle: expressions as plain trees, judged in one possible world after another.

A world gives every uncertain cell one exact value. In a world there are no bounds; a missing cell is None, and what
rests on it is None (unknown). A claim that is true in one world and false in another is not known.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Tree = tuple[Any, ...]
World = dict[str, list[Fraction | None]]


@dataclass(frozen=True)
class Cell:
    """A cell as it is written, and values that it may have; none for a missing one."""

    written: str | None
    values: tuple[Fraction, ...]


def fractions(*values: float | int) -> tuple[Fraction, ...]:
    return tuple(Fraction(str(v)) for v in values)


def written(tree: Tree) -> str:
    """The expression of a tree."""
    kind, *parts = tree
    if kind == "literal":
        return f"({parts[0]})" if parts[0] < 0 else str(parts[0])
    if kind == "column":
        return f"t{_filter(parts[1])}.{parts[0]}"
    if kind == "own":
        return str(parts[0])
    if kind in ("not", "negative"):
        return f"({'not ' if kind == 'not' else '-'}{written(parts[0])})"
    if kind == "call":
        return f"{parts[0]}({', '.join(map(written, parts[1:]))})"
    if kind == "rows":
        return f"count(t{_filter(parts[0])})"
    return f"({written(parts[0])} {kind} {written(parts[1])})"


def _filter(condition: Tree | None) -> str:
    return "" if condition is None else f"[{written(condition)}]"


def judged(tree: Tree, world: World) -> Any:
    """The value of a tree in a world: a fraction, a truth, None where nobody knows, or a list of them by row."""
    kind, *parts = tree
    if kind == "literal":
        return Fraction(parts[0])
    if kind == "own":
        return world[parts[0]]
    if kind == "column":
        kept = _kept(parts[1], world)
        return [world[parts[0]][row] for row in kept]
    if kind == "rows":
        return Fraction(len(_kept(parts[0], world))) or None
    values = [judged(part, world) for part in (parts[1:] if kind == "call" else parts)]
    if kind == "call":
        return _CALLS[parts[0]](*values)
    return _spread(_OPERATIONS[kind], values)


def _kept(condition: Tree | None, world: World) -> list[int]:
    """Rows where the condition holds; one that nobody knows is left out."""
    rows = range(len(world["x"]))
    if condition is None:
        return list(rows)
    holds = judged(condition, world)
    return [row for row in rows if (holds[row] if isinstance(holds, list) else holds) is True]


def _spread(operation: Callable[..., Any], values: list[Any]) -> Any:
    lengths = {len(v) for v in values if isinstance(v, list)}
    if not lengths:
        return operation(*values)
    rows = range(lengths.pop())
    return [operation(*(v[row] if isinstance(v, list) else v for v in values)) for row in rows]


def _strictly(operation: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *values: None if None in values else operation(*values)


def _and(a: bool | None, b: bool | None) -> bool | None:
    return False if a is False or b is False else None if a is None or b is None else True


def _or(a: bool | None, b: bool | None) -> bool | None:
    return True if a is True or b is True else None if a is None or b is None else False


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": _strictly(lambda a, b: a + b),
    "-": _strictly(lambda a, b: a - b),
    "*": _strictly(lambda a, b: a * b),
    "/": _strictly(lambda a, b: None if b == 0 else a / b),
    "<": _strictly(lambda a, b: a < b),
    "<=": _strictly(lambda a, b: a <= b),
    "==": _strictly(lambda a, b: a == b),
    "!=": _strictly(lambda a, b: a != b),
    ">": _strictly(lambda a, b: a > b),
    "not": _strictly(lambda a: not a),
    "negative": _strictly(lambda a: -a),
    "and": _and,
    "or": _or,
}


def _whole(summary: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
    return lambda cells: None if not cells or None in cells else summary(cells)


def _median(cells: list[Fraction]) -> Fraction:
    ordered, middle = sorted(cells), len(cells) // 2
    return ordered[middle] if len(cells) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _variance(cells: list[Fraction]) -> Fraction | None:
    mean = sum(cells, Fraction(0)) / len(cells)
    return sum(((c - mean) ** 2 for c in cells), Fraction(0)) / (len(cells) - 1) if len(cells) > 1 else None


def _slope(x: list[Any], y: list[Any]) -> Fraction | None:
    if None in x or None in y or len(set(x)) < 2:
        return None
    middle, level = sum(x) / len(x), sum(y) / len(y)
    products = sum((a - middle) * (b - level) for a, b in zip(x, y, strict=True))
    spread = sum(((a - middle) ** 2 for a in x), Fraction(0))
    return Fraction(products) / spread


def _all(cells: list[bool | None]) -> bool | None:
    return None if not cells else False if False in cells else None if None in cells else True


def _any(cells: list[bool | None]) -> bool | None:
    return None if not cells else True if True in cells else None if None in cells else False


def _none(cells: list[bool | None]) -> bool | None:
    found = _any(cells)
    return None if found is None else not found


def _rising(cells: list[Any]) -> bool | None:
    steps = [None if None in pair else pair[0] < pair[1] for pair in itertools.pairwise(cells)]
    return _all(steps)


_CALLS: dict[str, Callable[..., Any]] = {
    "sum": _whole(sum),
    "mean": _whole(lambda cells: sum(cells) / len(cells)),
    "min": _whole(min),
    "max": _whole(max),
    "median": _whole(_median),
    "var": _whole(_variance),
    "count": lambda cells: Fraction(sum(c is not None for c in cells)) if cells else None,
    "abs": lambda cells: _spread(_strictly(abs), [cells]),
    "slope": _slope,
    "all": _all,
    "any": _any,
    "none": _none,
    "increasing": _rising,
}
