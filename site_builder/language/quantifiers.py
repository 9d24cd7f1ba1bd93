"""Quantifiers: whether all, any or none of the rows hold, with the tally that every answer shows."""

from __future__ import annotations

import numpy as np

from site_builder.language.values import Scalar
from site_builder.tables import REASONS, Column


def judged(name: str, column: Column) -> Scalar:
    """`all`, `any` or `none` of a column of truths that has rows; rows in doubt count only against certainty."""
    sure = np.ones(len(column), dtype=bool) if column.doubtful is None else column.doubtful == 0
    signs = column.data if name != "none" else -column.data
    if name == "any":
        result = 1 if np.any((signs == 1) & sure) else -1 if np.all(signs == -1) else 0
    else:
        result = -1 if np.any((signs == -1) & sure) else 1 if np.all(signs == 1) else 0
    if result != 0 and not sure.any():
        result = 0
    holds = int(np.count_nonzero((column.data == 1) & sure))
    detail = f"{holds:,} of {len(column):,} rows hold"
    if result != 0:
        return Scalar("truth", result, column.cells, detail=detail, tally=(holds, len(column)))
    reason, why = _why_open(column)
    return Scalar("truth", 0, column.cells, reason, f"{detail}, {why}", (holds, len(column)))


def _why_open(column: Column) -> tuple[str, str]:
    count = int(np.count_nonzero(column.data == 0))
    if column.unknown is not None and count:
        return column.why_unknown(), f"{count:,} cannot be decided"
    if column.doubtful is not None:
        return doubt(column)
    return "too-coarse", f"{count:,} cannot be decided"


def doubt(column: Column) -> tuple[str, str]:
    """Why it is not known which rows belong, and how many of them are in doubt."""
    assert column.doubtful is not None
    code = int(column.doubtful[np.flatnonzero(column.doubtful)[0]])
    count = int(np.count_nonzero(column.doubtful))
    return REASONS[code], f"whether {count:,} of {len(column):,} rows belong is not known"
