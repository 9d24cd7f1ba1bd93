"""Scaling curves: points joined on two logarithmic axes, on which a power law is a straight line."""

from __future__ import annotations

from site_builder.plots.kind import Kind
from site_builder.plots.scene import Look, scene

KIND = Kind(
    "scaling",
    "how a value grows with size, by powers",
    lambda plot: scene(plot, Look(joined=True, grid="xyb", log="xy")),
)
