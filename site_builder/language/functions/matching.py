"""Matching: which rows of a table have no partner in another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from site_builder.language.function import Function
from site_builder.language.functions.keys import KEYED, key_labels, keys_of
from site_builder.language.summarising import Names
from site_builder.language.values import Value
from site_builder.tables import Table, joined

_NAME = "anti_join"


def _anti_join(left: Table, right: Table, on: Names, right_on: Names | None) -> Value:
    """The left rows whose key stands in no right row; in doubt where only a right row in doubt has it."""
    keys = keys_of(_NAME, left, right, on, right_on)
    found = key_labels(keys.right, _NAME)
    unsure = np.zeros(right.rows, dtype=np.int8) if right.doubtful is None else right.doubtful
    certain = {key for key, code in zip(found, unsure, strict=True) if not code}
    reasons = {key: code for key, code in zip(found, unsure, strict=True) if code}
    labels = key_labels(keys.left, _NAME)
    kept = np.array([row for row, key in enumerate(labels) if key not in certain], dtype=np.intp)
    doubts = np.array([reasons.get(labels[row], 0) for row in kept], dtype=np.int8)
    if left.doubtful is not None:
        doubts = np.where(left.doubtful[kept] != 0, left.doubtful[kept], doubts).astype(np.int8)
    matched = joined(right.chosen, *(c.cells.filtering() for c in (*keys.left, *keys.right)))
    return replace(left.take(kept, matched, doubts), is_filtered=True)


FUNCTIONS = (
    Function(
        _NAME,
        "rows",
        "The rows of a table whose key stands in no row of another.",
        KEYED,
        _anti_join,
        ('count(anti_join(runs, sizes[layers > 12], on="name"))', "1"),
        "A missing key is a mistake. A row is in doubt where it is so itself, or where only a row in doubt "
        "has its key. "
        "To claim that every row has a partner, write all(left.key in right.key).",
    ),
)
