"""Claims judged in processes of their own, so that a claim that hangs, crashes or hoards costs itself alone."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from site_builder.problems import Mistake, Place, Problem
from site_builder.timing import Timing
from site_builder.verdicts.broken import broken
from site_builder.verdicts.decision import Decision, RowJson, SheetJson
from site_builder.verdicts.rowsets import unpacked
from site_builder.verdicts.seat import Spares

CLAIM_SECONDS = 5.0
MOST_FURTHER_SHOWN = 1_000
_START_SECONDS = 60.0
_LOOK_SECONDS = 0.1
_WAITING_SHARE = 12  # a busy machine may make a claim wait this much longer than it works
_CLAIMS_A_JUROR = 60

Answer = dict[str, Any]
"""What a seat says of a claim: a decision with what pages need beside it, or a bug in the tool."""


@dataclass(frozen=True, slots=True)
class Case:
    """A claim file to judge: its id, its project-relative path, its bytes and their SHA-256."""

    id: str
    path: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Decisions in the order of the cases, sheets by key, and tracebacks of bugs in the tool by claim id.

    `rows_used` has, by sheet key, the set of rows that verdicts rest on (see `rowsets`).
    """

    decisions: tuple[Decision, ...]
    sheets: dict[str, SheetJson]
    bugs: dict[str, str]
    rows_used: dict[str, int] = field(default_factory=dict)


class Memory(Protocol):
    """Answers that earlier runs gave, by claim."""

    def answer(self, claim_id: str, path: str, sha256: str) -> Answer | None:
        """What judging the claim gave, if that still holds."""

    def keep(self, claim_id: str, path: str, sha256: str, answer: Answer, sheets: Mapping[str, Any]) -> None:
        """Remember what judging the claim gave."""


def judge_all(
    root: Path,
    cases: Sequence[Case],
    *,
    sheets: bool,
    probes: bool = False,
    lists_all: bool = False,
    seconds: float = CLAIM_SECONDS,
    jurors: int | None = None,
    memory: Memory | None = None,
    spares: Spares | None = None,
    timing: Timing | None = None,
    on_done: Callable[[int], None] = lambda done: None,
) -> Judged:
    """Judge every case that `memory` has no answer for, for at most `seconds` of processor time each.

    `lists_all` names every cell that was used. The result does not depend on the number of processes, nor on what was
    remembered.
    """
    answers: dict[int, Answer] = {}
    for index, case in enumerate(cases):
        known = memory.answer(case.id, case.path, case.sha256) if memory is not None else None
        if known is not None:
            answers[index] = known
    asked = [(index, case) for index, case in enumerate(cases) if index not in answers]
    seats = spares or Spares(root, sheets=sheets, lists_all=lists_all)
    wanted = jurors or min(os.cpu_count() or 1, 8, 1 + len(asked) // _CLAIMS_A_JUROR)
    with contextlib.ExitStack() as stack:
        bench = [stack.enter_context(_seated(part, seats, probes, seconds)) for part in _parts(asked, wanted)]
        for index, answer in _answers(bench):
            answers[index] = answer
            if timing is not None:
                timing.judged(cases[index].id, answer.get("seconds", {}))
            on_done(len(answers))
    found = _sheets_of(answers[index] for index in range(len(cases)))
    for index, case in asked:
        if memory is not None:
            memory.keep(case.id, case.path, case.sha256, answers[index], found)
    return _assembled(cases, answers, found)


def _sheets_of(answers: Iterable[Answer]) -> dict[str, SheetJson]:
    """Every sheet that some answer brought, by key."""
    found: dict[str, SheetJson] = {}
    for answer in answers:
        for sheet in answer.get("sheets", ()):
            found.setdefault(sheet["key"], sheet)
    return found


def _assembled(
    cases: Sequence[Case], answers: Mapping[int, Answer], found: Mapping[str, SheetJson]
) -> Judged:
    """What all answers come to, in the order of the cases."""
    decisions: list[Decision] = []
    bugs: dict[str, str] = {}
    used: dict[str, int] = {}
    for index, case in enumerate(cases):
        answer = answers[index]
        if "bug" in answer:
            bugs[case.id] = answer["bug"]
            said = "a bug in the tool, not in the claim"
            answer = {"decision": _not_judged(case, "E-BUG", said, "please report it")}
        decisions.append(answer["decision"])
        for key, rows in answer.get("used", ()):
            used[key] = used.get(key, 0) | unpacked(rows)
    further = (pair for index in range(len(cases)) for pair in answers[index].get("further", ()))
    sheets = _with_further(found, further)
    return Judged(tuple(decisions), dict(sorted(sheets.items())), dict(sorted(bugs.items())), used)


def _with_further(
    sheets: Mapping[str, SheetJson], further: Iterable[tuple[str, list[RowJson]]]
) -> dict[str, SheetJson]:
    """The sheets, with rows below their first ones that claims rest on, in file order, while there is room."""
    known: dict[str, set[int]] = {}
    added: dict[str, list[RowJson]] = {}
    for key, rows in further:
        if not rows or key not in sheets:
            continue
        shown = known.setdefault(key, {row["row"] for row in sheets[key]["shown"]})
        more = added.setdefault(key, [])
        for row in rows:
            if row["row"] not in shown and len(more) < MOST_FURTHER_SHOWN:
                shown.add(row["row"])
                more.append(row)
    longer = {
        key: SheetJson(**{**sheets[key], "shown": [*sheets[key]["shown"], *sorted(more, key=_row)]})
        for key, more in added.items()
        if more
    }
    return {**sheets, **longer}


def _row(row: RowJson) -> int:
    return row["row"]


def _parts(asked: Sequence[tuple[int, Case]], count: int) -> Iterator[deque[tuple[int, Case]]]:
    """Neighbouring claims together, since they tend to share evidence."""
    size = max(1, -(-len(asked) // max(1, count)))
    for start in range(0, len(asked), size):
        yield deque(asked[start : start + size])


def _not_judged(case: Case, code: str, message: str, hint: str) -> Decision:
    return broken(case.id, case.path, case.sha256, "", [Problem(code, message, Place(case.path), hint)])


class _Juror:
    """A seat and the claims to be judged on it, one after another; the seat is replaced when its process dies."""

    def __init__(
        self, waiting: deque[tuple[int, Case]], spares: Spares, probes: bool, seconds: float
    ) -> None:
        self.waiting, self.spares, self.probes, self.seconds = waiting, spares, probes, seconds
        self.at_work: tuple[int, Case] | None = None
        self.judged = 0
        self.unprobed: set[int] = set()
        self.sit()

    def sit(self) -> None:
        """Take a fresh seat, which says by itself when it is ready."""
        self.seat = self.spares.take()
        self.judged = 0
        self.deadline = time.monotonic() + _START_SECONDS
        self.cpu_at_start = 0.0

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
                "seconds": self.seconds,
            }
            header["probe"] = self.probes and self.at_work[0] not in self.unprobed
            self.deadline = time.monotonic() + self.seconds * _WAITING_SHARE
            self.cpu_at_start = self.seat.processor_seconds()
            self.seat.send(json.dumps(header).encode() + b"\n" + case.data)

    def put_back(self) -> None:
        """Leave the claim at work for the next seat."""
        if self.at_work is not None:
            self.waiting.appendleft(self.at_work)
            self.at_work = None

    def replace(self) -> None:
        """End this process and take another for what is waiting."""
        self.seat.close()
        self.at_work = None
        if self.waiting:
            self.sit()

    @property
    def is_late(self) -> bool:
        """Whether the claim at work has had its time: processor time where the system tells it, else waiting time."""
        if time.monotonic() >= self.deadline:
            return True
        return self.at_work is not None and self.seat.processor_seconds() - self.cpu_at_start > self.seconds

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to judge."""
        return self.at_work is None and not self.waiting


@contextlib.contextmanager
def _seated(
    waiting: deque[tuple[int, Case]], spares: Spares, probes: bool, seconds: float
) -> Iterator[_Juror]:
    juror = _Juror(waiting, spares, probes, seconds)
    try:
        yield juror
    finally:
        juror.seat.close()


def _answers(bench: list[_Juror]) -> Iterator[tuple[int, Answer]]:
    """Answers as they come; a claim whose juror is late or gone is answered for."""
    with selectors.DefaultSelector() as selector:
        for juror in bench:
            selector.register(juror.seat.output, selectors.EVENT_READ, juror)
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


def _progress(juror: _Juror, selector: selectors.BaseSelector) -> Iterator[tuple[int, Answer]]:
    answers = juror.seat.read()
    if answers is None:
        yield from _gone(juror, selector, "E-CRASH", "judging it ended the process that judged")
        return
    for answer in answers:
        done = juror.at_work
        if answer.get("ends"):
            if juror.judged:  # what earlier claims left in memory must not cost this one its verdict
                juror.put_back()
                done = None
            _swap(juror, selector)
        else:
            juror.judged += done is not None
            juror.next()
        if done is not None:
            yield done[0], answer


def _gone(
    juror: _Juror, selector: selectors.BaseSelector, code: str, message: str
) -> Iterator[tuple[int, Answer]]:
    if juror.at_work is None and juror.waiting:
        hint = "see that memory, processes and open files are to be had (`ulimit -a`), then try again"
        raise Mistake("E-MACHINE", "the process that judges claims does not start", hint=hint)
    if juror.at_work is not None and juror.probes and juror.at_work[0] not in juror.unprobed:
        juror.unprobed.add(juror.at_work[0])  # a probe that takes too long must not cost the verdict
        juror.put_back()
    elif juror.at_work is not None:
        index, case = juror.at_work
        hint = "use less evidence, simpler patterns, or summarise it first"
        yield index, {"decision": _not_judged(case, code, message, hint)}
    _swap(juror, selector)


def _swap(juror: _Juror, selector: selectors.BaseSelector) -> None:
    selector.unregister(juror.seat.output)
    juror.replace()
    if not juror.is_done:
        selector.register(juror.seat.output, selectors.EVENT_READ, juror)
