"""A kind of plot: its name, what it is for, and how it turns a plot's data into a sketch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from site_builder.figures import PlotJson
from site_builder.plots.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to plot; `purpose` completes the sentence "a NAME plot shows …"."""

    name: str
    purpose: str
    sketch: Callable[[PlotJson], Sketch]
