"""From a tree and tables to a value: a closed dispatch over our own nodes, in a budget, every step kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial, reduce

import numpy as np

from site_builder.language.bind import Expression
from site_builder.language.choosing import chosen, group_of
from site_builder.language.comparisons import comparison
from site_builder.language.library import functions
from site_builder.language.logic import as_truth, logic, negation
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
from site_builder.language.operands import numeric
from site_builder.language.operators import arithmetic, negative
from site_builder.language.sameness import decided, is_same, known_anyway, of_itself
from site_builder.language.sharing import Key, Shared, cell_count, key_of
from site_builder.language.unknown_names import unknown_column, unknown_function
from site_builder.language.values import ItemList, Scalar, Unknown, Value, element, kind_of, number, truth
from site_builder.problems import Mistake, Place, did_you_mean
from site_builder.quantities.quantity import exact
from site_builder.tables import Column, Row, Table

BUDGET_CELLS = 200_000_000
_AMONG = ("in", "not in")


class Evaluator:
    """Evaluates the expressions of one claim; `let` values are made once, and every node's value is kept.

    `tables` gives a table for an evidence name (loading it when first asked for) and may raise `Mistake`. `shared`
    holds what other claims have made of the same tables. `trace` maps `id(node)` to the node's value, for the working
    that pages show.
    """

    def __init__(
        self,
        tables: Mapping[str, Callable[[], Table | Unknown]],
        lets: Mapping[str, Expression],
        budget: int = BUDGET_CELLS,
        shared: Shared | None = None,
    ) -> None:
        self.tables, self.lets, self.budget = tables, lets, budget
        self.shared = Shared() if shared is None else shared
        self.trace: dict[int, Value] = {}
        self._own: dict[
            Key, tuple[Value, tuple[Value, ...]]
        ] = {}  # with the operands, whose `id` a key holds
        self._values: dict[str, Value] = {}
        self._failed: dict[str, Mistake] = {}
        self._open: list[str] = []

    def value(self, expression: Expression) -> Value:
        """The value of an expression; raises `Mistake`, placed in the author's file."""
        return self._placed(expression, ())

    def value_over(self, expression: Expression, table: Table) -> Value:
        """The value of an expression in which bare names are columns of `table` first."""
        return self._placed(expression, (table,))

    def _placed(self, expression: Expression, frames: tuple[Table, ...]) -> Value:
        if expression.node is None:
            assert expression.quantity is not None
            return number(expression.quantity)
        try:
            return self._at(expression.node, frames, expression.text)
        except Mistake as mistake:
            problem = expression.placed(mistake)
        except RecursionError:
            message = (
                f"`let` names lead to one another over {len(self._open):,} steps, more than can be followed"
            )
            problem = expression.placed(Mistake("E-LIMIT", message, hint="shorten the chain"))
        raise Mistake(problem.code, problem.message, problem.place, problem.hint)

    def named(self, name: str) -> Value:
        """The value of a `let` or evidence name; raises `Mistake` again each time for one that fails."""
        if name in self._failed:
            raise self._failed[name]
        if name not in self._values:
            self._refuse_circle(name)
            self._open.append(name)
            try:
                self._values[name] = self._let(name) if name in self.lets else self.tables[name]()
            except Mistake as mistake:
                self._failed[name] = mistake
                raise
            finally:
                self._open.pop()
        return self._values[name]

    def _let(self, name: str) -> Value:
        value = self.value(self.lets[name])
        if not isinstance(value, Table):
            return value
        return self._made(("let", name), (value,), lambda: value.renamed(name))

    def _refuse_circle(self, name: str) -> None:
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            raise Mistake(
                "E-CYCLE",
                f"`let` goes in a circle: {circle}",
                hint="let one of them stand on evidence alone",
            )

    def _at(self, node: Node, frames: tuple[Table, ...], text: str) -> Value:
        try:
            value = _NODES[type(node)](self, node, frames, text)
        except Mistake as mistake:
            if mistake.problem.place is not None:
                raise
            problem = mistake.problem
            raise Mistake(problem.code, problem.message, _place(node, text), problem.hint) from None
        except OverflowError:
            message = "a number grows past what is computed with (about 1e300)"
            hint = "compare logarithms: log10(a) + log10(b)"
            raise Mistake("E-LIMIT", message, _place(node, text), hint) from None
        self.trace[id(node)] = value
        return value

    def _made(self, operation: Hashable, operands: tuple[Value, ...], make: Callable[[], Value]) -> Value:
        """The value of an operation, made once; the claim pays once for each, whoever made it first."""
        key = key_of(operation, operands)
        if key not in self._own:
            value = self.shared.value(key, operands, make)
            self._own[key] = value, operands
            self._spend(value)
        return self._own[key][0]

    def _spend(self, value: Value) -> None:
        self.budget -= cell_count(value)
        if self.budget < 0:
            message = "the claim asks for more work than one claim may cost"
            raise Mistake("E-LIMIT", message, hint="filter the rows first")

    # One method a node

    def number(self, node: Number, frames: tuple[Table, ...], text: str) -> Value:
        return self._made((Number, node.value), (), lambda: number(exact(node.value)))

    def string(self, node: String, frames: tuple[Table, ...], text: str) -> Value:
        return self._made((String, node.value), (), lambda: Scalar("text", node.value))

    def boolean(self, node: Boolean, frames: tuple[Table, ...], text: str) -> Value:
        return self._made((Boolean, node.value), (), lambda: truth(1 if node.value else -1))

    def name(self, node: Name, frames: tuple[Table, ...], text: str) -> Value:
        for table in reversed(frames):
            if node.name in table.makers:
                return self._column(table, node.name)
        if node.name in self.lets or node.name in self.tables:
            return self.named(node.name)
        raise self._no_such_name(node.name, frames)

    def _no_such_name(self, name: str, frames: tuple[Table, ...]) -> Mistake:
        known = [*self.lets, *self.tables]
        if not frames:
            return Mistake(
                "E-NAME", f"unknown name {name!r}", hint=did_you_mean(name, known, "known names: ")
            )
        return unknown_column(name, frames[-1], known)

    def attribute(self, node: Attribute, frames: tuple[Table, ...], text: str) -> Value:
        base = self._at(node.base, frames, text)
        if isinstance(base, Unknown):
            return base
        if isinstance(base, Row):
            return self._cell(base, base.table.column(node.column))
        if isinstance(base, Table):
            return self._column(base, node.column)
        message = f"{kind_of(base)} has no column {node.column!r}"
        is_function = node.column in functions() and isinstance(base, Column)
        hint = (
            f"write {node.column}(table.column)"
            if is_function
            else "a dot takes a column of a table, or a cell of a row"
        )
        raise Mistake("E-KIND", message, hint=hint)

    def _column(self, table: Table, name: str) -> Value:
        return self._made((Attribute, name), (table,), lambda: table.column(name))

    def _cell(self, row: Row, column: Column) -> Value:
        return self._made(Row, (row, column), lambda: element(column, 0))

    def index(self, node: Index, frames: tuple[Table, ...], text: str) -> Value:
        base = self._at(node.base, frames, text)
        if isinstance(base, Unknown):
            return base
        if isinstance(base, Column) and base.keys is not None:
            grouped, key = base, self._at(node.index, frames, text)
            return self._made("group", (grouped, key), lambda: group_of(grouped, key))
        if isinstance(node.index, String) and isinstance(base, Table | Row):
            column = (base if isinstance(base, Table) else base.table).titled(node.index.value)
            return self._column(base, column.name) if isinstance(base, Table) else self._cell(base, column)
        table = base if isinstance(base, Table) else base.table if isinstance(base, Column) else None
        if table is None or not isinstance(base, Table | Column):
            message = f"{kind_of(base)} has no rows to choose from"
            raise Mistake("E-KIND", message, hint=_no_rows_hint(base))
        whole, view, condition = base, table, self._at(node.index, (*frames, table), text)
        return self._made(Index, (whole, view, condition), lambda: chosen(whole, view, condition))

    def call(self, node: Call, frames: tuple[Table, ...], text: str) -> Value:
        positional = tuple(self._at(argument, frames, text) for argument in node.arguments)
        named = {name: self._at(argument, frames, text) for name, argument in node.named}
        function = functions().get(node.function)
        if function is None:
            raise unknown_function(node.function)
        key = (Call, node.function, len(positional), *named)
        return self._made(key, (*positional, *named.values()), lambda: function.call(positional, named))

    def unary(self, node: Unary, frames: tuple[Table, ...], text: str) -> Value:
        operand = self._at(node.operand, frames, text)
        if node.op == "+":
            numeric(operand, "`+`")
            return operand
        opposite = negation if node.op == "not" else negative
        return self._made((Unary, node.op), (operand,), lambda: opposite(operand))

    def binary(self, node: Binary, frames: tuple[Table, ...], text: str) -> Value:
        left, right = self._at(node.left, frames, text), self._at(node.right, frames, text)
        by_hundred = any(isinstance(side, Number) and side.value == 100 for side in (node.left, node.right))
        is_itself = is_same(node.left, node.right)

        def make() -> Value:
            made = arithmetic(node.op, left, right, by_hundred=by_hundred)
            return of_itself(node.op, made) if is_itself else made

        return self._made((Binary, node.op, by_hundred, is_itself), (left, right), make)

    def comparison(self, node: Comparison, frames: tuple[Table, ...], text: str) -> Value:
        values = [self._at(operand, frames, text) for operand in node.operands]
        results = [
            self._compared(op, node.operands[i : i + 2], values[i : i + 2]) for i, op in enumerate(node.ops)
        ]
        return reduce(partial(self._both, "and"), results)

    def _both(self, op: str, left: Value, right: Value) -> Value:
        return self._made((Logic, op), (left, right), lambda: logic(op, left, right))

    def _compared(self, op: str, sides: Sequence[Node], values: Sequence[Value]) -> Value:
        known = 0 if op in _AMONG else known_anyway(op, *sides)

        def make() -> Value:
            found = comparison(op, *values)
            return decided(found, known, *values) if known and np.any(found.data == 0) else found

        return self._made((Comparison, op, known), tuple(values), make)

    def logic(self, node: Logic, frames: tuple[Table, ...], text: str) -> Value:
        first, *others = (self._at(operand, frames, text) for operand in node.operands)
        whole: Value = as_truth(first, f"`{node.op}`")
        return reduce(partial(self._both, node.op), others, whole)

    def choice(self, node: Choice, frames: tuple[Table, ...], text: str) -> Value:
        condition = as_truth(self._at(node.condition, frames, text), "`if`")
        if isinstance(condition, Column):
            raise Mistake(
                "E-KIND",
                "`if` decides once, and this is a column of truths",
                hint="write where(condition, a, b)",
            )
        if condition.data == 0:
            return Unknown(condition.reason, condition.detail, condition.cells)
        return self._at(node.then if condition.data == 1 else node.otherwise, frames, text)

    def items(self, node: Items, frames: tuple[Table, ...], text: str) -> Value:
        values = [self._at(item, frames, text) for item in node.items]
        for value in values:
            if not isinstance(value, Scalar | Unknown):
                is_truth = isinstance(value, Column) and value.kind == "truth"
                hint = (
                    "join conditions with `and`"
                    if is_truth
                    else 'name columns in quotes, by=["a", "b"], or summarise them first, such as max(table.column)'
                )
                raise Mistake(
                    "E-KIND", f"a list holds single values, and this is {kind_of(value)}", hint=hint
                )
        items = tuple(v for v in values if isinstance(v, Scalar | Unknown))
        return self._made(Items, items, lambda: ItemList(items))


_NODES: dict[type[Node], Callable[[Evaluator, Node, tuple[Table, ...], str], Value]] = {
    Number: Evaluator.number,  # type: ignore[dict-item]
    String: Evaluator.string,  # type: ignore[dict-item]
    Boolean: Evaluator.boolean,  # type: ignore[dict-item]
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


def _no_rows_hint(base: Value) -> str:
    if isinstance(base, Scalar) and base.kind == "number" and not base.data.is_exact:
        return "an interval is compared as a whole, and its ends are low(…) and high(…)"
    if isinstance(base, Column):
        return "rows are not numbered: write first(…) or last(…)"
    return "brackets follow a table, or a column of one"


def _place(node: Node, text: str) -> Place:
    start, end = node.span
    return Place("", 1, start + 1, max(1, end - start), text)
