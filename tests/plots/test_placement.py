from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.plots.placement import MOST_LABELS, Crowd, placed, words_box
from site_builder.plots.points import dot_box
from site_builder.plots.sketch import Box, Stroke, Words

FIELD = Box(0, 0, 400, 300)
spots = st.tuples(st.floats(10, 390), st.floats(10, 290))


def boxes(items: object) -> list[Box]:
    assert isinstance(items, tuple)
    return [words_box(item) for item in items if isinstance(item, Words)]


def test_a_label_with_room_stands_to_the_right() -> None:
    (words,) = placed([((200, 150), "alone")], Crowd(FIELD)).items
    assert isinstance(words, Words)
    assert words.x > 200
    assert words.anchor == "start"


def test_a_label_at_the_right_edge_stands_to_the_left() -> None:
    (words,) = placed([((395, 150), "a label")], Crowd(FIELD)).items
    assert isinstance(words, Words)
    assert words.anchor == "end"


def test_a_label_without_room_beside_its_point_is_led_to_it() -> None:
    crowd = Crowd(FIELD)
    crowd.take(Box(184, 134, 216, 166))
    items = placed([((200, 150), "label")], crowd).items
    assert any(isinstance(item, Stroke) for item in items)


def test_a_label_without_any_room_is_left_out_and_counted() -> None:
    crowd = Crowd(FIELD)
    crowd.take(FIELD)
    found = placed([((200, 150), "label")], crowd)
    assert (found.items, found.left_out) == ((), 1)


def test_more_labels_than_can_be_read_are_left_out() -> None:
    labels = [((5 + 6.0 * number, 150.0), "x") for number in range(MOST_LABELS + 5)]
    assert placed(labels, Crowd(FIELD)).left_out >= 5


def test_a_label_has_at_most_forty_characters() -> None:
    (words,) = placed([((10, 150), "i" * 60)], Crowd(FIELD)).items
    assert isinstance(words, Words)
    assert len(words.text) == 40


@given(st.lists(st.tuples(spots, st.text("abc", min_size=1, max_size=12)), max_size=20))
def test_labels_cover_neither_each_other_nor_any_point(labels: list[tuple[tuple[float, float], str]]) -> None:
    crowd = Crowd(FIELD)
    for spot, _ in labels:
        crowd.take(dot_box(spot))
    found = boxes(placed(labels, crowd).items)
    assert not any(one.overlaps(other) for one, other in combinations(found, 2))
    assert not any(box.overlaps(dot_box(spot)) for box in found for spot, _ in labels)
    assert all(box.within(FIELD) for box in found)
