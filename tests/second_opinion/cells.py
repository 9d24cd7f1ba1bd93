"""Cells, and what is done with them: arithmetic, comparison and logic, one by one or down a column.

A row's truth is a set of ways it can turn out: True, False, and None where a cell it needs is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.second_opinion import amounts
from tests.second_opinion.amounts import BARE, Amount, Refused, exactly, unit_of

OPEN: frozenset[bool | None] = frozenset({True, False})
ANY: frozenset[bool | None] = frozenset({True, False, None})


@dataclass(frozen=True)
class Truth:
    """The ways a truth can turn out, and why it is open."""

    ways: frozenset[bool | None]
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Gap:
    """No value here: missing in its own row, or otherwise; and why."""

    reasons: frozenset[str]
    is_missing: bool = False


MISSING = Gap(frozenset({"missing-cell"}), True)


@dataclass(frozen=True)
class Column:
    """Cells of some rows; `doubts` say why a row may not belong (empty where it does)."""

    cells: tuple[Any, ...]
    rows: tuple[Any, ...]
    doubts: tuple[frozenset[str], ...]
    keys: tuple[Any, ...] | None = None
    table: Table | None = None


@dataclass(frozen=True)
class Table:
    columns: Mapping[str, tuple[Any, ...]]
    rows: tuple[int, ...]
    doubts: tuple[frozenset[str], ...]

    def column(self, name: str) -> Column:
        if name not in self.columns:
            raise Refused(f"no column {name}")
        whole = self.columns[name]
        cells = tuple(whole[row] for row in self.rows)
        return Column(cells, self.rows, self.doubts, table=self)


def each(function: Callable[..., Any], *values: Any) -> Any:
    """A function cell by cell where a side is a column."""
    columns = [v for v in values if isinstance(v, Column)]
    if not columns:
        if any(isinstance(v, Table | list | tuple) for v in values):
            raise Refused("one value is wanted")
        return function(*values)
    if any(c.rows != columns[0].rows or c.keys != columns[0].keys for c in columns):
        raise Refused("columns of other rows")
    spread = [v.cells if isinstance(v, Column) else [_far(v)] * len(columns[0].cells) for v in values]
    return replace(columns[0], cells=tuple(function(*cells) for cells in zip(*spread, strict=True)))


def _far(value: Any) -> Any:
    """A single value beside a column: what it misses is missing elsewhere."""
    if isinstance(value, Truth) and len(value.ways) > 1:
        return replace(value, ways=ANY if "missing-cell" in value.reasons else value.ways | OPEN)
    return replace(value, is_missing=False) if isinstance(value, Gap) else value


def strictly(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of amounts, and of gaps where one of them is one."""

    def run(*values: Any) -> Any:
        gaps = [v for v in values if isinstance(v, Gap)]
        if gaps:
            reasons = frozenset[str]().union(*(g.reasons for g in gaps))
            return Gap(reasons, any(g.is_missing for g in gaps))
        numbers = [_number(v) for v in values]
        return function(*numbers)

    return run


def _number(value: Any) -> Amount:
    if isinstance(value, Amount):
        return value
    raise Refused("a number is wanted")


def calculated(op: str, left: Any, right: Any, same: bool) -> Any:
    return strictly(lambda a, b: _OPERATORS[op](a, b, same))(left, right)


def _quotient(a: Amount, b: Amount, same: bool) -> Any:
    if b.middle == 0:
        return Gap(frozenset({"undefined"}))
    found = amounts.over(a, b)
    is_one = same and not b.low <= (0, 0) <= b.high
    return exactly(1, found.unit) if is_one else found


def _difference(a: Amount, b: Amount, same: bool) -> Amount:
    found = amounts.minus(a, b)
    return exactly(0, found.unit) if same else found


_OPERATORS: dict[str, Callable[[Amount, Amount, bool], Any]] = {
    "Add": lambda a, b, _: amounts.plus(a, b),
    "Sub": _difference,
    "Mult": lambda a, b, _: amounts.times(a, b),
    "Div": _quotient,
}


# Truths


def truths(value: Any) -> Any:
    if isinstance(value, Gap):
        return Truth(_ways(value), value.reasons)
    cells = value.cells if isinstance(value, Column) else [value]
    if all(isinstance(c, Truth | Gap) for c in cells):
        return each(lambda c: Truth(_ways(c), c.reasons) if isinstance(c, Gap) else c, value)
    raise Refused("true or false is wanted")


def _ways(gap: Gap) -> frozenset[bool | None]:
    if gap.is_missing:
        return frozenset({None})
    return ANY if "missing-cell" in gap.reasons else OPEN


def negated(a: Truth) -> Truth:
    return replace(a, ways=frozenset(None if w is None else not w for w in a.ways))


def joined(op: str, values: list[Any]) -> Any:
    whole = truths(values[0])
    for value in values[1:]:
        whole = each(lambda a, b: _joined(op, a, b), whole, truths(value))
    return whole


def _joined(op: str, a: Truth, b: Truth) -> Truth:
    decisive = op == "or"
    ways = frozenset(
        decisive if decisive in (x, y) else None if None in (x, y) else not decisive
        for x in a.ways
        for y in b.ways
    )
    is_open = len(ways) > 1 or None in ways
    return Truth(ways, a.reasons | b.reasons if is_open else frozenset())


def compared(op: str, left: Any, right: Any, known: int = 0) -> Truth:
    gaps = [v for v in (left, right) if isinstance(v, Gap)]
    if gaps:
        gap = strictly(exactly)(*gaps)
        return Truth(_ways(gap), gap.reasons)
    if isinstance(left, Amount) and isinstance(right, Amount):
        return _of_amounts(op, left, right, known)
    if isinstance(left, str) and isinstance(right, str) and op in ("Eq", "NotEq"):
        return Truth(frozenset({(left == right) is (op == "Eq")}))
    if isinstance(left, Truth) and isinstance(right, Truth) and op in ("Eq", "NotEq"):
        reasons = left.reasons | right.reasons
        ways = frozenset(
            None if None in (x, y) else (x == y) is (op == "Eq") for x in left.ways for y in right.ways
        )
        return Truth(ways, reasons)
    raise Refused("different kinds")


def _of_amounts(op: str, left: Amount, right: Amount, known: int) -> Truth:
    a, b = amounts.met(left, right, adding=False)
    found = _COMPARED[op](a, b)
    for share, other in ((left, right), (right, left)):
        if share.unit == amounts.QUOTIENT and other.unit == unit_of("%"):
            plain = replace(share, unit=BARE)
            if min(amounts.at_most(exactly(-1), plain), amounts.at_most(plain, exactly(1))) < 1:
                as_percent = [replace(x, unit=BARE) for x in (left, right)]
                if _COMPARED[op](*as_percent) != found:
                    raise Refused("a share, or per cent?")
    found = found or known
    if found:
        return Truth(frozenset({found == 1}))
    return Truth(OPEN, _why(left, right))


def _why(left: Amount, right: Amount) -> frozenset[str]:
    return frozenset({"censored"} if left.is_endless or right.is_endless else {"too-coarse"})


_COMPARED: dict[str, Callable[[Amount, Amount], int]] = {
    "Lt": amounts.less,
    "LtE": amounts.at_most,
    "Gt": lambda a, b: amounts.less(b, a),
    "GtE": lambda a, b: amounts.at_most(b, a),
    "Eq": amounts.equal,
    "NotEq": lambda a, b: -amounts.equal(a, b),
}
