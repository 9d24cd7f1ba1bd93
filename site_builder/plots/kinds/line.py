"""Values along an axis, joined from left to right."""

from __future__ import annotations

from site_builder.plots.kind import Kind
from site_builder.plots.scene import Look, scene

KIND = Kind(
    "line", "how a value changes along an axis", lambda plot: scene(plot, Look(joined=True, grid="yb"))
)
