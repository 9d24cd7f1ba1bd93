"""Claims judged in processes of their own, so that a claim that hangs, crashes or hoards costs itself alone."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.problems import Mistake, Place, Problem
from site_builder.verdicts.broken import broken
from site_builder.verdicts.decision import Decision, SheetJson

CLAIM_SECONDS = 5.0
_START_SECONDS = 60.0
_LOOK_SECONDS = 0.1
_WAITING_SHARE = 4  # a busy machine may make a claim wait this much longer than it works
_CLAIMS_A_JUROR = 60
_PACKAGE_FOLDER = str(Path(__file__).resolve().parents[2])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv.pop()); from site_builder.verdicts.juror import main; main()"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim file to judge: its id, its project-relative path, its bytes and their SHA-256."""

    id: str
    path: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Decisions in the order of the cases, sheets by key, and tracebacks of bugs in the tool by claim id."""

    decisions: tuple[Decision, ...]
    sheets: dict[str, SheetJson]
    bugs: dict[str, str]


def judge_all(
    root: Path,
    cases: Sequence[Case],
    *,
    sheets: bool,
    probes: bool = False,
    seconds: float = CLAIM_SECONDS,
    jurors: int | None = None,
    on_done: Callable[[int], None] = lambda done: None,
) -> Judged:
    """Judge every case, for at most `seconds` of processor time each.

    The result does not depend on the number of processes.
    """
    wanted = jurors or min(os.cpu_count() or 1, 8, 1 + len(cases) // _CLAIMS_A_JUROR)
    decisions: dict[int, Decision] = {}
    found: dict[str, SheetJson] = {}
    bugs: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        bench = [
            stack.enter_context(_seated(root, part, sheets, probes, seconds))
            for part in _parts(cases, wanted)
        ]
        for index, answer in _answers(bench):
            case = cases[index]
            if "bug" in answer:
                bugs[case.id] = answer["bug"]
                answer = {
                    "decision": _not_judged(
                        case, "E-BUG", "a bug in the tool, not in the claim", "please report it"
                    )
                }
            decisions[index] = answer["decision"]
            found |= {sheet["key"]: sheet for sheet in answer.get("sheets", ()) if sheet["key"] not in found}
            on_done(len(decisions))
    ordered = tuple(decisions[i] for i in range(len(cases)))
    return Judged(ordered, dict(sorted(found.items())), dict(sorted(bugs.items())))


def _parts(cases: Sequence[Case], count: int) -> Iterator[deque[tuple[int, Case]]]:
    """Neighbouring claims together, since they tend to share evidence."""
    numbered = list(enumerate(cases))
    size = -(-len(numbered) // max(1, count))
    for start in range(0, len(numbered), max(1, size)):
        yield deque(numbered[start : start + size])


def _not_judged(case: Case, code: str, message: str, hint: str) -> Decision:
    return broken(case.id, case.path, case.sha256, "", [Problem(code, message, Place(case.path), hint)])


class _Juror:
    """One process and the claims it is to judge, one after another; replaced when it dies or is killed."""

    def __init__(
        self, root: Path, waiting: deque[tuple[int, Case]], sheets: bool, probes: bool, seconds: float
    ) -> None:
        self.root, self.waiting, self.sheets, self.probes, self.seconds = (
            root,
            waiting,
            sheets,
            probes,
            seconds,
        )
        self.at_work: tuple[int, Case] | None = None
        self.deadline = 0.0
        self.cpu_at_start = 0.0
        self.unprobed: set[int] = set()
        self.buffer = bytearray()
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-c", _CHILD, _PACKAGE_FOLDER]
        environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
        theirs, ours = os.pipe()
        self.lifeline = os.fdopen(ours, "wb")  # nothing is written: it breaks when we are gone, however
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                bufsize=0,
                pass_fds=[theirs],
            )
        finally:
            os.close(theirs)
        self.buffer.clear()
        self.deadline = time.monotonic() + _START_SECONDS
        self.process = process
        first = {"root": str(self.root), "sheets": self.sheets, "seconds": self.seconds, "lifeline": theirs}
        self._send(json.dumps(first).encode() + b"\n")
        return process

    def _send(self, data: bytes) -> None:
        assert self.process.stdin is not None
        view = memoryview(data)
        with contextlib.suppress(BrokenPipeError):
            while view:
                view = view[self.process.stdin.write(view) or 0 :]

    def next(self) -> None:
        """Hand over the next claim, if there is one."""
        self.at_work = self.waiting.popleft() if self.waiting else None
        if self.at_work is not None:
            case = self.at_work[1]
            header: dict[str, object] = {
                "id": case.id,
                "path": case.path,
                "sha256": case.sha256,
                "size": len(case.data),
            }
            header["probe"] = self.probes and self.at_work[0] not in self.unprobed
            self.deadline = time.monotonic() + self.seconds * _WAITING_SHARE
            self.cpu_at_start = _cpu_seconds(self.process.pid)
            self._send(json.dumps(header).encode() + b"\n" + case.data)

    def read(self) -> list[dict[str, Any]] | None:
        """Whole answers that have arrived; None when the process has ended."""
        assert self.process.stdout is not None
        piece = self.process.stdout.read(1 << 20)
        if not piece:
            return None
        self.buffer += piece
        *lines, rest = self.buffer.split(b"\n") if b"\n" in piece else [self.buffer]
        self.buffer = bytearray(rest)
        return [json.loads(line) for line in lines]

    def replace(self) -> None:
        """End this process and start another for what is waiting."""
        self.close()
        self.at_work = None
        if self.waiting:
            self.process = self._start()

    def close(self) -> None:
        """End the process now."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.lifeline):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    @property
    def is_late(self) -> bool:
        """Whether the claim at work has had its time: processor time where the system tells it, else waiting time."""
        if time.monotonic() >= self.deadline:
            return True
        return self.at_work is not None and _cpu_seconds(self.process.pid) - self.cpu_at_start > self.seconds

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to judge."""
        return self.at_work is None and not self.waiting


def _cpu_seconds(pid: int) -> float:
    """Processor seconds a process has used, 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def _seated(
    root: Path, waiting: deque[tuple[int, Case]], sheets: bool, probes: bool, seconds: float
) -> Iterator[_Juror]:
    juror = _Juror(root, waiting, sheets, probes, seconds)
    try:
        yield juror
    finally:
        juror.close()


def _answers(bench: list[_Juror]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Answers as they come; a claim whose juror is late or gone is answered for."""
    with selectors.DefaultSelector() as selector:
        for juror in bench:
            selector.register(juror.process.stdout, selectors.EVENT_READ, juror)  # type: ignore[arg-type]
        next_look = 0.0
        while any(not juror.is_done for juror in bench):
            for key, _ in selector.select(_LOOK_SECONDS):
                yield from _progress(key.data, selector)
            if time.monotonic() < next_look:
                continue
            next_look = time.monotonic() + _LOOK_SECONDS
            for juror in bench:
                if not juror.is_done and juror.is_late:
                    yield from _gone(
                        juror, selector, "E-TIME", f"judging it took longer than {juror.seconds:g} s"
                    )


def _progress(juror: _Juror, selector: selectors.BaseSelector) -> Iterator[tuple[int, dict[str, Any]]]:
    answers = juror.read()
    if answers is None:
        yield from _gone(juror, selector, "E-CRASH", "judging it ended the process that judged")
        return
    for answer in answers:
        if juror.at_work is not None:
            yield juror.at_work[0], answer
        if answer.get("ends"):
            _swap(juror, selector)
            return
        juror.next()


def _gone(
    juror: _Juror, selector: selectors.BaseSelector, code: str, message: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    if juror.at_work is None and juror.waiting:
        hint = "see that memory, processes and open files are to be had (`ulimit -a`), then try again"
        raise Mistake("E-MACHINE", "the process that judges claims does not start", hint=hint)
    if juror.at_work is not None and juror.probes and juror.at_work[0] not in juror.unprobed:
        juror.unprobed.add(juror.at_work[0])  # a probe that takes too long must not cost the verdict
        juror.waiting.appendleft(juror.at_work)
    elif juror.at_work is not None:
        index, case = juror.at_work
        hint = "use less evidence, simpler patterns, or summarise it first"
        yield index, {"decision": _not_judged(case, code, message, hint)}
    _swap(juror, selector)


def _swap(juror: _Juror, selector: selectors.BaseSelector) -> None:
    selector.unregister(juror.process.stdout)  # type: ignore[arg-type]
    juror.replace()
    if not juror.is_done:
        selector.register(juror.process.stdout, selectors.EVENT_READ, juror)  # type: ignore[arg-type]
