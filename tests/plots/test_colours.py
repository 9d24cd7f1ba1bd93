from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest

from site_builder.plots.colours import DARK, LIGHT, SENTINELS, css_value, series_colour, stylesheet

NAMES = [str(number) for number in range(1, 9)]

# How linear RGB appears to people without one kind of cone: Machado, Oliveira and Fernandes, "A Physiologically-based
# Model for Simulation of Color Vision Deficiency" (2009), severity 1.
SEEN = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no long": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no medium": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "no short": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return red, green, blue


def luminance(colour: Triple) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Triple, other: Triple) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Triple) -> Triple:
    """CIE L*a*b* of linear RGB, for the distance that eyes see."""
    red, green, blue = (min(1.0, max(0.0, share)) for share in colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116 for share in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, matrix: tuple[Triple, ...]) -> Triple:
    red, green, blue = (sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in matrix)
    return red, green, blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", [*NAMES, "mark"])
def test_what_is_drawn_stands_out_from_the_surface(theme: Mapping[str, str], name: str) -> None:
    assert contrast(linear(theme[name]), linear(theme["surface"])) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_the_strongest_cell(theme: Mapping[str, str]) -> None:
    heat, surface = ([int(theme[name][at : at + 2], 16) for at in (1, 3, 5)] for name in ("heat", "surface"))
    mixed = "#" + "".join(f"{round(0.68 * a + 0.32 * b):02x}" for a, b in zip(heat, surface, strict=True))
    assert contrast(linear(mixed), linear(theme["ink"])) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_quiet_words_can_be_read(theme: Mapping[str, str]) -> None:
    ink, surface = ([int(theme[name][at : at + 2], 16) for at in (1, 3, 5)] for name in ("ink", "surface"))
    mixed = "#" + "".join(f"{round(0.75 * a + 0.25 * b):02x}" for a, b in zip(ink, surface, strict=True))
    assert contrast(linear(mixed), linear(theme["surface"])) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", SEEN)
def test_series_colours_differ_for_all_eyes(theme: Mapping[str, str], eyes: str) -> None:
    found = [lab(seen(theme[name], SEEN[eyes])) for name in NAMES]
    distances = [
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in combinations(found, 2)
    ]
    assert min(distances) > 9


def test_colours_come_round_after_the_eighth() -> None:
    assert [series_colour(index) for index in (0, 7, 8)] == ["1", "8", "1"]


def test_a_colour_is_a_variable_with_its_light_value_to_fall_back_on() -> None:
    assert css_value("1") == f"var(--plot-1, {LIGHT['1']})"


def test_every_colour_is_drawn_with_a_sentinel_of_its_own() -> None:
    assert len(SENTINELS) == len(LIGHT)


def test_the_stylesheet_sets_every_variable_in_both_themes() -> None:
    light, dark = stylesheet().split("@media")
    for name in LIGHT:
        assert f"--plot-{name}: {LIGHT[name]};" in light
        assert f"--plot-{name}: {DARK[name]};" in dark
