"""From a tree and tables to a value: a closed dispatch over our own nodes, within a budget, every step kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from site_builder.language import operators
from site_builder.language.bind import Expression
from site_builder.language.library import functions
from site_builder.language.syntax import (
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
from site_builder.language.values import ItemList, Scalar, Unknown, Value, element, kind_of, number, truth
from site_builder.problems import Mistake, Place, did_you_mean
from site_builder.quantities.quantity import exact
from site_builder.tables import MISSING_CELL, Column, Row, Table

BUDGET_CELLS = 200_000_000


class Evaluator:
    """Evaluates the expressions of one claim; `let` values are made once, and every node's value is kept.

    `tables` gives a table for an evidence name (loading it when first asked for) and may raise `Mistake`.
    `trace` maps `id(node)` to the node's value, for the working that pages show.
    """

    def __init__(
        self, tables: Mapping[str, Callable[[], Table | Unknown]], lets: Mapping[str, Expression], budget: int = BUDGET_CELLS
    ) -> None:
        self.tables, self.lets, self.budget = tables, lets, budget
        self.trace: dict[int, Value] = {}
        self._values: dict[str, Value] = {}
        self._failed: dict[str, Mistake] = {}

    def value(self, expression: Expression) -> Value:
        """The value of an expression; raises `Mistake`, placed in the author's file."""
        if expression.node is None:
            assert expression.quantity is not None
            return number(expression.quantity)
        try:
            return self._at(expression.node, (), expression.text)
        except Mistake as mistake:
            problem = expression.placed(mistake)
            raise Mistake(problem.code, problem.message, problem.place, problem.hint) from None

    def value_over(self, expression: Expression, table: Table) -> Value:
        """The value of an expression in which bare names are columns of `table` first."""
        if expression.node is None:
            return self.value(expression)
        try:
            return self._at(expression.node, (table,), expression.text)
        except Mistake as mistake:
            problem = expression.placed(mistake)
            raise Mistake(problem.code, problem.message, problem.place, problem.hint) from None

    def named(self, name: str) -> Value:
        """The value of a `let` or evidence name; raises `Mistake` again each time for one that fails."""
        if name in self._failed:
            raise self._failed[name]
        if name not in self._values:
            try:
                self._values[name] = self.value(self.lets[name]) if name in self.lets else self.tables[name]()
            except Mistake as mistake:
                self._failed[name] = mistake
                raise
        return self._values[name]

    def _at(self, node: Node, frames: tuple[Table, ...], text: str) -> Value:
        try:
            value = _NODES[type(node)](self, node, frames, text)
        except Mistake as mistake:
            if mistake.problem.place is not None:
                raise
            start, end = node.span
            place = Place("", 1, start + 1, max(1, end - start), text)
            raise Mistake(mistake.problem.code, mistake.problem.message, place, mistake.problem.hint) from None
        self._spend(value)
        self.trace[id(node)] = value
        return value

    def _spend(self, value: Value) -> None:
        self.budget -= len(value) if isinstance(value, Column) else value.rows if isinstance(value, Table) else 1
        if self.budget < 0:
            raise Mistake("E-LIMIT", "the claim asks for more work than one claim may cost", hint=(
                "filter the rows first, and name shared parts in `let`"
            ))  # fmt: skip

    # One method a node

    def name(self, node: Name, frames: tuple[Table, ...], text: str) -> Value:
        for table in reversed(frames):
            if node.name in table.names:
                return table.column(node.name)
        if node.name in self.lets or node.name in self.tables:
            return self.named(node.name)
        if frames:
            raise _no_such_name(node.name, frames[-1], [*self.lets, *self.tables])
        raise Mistake("E-NAME", f"unknown name {node.name!r}", hint=did_you_mean(node.name, [*self.lets, *self.tables]))

    def attribute(self, node: Attribute, frames: tuple[Table, ...], text: str) -> Value:
        base = self._at(node.base, frames, text)
        if isinstance(base, Unknown):
            return base
        if isinstance(base, Row):
            return element(base.table.column(node.column), 0)
        if isinstance(base, Table):
            return base.column(node.column)
        message = f"{kind_of(base)} has no column {node.column!r}"
        raise Mistake("E-KIND", message, hint="a dot takes a column of a table, or a cell of a row")

    def index(self, node: Index, frames: tuple[Table, ...], text: str) -> Value:
        base = self._at(node.base, frames, text)
        if isinstance(base, Unknown):
            return base
        if isinstance(base, Column) and base.keys is not None:
            return _group(base, self._at(node.index, frames, text))
        table = base if isinstance(base, Table) else base.table if isinstance(base, Column) else None
        if table is None:
            raise Mistake("E-KIND", f"{kind_of(base)} has no rows to choose from", hint="brackets follow a table or a column")
        if isinstance(node.index, String) and isinstance(base, Table):
            return _column_titled(base, node.index.value)
        condition = self._at(node.index, (*frames, table), text)
        kept = _chosen(condition, table)
        if isinstance(base, Table):
            return kept
        return kept.column(base.name) if base.name in kept.names else _same_rows(base, condition, kept)

    def call(self, node: Call, frames: tuple[Table, ...], text: str) -> Value:
        positional = tuple(self._at(argument, frames, text) for argument in node.arguments)
        named = {name: self._at(argument, frames, text) for name, argument in node.named}
        return functions()[node.function].call(positional, named)

    def unary(self, node: Unary, frames: tuple[Table, ...], text: str) -> Value:
        operand = self._at(node.operand, frames, text)
        if node.op == "not":
            return operators.negation(operand)
        if node.op == "+":
            operators.numeric(operand, "`+`")
            return operand
        return operators.negative(operand)

    def binary(self, node: Binary, frames: tuple[Table, ...], text: str) -> Value:
        left, right = self._at(node.left, frames, text), self._at(node.right, frames, text)
        by_hundred = any(isinstance(side, Number) and side.value == 100 for side in (node.left, node.right))
        return operators.arithmetic(node.op, left, right, by_hundred=by_hundred)

    def comparison(self, node: Comparison, frames: tuple[Table, ...], text: str) -> Value:
        values = [self._at(operand, frames, text) for operand in node.operands]
        pairs = zip(node.ops, values, values[1:], strict=False)
        results = [operators.comparison(op, left, right) for op, left, right in pairs]
        whole = results[0]
        for result in results[1:]:
            whole = operators.logic("and", whole, result)
        return whole

    def logic(self, node: Logic, frames: tuple[Table, ...], text: str) -> Value:
        values = [self._at(operand, frames, text) for operand in node.operands]
        whole = operators.as_truth(values[0], f"`{node.op}`")
        for value in values[1:]:
            whole = operators.logic(node.op, whole, value)
        return whole

    def choice(self, node: Choice, frames: tuple[Table, ...], text: str) -> Value:
        condition = operators.as_truth(self._at(node.condition, frames, text), "`if`")
        if isinstance(condition, Column):
            raise Mistake("E-KIND", "`if` decides once, and this is a column of truths", hint="write where(condition, a, b)")
        if condition.data == 0:
            return Unknown(condition.reason, condition.detail, condition.cells)
        return self._at(node.then if condition.data == 1 else node.otherwise, frames, text)

    def items(self, node: Items, frames: tuple[Table, ...], text: str) -> Value:
        values = [self._at(item, frames, text) for item in node.items]
        for value in values:
            if not isinstance(value, Scalar | Unknown):
                raise Mistake("E-KIND", f"a list holds single values, and this is {kind_of(value)}")
        return ItemList(tuple(v for v in values if isinstance(v, Scalar | Unknown)))


_NODES: dict[type[Node], Callable[[Evaluator, Node, tuple[Table, ...], str], Value]] = {
    Number: lambda e, n, f, t: number(exact(n.value)),  # type: ignore[attr-defined]
    String: lambda e, n, f, t: Scalar("text", n.value),  # type: ignore[attr-defined]
    Boolean: lambda e, n, f, t: truth(1 if n.value else -1),  # type: ignore[attr-defined]
    Name: Evaluator.name,  # type: ignore[dict-item]
    Attribute: Evaluator.attribute,  # type: ignore[dict-item]
    Index: Evaluator.index,  # type: ignore[dict-item]
    Call: Evaluator.call,  # type: ignore[dict-item]
    Unary: Evaluator.unary,  # type: ignore[dict-item]
    Binary: Evaluator.binary,  # type: ignore[dict-item]
    Comparison: Evaluator.comparison,  # type: ignore[dict-item]
    Logic: Evaluator.logic,  # type: ignore[dict-item]
    Choice: Evaluator.choice,  # type: ignore[dict-item]
    Items: Evaluator.items,  # type: ignore[dict-item]
}


def _no_such_name(name: str, table: Table, others: list[str]) -> Mistake:
    hint = did_you_mean(name, [*table.names, *others], f"columns of {table.name}: ")
    return Mistake("E-COLUMN", f"{name!r} is neither a column of {table.name} nor a name of this claim", hint=hint)


def _column_titled(table: Table, title: str) -> Column:
    if title in table.names:
        return table.column(title)
    for name in table.names:
        if table.title(name) == title:
            return table.column(name)
    raise table.no_column(title)


def _chosen(condition: Value, table: Table) -> Table:
    """The rows where a condition holds.

    A row whose cell is missing is not kept, and is counted in `left_out`; a row that bounds leave open is kept in
    doubt, since the evidence has a value there and nobody knows on which side it lies.
    """
    truths = operators.as_truth(condition, "a filter")
    if not isinstance(truths, Column):
        raise Mistake("E-KIND", "the condition in brackets looks at no column", hint=f"columns: {', '.join(table.names[:12])}")
    if len(truths) != table.rows:
        raise Mistake("E-SHAPE", f"a condition over {len(truths)} rows cannot filter {table.rows} rows")
    codes = np.zeros(table.rows, dtype=np.int8) if truths.unknown is None else truths.unknown
    left_out = (truths.data == 0) & (codes == MISSING_CELL)
    index = np.flatnonzero((truths.data >= 0) & ~left_out)
    doubtful = np.where(truths.data[index] == 0, codes[index], 0).astype(np.int8)
    if table.doubtful is not None:
        own = table.doubtful[index]
        doubtful = np.where(own != 0, own, doubtful).astype(np.int8)
    kept = table.take(index, truths.cells.take(index).filtering(), doubtful)
    return replace(kept, left_out=kept.left_out + int(np.count_nonzero(left_out)))


def _same_rows(base: Column, condition: Value, kept: Table) -> Column:
    """A computed column without the rows that a condition drops."""
    assert isinstance(condition, Column)
    codes = np.zeros(len(condition), dtype=np.int8) if condition.unknown is None else condition.unknown
    index = np.flatnonzero((condition.data >= 0) & ~((condition.data == 0) & (codes == MISSING_CELL)))
    return replace(base.take(index), table=kept, doubtful=kept.doubtful)


def _group(column: Column, key: Value) -> Value:
    """The value of one group of a grouped column."""
    assert column.keys is not None
    wanted = tuple(_key(item) for item in (key.items if isinstance(key, ItemList) else (key,)))
    label = wanted[0] if len(wanted) == 1 else wanted
    if label in column.keys:
        return element(column, column.keys.index(label))
    known = [str(k) for k in column.keys]
    raise Mistake("E-KEY", f"no group {_shown(label)!r}; there are {', '.join(known[:12])}", hint=did_you_mean(_shown(label), known, "groups: "))


def _shown(label: object) -> str:
    return ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _key(value: Value) -> object:
    if isinstance(value, Scalar):
        return value.data.nominal if value.kind == "number" else value.data
    raise Mistake("E-KIND", f"a group is picked by its key, and this is {kind_of(value)}", hint='write grouped["key"]')
