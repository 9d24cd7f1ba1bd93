"""Keys: the columns by which rows of two tables meet, in one unit, and the key of each row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from site_builder.language.dictionary import labels_of
from site_builder.language.function import Parameter, columns_named
from site_builder.language.summarising import Names
from site_builder.language.values import kind_of
from site_builder.problems import Mistake
from site_builder.quantities.quantity import converted
from site_builder.quantities.units import UnitClash
from site_builder.tables import Column, Table

KEYED = (
    Parameter("left", "table"),
    Parameter("right", "table"),
    Parameter("on", "names", also=("by",)),
    Parameter("right_on", "names", None),
)
"""What functions of two tables take."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """The key columns of the left table and those of the right one, which are of the same kinds and units."""

    left: tuple[Column, ...]
    right: tuple[Column, ...]


def keys_of(function: str, left: Table, right: Table, on: Names, right_on: Names | None) -> Keys:
    """The key columns that a call names; raises `Mistake` where they cannot meet."""
    mine = columns_named(left, on, function)
    theirs = columns_named(right, on if right_on is None else right_on, function)
    if len(mine) != len(theirs):
        message = f"{function}: {len(mine)} key columns on the left and {len(theirs)} on the right"
        raise Mistake("E-CALL", message, hint="name as many columns in on as in right_on")
    if not mine:
        raise Mistake(
            "E-CALL", f"{function} needs a key column", hint=f'write {function}(left, right, on="key")'
        )
    return Keys(mine, tuple(_meeting(function, a, b) for a, b in zip(mine, theirs, strict=True)))


def _meeting(function: str, mine: Column, theirs: Column) -> Column:
    """The right key column in the unit of the left one; raises `Mistake` where their kinds or units differ."""
    if mine.kind != theirs.kind:
        sides = f"{kind_of(mine)} on the left and {kind_of(theirs)} on the right"
        message = f"{function}: the key {mine.name!r} is {sides}"
        raise Mistake("E-KIND", message, hint="declare both columns alike with `columns:`")
    if mine.kind != "number" or mine.unit == theirs.unit:
        return theirs
    try:
        return replace(theirs, data=converted(theirs.data, mine.unit))
    except UnitClash as clash:
        message = f"{function}: the key {mine.name!r} has units that do not meet: {clash}"
        raise Mistake("E-UNIT", message, hint="declare both columns in one unit") from None


def key_labels(columns: tuple[Column, ...], function: str) -> list[tuple[Any, ...]]:
    """The key of each row; raises `Mistake` where a cell is missing or has bounds."""
    return list(zip(*(labels_of(c, function) for c in columns), strict=True))
