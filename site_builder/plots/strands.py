"""Strands: a plot's series as places on two axes, with what cannot be drawn taken out and said.

Categories become whole numbers, counted along their axis. A missing or undrawable place is a gap.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

from site_builder.figures import AxisJson, PlotJson, PointJson
from site_builder.plots.numerals import value_text

Open = Literal["", "low", "high"]

# As many as differ in colour or shape.
MOST_SERIES: Final = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point lies along one axis: its value, what bounds it, and the side on which it is unbounded."""

    value: float
    low: float | None = None
    high: float | None = None
    open: Open = ""

    @property
    def is_exact(self) -> bool:
        return not self.open and self.low is None and self.high is None

    @property
    def extent(self) -> tuple[float, ...]:
        """Every value that the axis must show."""
        return tuple(value for value in (self.low, self.value, self.high) if value is not None)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point to draw; `text` is its value as written, where it is known."""

    x: Place
    y: Place
    label: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Strand:
    """A series in drawing order; `index` counts series and chooses colour and shape."""

    name: str
    index: int
    dots: tuple[Dot | None, ...]

    @property
    def drawn(self) -> tuple[Dot, ...]:
        """The dots without the gaps."""
        return tuple(dot for dot in self.dots if dot is not None)


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis with what it says: `names` are its categories, or None for numbers; `slots` counts them."""

    title: str
    names: tuple[str, ...] | None
    log: bool
    slots: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Strands:
    """A plot's series on their axes, of `series` the first, and how many rows were left out.

    A row is `missing` without a result, and `beyond_log` at zero or below on a logarithmic axis.
    """

    x: Axis
    y: Axis
    strands: tuple[Strand, ...]
    missing: int = 0
    beyond_log: int = 0
    series: int = 0

    @property
    def notes(self) -> list[str]:
        """What was left out, in words."""
        beyond = self.series - len(self.strands)
        left_out = {
            f"The first {len(self.strands)} of {self.series:,} series are drawn.": beyond,
            f"{_rows(self.missing)} without a result left out.": self.missing,
            f"{_rows(self.beyond_log)} at zero or below: not on a logarithmic axis.": self.beyond_log,
        }
        return [note for note, count in left_out.items() if count]

    @property
    def dots(self) -> tuple[Dot, ...]:
        return tuple(dot for strand in self.strands for dot in strand.drawn)


def axis_title(axis: AxisJson) -> str:
    """The label with its unit: ``Accuracy (%)``; a unit that the label already bears is not repeated."""
    label, unit = axis["label"].strip(), axis["unit"].strip()
    if not unit or label.endswith(f"({unit})"):
        return label
    return f"{label} ({unit})" if label else unit


def read_strands(plot: PlotJson, *, log: str | None = None) -> Strands:
    """The plot's series as strands; `log` replaces the plot's own choice of logarithmic axes."""
    log = plot["log"] if log is None else log
    drawn = plot["series"][:MOST_SERIES]
    points = [point for series in drawn for point in series["points"]]
    x = _axis(plot["x"], (point["x"] for point in points), "x" in log)
    y = _axis(plot["y"], (point["y"] for point in points), "y" in log)
    lost: Counter[str] = Counter()
    strands = tuple(
        Strand(series["name"], index, tuple(_dot(point, x, y, lost) for point in series["points"]))
        for index, series in enumerate(drawn)
    )
    return Strands(x, y, strands, lost["missing"], lost["log"], len(plot["series"]))


def _axis(axis: AxisJson, values: Iterable[float | str | None], log: bool) -> Axis:
    """An axis of categories if it has any or meets any text, in the given order, then as they come."""
    met = list(values)
    if axis["categories"] is None and not any(isinstance(value, str) for value in met):
        return Axis(axis_title(axis), None, log)
    names = dict.fromkeys(axis["categories"] or ())
    names.update(dict.fromkeys(category(value) for value in met if value is not None))
    return Axis(axis_title(axis), tuple(names), False, {name: float(slot) for slot, name in enumerate(names)})


def category(value: float | str) -> str:
    """A value as the name of a category."""
    if isinstance(value, str):
        return value
    return f"{value:.10g}" if 1e-4 <= abs(value) < 1e6 else value_text(value)


def _dot(point: PointJson, x: Axis, y: Axis, lost: Counter[str]) -> Dot | None:
    """The point as a dot, or None with the reason counted in `lost`."""
    along_x, along_y = _place(point, "x", x), _place(point, "y", y)
    if isinstance(along_x, Place) and isinstance(along_y, Place):
        return Dot(along_x, along_y, point["label"], point["text"])
    lost["missing" if "missing" in (along_x, along_y) else "log"] += 1
    return None


def _place(point: PointJson, name: str, axis: Axis) -> Place | str:
    """Where the point lies along an axis, or why it doesn't: "missing" or "log"."""
    cells = cast("Mapping[str, Any]", point)
    value: float | str | None = cells[name]
    if value is None or (not isinstance(value, str) and not math.isfinite(value)):
        return "missing"
    if axis.names is not None:
        return Place(axis.slots[category(value)])
    if axis.log and float(value) <= 0:
        return "log"
    return Place(
        float(value), _bound(cells[f"{name}_low"]), _bound(cells[f"{name}_high"]), _open_side(point, name)
    )


def _bound(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _open_side(point: PointJson, name: str) -> Open:
    """On which side the value is unbounded; a point that doesn't say which axis is meant means y."""
    side = point["censored"]
    if not side:
        return ""
    other = "low" if side == "high" else "high"
    cells = cast("Mapping[str, Any]", point)
    open_on = [
        axis
        for axis in ("y", "x")
        if cells[f"{axis}_{side}"] is None and cells[f"{axis}_{other}"] is not None
    ]
    return side if name in (open_on or ["y"]) else ""


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
