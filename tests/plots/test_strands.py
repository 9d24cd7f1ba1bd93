from __future__ import annotations

from site_builder.plots.strands import MOST_SERIES, axis_title, read_strands
from tests.plots.plotted import axis, plot, point, series


def test_a_title_bears_its_unit() -> None:
    assert axis_title(axis("Accuracy", "%")) == "Accuracy (%)"


def test_a_unit_is_not_said_twice() -> None:
    assert axis_title(axis("Accuracy (%)", "%")) == "Accuracy (%)"


def test_a_unit_alone_is_a_title() -> None:
    assert axis_title(axis("", "min")) == "min"


def test_categories_keep_the_order_of_the_axis() -> None:
    read = read_strands(plot("line", series("", point("b", 1), point("a", 2)), x=axis("", "", ["a", "b"])))
    assert [dot.x.value for dot in read.dots] == [1.0, 0.0]


def test_text_makes_categories_of_an_axis_without_any() -> None:
    read = read_strands(plot("line", series("", point("b", 1), point("a", 2), point(2015.0, 3))))
    assert read.x.names == ("b", "a", "2015")


def test_a_missing_value_is_a_gap_and_is_counted_once() -> None:
    read = read_strands(plot("line", series("", point(1, 1), point(None, None), point(3, 3))))
    assert [dot is None for dot in read.strands[0].dots] == [False, True, False]
    assert read.notes == ["1 row without a result left out."]


def test_zero_and_below_leave_a_logarithmic_axis_with_a_note() -> None:
    read = read_strands(plot("line", series("", point(1, 0), point(2, -1), point(3, 1)), log="y"))
    assert len(read.dots) == 1
    assert read.notes == ["2 rows at zero or below: not on a logarithmic axis."]


def test_what_is_not_finite_is_missing() -> None:
    read = read_strands(plot("line", series("", point(1, float("nan")), point(2, float("inf")))))
    assert read.missing == 2


def test_a_censored_point_is_open_where_no_bound_is() -> None:
    (dot,) = read_strands(plot("line", series("", point(1, 5, y_low=5, censored="high")))).dots
    assert (dot.x.open, dot.y.open) == ("", "high")


def test_a_point_censored_along_x_is_open_there() -> None:
    (dot,) = read_strands(plot("line", series("", point(1, 5, x_high=1, censored="low")))).dots
    assert (dot.x.open, dot.y.open) == ("low", "")


def test_a_censored_point_without_any_bound_is_open_along_y() -> None:
    (dot,) = read_strands(plot("line", series("", point(1, 5, censored="high")))).dots
    assert dot.y.open == "high"


def test_series_beyond_those_that_look_different_are_counted() -> None:
    read = read_strands(
        plot("line", *(series(str(number), point(1, 1)) for number in range(MOST_SERIES + 6)))
    )
    assert len(read.strands) == MOST_SERIES
    assert read.notes == ["The first 64 of 70 series are drawn."]
