"""Dates: days of the calendar, written ``"2026-01-31"`` in an expression."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from site_builder.language.values import Scalar, Value, kind_of
from site_builder.problems import Mistake
from site_builder.tables import Column

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def dated(value: Scalar | Column) -> Scalar | Column | None:
    """Texts as the dates that every one of them is; None if one of them is no date."""
    if value.kind != "text":
        return None
    if isinstance(value, Scalar):
        days = _days([value.data])
        return replace(value, kind="date", data=days[0], read=None) if days is not None else None
    is_known = value.known()
    days = _days(value.data[is_known].tolist())
    if days is None:
        return None
    data = np.zeros(len(is_known), dtype="datetime64[D]")
    data[is_known] = days
    return replace(value, kind="date", data=data, read=None, kept={})


def dates_in(column: Column) -> Column:
    """A column of texts that all are dates as dates, and any other column as it is."""
    found = dated(column)
    return found if isinstance(found, Column) else column


def _days(texts: list[str]) -> npt.NDArray[np.datetime64] | None:
    if not texts or not all(map(_DAY.fullmatch, texts)):
        return None
    try:
        return np.array([date.fromisoformat(text) for text in texts], dtype="datetime64[D]")
    except ValueError:
        return None


def as_date(value: Value) -> Scalar | Column:
    """The value as a date, or a column of dates; raises `Mistake` for anything else."""
    if isinstance(value, Scalar | Column) and value.kind == "date":
        return value
    if isinstance(value, Scalar) and isinstance(value.data, str):
        try:
            written = value.data if _DAY.fullmatch(value.data) else ""
            return Scalar("date", np.datetime64(date.fromisoformat(written), "D"), value.cells)
        except ValueError:
            message = f"{value.data[:40]!r} is no date"
            raise Mistake("E-KIND", message, hint='write dates as "2026-01-31"') from None
    found = dated(value) if isinstance(value, Column) else None
    if found is not None:
        return found
    hint = "declare the column as a date with `columns:`" if isinstance(value, Column) else ""
    message = f"a date meets {kind_of(value)}"
    raise Mistake("E-KIND", message, hint=hint or 'write dates as "2026-01-31"')
