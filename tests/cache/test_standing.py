"""Standing: a run's result holds for as long as nothing that it read or wrote has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cache import standing
from site_builder.cache.standing import Standing
from site_builder.cache.store import MemoryStore, Store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project of two inputs and one output, old enough to be believed."""
    for path in ("claims/a.yaml", "claims/b/c.yaml", "pyproject.toml", "site/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    return tmp_path


def _standing(store: Store, place: Path, words: tuple[object, ...] = ("build",)) -> Standing:
    return Standing(store, words, (place / "claims", place / "pyproject.toml"), place / "site")


@pytest.fixture
def kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(standing, "_JUST_NOW_NS", -(10**18))
    monkeypatch.setattr(standing, "_COARSE_NOW_NS", -(10**18))
    store = MemoryStore()
    _standing(store, place).keep("result")
    return store


def test_a_run_that_nothing_followed_still_holds(place: Path, kept: Store) -> None:
    assert _standing(kept, place).result() == "result"


def _grow(file: Path) -> None:
    file.write_text("longer")


def _touch(file: Path) -> None:
    os.utime(file, (1, 1))


CHANGES: tuple[Callable[[Path], object], ...] = (
    lambda place: _grow(place / "claims/a.yaml"),
    lambda place: _grow(place / "claims/b/c.yaml"),
    lambda place: _touch(place / "claims/a.yaml"),
    lambda place: (place / "claims/a.yaml").unlink(),
    lambda place: (place / "claims/a.yaml").rename(place / "claims/d.yaml"),
    lambda place: (place / "claims/new").mkdir(),
    lambda place: _grow(place / "claims/.hidden"),
    lambda place: (place / "claims/a.yaml").chmod(0o600),
    lambda place: _grow(place / "pyproject.toml"),
    lambda place: (place / "pyproject.toml").unlink(),
    lambda place: _grow(place / "site/index.html"),
    lambda place: _touch(place / "site/index.html"),
    lambda place: (place / "site/index.html").unlink(),
    lambda place: _grow(place / "site/more.html"),
)


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_ends_it(place: Path, kept: Store, change: Callable[[Path], object]) -> None:
    change(place)
    assert _standing(kept, place).result() is None


def test_another_call_has_a_result_of_its_own(place: Path, kept: Store) -> None:
    assert _standing(kept, place, ("check",)).result() is None


def test_a_file_that_is_replaced_by_one_of_the_same_size_and_time_ends_it(place: Path, kept: Store) -> None:
    file = place / "claims/a.yaml"
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    (place / "new").write_text("y")
    (place / "new").replace(file)
    os.utime(file, ns=times)
    assert _standing(kept, place).result() is None


def test_a_young_input_is_not_believed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "_JUST_NOW_NS", 10**18)
    store = MemoryStore()
    _standing(store, place).keep("result")
    assert _standing(store, place).result() is None


def test_without_a_store_nothing_is_known(place: Path) -> None:
    without = Standing(None, ("build",), (place,), place / "site")
    without.keep("result")
    assert without.result() is None
