"""A figure: a plot's data and words as plain data, made by judging and shown by drawing.

Numbers are finite floats or None (an unbounded or unknown side); texts are as written by their authors and
must be escaped where they are shown.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class AxisJson(TypedDict):
    """An axis: its label, the unit of its numbers, and its categories in order where it is not numeric."""

    label: str
    unit: str
    categories: list[str] | None


class PointJson(TypedDict):
    """One mark: x and y are numbers or categories.

    A None bound with `censored` set is unbounded on that side. `y` None is a missing value. `value` and
    `text` are the heatmap cell's number and how it is written.
    """

    x: float | str | None
    y: float | str | None
    x_low: float | None
    x_high: float | None
    y_low: float | None
    y_high: float | None
    censored: Literal["", "low", "high"]
    label: str
    value: float | None
    text: str


class SeriesJson(TypedDict):
    """Points that share a colour and a legend entry; the name is empty when there is only one series."""

    name: str
    points: list[PointJson]


class MarkJson(TypedDict):
    """Something drawn over the points: a line at `value`, or a fitted curve given by its two parameters.

    A ``power_law`` fit is y = a * x ** b; a ``linear`` one y = a + b * x; `series` names the series it
    belongs to.
    """

    kind: Literal["hline", "vline", "power_law", "linear"]
    value: float | None
    a: float | None
    b: float | None
    text: str
    series: str


class PlotJson(TypedDict):
    """A plot's data and words: all that drawing needs. `log` is "", "x", "y" or "xy"."""

    name: str
    kind: str
    title: str
    caption: str
    alt: str
    log: str
    x: AxisJson
    y: AxisJson
    value_label: str
    series: list[SeriesJson]
    marks: list[MarkJson]
