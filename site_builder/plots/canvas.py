"""The shapes of a sketch as an SVG document, drawn by matplotlib; words are left to whoever dresses it.

Foreign text never enters matplotlib, so that nothing is read as mathematics, measured in fonts that differ
from machine to machine, or escaped by anyone but the XML writer.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any, Final

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox, IdentityTransform

from site_builder.plots.colours import sentinel
from site_builder.plots.sketch import Area, Box, Glyphs, Item, Point, Sketch, Stroke

_DPI: Final = 72
# All of them, since a stray matplotlibrc or an earlier caller may have set any, and it would show in the bytes.
_SETTINGS: Final[dict[str, Any]] = {
    **{key: value for key, value in dict.items(matplotlib.rcParamsDefault) if key != "backend"},
    "svg.fonttype": "none",
    "svg.hashsalt": "plot",
    "svg.id": None,
    "path.simplify": False,
    "path.sketch": None,
    "path.effects": [],
    "lines.scale_dashes": False,
}
# Left out: they would name a time and a version.
_METADATA: Final = dict.fromkeys(["Date", "Creator", "Format", "Type"])


def draw_shapes(sketch: Sketch) -> str:
    """The strokes, areas and glyphs of the sketch in sentinel colours, as an SVG document."""
    settings: Any = matplotlib.rcParams
    saved = dict(dict.items(settings))
    dict.update(settings, _SETTINGS)  # as a plain dictionary: each value was checked when it became a default
    try:
        return _drawn(sketch)
    finally:
        dict.update(settings, saved)


def _drawn(sketch: Sketch) -> str:
    figure = Figure(figsize=(sketch.width / _DPI, sketch.height / _DPI), dpi=_DPI, frameon=False)
    canvas = FigureCanvasSVG(figure)
    for order, item in enumerate(sketch.items):
        draw = _ARTISTS.get(type(item))
        if draw is not None:
            artist = draw(item, sketch.height)
            artist.set_zorder(order)
            figure.add_artist(artist)
    document = io.StringIO()
    canvas.print_svg(document, metadata=_METADATA)  # type: ignore[no-untyped-call]
    return document.getvalue()


def _flipped(points: Iterable[Point], height: float) -> list[Point]:
    """Points for matplotlib, whose y grows upwards; tenths of a pixel keep files small."""
    return [(round(x, 1), round(height - y, 1)) for x, y in points]


def _path(lines: Iterable[tuple[Point, ...]], height: float, *, closed: bool) -> Path:
    vertices: list[Point] = []
    codes: list[int] = []
    for line in lines:
        points = _flipped(line, height)
        vertices += points
        codes += [int(Path.MOVETO)] + [int(Path.LINETO)] * (len(points) - 1)
        if closed:
            vertices.append(points[0])
            codes.append(int(Path.CLOSEPOLY))
    return Path(vertices, codes)


def _stroke(item: Stroke, height: float) -> Artist:
    patch = PathPatch(
        _path(item.lines, height, closed=False),
        fill=False,
        edgecolor=sentinel(item.colour),
        linewidth=item.width,
        linestyle=(0, item.dash) if item.dash else "-",
        alpha=item.opacity,
        capstyle="butt" if item.dash else "round",
        joinstyle="round",
        transform=IdentityTransform(),
    )
    if item.clip is not None:
        patch.set_clip_box(_clip(item.clip, height))
    return patch


def _clip(box: Box, height: float) -> Bbox:
    return Bbox(_flipped([(box.left, box.bottom), (box.right, box.top)], height))


def _area(item: Area, height: float) -> Artist:
    return PathPatch(
        _path(item.outlines, height, closed=True),
        facecolor=sentinel(item.colour),
        linewidth=0,
        alpha=item.opacity,
        transform=IdentityTransform(),
    )


def _glyphs(item: Glyphs, height: float) -> Artist:
    points = _flipped(item.points, height)
    return Line2D(
        [x for x, _ in points],
        [y for _, y in points],
        linestyle="none",
        marker=item.shape,
        markersize=item.size,
        markerfacecolor=sentinel("surface" if item.hollow else item.colour),
        markeredgecolor=sentinel(item.colour if item.hollow else "surface"),
        markeredgewidth=1.4 if item.hollow else 0.6,
        transform=IdentityTransform(),
    )


_ARTISTS: Final[dict[type[Item], Callable[[Any, float], Artist]]] = {
    Stroke: _stroke,
    Area: _area,
    Glyphs: _glyphs,
}
