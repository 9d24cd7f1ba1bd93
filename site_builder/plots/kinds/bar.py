"""Bars from zero, one a row, side by side within a category; lying down where names are long."""

from __future__ import annotations

from typing import Final

from site_builder.figures import PlotJson
from site_builder.plots.axis import WIDEST_NAME, wrap_fits
from site_builder.plots.bars import Bar, Bars, read_bars, turned_marks
from site_builder.plots.colours import series_colour
from site_builder.plots.frame import MARGIN, QUIET, Frame, Surroundings, finished, framed, nothing
from site_builder.plots.kind import Kind
from site_builder.plots.legend import Entry, stamp
from site_builder.plots.marks import line_values, mark_items
from site_builder.plots.placement import Crowd, words_box
from site_builder.plots.points import ARROW, arrow_items, bound_notes
from site_builder.plots.rail import Rail
from site_builder.plots.scales import Scale, linear, logarithmic, slots
from site_builder.plots.sketch import WIDTH, Area, Box, Item, Point, Sketch, Stroke
from site_builder.plots.strands import Place
from site_builder.plots.wording import shortened, width

_MOST_UPRIGHT: Final = 24
_MOST_WRITTEN: Final = 80
_UPRIGHT_ROOM: Final = 372.0
_THICK: Final = 17.0
_CAP: Final = 3.0
_WIDEST_TEXT: Final = 110.0


def sketch(plot: PlotJson) -> Sketch:
    """Upright bars, or lying ones where the data or the names want it."""
    bars = read_bars(plot)
    if not bars.values:
        return nothing(plot["title"], bars.notes)
    lying = bars.lying or not _can_stand(bars)
    written = _are_written(bars, lying)
    marks = turned_marks(plot, bars)
    scale = _value_scale([*bars.values, *line_values(marks, "y")], bars.log)
    rail = Rail(_frame(plot["title"], bars, scale, lying, written), lying)
    box = rail.frame.box
    crowd = Crowd(Box(1.0, box.top - 6, WIDTH - 1, box.bottom - 1))
    items = [item for bar in bars.bars for item in _bar_items(bar, bars, rail, written, crowd)]
    marked = mark_items(marks, rail.frame, bars.data, crowd, flipped=lying)
    notes = [*bound_notes(bars.data.dots), *marked.notes, *bars.notes]
    return finished(rail.frame, (*items, _base_line(rail), *marked.items), notes)


def _can_stand(bars: Bars) -> bool:
    """Whether upright bars have room for all names, or need not show every one."""
    if bars.in_order:
        return True
    return len(bars.names) <= _MOST_UPRIGHT and wrap_fits(slots(bars.names), _UPRIGHT_ROOM)


def _are_written(bars: Bars, lying: bool) -> bool:
    """Whether every bar's value can stand at its end."""
    if lying:
        return len(bars.bars) <= _MOST_WRITTEN
    lane = _UPRIGHT_ROOM / len(bars.names) / bars.lanes
    return all(width(bar.text) <= lane + 2 for bar in bars.bars)


def _value_scale(values: list[float], log: bool) -> Scale:
    if log:
        return logarithmic([value for value in values if value > 0], 5)
    return linear(values, 5, from_zero=True)


def _frame(title: str, bars: Bars, scale: Scale, lying: bool, written: bool) -> Frame:
    """The frame; where every value is written, the value axis needs neither ticks nor grid."""
    several = len(bars.data.strands) > 1
    entries = tuple(Entry(strand.name, strand.index, True) for strand in bars.data.strands) if several else ()
    category, value = bars.data.x.title, bars.data.y.title
    if not lying:
        shown = "" if written else "y"
        upright = Surroundings(title, category, value, entries, grid=shown, ticks="x" + shown)
        return framed(slots(bars.names), scale, upright)
    shown = "" if written else "x"
    right = _room_for_texts(bars) if written else MARGIN
    lain = Surroundings(title, value, category, entries, "", right, _lying_height(bars), shown, "y" + shown)
    return framed(scale, slots(bars.names), lain)


def _lying_height(bars: Bars) -> float:
    two_lines = any(width(name[:80]) > WIDEST_NAME for name in bars.names)
    return len(bars.names) * max(bars.lanes * _THICK + 6, 30.0 if two_lines else 0.0)


def _room_for_texts(bars: Bars) -> float:
    """The margin that the longest text at the end of a lying bar may need, with an arrow before it."""
    arrow = ARROW if any(bar.value and bar.value.open for bar in bars.bars) else 0.0
    return min(_WIDEST_TEXT + 20, max(width(bar.text) for bar in bars.bars) + arrow + 4)


def _bar_items(bar: Bar, bars: Bars, rail: Rail, written: bool, crowd: Crowd) -> list[Item]:
    """A bar with its series' shape, what bounds it, and its value."""
    middle, thickness = rail.lane(bar, bars)
    if bar.value is None:
        absent = rail.words(bar.text or "no result", rail.base, middle, 1, QUIET)
        return [absent] if thickness > 9 else []
    end = rail.at(bar.value.value)
    outline = rail.outline(end, middle, thickness)
    crowd.take(outline)
    items: list[Item] = [Area((outline.corners,), series_colour(bar.strand.index))]
    if len(bars.data.strands) > 1 and thickness >= 9 and abs(end - rail.base) > 14:
        inner = rail.base + (8 if end > rail.base else -8)
        items.append(stamp((rail.point(inner, middle),), bar.strand.index))
    bounds, reach = _bounds(bar.value, rail, end, middle)
    items += bounds
    if written:
        words = rail.words(shortened(bar.text, _WIDEST_TEXT), reach, middle, rail.outwards(bar.value))
        crowd.take(words_box(words))
        items.append(words)
    return items


def _bounds(value: Place, rail: Rail, end: float, middle: float) -> tuple[list[Item], float]:
    """Whiskers and arrow of a bar, and how far out bar, whiskers and arrow reach."""
    bounds = [bound for bound in (value.low, value.high) if bound is not None and bound != value.value]
    lines: list[tuple[Point, ...]] = []
    for at in map(rail.at, bounds):
        lines.append((rail.point(end, middle), rail.point(at, middle)))
        lines.append((rail.point(at, middle - _CAP), rail.point(at, middle + _CAP)))
    items: list[Item] = [Stroke(tuple(lines), "ink", 1.2)] if lines else []
    ends = [end, *map(rail.at, bounds)]
    if value.open:
        tip = end + rail.step(ARROW if value.open == "high" else -ARROW)
        ends.append(tip)
        items += arrow_items([(rail.point(end, middle), rail.point(tip, middle))], "ink")
    grows_right = rail.step(rail.outwards(value)) > 0
    return items, max(ends) if grows_right else min(ends)


def _base_line(rail: Rail) -> Item:
    box = rail.frame.box
    near, far = (box.top, box.bottom) if rail.lying else (box.left, box.right)
    return Stroke(((rail.point(rail.base, near), rail.point(rail.base, far)),), "ink", 0.8, opacity=0.6)


KIND = Kind("bar", "how a value differs between categories", sketch)
