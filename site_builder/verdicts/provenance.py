"""From the cells a value rests on to rows and columns that a page can highlight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import numpy.typing as npt

from site_builder.tables import Cells
from site_builder.verdicts.decision import CellUse

MOST_LISTED = 2_000

Rows = dict[tuple[str, str, Literal["value", "filter"]], npt.NDArray[np.intp]]


def rows_used(cells: Iterable[Cells]) -> Rows:
    """Sorted 0-based rows by evidence, column and role; a cell that is a value is not listed as a filter too."""
    gathered: dict[tuple[str, str, Literal["value", "filter"]], list[npt.NDArray[np.intp]]] = {}
    for one in cells:
        for leaf in one.leaves():
            if leaf.lineage.evidence:
                gathered.setdefault((leaf.lineage.evidence, leaf.column, leaf.role), []).append(
                    leaf.lineage.rows
                )
    united = {key: np.unique(np.concatenate(rows)) for key, rows in gathered.items()}
    for (evidence, column, role), rows in list(united.items()):
        values = united.get((evidence, column, "value"))
        if role == "filter" and values is not None:
            united[evidence, column, role] = np.setdiff1d(rows, values)
    return {key: rows for key, rows in united.items() if len(rows)}


def cell_uses(cells: Iterable[Cells], most: int = MOST_LISTED) -> list[CellUse]:
    """The cells as claims.json lists them, by evidence and column, rows from 1, the first `most` of a column."""
    return [
        CellUse(
            evidence=evidence,
            column=column,
            rows=[int(r) + 1 for r in rows[:most]],
            count=len(rows),
            role=role,
        )
        for (evidence, column, role), rows in sorted(rows_used(cells).items())
    ]
