"""The manifest tells a folder of ours from anybody else's."""

from __future__ import annotations

import hashlib
import os
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


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="modes bind POSIX users other than root")
def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(manifest_bytes({}))
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    try:
        with pytest.raises(PermissionError):
            check_ours(tmp_path)
    finally:
        closed.chmod(0o700)


def test_a_manifest_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).symlink_to(MANIFEST)  # a ring
    with pytest.raises(OSError, match="symbolic"):
        listed(tmp_path)
