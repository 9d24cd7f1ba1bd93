"""Whole processes, timed: how long they took, the processor time with their children's, and the memory."""

from __future__ import annotations

import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.pages import Page
from benchmarks.peers import ROOT, Tool

TIMES = 3
LIMIT_SECONDS = 300.0
COLD, SAME, EDIT = "cold", "nothing changed", "one edit"
STEPS = (COLD, SAME, EDIT)


class LimitError(Exception):
    """A process that was stopped at its limit."""


class ToolError(Exception):
    """A process that failed, or that did not make what it was to make."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds by the clock, seconds of processor time with its children's, and the megabytes of the
    largest process among them."""

    wall: float
    processor: float
    peak: float


def run(command: Sequence[str], root: Path, limit: float = LIMIT_SECONDS) -> Run:
    """Run one process to its end. Raises `LimitError`, and `ToolError` with the last line that it said."""
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = started(command, root, said.fileno())
        late = threading.Event()
        timer = threading.Timer(max(limit, 0.0), _stop, (process.pid, late))
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            _stop(process.pid, late)
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if late.is_set():
            raise LimitError
        if process.returncode:
            said.seek(0)
            lines = said.read().strip().splitlines() or [f"exit code {process.returncode}"]
            raise ToolError(lines[-1])
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / (1_000_000 if _IS_MAC else 1_000))


_IS_MAC = sys.platform == "darwin"


def started(command: Sequence[str], root: Path, errors: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """A process in a session of its own, which sees nothing of our environment that would slow or help it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**kept, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(root.parent / "user-cache")}
    return subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        start_new_session=True,
    )


def _stop(pid: int, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


@dataclass(slots=True)
class Course:
    """One tool on one project: what was measured, and why nothing more is.

    A tool has `left` seconds for all its processes; what was running then is stopped, and it takes no further part.
    """

    tool: Tool
    root: Path
    pages: Sequence[Page]
    left: float = LIMIT_SECONDS
    ended: str = ""
    runs: dict[str, list[Run]] = field(default_factory=dict)

    def round(self, number: int) -> None:
        """Build from nothing, with nothing changed, and with one page edited; each round edits another page."""
        if self.ended:
            return
        page = self.pages[number * 37 % len(self.pages)]
        edited = Page(page.number, f" Revision {chr(97 + number)}.")
        try:
            self._cold()
            if self.tool.settles:
                self._run()
                time.sleep(self.tool.settles)
            self._take(SAME)
            self.tool.edit(self.root, edited)
            self._take(EDIT)
            self._expect(edited)
        except LimitError:
            self.ended = f"> {LIMIT_SECONDS:.0f} s in all"
        except ToolError as failure:
            self.ended = f"failed: {failure}"

    def _cold(self) -> None:
        self.tool.clear(self.root)
        self._take(COLD)
        missing = sum(not (self.root / self.tool.shown(page)).is_file() for page in self.pages)
        if missing:
            raise ToolError(f"{missing} of {len(self.pages)} pages were not made")

    def _expect(self, page: Page) -> None:
        if page.note.strip() not in (self.root / self.tool.shown(page)).read_text(encoding="utf-8"):
            raise ToolError("the page that was edited is as it was")

    def _take(self, step: str) -> None:
        self.runs.setdefault(step, []).append(self._run())

    def _run(self) -> Run:
        done = run(self.tool.command, self.root, self.left)
        self.left -= done.wall
        return done

    def middle(self, step: str, what: str) -> float | None:
        """The median of what was measured, or None; `what` is a field of `Run`."""
        measured = [float(getattr(run, what)) for run in self.runs.get(step, ())]
        return statistics.median(measured) if measured else None


def together(command: Sequence[str], root: Path) -> float | None:
    """The megabytes of a process and all below it at their most, shared pages counted once; None but on Linux."""
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    process, most = started(command, root), 0
    while process.poll() is None:
        most = max(most, sum(_proportional(pid) for pid in _family(process.pid)))
        time.sleep(0.05)
    return most / 1_000


def _family(top: int) -> list[int]:
    """A process and all its descendants."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [top]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
