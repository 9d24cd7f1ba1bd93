from __future__ import annotations

import re
from typing import Any

from tests.plots.plotted import SVG, axis, count, mark, plot, point, root, series, texts

FILLED = "var(--plot-1, #0b62a8)"


def outlines(figure: Any, fill: str = FILLED) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every bar of the first series."""
    found = []
    for element in root(figure).iter(f"{SVG}path"):
        if element.get("fill") == fill and element.attrib["d"].count("L") == 4 - element.attrib["d"].count(
            "z"
        ):
            numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", element.attrib["d"])]
            found.append((min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])))
    return found


def bars(*values: float | None, **more: Any) -> Any:
    return plot("bar", series("", *(point("abcdefgh"[n], value) for n, value in enumerate(values))), **more)


def test_heights_are_in_proportion_to_values() -> None:
    (_, top, _, bottom), (_, top_2, _, bottom_2) = outlines(bars(80.0, 90.0))
    assert abs((bottom - top) / (bottom_2 - top_2) - 8 / 9) < 0.01


def test_negative_bars_hang_from_zero() -> None:
    (_, _, _, bottom), (_, top, _, _) = outlines(bars(10.0, -10.0))
    assert abs(bottom - top) < 0.2


def test_values_are_written_at_the_ends() -> None:
    assert {"80", "90.5"} <= set(texts(bars(80.0, 90.5)))


def test_a_value_is_written_as_its_author_wrote_it() -> None:
    assert "~40%" in texts(plot("bar", series("", point("a", 40.0, text="~40%"))))


def test_a_missing_value_keeps_its_place() -> None:
    figure = bars(80.0, None)
    assert {"b", "no result"} <= set(texts(figure))


def test_long_names_lay_the_bars_down() -> None:
    names = [f"a fairly long name of an approach, number {number}" for number in range(4)]
    drawn = outlines(plot("bar", series("", *(point(name, 5.0 + n) for n, name in enumerate(names)))))
    assert len(drawn) == 4
    assert len({round(left) for left, *_ in drawn}) == 1


def test_names_on_y_lay_the_bars_down() -> None:
    drawn = outlines(plot("bar", series("", point(5.0, "a"), point(9.0, "b"))))
    assert len({round(left) for left, *_ in drawn}) == 1


def test_a_line_across_lying_bars_stands_upright() -> None:
    figure = plot(
        "bar", series("", point(5.0, "a"), point(9.0, "b")), marks=[mark("vline", "goal", value=7.0)]
    )
    (path,) = [element for element in root(figure).iter(f"{SVG}path") if element.get("stroke-dasharray")]
    start, end = (pair.split() for pair in path.attrib["d"].lstrip("M").split("L"))
    assert start[0] == end[0]
    assert start[1] != end[1]


def test_numbers_on_both_axes_make_categories_of_x_in_order() -> None:
    figure = plot("bar", series("", point(2020, 5.0), point(2019, 9.0)))
    found = [text for text in texts(figure) if text.startswith("20")]
    assert found == ["2019", "2020"]


def test_series_stand_side_by_side_with_shapes_of_their_own() -> None:
    figure = plot("bar", series("one", point("a", 5.0)), series("two", point("a", 6.0)))
    assert len(outlines(figure)) == 2  # the bar and its entry in the legend
    shapes = {element.attrib["d"] for element in root(figure).iter(f"{SVG}path") if element.get("id")}
    assert len(shapes) == 2


def test_a_series_for_each_category_leaves_no_empty_lanes() -> None:
    alone = outlines(plot("bar", series("one", point("a", 5.0)), series("two", point("b", 6.0))))
    together = outlines(plot("bar", series("one", point("a", 5.0)), series("two", point("a", 6.0))))
    assert max(right - left for left, _, right, _ in alone) >= max(
        right - left for left, _, right, _ in together
    )
    assert len(alone) == 2


def test_rows_of_one_category_do_not_cover_each_other() -> None:
    (left, _, right, _), (left_2, *_) = outlines(plot("bar", series("", point("a", 5.0), point("a", 6.0))))
    assert left < right <= left_2


def test_bounds_and_open_values_are_drawn_and_explained() -> None:
    figure = plot(
        "bar", series("", point("a", 5.0, y_low=4.0, y_high=6.0), point("b", 9.0, y_low=9.0, censored="high"))
    )
    assert count(figure, "path", stroke_width="1.2") == 1
    assert {"Arrow: at least this value.", "Whiskers: the range in which the value lies."} <= set(
        texts(figure)
    )


def test_bars_on_a_logarithmic_axis_warn() -> None:
    assert any(
        text.startswith("Logarithmic axis: bars do not start at zero")
        for text in texts(bars(1.0, 9.0, log="y"))
    )


def test_very_many_categories_are_cut_with_a_note() -> None:
    figure = plot("bar", series("", *(point(f"name {n}", n) for n in range(500))))
    assert "The first 60 of 500 categories are drawn." in texts(figure)


def test_very_many_rows_of_one_category_are_cut_with_a_note() -> None:
    figure = plot("bar", series("", *(point("a", n + 1) for n in range(500))))
    assert "The first 48 of 500 bars of a category are drawn." in texts(figure)


def test_names_on_both_axes_are_refused_in_words() -> None:
    figure = plot("bar", series("", point("a", "b")), x=axis("x"), y=axis("y"))
    assert {"no rows to draw", "Bars need numbers on one axis; both have names."} <= set(texts(figure))
