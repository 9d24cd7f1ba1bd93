"""Drawings: plots drawn once, for every run that has the same data and the same specification."""

from __future__ import annotations

from site_builder.cache.store import Store
from site_builder.cache.tool import tool_digest
from site_builder.figures import PlotJson
from site_builder.pages.figure import Draw, drawn_by_plots
from site_builder.verdicts.digests import digest_of


def remembered(store: Store | None, draw: Draw = drawn_by_plots) -> Draw:
    """`draw`, which looks first whether the store has the drawing; a reworded sentence redraws nothing."""
    if store is None:
        return draw
    tool = tool_digest()

    def drawn(plot: PlotJson) -> str:
        key = f"plot {tool} {digest_of(plot)}"
        known = store.get(key)
        if isinstance(known, str):
            return known
        made = draw(plot)
        store.put(key, made)
        return made

    return drawn
