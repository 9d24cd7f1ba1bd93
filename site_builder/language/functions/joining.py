"""Tables side by side: each row beside the one row of another table that has the same key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import Function
from site_builder.language.functions.keys import KEYED, key_labels, keys_of
from site_builder.language.summarising import Names
from site_builder.language.values import Value, key_text
from site_builder.problems import Mistake
from site_builder.tables import Column, Index, Table, joined

Partners = dict[tuple[Any, ...], int]
"""The right row of each key."""


def _join(left: Table, right: Table, on: Names, right_on: Names | None) -> Value:
    """Each left row beside the one right row with the same key; rows without a partner are left out."""
    keys = keys_of("join", left, right, on, right_on)
    lefts, rights = _matches(keys.left, _partners(right, keys.right))
    doubtful = _doubts(left, right, lefts, rights)
    cells = [c.cells.take(lefts) for c in keys.left] + [c.cells.take(rights) for c in keys.right]
    beside = _beside(left.take(lefts), right.take(rights), {c.name for c in keys.right})
    return replace(
        beside,
        chosen=joined(beside.chosen, *(c.filtering() for c in cells)),
        is_filtered=left.is_filtered or len(lefts) < left.rows,
        doubtful=doubtful,
        lineages=tuple(leaf.lineage for c in cells for leaf in c.aligned),
    )


def _matches(keys: tuple[Column, ...], partners: Partners) -> tuple[Index, Index]:
    """The left rows that have a partner, and their partners."""
    labels = enumerate(key_labels(keys, "join"))
    kept = [(row, partners[label]) for row, label in labels if label in partners]
    lefts, rights = (np.array([pair[side] for pair in kept], dtype=np.intp) for side in (0, 1))
    return lefts, rights


def _partners(right: Table, keys: tuple[Column, ...]) -> Partners:
    partners: Partners = {}
    for row, key in enumerate(key_labels(keys, "join")):
        if key in partners:
            message = f"join: the key {key_text(key)} stands in several rows of {right.name}"
            hint = "put the table with repeated keys first, or join on more columns"
            raise Mistake("E-ROWS", message, hint=hint)
        partners[key] = row
    return partners


def _doubts(left: Table, right: Table, lefts: Index, rights: Index) -> npt.NDArray[np.int8] | None:
    """A joined row is in doubt where either of its rows is."""
    sides = [t.doubtful[i] for t, i in ((left, lefts), (right, rights)) if t.doubtful is not None]
    if not sides:
        return None
    doubtful = sides[0] if len(sides) == 1 else np.where(sides[0] != 0, sides[0], sides[1]).astype(np.int8)
    return doubtful if doubtful.any() else None


def _beside(left: Table, right: Table, keys: set[str]) -> Table:
    """The columns of both; a right one whose name is taken is called column_table; key columns stand once."""
    makers: dict[str, Callable[[], Column]] = {name: _maker(left, name) for name in left.names}
    titles = dict(left.titles)
    for name in right.names:
        if name in keys and name in left.names:
            continue
        placed = _free(name, right.called or right.name, makers.keys())
        makers[placed] = _maker(right, name)
        titles[placed] = right.title(name)
    chosen = joined(left.chosen, right.chosen)
    left_out = left.left_out + right.left_out
    name = f"{left.name} with {right.name}"
    return Table(name, left.rows, makers, left.source_rows, chosen, titles=titles, left_out=left_out)


def _free(name: str, table: str, taken: Any) -> str:
    """A name for a right column that no other column has."""
    suffix = "".join(c if c.isalnum() else "_" for c in table)
    candidates = [name, f"{name}_{suffix}", *(f"{name}_{suffix}_{n}" for n in range(2, 1_000))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _maker(table: Table, name: str) -> Callable[[], Column]:
    return lambda: replace(table.column(name), table=None)


FUNCTIONS = (
    Function(
        "join",
        "rows",
        "Rows of two tables side by side where their key columns agree; rows without a partner are left out.",
        KEYED,
        _join,
        ('one(join(runs, sizes, on="name")[name == "b"]).layers', "24"),
        "A key that the right table repeats, or a missing key, is a mistake. A row is in doubt where either of its "
        "rows is. A right column whose name is taken is called column_table, after the name that the right table has "
        "in the claim: that of its evidence, or of its `let`.",
    ),
)
