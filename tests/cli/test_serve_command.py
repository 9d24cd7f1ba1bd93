"""`claims serve` as a process: where it says it is, how it ends, and that it writes nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from site_builder.project import Project
from tests.cli.test_commands import GOOD, ROOT, RUNS, call
from tests.conftest import MakeProject

PATIENCE_SECONDS = 60.0


class Serving:
    """A preview that runs: the lines it has printed, and its address."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self._log = process, log
        self.address = self.line("look at it: ").removeprefix("look at it: ").removesuffix("_preview/latest")

    @property
    def lines(self) -> list[str]:
        return self._log.read_text().splitlines()

    def line(self, start: str) -> str:
        """The first line that starts so, waited for."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            found = next((line for line in self.lines if line.startswith(start)), None)
            if found is not None:
                return found
            time.sleep(0.05)
        raise AssertionError(self._log.read_text())

    def page(self, path: str) -> str:
        with urlopen(self.address + path, timeout=10) as reply:
            return str(reply.read().decode())


def heeding_interrupts() -> None:
    """A process that a shell starts in the background would not heed them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def serving(project: Project, *words: str, **environment: str) -> Iterator[Serving]:
    log = project.root.parent / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "site_builder", "serve", *words],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=heeding_interrupts,
        )
    try:
        yield Serving(process, log)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS})


def test_it_builds_serves_follows_and_writes_nothing(project: Project) -> None:
    with serving(project) as preview:
        assert "The best is 92" in preview.page("claims/a.html")
        claim = project.root / "claims/a.yaml"
        claim.write_text(claim.read_text().replace("best is", "top is"))
        preview.line("claims/a.yaml: 1 claim: 1 validated, in ")
        assert "The top is 92" in preview.page("claims/a.html")
        claim.write_text("title: [\n")
        preview.line("claims/a.yaml: 1 claim: 1 broken")
        assert "The top is 92" in preview.page("claims/a.html")
        assert [line for line in preview.lines if line.endswith("; the last good build is still shown")]
    names = {path.name for path in project.root.iterdir()}
    assert names == {"claims", "evidence"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_a_stream_open(project: Project, number: signal.Signals) -> None:
    with serving(project) as preview:
        streams = [urlopen(f"{preview.address}_preview/events?page=index.html", timeout=10) for _ in range(3)]
        assert all(stream.readline() for stream in streams)
        start = time.monotonic()
        preview.process.send_signal(number)
        code = preview.process.wait(timeout=10)
        took = time.monotonic() - start
        assert (code, preview.lines[-1]) == (0, "stopped")
        assert took < 5  # a second by itself; more on a busy machine, and for ever where a stream holds it


def test_it_ends_within_a_second_while_it_builds(project: Project) -> None:
    slow = "title: t\nstatement: s\nevidence: {runs: runs.csv}\nassertion: max(runs.accuracy) > 0\n"
    with serving(project) as preview:
        for number in range(150):
            (project.root / f"claims/c{number}.yaml").write_text(slow)
        time.sleep(0.4)
        start = time.monotonic()
        preview.process.send_signal(signal.SIGTERM)
        assert (preview.process.wait(timeout=10), preview.lines[-1]) == (0, "stopped")
        assert time.monotonic() - start < 1


def test_a_port_that_is_taken_is_gone_round_and_said_or_refused_when_named(project: Project) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which is as good
        with serving(project) as preview:
            assert "port 8000 is taken, so another is used" in preview.lines
            assert not preview.address.endswith(":8000/")
            port = preview.address.rstrip("/").rpartition(":")[2]
            refused = call(project, "serve", "--port", port)
            assert (refused.returncode, f"port {port} cannot be listened on" in refused.stderr) == (2, True)


def test_it_starts_with_mistakes_and_says_them(project: Project) -> None:
    (project.root / "pyproject.toml").write_text("[tool.claims]\ntitel = 'x'\n")
    with serving(project, "--poll") as preview:
        assert "the system does not tell of changes here: they are looked for" in preview.lines
        assert any(line.startswith("pyproject.toml:2:1  E-SETTINGS") for line in preview.lines)
        (project.root / "pyproject.toml").unlink()
        preview.line("pyproject.toml: 1 claim")


def test_a_browser_is_opened_when_that_is_asked_for(project: Project, tmp_path: Path) -> None:
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{told}"\n')
    browser.chmod(0o755)
    with serving(project, "--open", BROWSER=f"{browser} %s") as preview:
        deadline = time.monotonic() + 10
        while not told.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert told.read_text() == f"{preview.address}_preview/latest\n"
    told.unlink()
    with serving(project, BROWSER=f"{browser} %s", DISPLAY=":0") as preview:
        time.sleep(0.5)
        assert not told.exists()  # there is no terminal
