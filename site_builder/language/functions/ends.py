"""Ends: the least and the greatest that a number with bounds may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from site_builder.language.function import Function, Parameter
from site_builder.language.operands import Operand, filled, merged_codes, numeric
from site_builder.language.values import Unknown, Value
from site_builder.quantities.quantity import Quantity, column_of
from site_builder.tables import CENSORED


def _end(name: str, of: Callable[[Quantity], Any]) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        a = numeric(value, name)
        if isinstance(a, Unknown):
            return a
        if a.quantity.is_exact:
            return value
        return _of_column(a, of) if a.column is not None else _of_one(name, a, of)

    return run


def _of_one(name: str, a: Operand, of: Callable[[Quantity], Any]) -> Value:
    end = of(a.quantity)
    if isinstance(end, float):
        return Unknown("censored", f"{name}: there is no bound on this side", a.cells)
    return filled(None, Quantity(end, unit=a.quantity.unit), None, (a,))


def _of_column(a: Operand, of: Callable[[Quantity], Any]) -> Value:
    ends = of(a.quantity).tolist()
    is_open = np.array([isinstance(end, float) for end in ends])
    known = column_of(
        [nominal if o else end for end, o, nominal in zip(ends, is_open, a.quantity.nominal, strict=True)]
    )
    codes = merged_codes(a.unknown, np.where(is_open, CENSORED, 0).astype(np.int8))
    return filled(a.column, Quantity(known, unit=a.quantity.unit), codes, (a,))


_VALUE = (Parameter("value"),)
_SAME = "An exact number is its own end. A side without bound is unknown."

FUNCTIONS = (
    Function(
        "low",
        "comparison as people say it",
        "The least that a number with bounds may be, such as the low end of an interval.",
        _VALUE,
        _end("low", lambda q: q.lowest),
        ('low(quantity("61-73%"))', "61 %"),
        _SAME,
    ),
    Function(
        "high",
        "comparison as people say it",
        "The greatest that a number with bounds may be, such as the high end of an interval.",
        _VALUE,
        _end("high", lambda q: q.highest),
        ('high(quantity("61-73%"))', "73 %"),
        _SAME,
    ),
)
