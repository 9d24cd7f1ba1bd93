"""A site in company: readers while it is swapped, and builds at the same time as others."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from site_builder.outputs import folder
from site_builder.outputs.exchange import exchange
from site_builder.outputs.folder import write
from site_builder.outputs.manifest import MANIFEST

SWAPS = 100
PAGES = ("index.html", "a/b.html", "z.html")
READER = """
import json, os, sys

target, *pages = sys.argv[1:]
reads = missed = mixed = 0
os.set_blocking(0, False)
print("ready", flush=True)
while sys.stdin.buffer.read(1) is None:  # until it is closed
    try:
        with open(os.path.join(target, pages[0]), "rb") as page:
            page.read()
        reads += 1
        folder = os.open(target, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        missed += 1
        continue
    found = set()
    for page in pages:
        try:
            opened = os.open(page, os.O_RDONLY, dir_fd=folder)
        except FileNotFoundError:  # the old folder, which is being cleared away
            continue
        found.add(os.read(opened, 100))
        os.close(opened)
    os.close(folder)
    mixed += len(found) > 1
print(json.dumps([reads, missed, mixed]))
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


def turn(number: int) -> dict[str, bytes]:
    return dict.fromkeys(PAGES, str(number).encode())


@pytest.mark.heavy
def test_a_reader_never_misses_a_page_nor_sees_two_sites_in_one_folder(target: Path) -> None:
    write(turn(0), target)
    if not exchange(target, target):
        pytest.skip("two folders cannot change places in one step here")
    command = [sys.executable, "-I", "-c", READER, str(target), *PAGES]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert reader.stdin
    assert reader.stdout
    reader.stdout.readline()
    for number in range(1, SWAPS + 1):
        write(turn(number), target)
    told, _ = reader.communicate(timeout=60)
    reads, missed, mixed = json.loads(told)
    assert reads > SWAPS
    assert (missed, mixed) == (0, 0)


def write_often(target: Path, first: int, times: int) -> None:
    for number in range(first, first + times):
        write(turn(number), target)


@pytest.mark.heavy
def test_builds_at_once_into_one_folder_do_not_harm_each_other(target: Path) -> None:
    spawn, times = multiprocessing.get_context("spawn"), 40
    builders = [spawn.Process(target=write_often, args=(target, n * times, times)) for n in range(3)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join(timeout=120)
    assert [builder.exitcode for builder in builders] == [0, 0, 0]
    pages = {(target / page).read_bytes() for page in PAGES}
    assert len(pages) == 1
    assert pages <= {str(n * times + times - 1).encode() for n in range(3)}
    assert {path.name for path in target.parent.iterdir()} == {"site", ".site-lock"}
    assert {path.name for path in target.rglob("*.*") if path.is_file()} == {
        MANIFEST,
        "b.html",
        "index.html",
        "z.html",
    }


HOLDER = """
import sys, time
from filelock import FileLock
lock = FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
time.sleep(30)
"""


def test_the_lock_of_a_killed_build_holds_nobody_up(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LOCK_SECONDS", 5.0)
    lock = target.parent / ".site-lock"
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(TimeoutError):
            FileLock(lock, timeout=0).acquire()
        os.kill(holder.pid, signal.SIGKILL)
    assert lock.exists()
    write(turn(1), target)
    assert (target / "index.html").read_bytes() == b"1"


def test_what_another_build_is_changing_is_looked_at_when_that_is_done(target: Path) -> None:
    write(turn(0), target)
    half = target / "half.html"
    with FileLock(target.parent / ".site-lock"):
        half.write_bytes(b"the other build's")
        waiting = threading.Thread(target=write, args=(turn(1), target))
        waiting.start()
        waiting.join(timeout=0.3)
        assert waiting.is_alive()
        half.unlink()
    waiting.join()
    assert (target / "index.html").read_bytes() == b"1"
