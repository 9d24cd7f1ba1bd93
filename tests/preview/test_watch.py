"""Changes as editors and tools make them, each told once, by events and by polling."""

from __future__ import annotations

import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from site_builder.preview import watch as watch_module
from site_builder.preview.watch import Watch
from site_builder.project import Project
from tests.conftest import MakeProject

PATIENCE_SECONDS = 15.0


class Told:
    """What a watch tells, in the order in which it does."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.root = watch.sources._root
        self._changes: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for changed in self.watch.changes():
            self._changes.put(changed)

    def all_of(self, wanted: set[str]) -> int:
        """How many times something was told until all these paths had been."""
        told: set[str] = set()
        for count in range(1, 100):
            told |= self._changes.get(timeout=PATIENCE_SECONDS)
            if wanted <= told:
                assert told == wanted
                return count
        raise AssertionError(told)

    def nothing(self, seconds: float = 0.4) -> bool:
        """Whether nothing is told for so long."""
        try:
            self._changes.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project(
        {"claims/a.yaml": "title: a\n", "claims/f/b.yaml": "title: b\n", "evidence/runs.csv": "x\n1\n"}
    )


@pytest.fixture(params=["events", "poll"])
def told(request: pytest.FixtureRequest, project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    if request.param == "events":  # so that only events can tell
        monkeypatch.setattr(watch_module, "WATCHED_SECONDS", 60.0)
    with Watch(project.root, poll=request.param == "poll") as watch:
        told = Told(watch)
        assert told.nothing(0.1)
        yield told


def write(root: Path) -> None:
    (root / "claims/a.yaml").write_text("title: other\n")


def save_atomically(root: Path) -> None:
    (root / "claims/.a.yaml.tmp").write_text("title: other\n")
    (root / "claims/.a.yaml.tmp").replace(root / "claims/a.yaml")


def save_from_elsewhere(root: Path) -> None:
    (root.parent / "a.yaml").write_text("title: other\n")
    (root.parent / "a.yaml").replace(root / "claims/a.yaml")


def save_with_backup(root: Path) -> None:
    """As vim does: the old file is moved aside, a new one written, the old one removed."""
    (root / "claims/a.yaml").rename(root / "claims/.a.yaml.bak")
    (root / "claims/a.yaml").write_text("title: other\n")
    (root / "claims/.a.yaml.bak").unlink()


def save_piece_by_piece(root: Path) -> None:
    with (root / "claims/a.yaml").open("w") as file:
        for letter in "title: other\n":
            file.write(letter)
            file.flush()
            os.fsync(file.fileno())


@pytest.mark.parametrize("save", [write, save_atomically, save_from_elsewhere, save_with_backup])
def test_a_save_is_told_once(told: Told, save: Callable[[Path], None]) -> None:
    save(told.root)
    assert told.all_of({"claims/a.yaml"}) == 1
    assert told.nothing()


def test_pieces_are_told_as_few_changes(told: Told) -> None:
    save_piece_by_piece(told.root)
    assert told.all_of({"claims/a.yaml"}) <= 3


def test_saving_again_is_told_again(told: Told) -> None:
    for number in range(3):
        (told.root / "claims/a.yaml").write_text(f"title: {number}\n")
        assert told.all_of({"claims/a.yaml"}) == 1


def test_reading_and_touching_tell_nothing(told: Told) -> None:
    for path in ("claims/a.yaml", "evidence/runs.csv"):
        (told.root / path).read_text()
        os.utime(told.root / path)
    (told.root / "README.md").write_text("x")
    (told.root / "site").mkdir()
    (told.root / "site/index.html").write_text("x")
    assert told.nothing(0.8)


def test_new_files_renames_and_deletes_are_told(told: Told) -> None:
    (told.root / "evidence/more.csv").write_text("x\n2\n")
    told.all_of({"evidence/more.csv"})
    (told.root / "evidence/more.csv").rename(told.root / "evidence/most.csv")
    told.all_of({"evidence/more.csv", "evidence/most.csv"})
    (told.root / "evidence/most.csv").unlink()
    told.all_of({"evidence/most.csv"})


def test_a_new_folder_is_watched_and_what_came_with_it_is_told(told: Told) -> None:
    (told.root / "claims/new/deep").mkdir(parents=True)
    (told.root / "claims/new/deep/c.yaml").write_text("title: c\n")
    told.all_of({"claims/new/deep/c.yaml"})
    (told.root / "claims/new/deep/c.yaml").write_text("title: cc\n")
    told.all_of({"claims/new/deep/c.yaml"})


def test_a_folder_that_is_renamed_is_still_watched(told: Told) -> None:
    (told.root / "claims/f").rename(told.root / "claims/g")
    told.all_of({"claims/f/b.yaml", "claims/g/b.yaml"})
    (told.root / "claims/g/b.yaml").write_text("title: bb\n")
    told.all_of({"claims/g/b.yaml"})


def test_settings_and_templates_may_come_and_go(told: Told) -> None:
    (told.root / "pyproject.toml").write_text("[tool.claims]\n")
    told.all_of({"pyproject.toml"})
    (told.root / "templates").mkdir()
    (told.root / "templates/base.html").write_text("x")
    told.all_of({"templates/base.html"})
    (told.root / "templates/base.html").write_text("y")
    told.all_of({"templates/base.html"})
    shutil.rmtree(told.root / "templates")
    told.all_of({"templates/base.html"})


def test_a_folder_that_is_put_in_anothers_place_is_watched(told: Told) -> None:
    for number in range(3):
        shutil.rmtree(told.root / "evidence")
        (told.root / "evidence").mkdir()
        (told.root / f"evidence/{number}.csv").write_text("x\n")
        told.all_of(
            {"evidence/runs.csv" if number == 0 else f"evidence/{number - 1}.csv", f"evidence/{number}.csv"}
        )


def test_a_burst_is_told_as_few_changes(told: Told) -> None:
    wanted = {f"claims/f/n{number}.yaml" for number in range(200)}
    for path in wanted:
        (told.root / path).write_text("title: n\n")
    assert told.all_of(wanted) <= 5


def test_a_file_that_never_rests_is_told_all_the_same(told: Told) -> None:
    end = time.monotonic() + 2
    with (told.root / "evidence/log.csv").open("w") as file:
        while time.monotonic() < end:
            file.write("1\n")
            file.flush()
            time.sleep(0.005)
        assert told._changes.get_nowait() == {"evidence/log.csv"}


def test_what_events_miss_is_found_in_a_while(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "_TELLING", frozenset())
    monkeypatch.setattr(watch_module, "WATCHED_SECONDS", 0.2)
    with Watch(project.root) as watch:
        told = Told(watch)
        (project.root / "claims/a.yaml").write_text("title: other\n")
        assert told.all_of({"claims/a.yaml"}) == 1


def test_where_the_system_watches_no_more_it_is_polled(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        """An observer as it is when the limit on watches is reached."""

        daemon = False

        def start(self) -> None:
            pass

        def schedule(self, *_: object, **__: object) -> None:
            raise OSError(28, "inotify watch limit reached")

        def stop(self) -> None:
            pass

        def join(self, timeout: float) -> None:
            pass

    monkeypatch.setattr(watch_module, "Observer", Full)
    with Watch(project.root) as watch:
        assert watch.is_polling
        told = Told(watch)
        (project.root / "claims/a.yaml").write_text("title: other\n")
        assert told.all_of({"claims/a.yaml"}) == 1


def test_looking_everywhere_takes_a_small_part_of_the_time(project: Project) -> None:
    with Watch(project.root, poll=True) as watch:
        watch._plan(1.0)
        assert watch._next_look - time.monotonic() > 9
        watch._plan(0.001)
        assert watch._next_look - time.monotonic() <= watch_module.POLLED_SECONDS
