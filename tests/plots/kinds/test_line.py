from __future__ import annotations

from tests.plots.plotted import SVG, count, plot, point, rising, root, series, texts


def lines(figure: object) -> list[str]:
    found = root(figure).iter(f"{SVG}path")  # type: ignore[arg-type]
    return [element.attrib["d"] for element in found if element.get("stroke-width") == "1.6"]


def test_points_are_joined_from_left_to_right() -> None:
    (drawn,) = lines(plot("line", series("", point(3, 1), point(1, 2), point(2, 3))))
    places = [float(pair.split()[0]) for pair in drawn.lstrip("M").split("L")]
    assert places == sorted(places)
    assert len(places) == 3


def test_a_missing_point_breaks_the_line_and_is_noted() -> None:
    figure = plot("line", series("", *(point(x, None if x == 3 else x) for x in range(6))))
    assert lines(figure)[0].count("M") == 2
    assert "1 row without a result left out." in texts(figure)


def test_series_that_end_together_are_named_at_their_ends() -> None:
    figure = plot("line", series("one", point(1, 1), point(2, 2)), series("two", point(1, 5), point(2, 9)))
    places = {
        element.text: float(element.attrib["x"])
        for element in root(figure).iter(f"{SVG}text")
        if element.text
    }
    assert min(places["one"], places["two"]) > 300


def test_series_that_end_apart_are_named_in_a_legend() -> None:
    figure = plot("line", series("one", point(1, 1), point(2, 2)), series("two", point(1, 5), point(9, 9)))
    places = {
        element.text: float(element.attrib["x"])
        for element in root(figure).iter(f"{SVG}text")
        if element.text
    }
    assert places["one"] < 30


def test_a_series_without_any_result_is_still_named() -> None:
    figure = plot("line", series("one", point(1, 1), point(2, 2)), series("two", point(1, None)))
    assert "two" in texts(figure)


def test_series_differ_in_shape() -> None:
    pair = [series(name, point(1, 1), point(2, 2)) for name in ("one", "two")]
    shapes = {
        element.attrib["d"] for element in root(plot("line", *pair)).iter(f"{SVG}path") if element.get("id")
    }
    assert len(shapes) == 2


def test_a_line_of_many_points_has_a_few_markers() -> None:
    assert 5 <= count(rising("line", 500), "use") <= 10
