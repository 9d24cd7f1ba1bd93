from __future__ import annotations

import pytest

from site_builder.plots.registry import kind_named, kinds
from site_builder.problems import Mistake
from tests.plots.plotted import KINDS


def test_every_kind_is_found_by_its_name() -> None:
    assert tuple(kinds()) == KINDS
    assert all(kind_named(name).name == name for name in KINDS)


def test_kinds_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        kinds()["pie"] = kinds()["bar"]  # type: ignore[index]


def test_every_kind_says_what_it_is_for() -> None:
    assert all(kind.purpose and not kind.purpose.endswith(".") for kind in kinds().values())


def test_a_name_that_is_cut_does_not_fill_the_screen() -> None:
    with pytest.raises(Mistake) as caught:
        kind_named("x" * 5000)
    assert len(caught.value.problem.message) < 120


def test_two_owners_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from site_builder.plots.kinds import bar, line

    monkeypatch.setattr(line, "KIND", bar.KIND)
    kinds.cache_clear()
    try:
        with pytest.raises(ValueError, match="two kinds of plot are named 'bar'"):
            kinds()
    finally:
        kinds.cache_clear()
