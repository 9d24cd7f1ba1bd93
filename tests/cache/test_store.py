"""The store: what it gives back, and that whatever is wrong with it, it is only empty."""

from __future__ import annotations

import os
import sqlite3
from multiprocessing import get_context
from pathlib import Path

import pytest

from site_builder.cache.store import DiskStore, MemoryStore, disk_store, user_seal

SEAL = b"s" * 32


@pytest.fixture(autouse=True)
def _own_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))


def _filled(file: Path, seal: bytes = SEAL) -> None:
    store = DiskStore(file, seal)
    store.put("key", {"a": [1, 2.5, None, "é"]})
    store.close()


def test_what_is_put_is_given_back_by_the_next_run(tmp_path: Path) -> None:
    _filled(tmp_path / "kept.db")
    assert DiskStore(tmp_path / "kept.db", SEAL).get("key") == {"a": [1, 2.5, None, "é"]}


def test_what_is_put_is_given_back_at_once(tmp_path: Path) -> None:
    for store in (DiskStore(tmp_path / "kept.db", SEAL), MemoryStore()):
        store.put("key", [1])
        assert store.get("key") == [1]
        assert store.get("another") is None


def test_a_store_sealed_by_somebody_else_is_empty(tmp_path: Path) -> None:
    _filled(tmp_path / "kept.db", b"t" * 32)
    assert DiskStore(tmp_path / "kept.db", SEAL).get("key") is None


def test_a_value_under_another_key_is_none(tmp_path: Path) -> None:
    _filled(tmp_path / "kept.db")
    with sqlite3.connect(tmp_path / "kept.db") as connection:
        connection.execute("UPDATE kept SET key = 'another'")
    assert DiskStore(tmp_path / "kept.db", SEAL).get("another") is None


@pytest.mark.parametrize("position", range(0, 8_000, 97))
def test_a_damaged_byte_never_gives_another_value(tmp_path: Path, position: int) -> None:
    _filled(tmp_path / "kept.db")
    data = bytearray((tmp_path / "kept.db").read_bytes())
    data[position % len(data)] ^= 0x55
    (tmp_path / "kept.db").write_bytes(data)
    store = DiskStore(tmp_path / "kept.db", SEAL)
    assert store.get("key") in (None, {"a": [1, 2.5, None, "é"]})
    store.put("new", 1)
    store.close()


@pytest.mark.parametrize("data", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_file_that_is_no_store_is_made_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "kept.db").write_bytes(data)
    _filled(tmp_path / "kept.db")
    assert DiskStore(tmp_path / "kept.db", SEAL).get("key") is not None


def test_a_folder_that_cannot_be_made_gives_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with disk_store(tmp_path / "file") as store:
        assert store is None


def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "elsewhere")
    with disk_store(tmp_path / "cache") as store:
        assert store is None
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("name", ["kept.db", "kept.db-wal", "kept.db-shm", "kept.db-journal", ".gitignore"])
@pytest.mark.parametrize("is_there", [False, True])
def test_a_link_in_the_folder_is_not_written_through(tmp_path: Path, name: str, is_there: bool) -> None:
    target = tmp_path / "elsewhere"
    if is_there:
        with sqlite3.connect(target) as connection:
            connection.execute("CREATE TABLE mine (x)")
    before = target.read_bytes() if is_there else None
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / name).symlink_to(target)
    with disk_store(tmp_path / "cache") as store:
        assert store is not None
        store.put("key", 1)
    assert (target.read_bytes() if target.exists() else None) == before
    with disk_store(tmp_path / "cache") as store:
        assert store is not None
        assert store.get("key") == 1


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS key, x AS value FROM n"
PLANTED = (
    f"CREATE VIEW kept AS {ENDLESS}",
    f"CREATE TABLE kept (key, value); CREATE TRIGGER t AFTER INSERT ON kept BEGIN {ENDLESS}; END",
    "CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID; CREATE TABLE more (x)",
)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_file_that_holds_more_than_our_table_is_made_anew(tmp_path: Path, planted: str) -> None:
    with sqlite3.connect(tmp_path / "kept.db") as connection:
        connection.executescript(planted)
    _filled(tmp_path / "kept.db")
    assert DiskStore(tmp_path / "kept.db", SEAL).get("key") is not None


def test_the_folder_is_left_alone_by_version_control(tmp_path: Path) -> None:
    with disk_store(tmp_path / "cache") as store:
        assert store is not None
    assert (tmp_path / "cache/.gitignore").read_text() == "*\n"


def test_the_seal_stays_the_same_and_is_the_user_s_alone() -> None:
    seal = user_seal()
    assert seal is not None
    assert seal == user_seal()
    assert os.stat(Path(os.environ["XDG_CACHE_HOME"]) / "claims/seal").st_mode & 0o777 == 0o600


def test_two_runs_at_once_both_keep_what_they_found(tmp_path: Path) -> None:
    one, two = (DiskStore(tmp_path / "kept.db", SEAL) for _ in range(2))
    one.put("one", 1)
    two.put("two", 2)
    one.close()
    two.close()
    third = DiskStore(tmp_path / "kept.db", SEAL)
    assert (third.get("one"), third.get("two")) == (1, 2)


def _put_in_a_fork(store: DiskStore) -> None:
    store.put("fork", store.get("key"))
    store.flush()


def test_a_forked_process_reads_and_writes_by_itself(tmp_path: Path) -> None:
    _filled(tmp_path / "kept.db")
    store = DiskStore(tmp_path / "kept.db", SEAL)
    store.put("parent", 1)
    forked = get_context("fork").Process(target=_put_in_a_fork, args=(store,))
    forked.start()
    forked.join()
    assert store.get("fork") == store.get("key") != None  # noqa: E711
    store.close()
    assert DiskStore(tmp_path / "kept.db", SEAL).get("parent") == 1


def test_a_large_store_lets_go_of_what_was_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.cache.store._ROOM_BYTES", 1_000)
    first = DiskStore(tmp_path / "kept.db", SEAL)
    for number in range(100):
        first.put(f"old {number}", "x" * 1_000)
    first.put("wanted", "y")
    first.close()
    second = DiskStore(tmp_path / "kept.db", SEAL)
    assert second.get("wanted") == "y"
    second.close()
    third = DiskStore(tmp_path / "kept.db", SEAL)
    assert (third.get("wanted"), third.get("old 5")) == ("y", None)
