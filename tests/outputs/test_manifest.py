"""The manifest tells a folder of ours from anybody else's."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from site_builder.outputs.manifest import MANIFEST, check_ours, listed, manifest_bytes


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_manifest_lists_its_files_in_order(tmp_path: Path) -> None:
    made = manifest_bytes({"b": sha(b"2"), "a/c": sha(b"1")})
    (tmp_path / MANIFEST).write_bytes(made)
    assert listed(tmp_path) == frozenset({"b", "a/c"})
    assert made == manifest_bytes({"a/c": sha(b"1"), "b": sha(b"2")})


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"tool": "claims", "files": []}', '{"files": {}}', "[" * 100_000]
)
def test_anything_else_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert listed(tmp_path) is None


def test_an_absent_folder_is_free(tmp_path: Path) -> None:
    assert check_ours(tmp_path / "site") == frozenset()


def test_a_folder_of_ours_may_lack_files(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(manifest_bytes({"a": "", "b": ""}))
    (tmp_path / "a").write_bytes(b"")
    assert check_ours(tmp_path) == {MANIFEST, "a"}
