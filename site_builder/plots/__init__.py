"""A table becomes an SVG: `draw` makes the figure, `data_csv` gives its data; `registry` lists the kinds."""

from __future__ import annotations

from site_builder.plots.colours import stylesheet
from site_builder.plots.data import data_csv
from site_builder.plots.drawing import draw

__all__ = ["data_csv", "draw", "stylesheet"]
