"""Values made once: expressions that mean the same share one value, within a claim and from claim to claim.

An operation is known by its name and by the very values it was given, so that what is shared is found bottom up and
whatever the names: two claims that filter one table alike get one filtered table, and its columns, means and masks
once. Every operation of the language depends on its operands alone and every value is immutable, so that sharing
changes no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from site_builder.language.values import Value
from site_builder.tables import Column, Table

MOST_CELLS = 16_000_000
MOST_VALUES = 200_000

Key = tuple[Hashable, ...]
"""An operation with its fixed parts, and the `id` of each operand."""


class Shared:
    """The values made so far; all of them are let go when they hold more than `most_cells` cells."""

    def __init__(self, most_cells: int = MOST_CELLS) -> None:
        self._most_cells = most_cells
        self._values: dict[Key, tuple[tuple[Value, ...], Value]] = {}
        self._cells = 0

    def value(self, key: Key, operands: tuple[Value, ...], make: Callable[[], Value]) -> Value:
        """The value of an operation on these operands, made if it is not there yet; a `Mistake` is not kept."""
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

    def _keep(self, key: Key, operands: tuple[Value, ...], made: Value) -> None:
        """Keep a value with its operands: an `id` names an operand for as long as the operand lives."""
        cells = made.rows * (1 + len(made.names)) if isinstance(made, Table) else cell_count(made)
        if cells > self._most_cells:
            return
        if self._cells + cells > self._most_cells or len(self._values) >= MOST_VALUES:
            self.forget()
        self._values[key] = (operands, made)
        self._cells += cells


def key_of(operation: Hashable, operands: tuple[Value, ...]) -> Key:
    """What tells one operation on some values from another."""
    return (operation, *map(id, operands))


def cell_count(value: Value) -> int:
    """How many cells a value holds: the rows of a table, 1 for a single value."""
    if isinstance(value, Column):
        return len(value)
    return value.rows if isinstance(value, Table) else 1
