"""Dates: days of the calendar, written ``"2026-01-31"`` in an expression."""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from site_builder.language.values import Scalar, Value, kind_of
from site_builder.problems import Mistake
from site_builder.tables import Column

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_date(value: Value) -> Scalar | Column:
    """The value as a date, or a column of dates; raises `Mistake` for anything else."""
    if isinstance(value, Scalar | Column) and value.kind == "date":
        return value
    if isinstance(value, Scalar) and isinstance(value.data, str):
        try:
            written = value.data if _DATE.fullmatch(value.data) else ""
            return Scalar("date", np.datetime64(date.fromisoformat(written), "D"), value.cells)
        except ValueError:
            message = f"{value.data[:40]!r} is no date"
            raise Mistake("E-KIND", message, hint='write dates as "2026-01-31"') from None
    hint = "declare the column as a date with `columns:`" if isinstance(value, Column) else ""
    message = f"a date meets {kind_of(value)}"
    raise Mistake("E-KIND", message, hint=hint or 'write dates as "2026-01-31"')
