"""Dictionary codes: the distinct texts of a long column once, and a small number for each cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.problems import Mistake
from site_builder.tables import Column, coded

LONG = 2_000
"""From this many rows on, codes pay for themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """`codes` holds, for each cell, a position in `labels`; `positions` leads back from a label."""

    codes: npt.NDArray[np.intp]
    labels: tuple[Any, ...]
    positions: dict[Any, int]


def dictionary_of(column: Column) -> Dictionary:
    """The codes of a column of texts, in order of first appearance in the column they were taken from; kept."""
    kept = column.kept.get("dictionary")
    if kept is not None and kept[0] is column.data:
        return kept[1]  # type: ignore[no-any-return]
    made = _made(column)
    column.kept["dictionary"] = (column.data, made)
    return made


def _made(column: Column) -> Dictionary:
    whole, index, data = column.kept.get("taken", (None, None, None))
    if whole is not None and data is column.data and len(whole) <= 4 * len(column):
        of = dictionary_of(whole)
        return replace(of, codes=of.codes[index])
    texts, codes = coded(column.data.tolist())
    return Dictionary(codes, texts, {text: position for position, text in enumerate(texts)})


def equal_to(column: Column, text: str) -> npt.NDArray[np.bool_]:
    """Which cells of a column of texts are this text."""
    if len(column) < LONG:
        return np.array([cell == text for cell in column.data.tolist()], dtype=bool)
    found = dictionary_of(column)
    position = found.positions.get(text)
    if position is None:
        return np.zeros(len(column), dtype=bool)
    return np.asarray(found.codes == position, dtype=bool)


def labels_of(key: Column, function: str) -> list[Any]:
    """A column's cells as things to group, join or count by: texts, exact numbers, truths (1, -1) or dates.

    Raises `Mistake` where a cell is missing or has bounds.
    """
    if key.unknown is not None:
        count = int(np.count_nonzero(key.unknown))
        cells = "1 cell" if count == 1 else f"{count:,} cells"
        verb = "has" if count == 1 else "have"
        message = f"{function}: {cells} of the key column {key.name!r} {verb} no value"
        raise Mistake("E-KEY", message, hint=f"leave those rows out with [not missing({key.name})]")
    if key.kind != "number":
        return [str(v) if key.kind == "date" else v for v in key.data.tolist()]
    numbers = key.data if key.as_typed is None else key.as_typed
    if not numbers.is_exact:
        message = f"{function}: the key column {key.name!r} holds values with bounds"
        raise Mistake("E-KEY", message, hint="group by a column of texts or exact numbers")
    return [Fraction(repr(v)) if isinstance(v, float) else v for v in numbers.nominal.tolist()]
