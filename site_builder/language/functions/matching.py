"""Matching: which rows of a table have no partner in another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from site_builder.language.dictionary import labels_of
from site_builder.language.function import Function, Parameter, columns_named
from site_builder.language.summarising import Names
from site_builder.language.values import Value, kind_of
from site_builder.problems import Mistake
from site_builder.quantities.quantity import converted
from site_builder.quantities.units import UnitClash
from site_builder.tables import Column, Table, joined

_NAME = "anti_join"


def _anti_join(left: Table, right: Table, on: Names, right_on: Names | None) -> Value:
    """The left rows whose key stands in no right row; in doubt where only a right row in doubt has it."""
    mine = columns_named(left, on, _NAME)
    theirs = columns_named(right, on if right_on is None else right_on, _NAME)
    if len(mine) != len(theirs):
        message = f"{_NAME}: {len(mine)} key columns on the left and {len(theirs)} on the right"
        raise Mistake("E-CALL", message, hint="name as many columns in on as in right_on")
    theirs = tuple(_meeting(a, b) for a, b in zip(mine, theirs, strict=True))
    found = _keys(theirs)
    unsure = np.zeros(right.rows, dtype=np.int8) if right.doubtful is None else right.doubtful
    certain = {key for key, code in zip(found, unsure, strict=True) if not code}
    reasons = {key: code for key, code in zip(found, unsure, strict=True) if code}
    keys = _keys(mine)
    kept = np.array([row for row, key in enumerate(keys) if key not in certain], dtype=np.intp)
    doubts = np.array([reasons.get(keys[row], 0) for row in kept], dtype=np.int8)
    if left.doubtful is not None:
        doubts = np.where(left.doubtful[kept] != 0, left.doubtful[kept], doubts).astype(np.int8)
    matched = joined(right.chosen, *(c.cells.filtering() for c in (*mine, *theirs)))
    return replace(left.take(kept, matched, doubts), is_filtered=True)


def _keys(columns: tuple[Column, ...]) -> list[tuple[Any, ...]]:
    return list(zip(*(labels_of(c, _NAME) for c in columns), strict=True))


def _meeting(mine: Column, theirs: Column) -> Column:
    """The right key column in the unit of the left one; raises `Mistake` where their kinds or units differ."""
    if mine.kind != theirs.kind:
        message = f"{_NAME}: the key {mine.name!r} is {kind_of(mine)} and {kind_of(theirs)} in the two tables"
        raise Mistake("E-KIND", message, hint="declare both columns alike with `columns:`")
    if mine.kind != "number" or mine.unit == theirs.unit:
        return theirs
    try:
        return replace(theirs, data=converted(theirs.data, mine.unit))
    except UnitClash as clash:
        message = f"{_NAME}: the key {mine.name!r} has units that do not meet: {clash}"
        raise Mistake("E-UNIT", message, hint="declare both columns in one unit") from None


FUNCTIONS = (
    Function(
        _NAME,
        "rows",
        "The rows of a table whose key stands in no row of another.",
        (
            Parameter("left", "table"),
            Parameter("right", "table"),
            Parameter("on", "names"),
            Parameter("right_on", "names", None),
        ),
        _anti_join,
        ('count(anti_join(runs, sizes[layers > 12], on="name"))', "1"),
        "A missing key is a mistake. A row is in doubt where it is so itself, or where only a row in doubt "
        "has its key. "
        "To claim that every row has a partner, write all(left.key in right.key).",
    ),
)
