"""The safe opener: what a path may be, what is opened, and what is noticed."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import files
from site_builder.files import check_path, exists, expand, fits, list_folder, read_file, walk
from site_builder.problems import Mistake, Place, Problem


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "evidence/runs/a.csv", "x\n1\n")
    write(tmp_path, "evidence/runs/b.csv", "x\n2\n")
    write(tmp_path, "evidence/runs/old/c.csv", "x\n3\n")
    write(tmp_path, "evidence/Notes.md", "hello")
    return tmp_path


def write(root: Path, path: str, text: str) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    return target


def problem(root: Path, path: str, limit: int = files.SIZE_LIMIT) -> Problem:
    with pytest.raises(Mistake) as caught:
        read_file(root, path, limit=limit, place=Place("claims/a.yaml", 3))
    return caught.value.problem


def test_the_bytes_and_their_hash(root: Path) -> None:
    source = read_file(root, "evidence/runs/a.csv")
    assert source.data == b"x\n1\n"
    assert source.sha256 == hashlib.sha256(b"x\n1\n").hexdigest()


def test_an_empty_file_is_read(root: Path) -> None:
    write(root, "evidence/empty.csv", "")
    assert read_file(root, "evidence/empty.csv").data == b""


MALFORMED = [
    "",
    "/etc/passwd",
    "../secret",
    "evidence/../../secret",
    "evidence//a.csv",
    "evidence/",
    "evidence/./a.csv",
    "evidence\\a.csv",
    "C:/a.csv",
    "evidence/a\0.csv",
    "evidence/a\n.csv",
    "evidence/\u202ea.csv",
    "evidence/\ud800.csv",
    ".git/config",
    "evidence/.hidden/a.csv",
    "site/index.html",
    "evidence/" + "a" * 1000,
    "/".join("a" * 40),
]


@pytest.mark.parametrize("path", MALFORMED)
def test_a_path_outside_the_grammar_is_refused(root: Path, path: str) -> None:
    assert problem(root, path).code == "E-PATH"


@given(st.text(max_size=60))
def test_no_path_that_passes_leads_upwards(path: str) -> None:
    try:
        parts = check_path(path)
    except Mistake:
        return
    assert "/".join(parts) == path
    assert not any(part.startswith(".") or not part for part in parts)


def test_names_with_spaces_and_accents_are_read(root: Path) -> None:
    write(root, "evidence/größe 1.csv", "x\n")
    assert read_file(root, "evidence/größe 1.csv").data == b"x\n"


def test_a_missing_file_offers_the_nearest_in_its_folder(root: Path) -> None:
    found = problem(root, "evidence/runs/aa.csv")
    assert found.code == "E-FILE"
    assert found.message == "there is no file evidence/runs/aa.csv"
    assert "'a.csv'" in found.hint


def test_a_missing_file_is_placed_where_it_was_named(root: Path) -> None:
    assert problem(root, "evidence/runs/aa.csv").place == Place("claims/a.yaml", 3)


def test_a_difference_of_case_is_said(root: Path) -> None:
    if (root / "evidence/notes.md").exists():
        pytest.skip("this file system does not tell letters by case")
    assert problem(root, "evidence/notes.md").hint == "there is 'Notes.md': small and capital letters count"


def test_a_missing_folder_is_said_as_such(root: Path) -> None:
    found = problem(root, "evidence/rums/a.csv")
    assert found.message == "there is no folder evidence/rums"
    assert "'runs'" in found.hint


def test_a_folder_is_no_file(root: Path) -> None:
    found = problem(root, "evidence/runs")
    assert found.message == "evidence/runs is a folder, not a file"
    assert "*.csv" in found.hint


def test_a_file_is_no_folder(root: Path) -> None:
    assert problem(root, "evidence/Notes.md/a.csv").message == "evidence/Notes.md is a file, not a folder"


def test_a_link_to_a_file_is_not_followed(root: Path) -> None:
    secret = write(root, "secret.txt", "secret")
    (root / "evidence/link.csv").symlink_to(secret)
    assert problem(root, "evidence/link.csv").code == "E-LINK"


def test_a_link_to_a_folder_is_not_followed(root: Path) -> None:
    (root / "evidence/all").symlink_to("/etc")
    assert problem(root, "evidence/all/passwd").code == "E-LINK"


def test_a_pipe_does_not_block(root: Path) -> None:
    os.mkfifo(root / "evidence/pipe.csv")
    done: list[Problem] = []
    reader = threading.Thread(target=lambda: done.append(problem(root, "evidence/pipe.csv")), daemon=True)
    reader.start()
    reader.join(5)
    assert done
    assert "a pipe, socket or device" in done[0].message


def test_a_file_over_the_limit_is_refused_with_its_size(root: Path) -> None:
    write(root, "evidence/big.csv", "x" * 3_000_000)
    found = problem(root, "evidence/big.csv", limit=1_000_000)
    assert found.code == "E-SIZE"
    assert found.message == "evidence/big.csv has 3 MB; files up to 1 MB are read"


def test_an_unreadable_file_is_a_mistake(root: Path) -> None:
    target = root / "evidence/runs/a.csv"
    target.chmod(0)
    if os.access(target, os.R_OK):
        pytest.skip("this user may read everything")
    assert "permission denied" in problem(root, "evidence/runs/a.csv").message


class TestAFileThatChanges:
    """Files written to between being opened and being read to the end."""

    @pytest.fixture
    def meddle(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Appends to, rewrites or cuts the file at the first read; the list says what and where."""
        plan: list[str] = []
        plain = os.read

        def read(handle: int, size: int) -> bytes:
            data = plain(handle, size)
            if plan:
                path, mode, text = plan[:3]
                plan.clear()
                with open(path, mode) as target:
                    target.write(text)
            return data

        monkeypatch.setattr(os, "read", read)
        return plan

    @pytest.mark.parametrize(("mode", "text"), [("a", "more"), ("w", ""), ("r+", "y")])
    def test_it_is_noticed(self, root: Path, meddle: list[str], mode: str, text: str) -> None:
        path = root / "evidence/runs/a.csv"
        os.utime(path, (1, 1))
        meddle += [str(path), mode, text]
        assert problem(root, "evidence/runs/a.csv").code == "E-CHANGED"


def test_no_handle_is_left_open(root: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for path in ("evidence/runs/a.csv", "evidence/none.csv", "evidence/runs", "evidence/no/a.csv"):
        try:
            read_file(root, path)
        except Mistake:
            continue
    list(walk(root, "evidence"))
    assert len(os.listdir("/proc/self/fd")) == before


def test_walk_gives_files_below_in_order_without_hidden_ones(root: Path) -> None:
    write(root, "evidence/.cache/x.csv", "")
    assert sorted(entry.path for entry in walk(root, "evidence")) == [
        "evidence/Notes.md",
        "evidence/runs/a.csv",
        "evidence/runs/b.csv",
        "evidence/runs/old/c.csv",
    ]


def test_walk_says_what_is_a_link_and_what_has_an_odd_name(root: Path) -> None:
    (root / "evidence/link").symlink_to("/etc")
    write(root, "evidence/a\\b.csv", "")
    kinds = {entry.path: entry.kind for entry in walk(root, "evidence")}
    assert kinds["evidence/link"] == "link"
    assert kinds["evidence/a\\b.csv"] == "odd name"
    assert "evidence/link/passwd" not in kinds


def test_list_folder_is_sorted(root: Path) -> None:
    assert [entry.path for entry in list_folder(root, "evidence/runs")] == [
        "evidence/runs/a.csv",
        "evidence/runs/b.csv",
        "evidence/runs/old",
    ]


GLOBS = {
    "evidence/runs/*.csv": ["evidence/runs/a.csv", "evidence/runs/b.csv"],
    "evidence/runs/[a].csv": ["evidence/runs/a.csv"],
    "evidence/runs/[!a].csv": ["evidence/runs/b.csv"],
    "evidence/runs/?.csv": ["evidence/runs/a.csv", "evidence/runs/b.csv"],
    "evidence/*/a.csv": ["evidence/runs/a.csv"],
    "evidence/**/c.csv": ["evidence/runs/old/c.csv"],
    "evidence/**/*.csv": ["evidence/runs/a.csv", "evidence/runs/b.csv", "evidence/runs/old/c.csv"],
    "evidence/runs/**": ["evidence/runs/a.csv", "evidence/runs/b.csv", "evidence/runs/old/c.csv"],
    "evidence/*.csv": [],
    "evidence/none/*.csv": [],
    "none/*.csv": [],
}


@pytest.mark.parametrize("pattern", GLOBS)
def test_a_glob_stands_for_its_files(root: Path, pattern: str) -> None:
    assert expand(root, pattern) == (tuple(GLOBS[pattern]), 0)


def test_a_glob_passes_over_links_and_counts_them(root: Path) -> None:
    (root / "evidence/runs/z.csv").symlink_to(root / "evidence/runs/a.csv")
    assert expand(root, "evidence/runs/*.csv") == (("evidence/runs/a.csv", "evidence/runs/b.csv"), 1)


def test_a_glob_never_enters_a_linked_folder(root: Path) -> None:
    (root / "evidence/away").symlink_to(root / "evidence/runs")
    assert expand(root, "evidence/away/*.csv") == ((), 0)
    assert "evidence/away/a.csv" not in expand(root, "evidence/**/*.csv")[0]


def test_a_glob_may_not_climb(root: Path) -> None:
    with pytest.raises(Mistake, match="climbs out"):
        expand(root, "evidence/../*.csv")


def test_too_many_files_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_GLOB_LIMIT", 2)
    with pytest.raises(Mistake, match="stands for 3 files; at most 2 are read"):
        expand(root, "evidence/**/*.csv")


FITS = [
    ("a/b.csv", "a/*.csv", True),
    ("a/b/c.csv", "a/*.csv", False),
    ("a/b/c.csv", "a/**/c.csv", True),
    ("a/c.csv", "a/**/c.csv", True),
    ("a/b/c.csv", "**", True),
    ("a/b/c.csv", "**/b/**", True),
    ("a/B.csv", "a/b.csv", False),
]


@pytest.mark.parametrize(("path", "pattern", "expected"), FITS)
def test_whether_a_path_fits(path: str, pattern: str, expected: bool) -> None:
    assert fits(path, pattern) is expected


def test_exists_is_about_regular_files_only(root: Path) -> None:
    (root / "evidence/link.csv").symlink_to(root / "evidence/runs/a.csv")
    paths = ("evidence/runs/a.csv", "evidence/runs", "evidence/link.csv", "evidence/none")
    assert [exists(root, path) for path in paths] == [True, False, False, False]


def test_too_many_names_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_ENTRY_LIMIT", 3)
    with pytest.raises(Mistake, match="holds more than 3 names"):
        list(walk(root, "evidence"))


class TestANameThatIsSwapped:
    """A file or folder replaced by a link after it was looked at and before it is opened."""

    @pytest.fixture
    def swap(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
        """Names to replace by links to these paths, as soon as they have been looked at."""
        plan: dict[str, Path] = {}
        plain = files._kind

        def kind(name: str, folder: int) -> files.Kind | None:
            found = plain(name, folder)
            if name in plan:
                os.rename(name, f"{name}.away", src_dir_fd=folder, dst_dir_fd=folder)
                os.symlink(plan.pop(name), name, dir_fd=folder)
            return found

        monkeypatch.setattr(files, "_kind", kind)
        return plan

    def test_a_file(self, root: Path, swap: dict[str, Path]) -> None:
        swap["a.csv"] = write(root, "secret.txt", "secret")
        assert "cannot be opened" in problem(root, "evidence/runs/a.csv").message

    def test_a_folder(self, root: Path, swap: dict[str, Path]) -> None:
        swap["runs"] = write(root, "away/a.csv", "secret").parent
        assert "cannot be opened" in problem(root, "evidence/runs/a.csv").message
