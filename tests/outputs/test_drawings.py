"""Drawings: a plot is drawn once for as long as its data and its specification stay."""

from __future__ import annotations

from site_builder.cache.store import MemoryStore
from site_builder.figures import PlotJson
from site_builder.outputs.drawings import remembered
from tests.pages import fakes


def test_a_plot_is_drawn_once_for_all_runs() -> None:
    drawn: list[str] = []

    def draw(plot: PlotJson) -> str:
        drawn.append(plot["name"])
        return "<svg></svg>"

    store, plot = MemoryStore(), fakes.scatter()
    for _ in range(2):
        assert remembered(store, draw)(plot) == "<svg></svg>"
    assert len(drawn) == 1
    remembered(store, draw)({**plot, "title": "Another title"})
    assert len(drawn) == 2


def test_an_odd_entry_of_the_store_is_drawn_anew() -> None:
    store, plot = MemoryStore(), fakes.scatter()
    assert remembered(store, lambda plot: "<svg>1</svg>")(plot) == "<svg>1</svg>"
    for key in list(store._values):
        store.put(key, 5)
    assert remembered(store, lambda plot: "<svg>2</svg>")(plot) == "<svg>2</svg>"
