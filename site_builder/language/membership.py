"""Membership: whether values are among the cells of a column."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from site_builder.language.dictionary import labels_of
from site_builder.language.operands import kind_word, plain, shaped
from site_builder.language.quantifiers import judged
from site_builder.language.values import Scalar, Value, kind_of, truth
from site_builder.problems import Mistake
from site_builder.tables import FAR_MISSING, Column

Compare = Callable[[str, Value, Value], Scalar | Column]


def among(left: Value, right: Column, compare: Compare) -> Scalar | Column:
    """Whether `left`, or each of its cells, equals some cell of `right`; open where only an unknown one could."""
    if not isinstance(left, Scalar | Column):
        message = f"`in` asks about a value, and this is {kind_of(left)}"
        raise Mistake("E-KIND", message, hint="name one of its columns, such as table.column")
    if len(right) == 0:
        return _nowhere(left)
    if isinstance(left, Scalar):
        found = compare("==", right, left)
        assert isinstance(found, Column)
        return judged("any", found)
    if kind_word(left) != kind_word(right):
        message = f"`in` between {kind_of(left)} and {kind_of(right)}"
        raise Mistake("E-KIND", message, hint="different kinds never compare")
    return _each_among(left, right)


def _nowhere(left: Scalar | Column) -> Scalar | Column:
    detail = "there is nothing to be in"
    lone = truth(0, reason="no-rows", detail=detail)
    if isinstance(left, Scalar):
        return lone
    raise Mistake("E-ROWS", "`in` looks in a column without rows", hint="check the condition that chose them")


def _each_among(left: Column, right: Column) -> Column:
    known = right.take(right.known()) if right.unknown is not None else right
    sure = known if known.doubtful is None else known.take(known.doubtful == 0)
    possible = set(labels_of(known, "in"))
    certain = possible if sure is known else set(labels_of(sure, "in"))
    is_open = right.unknown is not None
    gone = np.zeros(len(left), dtype=np.int8) if left.unknown is None else left.unknown
    cells = [None if code else label for code, label in zip(gone, _lenient(left), strict=True)]
    signs = [_sign(cell, possible, certain, is_open) for cell in cells]
    truths = np.array(signs, dtype=np.int8)
    codes = np.where((truths == 0) & (gone == 0), _why_open(right), gone).astype(np.int8)
    return shaped(left, "truth", truths, codes, (plain(left), plain(truth(1, right.cells))))


def _why_open(right: Column) -> int:
    """Why a cell may or may not be among those of `right`: a missing cell there, or a row that may not belong."""
    if right.unknown is not None or right.doubtful is None:
        return FAR_MISSING
    return int(right.doubtful[np.flatnonzero(right.doubtful)[0]])


def _lenient(column: Column) -> list[object]:
    """A label for each cell, of whatever stands there where a cell is unknown."""
    from dataclasses import replace

    return list(labels_of(replace(column, unknown=None), "in"))


def _sign(cell: object, possible: set[object], certain: set[object], is_open: bool) -> int:
    if cell is None:
        return 0
    if cell in certain:
        return 1
    return 0 if cell in possible or is_open else -1
