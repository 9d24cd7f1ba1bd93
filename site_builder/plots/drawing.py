"""A plot's data become an SVG: the kind sketches, the canvas draws, and what was drawn is dressed."""

from __future__ import annotations

from site_builder.figures import PlotJson
from site_builder.plots.dress import dress
from site_builder.plots.registry import kind_named


def draw(plot: PlotJson, *, salt: str = "") -> str:
    """An SVG document to put into a page or a file; the same plot gives the same bytes.

    Its ids begin with a hash of what it shows, so that many figures can stand in one page; `salt` tells two
    apart that are equal. Colours are CSS variables with fallbacks (see `site_builder.plots.colours`), every
    style is an attribute, and every foreign text is escaped. Raises `Mistake` for an unknown kind.
    """
    from site_builder.plots.canvas import draw_shapes

    sketch = kind_named(plot["kind"]).sketch(plot)
    title = plot["title"] or plot["alt"] or plot["name"]
    return dress(draw_shapes(sketch), sketch, title=title, alt=plot["alt"] or title, salt=salt)
