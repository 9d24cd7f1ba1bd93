from __future__ import annotations

import pytest

from tests.plots.plotted import axis, count, mark, plot, point, rising, series, texts

DASHED = {"stroke_dasharray": "5,3"}


@pytest.mark.parametrize("kind", ["hline", "vline"])
def test_a_line_is_drawn_with_its_words(kind: str) -> None:
    figure = rising("line", marks=[mark(kind, "here", value=3.0)])
    assert count(figure, "path", **DASHED) == 1
    assert "here" in texts(figure)


def test_the_axis_reaches_to_a_line_beyond_the_data() -> None:
    figure = rising("line", marks=[mark("hline", "far above", value=100.0)])
    assert "100" in texts(figure)
    assert count(figure, "path", **DASHED) == 1


@pytest.mark.parametrize("kind", ["power_law", "linear"])
@pytest.mark.parametrize("log", ["", "xy"])
def test_a_fit_is_drawn_with_its_words(kind: str, log: str) -> None:
    figure = rising("line", log=log, marks=[mark(kind, "n^1.05", a=1.0, b=1.05)])
    assert count(figure, "path", **DASHED) == 1
    assert "n^1.05" in texts(figure)


def test_a_power_law_on_logarithmic_axes_is_a_straight_line() -> None:
    from tests.plots.plotted import SVG, root

    figure = rising("scaling", marks=[mark("power_law", a=2.0, b=1.0)])
    (path,) = [element for element in root(figure).iter(f"{SVG}path") if element.get("stroke-dasharray")]
    assert path.attrib["d"].count("L") == 1


def test_the_fit_of_a_series_has_its_colour() -> None:
    one, two = (series(name, point(1, 1), point(2, 2)) for name in ("one", "two"))
    figure = plot("line", one, two, marks=[mark("linear", a=0.0, b=1.0, series="two")])
    assert count(figure, "path", stroke="var(--plot-2, #db6000)", **DASHED) == 1


def test_a_line_on_a_logarithmic_axis_at_zero_is_reported() -> None:
    figure = rising("line", log="y", marks=[mark("hline", "nothing", value=0.0)])
    assert "The line “nothing” has no place on these axes." in texts(figure)


def test_a_line_across_categories_is_reported() -> None:
    figure = plot("line", series("", point("a", 1), point("b", 2)), marks=[mark("vline", "here", value=1.0)])
    assert "The line “here” has no place on these axes." in texts(figure)


def test_a_fit_without_parameters_is_reported() -> None:
    assert "The fit “fit” has no place on these axes." in texts(rising("line", marks=[mark("linear", "fit")]))


def test_words_without_a_free_place_stand_below() -> None:
    points = [point(x % 40, x // 40) for x in range(1600)]
    figure = plot("scatter", series("", *points), marks=[mark("hline", "median", value=20.0)])
    assert "Dashed: median" in texts(figure)


def test_a_heatmap_reports_its_marks() -> None:
    figure = plot(
        "heatmap", series("", point("a", "b", value=1.0)), marks=[mark("hline", value=1.0)], x=axis("x")
    )
    assert "Lines and fits have no place on a heatmap." in texts(figure)
