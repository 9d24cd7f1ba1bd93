from __future__ import annotations

import pytest

from tests.plots.plotted import axis, count, plot, point, rising, series, texts


def test_every_row_is_a_marker() -> None:
    assert count(rising("scatter", 30), "use") == 30


def test_labels_stand_beside_their_points() -> None:
    figure = plot("scatter", series("", point(1, 1, label="first"), point(2, 5, label="second")))
    assert {"first", "second"} <= set(texts(figure))


def test_several_series_have_a_legend() -> None:
    figure = plot("scatter", series("train", point(1, 1)), series("test", point(2, 5)))
    assert {"train", "test"} <= set(texts(figure))


def test_axes_are_titled_with_their_units() -> None:
    figure = plot("scatter", series("", point(1, 1)), x=axis("Time", "min"), y=axis("Accuracy", "%"))
    assert {"Time (min)", "Accuracy (%)"} <= set(texts(figure))


@pytest.mark.parametrize("number", [8, 14, 40])
def test_long_names_on_x_lose_no_more_than_their_ends(number: int) -> None:
    points = [point(f"category {n} of many", n) for n in range(number)]
    shown = [text for text in texts(plot("scatter", series("", *points))) if text.startswith("category")]
    assert len(shown) >= 8


def test_points_at_one_spot_lose_the_labels_without_room_and_say_so() -> None:
    points = [point(1, 1, label=f"a long label with the number {number}") for number in range(30)]
    assert any(
        "labels left out for lack of room." in text for text in texts(plot("scatter", series("", *points)))
    )


def test_names_on_both_axes_are_drawn() -> None:
    figure = plot("scatter", series("", point("a", "up"), point("b", "down")))
    assert {"a", "b", "up", "down"} <= set(texts(figure))
