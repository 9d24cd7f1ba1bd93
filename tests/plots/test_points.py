from __future__ import annotations

from tests.plots.plotted import SVG, count, plot, point, root, series, texts

HOLLOW = {"fill": "var(--plot-surface, #ffffff)"}


def test_an_exact_point_has_neither_whisker_nor_note() -> None:
    figure = plot("scatter", series("", point(1, 1)))
    assert texts(figure)[-1] == "x"


def test_bounds_are_whiskers_with_a_note() -> None:
    figure = plot("scatter", series("", point(1, 5, y_low=4, y_high=7)))
    assert count(figure, "path", stroke_width="1.2") == 1
    assert "Whiskers: the range in which the value lies." in texts(figure)


def test_the_axis_shows_the_bounds() -> None:
    assert "100" in texts(plot("scatter", series("", point(1, 5, y_low=4, y_high=99))))


def test_a_censored_point_is_hollow_with_an_arrow_and_a_note() -> None:
    figure = plot("scatter", series("", point(1, 5, y_low=5, censored="high")))
    assert count(figure, "use", **HOLLOW) == 1
    assert count(figure, "path", stroke_width="1.4", fill="none") == 1
    assert "Arrow: at least this value." in texts(figure)


def test_an_upper_limit_says_at_most() -> None:
    figure = plot("scatter", series("", point(1, 5, y_high=5, censored="low")))
    assert "Arrow: at most this value." in texts(figure)


def test_arrows_both_ways_are_told_apart() -> None:
    both = series("", point(1, 5, y_high=5, censored="low"), point(2, 5, y_low=5, censored="high"))
    assert "Arrow up or right: at least this value; down or left: at most." in texts(plot("scatter", both))


def test_bounds_along_x_are_whiskers_too() -> None:
    lone = texts(plot("scatter", series("", point(5, 1))))
    bounded = plot("scatter", series("", point(5, 1, x_low=0, x_high=100)))
    assert count(bounded, "path", stroke_width="1.2") == 1
    assert "100" in texts(bounded)
    assert "100" not in lone


def test_an_arrow_along_x_points_sideways() -> None:
    figure = plot("scatter", series("", point(5, 1, x_low=5, censored="high")))
    drawn = [path.attrib for path in root(figure).iter(f"{SVG}path") if path.get("fill") == "none"]
    (shaft,) = [path["d"] for path in drawn if path.get("stroke-width") == "1.4"]
    start, end = (pair.split() for pair in shaft.lstrip("M").split("L"))
    assert start[1] == end[1]
    assert float(end[0]) == float(start[0]) + 16
