"""The tree: every file by its hash, hashed again only where it may have changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from site_builder.cache import tree
from site_builder.cache.store import MemoryStore
from site_builder.cache.tree import scan


def _write(root: Path, path: str, text: str, age_seconds: float = 0) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    if age_seconds:
        long_ago = file.stat().st_mtime - age_seconds
        os.utime(file, (long_ago, long_ago))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_files_have_the_hash_of_their_bytes(tmp_path: Path) -> None:
    _write(tmp_path, "evidence/a/b.csv", "x\n1\n")
    assert scan(tmp_path, ("evidence",), None).files == {"evidence/a/b.csv": _sha("x\n1\n")}


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert scan(tmp_path, ("evidence",), None).files == {}


def test_hidden_names_do_not_count(tmp_path: Path) -> None:
    _write(tmp_path, "evidence/.git/x", "1")
    assert scan(tmp_path, ("evidence",), None).files == {}


def test_a_link_has_no_hash(tmp_path: Path) -> None:
    _write(tmp_path, "evidence/a.csv", "1")
    (tmp_path / "evidence/b.csv").symlink_to("a.csv")
    assert list(scan(tmp_path, ("evidence",), None).files) == ["evidence/a.csv"]


def test_names_tell_additions_removals_and_kinds_but_not_contents(tmp_path: Path) -> None:
    _write(tmp_path, "evidence/a.csv", "1")
    names = scan(tmp_path, ("evidence",), None).names
    _write(tmp_path, "evidence/a.csv", "2")
    assert scan(tmp_path, ("evidence",), None).names == names
    _write(tmp_path, "evidence/b.csv", "1")
    more = scan(tmp_path, ("evidence",), None).names
    assert more != names
    (tmp_path / "evidence/b.csv").unlink()
    (tmp_path / "evidence/b.csv").mkdir()
    assert scan(tmp_path, ("evidence",), None).names not in (names, more)


def test_a_file_that_stands_as_before_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "evidence/a.csv", "1")
    monkeypatch.setattr(tree, "_JUST_NOW_NS", -(10**18))
    store = MemoryStore()
    before = scan(tmp_path, ("evidence",), store)
    monkeypatch.setattr(tree, "read_file", None)
    assert scan(tmp_path, ("evidence",), store) == before


def test_a_young_file_is_read_again_even_if_its_times_are_the_same(tmp_path: Path) -> None:
    _write(tmp_path, "evidence/a.csv", "1")
    status = (tmp_path / "evidence/a.csv").stat()
    store = MemoryStore()
    scan(tmp_path, ("evidence",), store)
    (tmp_path / "evidence/a.csv").write_text("2")
    os.utime(tmp_path / "evidence/a.csv", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert scan(tmp_path, ("evidence",), store).files == {"evidence/a.csv": _sha("2")}


@pytest.mark.parametrize("kept", [None, [], {"evidence/a.csv": "x"}, {"evidence/a.csv": [1, 2]}, "x", 5])
def test_odd_entries_of_the_store_are_passed_over(tmp_path: Path, kept: object) -> None:
    _write(tmp_path, "evidence/a.csv", "1")
    store = MemoryStore()
    store.put("tree", kept)
    assert scan(tmp_path, ("evidence",), store).files == {"evidence/a.csv": _sha("1")}
