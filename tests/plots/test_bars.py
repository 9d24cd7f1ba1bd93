from __future__ import annotations

from site_builder.plots.bars import read_bars, turned_marks
from tests.plots.plotted import mark, plot, point, series


def lanes(*all_series: object) -> list[tuple[int, int]]:
    return sorted((bar.slot, bar.lane) for bar in read_bars(plot("bar", *all_series)).bars)  # type: ignore[arg-type]


def test_each_series_has_its_lane() -> None:
    one, two = (series(name, point("a", 1), point("b", 2)) for name in ("one", "two"))
    assert lanes(one, two) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_series_missing_from_a_category_leaves_its_lane_empty() -> None:
    assert lanes(series("one", point("a", 1)), series("two", point("a", 2), point("b", 3))) == [
        (0, 0),
        (0, 1),
        (1, 1),
    ]


def test_a_series_for_each_category_needs_one_lane() -> None:
    assert lanes(series("one", point("a", 1)), series("two", point("b", 2))) == [(0, 0), (1, 0)]


def test_a_missing_value_has_no_length_but_a_bar() -> None:
    (bar,) = read_bars(plot("bar", series("", point("a", None, text="pending")))).bars
    assert (bar.value, bar.text) == (None, "pending")


def test_a_label_follows_the_value() -> None:
    (bar,) = read_bars(plot("bar", series("", point("a", 5.0, label="best")))).bars
    assert bar.text == "5  best"


def test_bounds_turn_with_the_axes() -> None:
    (bar,) = read_bars(plot("bar", series("", point(5.0, "a", x_low=4.0, x_high=6.0)))).bars
    assert bar.value is not None
    assert (bar.value.low, bar.value.high) == (4.0, 6.0)


def test_marks_turn_with_the_axes() -> None:
    figure = plot("bar", series("", point(5.0, "a")), marks=[mark("vline", value=3.0)])
    assert [made["kind"] for made in turned_marks(figure, read_bars(figure))] == ["hline"]
