"""A scene of points: what line, scatter and scaling plots share, from the plot's data to the sketch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from site_builder.figures import PlotJson
from site_builder.plots.colours import series_colour
from site_builder.plots.frame import Frame, Surroundings, finished, framed, nothing
from site_builder.plots.marks import line_values, mark_items
from site_builder.plots.placement import Crowd, placed
from site_builder.plots.points import bound_lines, bound_notes, dot_box, dot_items, place
from site_builder.plots.scales import Scale, linear, logarithmic, slots
from site_builder.plots.series_names import end_items, end_names, legend_names
from site_builder.plots.sketch import WIDTH, Box, Item, Point, Sketch, Stroke
from site_builder.plots.strands import Axis, Dot, Strand, Strands, read_strands
from site_builder.plots.thinning import thin_lines, thin_scatter

_TICKS: Final = {"x": 6, "y": 5}
_MOST_MARKERS: Final = 40
_FEW_MARKERS: Final = 7


@dataclass(frozen=True, slots=True)
class Look:
    """How the points of a scene are shown; `log` replaces the plot's own logarithmic axes."""

    joined: bool
    grid: str
    log: str | None = None


def scene(plot: PlotJson, look: Look) -> Sketch:
    """The plot as points on two axes, joined to lines or not."""
    data = read_strands(plot, log=look.log)
    notes = data.notes
    if not data.dots:
        return nothing(plot["title"], notes)
    if look.joined:
        strands, thinned = thin_lines([_sorted(strand, data.x) for strand in data.strands])
        data, notes = replace(data, strands=strands), notes + thinned
    frame, beside = _frame(plot, data, look)
    if not look.joined:
        strands, thinned = thin_scatter(data, frame)
        data, notes = replace(data, strands=strands), notes + thinned
    items, said = _contents(plot, data, frame, look)
    ends = end_items(data.strands, frame) if beside else ()
    return finished(frame, (*items, *ends), [*said, *notes])


def _sorted(strand: Strand, axis: Axis) -> Strand:
    """Dots from left to right; gaps stay behind the dot that they follow, and categories keep their order."""
    keyed: list[tuple[float, Dot | None]] = []
    last = float("-inf")
    for dot in strand.dots:
        last = dot.x.value if dot is not None else last
        keyed.append((last, dot))
    return replace(strand, dots=tuple(dot for _, dot in sorted(keyed, key=lambda pair: pair[0])))


def scale_of(axis: Axis, values: Iterable[float], most_ticks: int) -> Scale:
    """The scale of an axis for the values it must show."""
    if axis.names is not None:
        return slots(axis.names)
    shown = [value for value in values if value > 0 or not axis.log]
    return logarithmic(shown, most_ticks) if axis.log else linear(shown, most_ticks)


def _frame(plot: PlotJson, data: Strands, look: Look) -> tuple[Frame, bool]:
    """The frame, and whether series are named beside it."""
    x_values = [value for dot in data.dots for value in dot.x.extent]
    y_values = [value for dot in data.dots for value in dot.y.extent]
    x = scale_of(data.x, [*x_values, *line_values(plot["marks"], "x")], _TICKS["x"])
    y = scale_of(data.y, [*y_values, *line_values(plot["marks"], "y")], _TICKS["y"])
    names = end_names(data.strands, x) if look.joined else legend_names(data.strands)
    height = 220.0 if not y.slots else max(220.0, min(900.0, y.slots * 20.0))
    around = Surroundings(
        title=plot["title"],
        x_title=data.x.title,
        y_title=data.y.title,
        entries=names.entries,
        right=names.right,
        height=height,
        grid=look.grid,
    )
    return framed(x, y, around), len(data.strands) > 1 and not names.entries


def _contents(plot: PlotJson, data: Strands, frame: Frame, look: Look) -> tuple[list[Item], list[str]]:
    """Lines, marks, dots and labels, from the back to the front, and notes about them."""
    texts = [(place(dot, frame), dot.label) for dot in data.dots if dot.label]
    crowd = _crowd(data, frame, look) if texts or plot["marks"] else Crowd(frame.box)
    marked = mark_items(plot["marks"], frame, data, crowd)
    dots = [item for strand in data.strands for item in _strand_items(strand, frame, look)]
    labels = placed(texts, crowd)
    # A cloud of points would hide a line behind it; a line over other lines would hide them.
    layers = (marked.items, dots) if look.joined else (dots, marked.items)
    items = [*layers[0], *layers[1], *labels.items]
    return items, [*bound_notes(data.dots), *_left_out(labels.left_out), *marked.notes]


def _left_out(count: int) -> list[str]:
    if not count:
        return []
    return [f"{count:,} {'labels' if count > 1 else 'label'} left out for lack of room."]


def _crowd(data: Strands, frame: Frame, look: Look) -> Crowd:
    """Where dots and lines leave no place for words."""
    box = frame.box
    crowd = Crowd(Box(box.left - 3, box.top - 6, WIDTH - 1, box.bottom - 1))
    for strand in data.strands:
        for dot in _shown(strand, look):
            crowd.take(dot_box(place(dot, frame)))
            for bound in bound_lines(dot, frame):
                crowd.take_line(bound)
        for line in _joins(strand, frame) if look.joined else ():
            crowd.take_line(line)
    return crowd


def _shown(strand: Strand, look: Look) -> tuple[Dot, ...]:
    """The dots that get a marker: all, but a few of a line that has very many."""
    dots = strand.drawn
    if not look.joined or len(dots) <= _MOST_MARKERS:
        return dots
    return dots[:: max(1, len(dots) // _FEW_MARKERS)]


def _joins(strand: Strand, frame: Frame) -> list[tuple[Point, ...]]:
    """The stretches of a strand's line, broken at gaps."""
    stretches: list[list[Point]] = [[]]
    for dot in strand.dots:
        if dot is None:
            stretches.append([])
        else:
            stretches[-1].append(place(dot, frame))
    return [tuple(stretch) for stretch in stretches if len(stretch) > 1]


def _strand_items(strand: Strand, frame: Frame, look: Look) -> list[Item]:
    items: list[Item] = []
    if look.joined and (lines := _joins(strand, frame)):
        items.append(Stroke(tuple(lines), series_colour(strand.index), 1.6))
    return [*items, *dot_items(strand, frame, shown=_shown(strand, look))]
