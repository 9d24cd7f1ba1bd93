"""Expressions judged a second time: Python's own parser, plain lists, and what the documentation says."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from tests.second_opinion import amounts
from tests.second_opinion.amounts import Refused, exactly
from tests.second_opinion.cells import (
    OPEN,
    Column,
    Gap,
    Table,
    Truth,
    calculated,
    compared,
    each,
    joined,
    negated,
    strictly,
    truths,
)
from tests.second_opinion.functions import FUNCTIONS
from tests.second_opinion.writing import read


@dataclass
class Reader:
    """The names of a claim, each judged once."""

    tables: Mapping[str, Table]
    lets: Mapping[str, str]
    frames: tuple[Table, ...] = ()
    known: dict[str, Any] = field(default_factory=dict)

    def value(self, text: str) -> Any:
        return self.at(ast.parse(text.strip(), mode="eval").body)

    def named(self, name: str) -> Any:
        if name not in self.known:
            amount = read(self.lets[name])
            outside = replace(self, frames=())
            self.known[name] = (
                amount.meant if amount and not _is_number(self.lets[name]) else outside.value(self.lets[name])
            )
        return self.known[name]

    def at(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=bool() as value):
                return Truth(frozenset({value}))
            case ast.Constant(value=str() as value):
                return value
            case ast.Constant():
                return exactly(Fraction(ast.unparse(node)))
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(value=base, attr=name):
                return self._attribute(self.at(base), name)
            case ast.Subscript(value=base, slice=index):
                return self._chosen(self.at(base), index)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return each(negated, truths(self.at(operand)))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return each(strictly(amounts.negative), self.at(operand))
            case ast.BinOp(left=left, op=op, right=right):
                same = is_same(left, right)
                return each(
                    lambda a, b: calculated(type(op).__name__, a, b, same), self.at(left), self.at(right)
                )
            case ast.BoolOp(op=op, values=values):
                return joined("and" if isinstance(op, ast.And) else "or", [self.at(v) for v in values])
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [left, *others]
                pairs = [self._compared(type(op).__name__, *sides[i : i + 2]) for i, op in enumerate(ops)]
                return joined("and", pairs)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._either(self.at(test), body, orelse)
            case ast.List(elts=items):
                return [self.at(item) for item in items]
            case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
                return self._call(name, args, {str(k.arg): k.value for k in keywords})
        raise Refused(ast.dump(node))

    def _name(self, name: str) -> Any:
        for table in reversed(self.frames):
            if name in table.columns:
                return table.column(name)
        if name in self.lets:
            return self.named(name)
        if name in self.tables:
            return self.tables[name]
        raise Refused(f"unknown name {name}")

    def _attribute(self, base: Any, name: str) -> Any:
        if isinstance(base, Gap):
            return base
        if isinstance(base, Table):
            return base.column(name)
        if isinstance(base, tuple):  # a row
            return base[0].column(name).cells[0]
        raise Refused("no columns here")

    def _chosen(self, base: Any, index: ast.expr) -> Any:
        if isinstance(base, Gap):
            return base
        if isinstance(base, Column) and base.keys is not None:
            key = self.at(index)
            if key not in base.keys:
                raise Refused("no such group")
            return base.cells[base.keys.index(key)]
        table = base if isinstance(base, Table) else base.table
        if table is None:
            raise Refused("no rows")
        condition = truths(replace(self, frames=(*self.frames, table)).at(index))
        if isinstance(condition, Truth):
            if len(condition.ways) == 1:
                raise Refused("the condition looks at no column")
            return Gap(condition.reasons)
        if condition.rows != table.rows:
            raise Refused("other rows")
        kept = [i for i, cell in enumerate(condition.cells) if True in cell.ways]
        doubts = tuple(
            table.doubts[i]
            | (condition.cells[i].reasons if len(condition.cells[i].ways) > 1 else frozenset())
            for i in kept
        )
        view = Table(table.columns, tuple(table.rows[i] for i in kept), doubts)
        if isinstance(base, Table):
            return view
        return Column(tuple(base.cells[i] for i in kept), view.rows, doubts, table=view)

    def _compared(self, op: str, left: ast.expr, right: ast.expr) -> Any:
        a, b = self.at(left), self.at(right)
        if op in ("In", "NotIn"):
            found = _among(a, b)
            return each(negated, found) if op == "NotIn" else found
        known = known_of(op, left, right)
        return each(lambda x, y: compared(op, x, y, known), a, b)

    def _either(self, test: Any, body: ast.expr, orelse: ast.expr) -> Any:
        test = truths(test)
        if isinstance(test, Column):
            raise Refused("a column decides nothing")
        if len(test.ways) > 1 or None in test.ways:
            return Gap(test.reasons)
        return self.at(body if True in test.ways else orelse)

    def _call(self, name: str, args: list[ast.expr], named: dict[str, ast.expr]) -> Any:
        by = ast.literal_eval(named["by"]) if "by" in named else None
        if name == "quantity":
            written = read(ast.literal_eval(args[0]))
            if written is None:
                raise Refused("no quantity")
            return written.meant
        values = [self.at(arg) for arg in args]
        rest = {key: self.at(node) for key, node in named.items() if key != "by"}
        return FUNCTIONS[name](*values, **rest) if by is None else FUNCTIONS[name](*values, by=by, **rest)


def is_same(left: ast.expr, right: ast.expr) -> bool:
    """Whether two parts are one amount: written alike, and not two figures that somebody wrote down."""
    return ast.dump(left) == ast.dump(right) and "'quantity'" not in ast.dump(left)


_PLACES = {"min": 0, "mean": 1, "median": 1, "max": 2}


def known_of(op: str, left: ast.expr, right: ast.expr) -> int:
    """1 or -1 where a comparison is settled by how its sides are written, else 0."""
    if is_same(left, right):
        return 1 if op in ("Eq", "LtE", "GtE") else -1
    calls = (left, right)
    names = [c.func.id for c in calls if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)]
    if len(names) < 2 or not set(names) <= set(_PLACES) or _arguments(left) != _arguments(right):
        return 0
    if "'quantity'" in ast.dump(left) or _PLACES[names[0]] == _PLACES[names[1]]:
        return 0
    rises = _PLACES[names[0]] < _PLACES[names[1]]
    return {"LtE": 1, "Gt": -1}.get(op, 0) if rises else {"GtE": 1, "Lt": -1}.get(op, 0)


def _arguments(call: ast.expr) -> str:
    assert isinstance(call, ast.Call)
    return str([ast.dump(a) for a in (*call.args, *call.keywords)])


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _among(value: Any, pool: Any) -> Any:
    if isinstance(pool, list):
        return joined("or", [each(lambda x, y: compared("Eq", x, y), value, item) for item in pool])
    if not isinstance(pool, Column) or isinstance(value, Column):
        raise Refused("in looks in a list or a column")
    if not pool.cells:
        return Truth(OPEN, frozenset({"no-rows"}))
    return FUNCTIONS["any"](each(lambda x, y: compared("Eq", x, y), pool, value))
