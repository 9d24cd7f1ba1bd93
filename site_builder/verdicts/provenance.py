"""From the cells a value rests on to rows and columns that a page can highlight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import numpy.typing as npt

from site_builder.tables import Cells, Lineage, distinct_rows
from site_builder.verdicts.decision import CellUse

MOST_LISTED = 2_000

Rows = dict[tuple[str, str, Literal["value", "filter"]], npt.NDArray[np.intp]]


def rows_used(cells: Iterable[Cells]) -> Rows:
    """Sorted 0-based rows by evidence, column and role; a cell that is a value is not listed as a filter too."""
    gathered: dict[tuple[str, str, Literal["value", "filter"]], dict[int, Lineage]] = {}
    for one in cells:
        for leaf in one.leaves():
            if leaf.lineage.evidence:
                key = (leaf.lineage.evidence, leaf.column, leaf.role)
                gathered.setdefault(key, {})[id(leaf.lineage)] = leaf.lineage
    united = {key: _united(list(lineages.values())) for key, lineages in gathered.items()}
    for (evidence, column, role), rows in list(united.items()):
        values = united.get((evidence, column, "value"))
        if role == "filter" and values is not None:
            united[evidence, column, role] = np.setdiff1d(rows, values, assume_unique=True)
    return {key: rows for key, rows in united.items() if len(rows)}


def _united(lineages: list[Lineage]) -> npt.NDArray[np.intp]:
    rows = [lineage.distinct for lineage in lineages]
    return rows[0] if len(rows) == 1 else distinct_rows(*rows)


def cell_uses(cells: Iterable[Cells], most: int = MOST_LISTED) -> list[CellUse]:
    """The cells as claims.json lists them, by evidence and column, rows from 1, the first `most` of a column."""
    return [
        CellUse(
            evidence=evidence,
            column=column,
            rows=(rows[:most] + 1).tolist(),
            count=len(rows),
            role=role,
        )
        for (evidence, column, role), rows in sorted(rows_used(cells).items())
    ]
