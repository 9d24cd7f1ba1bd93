"""Values made once: expressions that mean the same share one value, within a claim and from claim to claim.

An operation is known by its name and by the very values it was given, so that what is shared is found bottom up and
whatever the names: two claims that filter one table alike get one filtered table, and its columns, means and masks
once. Every operation of the language depends on its operands alone and every value is immutable, so that sharing
changes no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from site_builder.language.values import ItemList, Value
from site_builder.tables import Column, Table

MOST_CELLS = 16_000_000
MOST_VALUES = 200_000


class Shared:
    """The values made so far; all of them are let go when they hold more than `most_cells` cells."""

    def __init__(self, most_cells: int = MOST_CELLS) -> None:
        self._most_cells = most_cells
        self._values: dict[Hashable, tuple[tuple[Value, ...], Value]] = {}
        self._cells = 0

    def value(self, operation: Hashable, operands: tuple[Value, ...], make: Callable[[], Value]) -> Value:
        """The value of an operation on these operands, made if it is not there yet; a `Mistake` is not kept."""
        key = (operation, *map(id, operands))
        found = self._values.get(key)
        if found is not None:
            return found[1]
        made = make()
        self._keep(key, operands, made)
        return made

    def forget(self) -> None:
        """Let go of every value."""
        self._values.clear()
        self._cells = 0

    def _keep(self, key: Hashable, operands: tuple[Value, ...], made: Value) -> None:
        """Keep a value with its operands: an `id` names an operand for as long as the operand lives."""
        cells = cell_count(made)
        if cells > self._most_cells:
            return
        if self._cells + cells > self._most_cells or len(self._values) >= MOST_VALUES:
            self.forget()
        self._values[key] = (operands, made)
        self._cells += cells


def cell_count(value: Value) -> int:
    """How many cells a value can come to hold: those of a table's columns are made when they are asked for."""
    if isinstance(value, Column):
        return len(value)
    if isinstance(value, Table):
        return value.rows * (1 + len(value.names))
    return len(value.items) if isinstance(value, ItemList) else 1
