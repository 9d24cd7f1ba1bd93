"""Figures: a plot drawn once, with its words and the data behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from site_builder.figures import PlotJson
from site_builder.pages.addresses import anchor, claim_page
from site_builder.verdicts.decision import Decision

Draw = Callable[[PlotJson], str]
"""Gives the SVG document text of a plot."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot on a page: `svg` is the drawing, made by us; `image` and `data` are files of the site.

    `is_inline` says whether the drawing stands in the page, where it takes the page's colours, or is loaded.
    """

    anchor: str
    title: str
    caption: str
    alt: str
    svg: str
    image: str
    data: str
    claim_title: str
    claim: str
    is_inline: bool = True


def drawn_once(draw: Draw) -> Draw:
    """The same, but a plot that was drawn before is not drawn again."""
    drawn: dict[str, str] = {}

    def remember(plot: PlotJson) -> str:
        key = json.dumps(plot, sort_keys=True)
        if key not in drawn:
            drawn[key] = draw(plot)
        return drawn[key]

    return remember


def drawn_by_plots(plot: PlotJson) -> str:
    """A plot drawn by the plots room, which brings a drawing library along: imported when there is one."""
    from site_builder.plots import draw

    return draw(plot)


def figures(decision: Decision, draw: Draw) -> tuple[Figure, ...]:
    """The plots of a claim, drawn."""
    return tuple(figure(decision, plot, draw) for plot in decision["plots"])


def figure(decision: Decision, plot: PlotJson, draw: Draw) -> Figure:
    """One plot of a claim, drawn."""
    return Figure(
        f"plot-{anchor(plot['name'])}",
        plot["title"],
        plot["caption"],
        plot["alt"],
        draw(plot),
        image_file(decision["id"], plot["name"]),
        data_file(decision["id"], plot["name"]),
        decision["title"] or decision["id"],
        claim_page(decision["id"]),
    )


def image_file(claim_id: str, name: str) -> str:
    """The path of a plot's drawing."""
    return f"{_stem(claim_id, name)}.svg"


def data_file(claim_id: str, name: str) -> str:
    """The path of the data behind a plot."""
    return f"{_stem(claim_id, name)}.csv"


def _stem(claim_id: str, name: str) -> str:
    return f"{claim_page(claim_id).removesuffix('.html')}.plot-{anchor(name)}".replace("claims/", "plots/", 1)
