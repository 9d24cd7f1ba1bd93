"""Bars as data: one for every row, in a lane of its category; what has no result keeps its lane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from site_builder.figures import MarkJson, PlotJson, PointJson
from site_builder.plots.numerals import value_text
from site_builder.plots.strands import Place, Strand, Strands, category, read_strands

MOST_NAMES: Final = 60
_SWAPPED: Final = {"x": "y", "y": "x", "x_low": "y_low", "y_low": "x_low", "x_high": "y_high", "y_high": "x_high"}
_TURNED: Final = {"hline": "vline", "vline": "hline"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its category, its lane within the category, its value (None: no result), and what is written."""

    slot: int
    lane: int
    strand: Strand
    value: Place | None
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars, with categories on x and values on y; `lying` says that the plot has them the other way round."""

    names: tuple[str, ...]
    lanes: int
    bars: tuple[Bar, ...]
    data: Strands
    lying: bool
    log: bool
    notes: tuple[str, ...]

    @property
    def values(self) -> list[float]:
        return [value for bar in self.bars if bar.value for value in bar.value.extent]


def read_bars(plot: PlotJson) -> Bars:
    """The plot's rows as bars, of the first categories only where there are very many."""
    lying = _is_category(plot, "y") and not _is_category(plot, "x")
    upright = _with_names(_swapped(plot) if lying else plot)
    data = read_strands(upright)
    names = data.x.names or ()
    bars, lanes = _lanes(upright, data)
    shown = tuple(bar for bar in bars if bar.slot < MOST_NAMES)
    return Bars(names[:MOST_NAMES], lanes, shown, data, lying, data.y.log, tuple(_notes(data, names)))


def _notes(data: Strands, names: Sequence[str]) -> list[str]:
    notes = []
    if data.y.names is not None:
        notes.append("Bars need numbers on one axis; both have names.")
    if data.beyond_log:
        notes.append(f"{data.beyond_log} at zero or below, which a logarithmic axis cannot show.")
    if data.y.log:
        notes.append("Logarithmic axis: bars do not start at zero; compare their ends.")
    if len(names) > MOST_NAMES:
        notes.append(f"The first {MOST_NAMES} of {len(names):,} categories are drawn.")
    return notes


def _is_category(plot: PlotJson, axis: str) -> bool:
    """Whether the axis has names; the other axis then has the values."""
    described = plot["x"] if axis == "x" else plot["y"]
    if described["categories"] is not None:
        return True
    values = (cast(dict[str, Any], point)[axis] for series in plot["series"] for point in series["points"])
    return any(isinstance(value, str) for value in values)


def _swapped(plot: PlotJson) -> PlotJson:
    """The plot with its axes exchanged."""
    log = plot["log"].translate({ord("x"): "y", ord("y"): "x"})
    series = [{**one, "points": [_swapped_point(point) for point in one["points"]]} for one in plot["series"]]
    return cast(PlotJson, {**plot, "x": plot["y"], "y": plot["x"], "log": log, "series": series})


def _swapped_point(point: PointJson) -> dict[str, Any]:
    return {_SWAPPED.get(key, key): value for key, value in point.items()}


def _with_names(plot: PlotJson) -> PlotJson:
    """The plot with names on x: numbers there are names in rising order."""
    if _is_category(plot, "x"):
        return plot
    values = {point["x"] for series in plot["series"] for point in series["points"]}
    names = [category(value) for value in sorted(value for value in values if isinstance(value, (int, float)))]
    return cast(PlotJson, {**plot, "x": {**plot["x"], "categories": names}})


def _lanes(plot: PlotJson, data: Strands) -> tuple[list[Bar], int]:
    """Every row's bar, and how many lanes a category has: one for each series and repetition within it."""
    names = {name: index for index, name in enumerate(data.x.names or ())}
    met: Counter[tuple[int, int]] = Counter()
    found: list[tuple[int, tuple[int, int], Strand, Place | None, str]] = []
    for strand, series in zip(data.strands, plot["series"], strict=True):
        for dot, point in zip(strand.dots, series["points"], strict=True):
            if point["x"] is None:
                continue
            slot = names[category(point["x"])]
            lane = (strand.index, met[slot, strand.index])
            met[slot, strand.index] += 1
            found.append((slot, lane, strand, dot.y if dot else None, _written(point)))
    order = {lane: index for index, lane in enumerate(sorted({lane for _, lane, *_ in found}))}
    return [Bar(slot, order[lane], *rest) for slot, lane, *rest in found], max(1, len(order))  # type: ignore[arg-type]


def _written(point: PointJson) -> str:
    """The value as it is written, and the point's label behind it."""
    value = point["text"] or (value_text(point["y"]) if isinstance(point["y"], (int, float)) else "")
    return f"{value}  {point['label']}" if point["label"] else value


def turned_marks(plot: PlotJson, bars: Bars) -> list[MarkJson]:
    """The plot's marks for the axes as the bars have them."""
    if not bars.lying:
        return list(plot["marks"])
    return [cast(MarkJson, {**mark, "kind": _TURNED.get(mark["kind"], mark["kind"])}) for mark in plot["marks"]]
