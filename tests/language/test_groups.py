"""Groups of long columns, which are found by codes, beside those of short ones."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from site_builder.language.dictionary import LONG
from site_builder.tables import Column
from tests.language.evaluated import table as made
from tests.language.evaluated import value

_KEYS = ("pear", "fig", "apple", "plum")


@pytest.mark.parametrize("rows", [LONG - 1, LONG, LONG + 7])
def test_groups_stand_in_order_of_first_appearance_with_all_their_rows(rows: int) -> None:
    chance = random.Random(rows)
    keys = [chance.choice(_KEYS) for _ in range(rows)]
    table = made("t", {"text_key": list(keys), "x": list(range(rows))})
    found = value('sum(t.x, by="text_key")', {"t": table})
    assert isinstance(found, Column)
    assert found.keys == tuple(dict.fromkeys(keys))
    sums = [sum(i for i, k in enumerate(keys) if k == key) for key in found.keys]
    assert list(found.data.nominal) == list(map(Fraction, sums))


def test_a_place_in_a_group_is_that_of_the_file() -> None:
    keys = [_KEYS[at % 3] for at in range(LONG)]
    table = made(
        "t",
        {
            "text_key": list(keys),
            "x": [at // 3 for at in range(LONG)],
            "text_name": list(map(str, range(LONG))),
        },
    )
    found = value('argmin(t.x, t.text_name, by="text_key")', {"t": table})
    assert isinstance(found, Column)
    assert list(found.data) == ["0", "1", "2"]
