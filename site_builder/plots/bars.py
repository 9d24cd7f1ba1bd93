"""Bars as data: one for every row, in a lane of its category; what has no result keeps its lane."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from site_builder.figures import MarkJson, PlotJson, PointJson
from site_builder.plots.numerals import value_text
from site_builder.plots.strands import Place, Strand, Strands, category, read_strands
from site_builder.plots.wording import clipped

_MOST_NAMES: Final = 60
_MOST_LANES: Final = 48
_MOST_BARS: Final = 240
_LONGEST_TEXT: Final = 36
_SWAPPED: Final = {
    "x": "y",
    "y": "x",
    "x_low": "y_low",
    "y_low": "x_low",
    "x_high": "y_high",
    "y_high": "x_high",
}
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
    """All bars, with categories on x and values on y; `lying` says that the plot has them the other
    way round, `in_order` that the categories are numbers.
    """

    names: tuple[str, ...]
    lanes: int
    bars: tuple[Bar, ...]
    data: Strands
    lying: bool
    in_order: bool
    notes: tuple[str, ...]

    @property
    def log(self) -> bool:
        """Whether values lie on a logarithmic axis."""
        return self.data.y.log

    @property
    def values(self) -> list[float]:
        """All that the value axis must show; nothing if it has names instead of numbers."""
        if self.data.y.names is not None:
            return []
        return [value for bar in self.bars if bar.value for value in bar.value.extent]


def read_bars(plot: PlotJson) -> Bars:
    """The plot's rows as bars, of the first categories only where there are very many."""
    lying = _is_category(plot, "y") and not _is_category(plot, "x")
    turned = _swapped(plot) if lying else plot
    named = _with_names(turned)
    data = read_strands(named)
    bars, lanes = _lanes(named, data)
    names = data.x.names or ()
    most = max(1, min(_MOST_NAMES, _MOST_BARS // min(lanes, _MOST_LANES)))
    return Bars(
        names=names[:most],
        lanes=min(lanes, _MOST_LANES),
        bars=tuple(bar for bar in bars if bar.slot < most and bar.lane < _MOST_LANES),
        data=data,
        lying=lying,
        in_order=named is not turned and not lying,
        notes=tuple(_notes(data, len(names), most, lanes)),
    )


def _notes(data: Strands, names: int, most: int, lanes: int) -> list[str]:
    notes = {
        "Bars need numbers on one axis; both have names.": data.y.names is not None,
        "Logarithmic axis: bars do not start at zero; compare their ends.": data.y.log,
        f"The first {most} of {names:,} categories are drawn.": names > most,
        f"The first {_MOST_LANES} of {lanes:,} bars of a category are drawn.": lanes > _MOST_LANES,
    }
    without_gaps = replace(data, missing=0)  # a bar that is missing says so in its place
    return [*(note for note, applies in notes.items() if applies), *without_gaps.notes]


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
    names = [
        category(value) for value in sorted(value for value in values if isinstance(value, (int, float)))
    ]
    return cast(PlotJson, {**plot, "x": {**plot["x"], "categories": names}})


def _lanes(plot: PlotJson, data: Strands) -> tuple[list[Bar], int]:
    """Every row's bar, and how many lanes a category has: one for each series and repetition within it."""
    met: Counter[tuple[int, int]] = Counter()
    found: list[tuple[tuple[int, int], Bar]] = []
    for strand, series in zip(data.strands, plot["series"], strict=False):
        for dot, point in zip(strand.dots, series["points"], strict=True):
            if point["x"] is not None:
                slot = int(data.x.slots[category(point["x"])])
                lane = (strand.index, met[slot, strand.index])
                met[slot, strand.index] += 1
                found.append((lane, Bar(slot, 0, strand, dot.y if dot else None, _written(point))))
    order = {lane: index for index, lane in enumerate(sorted({lane for lane, _ in found}))}
    bars = [replace(bar, lane=order[lane]) for lane, bar in found]
    return _packed(bars, max(1, len(order)))


def _packed(bars: list[Bar], lanes: int) -> tuple[list[Bar], int]:
    """The bars side by side without empty lanes, where most would be empty: a series for each category, say."""
    fullest = max(Counter(bar.slot for bar in bars).values(), default=1)
    if fullest > lanes / 2:
        return bars, lanes
    next_lane: Counter[int] = Counter()
    packed: list[Bar] = []
    for bar in sorted(bars, key=lambda bar: bar.lane):
        packed.append(replace(bar, lane=next_lane[bar.slot]))
        next_lane[bar.slot] += 1
    return packed, fullest


def _written(point: PointJson) -> str:
    """The value as it is written, and the point's label behind it."""
    value = point["text"] or (value_text(point["y"]) if isinstance(point["y"], (int, float)) else "")
    return clipped(f"{value}  {point['label']}" if point["label"] else value, _LONGEST_TEXT)


def turned_marks(plot: PlotJson, bars: Bars) -> list[MarkJson]:
    """The plot's marks for the axes as the bars have them."""
    if not bars.lying:
        return list(plot["marks"])
    return [
        cast(MarkJson, {**mark, "kind": _TURNED.get(mark["kind"], mark["kind"])}) for mark in plot["marks"]
    ]
