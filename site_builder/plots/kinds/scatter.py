"""One mark a row, on two axes."""

from __future__ import annotations

from site_builder.plots.kind import Kind
from site_builder.plots.scene import Look, scene

KIND = Kind("scatter", "how two values go together", lambda plot: scene(plot, Look(joined=False, grid="xyb")))
