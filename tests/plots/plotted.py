"""Plots for the tests, short to write, and drawn figures to look into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from site_builder.figures import AxisJson, MarkJson, PlotJson, PointJson, SeriesJson
from site_builder.plots import draw

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("bar", "heatmap", "line", "scaling", "scatter")


def point(x: float | str | None, y: float | str | None, **more: Any) -> PointJson:
    """A point without bounds, label or text, but for what is given."""
    made: PointJson = {
        "x": x,
        "y": y,
        "x_low": None,
        "x_high": None,
        "y_low": None,
        "y_high": None,
        "censored": "",
        "label": "",
        "value": None,
        "text": "",
    }
    made.update(more)  # type: ignore[typeddict-item]
    return made


def series(name: str, *points: PointJson) -> SeriesJson:
    return {"name": name, "points": list(points)}


def axis(label: str = "", unit: str = "", categories: Sequence[str] | None = None) -> AxisJson:
    return {"label": label, "unit": unit, "categories": None if categories is None else list(categories)}


def mark(kind: Any, text: str = "", **more: Any) -> MarkJson:
    made: MarkJson = {"kind": kind, "value": None, "a": None, "b": None, "text": text, "series": ""}
    made.update(more)  # type: ignore[typeddict-item]
    return made


def plot(kind: str, *all_series: SeriesJson, **more: Any) -> PlotJson:
    """A plot on two axes named x and y, but for what is given."""
    made: PlotJson = {
        "name": "p",
        "kind": kind,
        "title": "",
        "caption": "",
        "alt": "An example",
        "log": "",
        "x": axis("x"),
        "y": axis("y"),
        "value_label": "",
        "series": list(all_series),
        "marks": [],
    }
    made.update(more)  # type: ignore[typeddict-item]
    return made


def cells(values: Sequence[Sequence[float | None]]) -> PlotJson:
    """A heatmap with columns a, b, … and rows r0, r1, …"""
    points = [
        point("abcdefgh"[column], f"r{row}", value=value)
        for row, line in enumerate(values)
        for column, value in enumerate(line)
    ]
    return plot("heatmap", series("", *points))


def rising(kind: str, count: int = 5, **more: Any) -> PlotJson:
    """A plot of any kind with `count` points of growing value."""
    points = [point(number, number * 2.0, value=float(number)) for number in range(1, count + 1)]
    return plot(kind, series("", *points), **more)


def root(figure: PlotJson) -> ET.Element:
    """The drawn figure, parsed; fails if it is not well-formed XML."""
    return ET.fromstring(draw(figure))


def texts(figure: PlotJson) -> list[str]:
    """The words of the drawn figure, in order."""
    return [element.text or "" for element in root(figure).iter(f"{SVG}text")]


def count(figure: PlotJson, tag: str, **attributes: str) -> int:
    """How many elements of the drawn figure have these attributes; a hyphen in a name is written as `_`."""
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    found = root(figure).iter(f"{SVG}{tag}")
    return sum(all(element.get(name) == value for name, value in wanted.items()) for element in found)
