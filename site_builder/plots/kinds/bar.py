"""Bars from zero, one a row, side by side within a category; lying down where names are long."""

from __future__ import annotations

from typing import Final

from site_builder.figures import PlotJson
from site_builder.plots.axis import WIDEST_NAME, wrap_fits
from site_builder.plots.bars import Bar, Bars, read_bars, turned_marks
from site_builder.plots.colours import series_colour
from site_builder.plots.frame import HEIGHT, MARGIN, QUIET, Frame, Surroundings, finished, framed, nothing
from site_builder.plots.kind import Kind
from site_builder.plots.legend import Entry, stamp
from site_builder.plots.marks import line_values, mark_items
from site_builder.plots.placement import Crowd, words_box
from site_builder.plots.points import ARROW, arrow_items, bound_notes
from site_builder.plots.scales import Scale, linear, logarithmic, slots
from site_builder.plots.sketch import WIDTH, Area, Box, Item, Point, Sketch, Stroke, Words
from site_builder.plots.wording import shortened, width

_MOST_UPRIGHT: Final = 24
_MOST_WRITTEN: Final = 80
_UPRIGHT_ROOM: Final = 372.0
_THICK: Final = 17.0
_WIDE: Final = 54.0


def sketch(plot: PlotJson) -> Sketch:
    """Upright bars, or lying ones where the data or the names want it."""
    bars = read_bars(plot)
    if not bars.values:
        return nothing(plot["title"], bars.notes)
    lying = bars.lying or not _can_stand(bars)
    marks = turned_marks(plot, bars)
    lines = line_values(marks, "y")
    scale = _value_scale([*bars.values, *lines], bars.log, lying)
    written = _are_written(bars, lying)
    frame = _frame(plot["title"], bars, scale, lying, written)
    crowd = Crowd(Box(1.0, frame.box.top - 6, WIDTH - 1, frame.box.bottom - 1))
    items: list[Item] = []
    for bar in bars.bars:
        items += _bar_items(bar, bars, frame, lying, written, crowd)
    marked = mark_items(marks, frame, bars.data, crowd, flipped=lying)
    base = _base_line(frame, lying)
    return finished(
        frame, (*items, base, *marked.items), [*bound_notes(bars.data.dots), *marked.notes, *bars.notes]
    )


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


def _value_scale(values: list[float], log: bool, lying: bool) -> Scale:
    if log:
        return logarithmic([value for value in values if value > 0], 5)
    return linear(values, 5, from_zero=True)


def _frame(title: str, bars: Bars, scale: Scale, lying: bool, written: bool) -> Frame:
    names = slots(bars.names)
    several = len(bars.data.strands) > 1
    entries = tuple(Entry(strand.name, strand.index, True) for strand in bars.data.strands) if several else ()
    around = Surroundings(title=title, entries=entries, height=HEIGHT)
    category, value = bars.data.x.title, bars.data.y.title
    shown = "" if written else "y"
    if not lying:
        around = Surroundings(title, category, value, entries, grid=shown, ticks="x" + shown)
        return framed(names, scale, around)
    two_lines = any(width(name[:80]) > WIDEST_NAME for name in bars.names)
    height = len(bars.names) * max(bars.lanes * _THICK + 6, 30.0 if two_lines else 0.0)
    right = _room_for_texts(bars) if written else MARGIN
    grid = "" if written else "x"
    around = Surroundings(title, value, category, entries, "", right, height, grid, "y" + grid)
    return framed(scale, names, around)


def _room_for_texts(bars: Bars) -> float:
    """The margin that the longest text at the end of a lying bar may need, with an arrow before it."""
    arrow = ARROW if any(bar.value and bar.value.open for bar in bars.bars) else 0.0
    return min(130.0, max(width(bar.text) for bar in bars.bars) + arrow + 4)


def _zero(scale: Scale) -> float:
    """Where bars begin, as a share of the axis: at zero, which a logarithmic axis does not have."""
    return 0.0 if scale.log else scale.clamped(0.0)


def _bar_items(bar: Bar, bars: Bars, frame: Frame, lying: bool, written: bool, crowd: Crowd) -> list[Item]:
    """A bar with what bounds it and its value; all in lengths along the value axis and across it."""
    middle, thickness = _lane(bar, bars, frame, lying)
    base = _along(frame, _zero(frame.x if lying else frame.y), lying)
    if bar.value is None:
        return [_words(bar.text or "no result", base, 1, middle, lying, QUIET)] if thickness > 9 else []
    end = frame.along_x(bar.value.value) if lying else frame.along_y(bar.value.value)
    outline = _box(base, end, middle, thickness, lying)
    crowd.take(outline)
    items: list[Item] = [Area((outline.corners,), series_colour(bar.strand.index))]
    if len(bars.data.strands) > 1 and thickness >= 9 and abs(end - base) > 14:
        spot = _point(base + (8 if end > base else -8), middle, lying)
        items.append(stamp((spot,), bar.strand.index))
    outwards = 1 if (bar.value.value >= 0 or (frame.x if lying else frame.y).log) else -1
    bounds, reach = _bounds(bar, frame, end, middle, lying)
    items += bounds
    if written:
        far = max(reach, end) if (outwards > 0) == lying else min(reach, end)
        words = _words(shortened(bar.text, 110), far, outwards, middle, lying)
        crowd.take(words_box(words))
        items.append(words)
    return items


def _lane(bar: Bar, bars: Bars, frame: Frame, lying: bool) -> tuple[float, float]:
    """The middle of the bar across the value axis, and its thickness."""
    slot = (frame.box.height if lying else frame.box.width) / len(bars.names)
    start = frame.box.top if lying else frame.box.left
    lane = min(slot * 0.8 / bars.lanes, _WIDE)
    offset = (bar.lane - (bars.lanes - 1) / 2) * lane
    return start + (bar.slot + 0.5) * slot + offset, max(1.0, lane - (1.5 if lane > 6 else 0.3))


def _along(frame: Frame, share: float, lying: bool) -> float:
    if lying:
        return frame.box.left + share * frame.box.width
    return frame.box.bottom - share * frame.box.height


def _point(along: float, across: float, lying: bool) -> Point:
    return (along, across) if lying else (across, along)


def _box(base: float, end: float, middle: float, thickness: float, lying: bool) -> Box:
    low, high = min(base, end), max(base, end)
    if lying:
        return Box(low, middle - thickness / 2, high, middle + thickness / 2)
    return Box(middle - thickness / 2, low, middle + thickness / 2, high)


def _bounds(bar: Bar, frame: Frame, end: float, middle: float, lying: bool) -> tuple[list[Item], float]:
    """Whiskers and arrow of the bar's value, and how far they reach."""
    value = bar.value
    if value is None or value.is_exact:
        return [], end
    scale = frame.x if lying else frame.y
    lines: list[tuple[Point, ...]] = []
    reach = [end]
    for bound in (value.low, value.high):
        if bound is not None and bound != value.value:
            at = _along(frame, scale.clamped(bound), lying)
            reach.append(at)
            lines.append((_point(end, middle, lying), _point(at, middle, lying)))
            lines.append((_point(at, middle - 3, lying), _point(at, middle + 3, lying)))
    items: list[Item] = [Stroke(tuple(lines), "ink", 1.2)] if lines else []
    if value.open:
        step = ARROW if (value.open == "high") == lying else -ARROW
        reach.append(end + step)
        items += arrow_items([(_point(end, middle, lying), _point(end + step, middle, lying))], "ink")
    outwards = (value.value >= 0) == lying
    return items, max(reach) if outwards else min(reach)


def _words(text: str, end: float, outwards: int, middle: float, lying: bool, opacity: float = 1.0) -> Words:
    """The text just beyond a bar's end."""
    if lying:
        return Words(
            end + 4 * outwards, middle + 4, text, "start" if outwards > 0 else "end", opacity, halo=True
        )
    return Words(middle, end - 4 if outwards > 0 else end + 13, text, "middle", opacity, halo=True)


def _base_line(frame: Frame, lying: bool) -> Item:
    at = _along(frame, _zero(frame.x if lying else frame.y), lying)
    box = frame.box
    line = ((at, box.top), (at, box.bottom)) if lying else ((box.left, at), (box.right, at))
    return Stroke((line,), "ink", 0.8, opacity=0.6)


KIND = Kind("bar", "how a value differs between categories", sketch)
