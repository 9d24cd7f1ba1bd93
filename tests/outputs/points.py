"""Calls that change a disk, counted in a child process, in which the n-th of them kills or fails.

A point is a call that makes, names, fills, flushes, moves or removes something. Python tells about most of them
itself (`sys.addaudithook`); writing, flushing and exchanging are wrapped. Writes are torn: half of the bytes arrive.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from site_builder.outputs import folder
from site_builder.outputs.exchange import exchange
from site_builder.problems import Mistake

TOLD = frozenset(
    "open os.mkdir os.rename os.link os.symlink os.remove os.rmdir os.chmod os.utime os.truncate".split()
)
"""Events of Python's own that are points."""


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended: `killed`, `done`, or with a `Mistake`, and then its code, message and hint.

    `points` is how many it came to.
    """

    how: str
    points: int
    code: str = ""
    message: str = ""
    hint: str = ""


def ended(do: Callable[[], object], *, at: int, error: int = 0, lasting: bool = False, journal: bool) -> End:
    """How `do` ends in a child that is killed at point number `at`, or told of an `error` there.

    The error comes once, or from there on. With `journal`, two folders cannot change places in one step.
    """
    answer, answering = os.pipe()
    child = os.fork()
    if not child:
        _live(do, answering, _Points(at, error, lasting), journal)
    os.close(answering)
    with os.fdopen(answer, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return End("killed", at)
    end = End(*json.loads(told))
    assert end.how in ("done", "Mistake"), end.message
    return end


@dataclass(slots=True)
class _Points:
    """The points that a process has come to, and what happens at which."""

    at: int
    error: int
    lasting: bool
    passed: int = 0

    def __call__(self, name: str) -> None:
        self.passed += 1
        if self.passed != self.at and not (self.lasting and self.passed > self.at):
            return
        if not self.error:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(self.error, os.strerror(self.error), name)


def _live(do: Callable[[], object], answering: int, points: _Points, journal: bool) -> NoReturn:
    """The child's whole life."""
    end: tuple[str, ...]
    try:
        _watch(points, journal)
        do()
        end = ("done",)
    except Mistake as mistake:
        end = ("Mistake", mistake.problem.code, mistake.problem.message, mistake.problem.hint)
    except BaseException:
        end = ("bug", "", traceback.format_exc())
    how, *words = end
    _REAL_WRITE(answering, json.dumps([how, points.passed, *words]).encode())
    os._exit(0)


_REAL_WRITE = os.write
_REAL_OPEN = io.open


def _watch(point: Callable[[str], None], journal: bool) -> None:
    """From now on, in this process, tell `point` before each call."""

    class Torn(io.FileIO):
        def write(self, data: Any, /) -> int:
            whole = memoryview(data)
            half = super().write(whole[: len(whole) // 2]) or 0
            point("write")
            return half + (super().write(whole[half:]) or 0)

    def opened(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if set(mode) & set("wxa"):
            return io.BufferedWriter(Torn(file, mode.replace("b", "")))
        return _REAL_OPEN(file, mode, *rest, **named)

    def before(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def told(*words: Any, **named: Any) -> Any:
            point(name)
            return call(*words, **named)

        return told

    change_places: Callable[[Path, Path], bool] = (lambda one, other: False) if journal else exchange
    changed: dict[Any, dict[str, Callable[..., Any]]] = {
        io: {"open": opened},
        os: {
            "write": before("write", os.write),
            "fsync": before("fsync", lambda file: None),  # a kill is no power cut
            "sync": before("sync", lambda: None),
        },
        folder: {"exchange": before("exchange", change_places)},
    }
    for room, calls in changed.items():
        for name, call in calls.items():
            setattr(room, name, call)
    sys.addaudithook(lambda event, _: point(event) if event in TOLD else None)
