"""A long list stands on several pages, each item on one of them."""

from __future__ import annotations

import pytest

from site_builder.pages.parts import parts


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1]), (3, [3]), (4, [3, 1]), (9, [3, 3, 3])])
def test_each_item_stands_on_one_page(count: int, sizes: list[int]) -> None:
    made = parts(range(count), "tags/a.html", 3)
    assert [len(part.items) for part in made] == sizes
    assert [item for part in made for item in part.items] == list(range(count))


def test_the_first_page_keeps_the_place_and_the_others_stand_beside_it() -> None:
    made = parts("abcde", "tags/a-2.html", 2)
    assert [part.path for part in made] == ["tags/a-2.html", "tags/a-2.2.html", "tags/a-2.3.html"]
    assert all(part.pages == made[0].pages for part in made)
