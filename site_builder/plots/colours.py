"""The colours of plots by name, each a CSS variable with a fallback, for light and dark pages.

The eight series colours keep a contrast of 3:1 or more against the surface of their theme and stay apart for
the common kinds of colour blindness; shapes tell series apart as well, so nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SERIES: Final = 8

LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ink": "#222222",
        "grid": "#dddddd",
        "surface": "#ffffff",
        "mark": "#6a6a6a",
        "heat": "#2a78b8",
        "1": "#0b62a8",
        "2": "#db6000",
        "3": "#0a7d5c",
        "4": "#a33a78",
        "5": "#5e4500",
        "6": "#3f97da",
        "7": "#2f3338",
        "8": "#8a70e6",
    }
)
DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ink": "#e6e6e6",
        "grid": "#3a3f45",
        "surface": "#15181c",
        "mark": "#a5a5a5",
        "heat": "#2a78b8",
        "1": "#4aa3ea",
        "2": "#f58a3c",
        "3": "#2fbf8f",
        "4": "#d76fae",
        "5": "#f0d264",
        "6": "#a9dcff",
        "7": "#a8a8a8",
        "8": "#8f78f2",
    }
)


def series_colour(index: int) -> str:
    """The name of the colour of the series at `index`, counted from 0; the ninth has the first again."""
    return str(index % SERIES + 1)


def css_value(name: str) -> str:
    """What stands in an SVG for the colour `name`: a variable of the page, else its light colour."""
    return f"var(--plot-{name}, {LIGHT[name]})"


def sentinel(name: str) -> str:
    """The hex colour that `name` is drawn with, to be told from all others in what was drawn."""
    return f"#fd{list(LIGHT).index(name):02x}fe"


SENTINELS: Final[Mapping[str, str]] = MappingProxyType({sentinel(name): css_value(name) for name in LIGHT})


def stylesheet() -> str:
    """CSS rules that define every variable for light and dark pages, for a site's own style file."""
    light = " ".join(f"--plot-{name}: {value};" for name, value in LIGHT.items())
    dark = " ".join(f"--plot-{name}: {value};" for name, value in DARK.items())
    return f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
