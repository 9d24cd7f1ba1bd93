from __future__ import annotations

import itertools

from site_builder.plots.axis import turned_margin, wrap_fits, x_labels, y_labels
from site_builder.plots.placement import words_box
from site_builder.plots.scales import linear, slots
from site_builder.plots.sketch import WIDTH, Box

BOX = Box(40, 0, 400, 200)


def test_short_names_stand_upright_side_by_side() -> None:
    words, _ = x_labels(slots(["a", "b", "c"]), BOX)
    assert [item.text for item in words] == ["a", "b", "c"]
    assert all(item.angle == 0 for item in words)


def test_names_of_several_words_are_wrapped() -> None:
    words, depth = x_labels(slots(["model switching", "few shots", "training"]), Box(0, 0, 250, 200))
    assert {"model", "switching"} <= {item.text for item in words}
    assert depth > 20


def test_long_names_are_turned() -> None:
    words, _ = x_labels(slots([f"unbreakable_name_{number}" for number in range(9)]), BOX)
    assert all(item.angle for item in words)


def test_the_first_turned_name_gets_a_margin() -> None:
    scale = slots([f"unbreakable_name_{number}" for number in range(9)])
    assert turned_margin(scale, 360) > 40
    assert turned_margin(slots(["a", "b"]), 360) == 0


def test_many_short_names_are_a_row_with_even_gaps() -> None:
    words, _ = x_labels(slots([f"{2000 + number}" for number in range(30)]), BOX)
    years = [int(item.text) for item in words]
    assert len({later - earlier for earlier, later in itertools.pairwise(years)}) == 1
    assert len(years) < 30


def test_numbers_neither_touch_nor_leave_the_figure() -> None:
    words, _ = x_labels(linear([1e307, 1.7e308], 12), Box(40, 0, WIDTH - 2, 200))
    boxes = [words_box(item) for item in words]
    assert all(one.right < other.left for one, other in itertools.pairwise(boxes))
    assert boxes[-1].right <= WIDTH


def test_names_at_the_left_make_room_for_themselves() -> None:
    _, short = y_labels(slots(["a", "b"]), 200)
    _, long = y_labels(slots(["a fairly long name", "b"]), 200)
    assert long > short


def test_too_many_names_at_the_left_are_thinned() -> None:
    words, _ = y_labels(slots([str(number) for number in range(100)]), 200)
    assert 10 <= len(words) <= 20


def test_names_fit_only_if_no_character_is_lost() -> None:
    assert wrap_fits(slots(["alpha beta"]), 60)
    assert not wrap_fits(slots(["alphabetagamma"]), 60)
