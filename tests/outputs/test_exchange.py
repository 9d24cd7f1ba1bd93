"""Two folders change places in one step, or nothing happens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from site_builder.outputs import exchange as room
from site_builder.outputs.exchange import exchange


@pytest.mark.skipif(sys.platform != "linux", reason="the call is Linux's")
def test_two_folders_change_places(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(name, encoding="utf-8")
    if exchange(tmp_path / "one", tmp_path / "two"):
        assert (tmp_path / "one" / "name").read_text(encoding="utf-8") == "two"
        assert (tmp_path / "two" / "name").read_text(encoding="utf-8") == "one"


@pytest.mark.skipif(sys.platform != "linux", reason="the call is Linux's")
def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "one").is_dir()


def test_a_system_without_the_call_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SYSTEMS", {})
    assert exchange(tmp_path, tmp_path) is False


def test_a_library_without_the_call_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> int:
        raise AttributeError

    monkeypatch.setattr(room, "SYSTEMS", {sys.platform: absent})
    assert exchange(tmp_path, tmp_path) is False
