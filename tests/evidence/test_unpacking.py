"""Compressed files."""

from __future__ import annotations

import gzip

import pytest

from site_builder.evidence import unpacking
from site_builder.evidence.unpacking import unpacked
from site_builder.files import SourceFile
from site_builder.problems import Mistake


def of(data: bytes, path: str = "evidence/a.csv.gz") -> SourceFile:
    return unpacked(SourceFile(path, data, "hash"))


def test_other_files_are_as_they_are() -> None:
    source = SourceFile("evidence/a.csv", b"\x1f\x8b", "hash")
    assert unpacked(source) is source


def test_a_gzip_file_is_unpacked_under_its_own_hash() -> None:
    assert of(gzip.compress(b"a,b\n1,2\n")) == SourceFile("evidence/a.csv.gz", b"a,b\n1,2\n", "hash")


def test_several_members_follow_one_another() -> None:
    assert of(gzip.compress(b"a\n") + gzip.compress(b"") + gzip.compress(b"1\n")).data == b"a\n1\n"


def test_a_large_file_is_unpacked_in_pieces() -> None:
    data = bytes(range(256)) * 20_000
    assert of(gzip.compress(data)).data == data


@pytest.mark.parametrize("data", [b"", b"a,b\n", gzip.compress(b"a" * 1000)[:-9], gzip.compress(b"a") + b"x"])
def test_a_damaged_file_is_a_mistake(data: bytes) -> None:
    with pytest.raises(Mistake, match="not a whole gzip file"):
        of(data)


def test_a_bomb_is_stopped_by_its_ratio() -> None:
    with pytest.raises(Mistake, match="unpacks to more than is read"):
        of(gzip.compress(b"\0" * 40_000_000))


def test_a_file_is_stopped_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "SIZE_LIMIT", 1000)
    with pytest.raises(Mistake) as caught:
        of(gzip.compress(bytes(range(256)) * 5))
    assert caught.value.problem.code == "E-SIZE"
