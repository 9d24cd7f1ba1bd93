"""A process that judges one claim after another and can be killed: no environment, no writing, bounded memory.

It reads requests from standard input (a line of JSON, then the claim's bytes) and answers each with a line of JSON.
What an author wrote is answered as a decision; a bug in the tool is answered as such, with its traceback.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import IO, Any

from site_builder.claims.claim import Claim
from site_builder.claims.reading import read_claim
from site_builder.evidence.loading import Loader
from site_builder.problems import Place, Problem
from site_builder.verdicts.broken import broken
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.exhibits import sheet_json
from site_builder.verdicts.judging import judge
from site_builder.verdicts.probing import probe
from site_builder.verdicts.shelf import Loaded, Shelf

MEMORY_BYTES = 1 << 30
GRACE_SECONDS = 10
"""Processor time that a claim is left beyond its own, in which whoever asked would have ended the process."""
MOST_SECONDS = 1e6


def main() -> None:
    """Serve requests until standard input ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    first = json.loads(requests.readline())
    _end_with(first["lifeline"])
    shelf = Shelf(Loader(Path(first["root"])))
    sent: set[str] | None = set() if first["sheets"] else None
    _limit()
    _answer(answers, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        _limit_time(first["seconds"])
        _answer(answers, _judged(request, data, shelf, sent))


def _answer(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, separators=(",", ":"), allow_nan=False).encode() + b"\n")
    answers.flush()


def _judged(request: dict[str, Any], data: bytes, shelf: Shelf, sent: set[str] | None) -> dict[str, Any]:
    try:
        claim, problems = read_claim(request["path"], request["id"], data)
        if not isinstance(claim, Claim):
            return {"decision": broken(claim.id, claim.path, request["sha256"], claim.title, problems)}
        decision, trial = judge(claim, shelf)
        if request["probe"] and decision["verdict"] != "broken":
            decision["probe"] = probe(claim, trial, shelf)
        return {"decision": decision, "sheets": _sheets(trial.work.loaded, sent)}
    except MemoryError:
        return {
            "decision": _over(request, "E-MEMORY", "judging it takes more than 1 GB of memory"),
            "ends": True,
        }
    except RecursionError:
        return {"decision": _over(request, "E-LIMIT", "something in it nests too deeply")}
    except Exception:
        return {"bug": traceback.format_exc()}


def _over(request: dict[str, Any], code: str, message: str) -> Decision:
    hint = "use less evidence, or summarise it first"
    problem = Problem(code, message, Place(request["path"]), hint)
    return broken(request["id"], request["path"], request["sha256"], "", [problem])


def _sheets(loaded: dict[str, Loaded], sent: set[str] | None) -> list[Any]:
    """The sheets that no earlier answer brought, when pages are to be made of them."""
    if sent is None:
        return []
    fresh = [one for one in loaded.values() if one.key not in sent]
    sent.update(one.key for one in fresh)
    return [sheet_json(one.key, one.evidence, one.head) for one in fresh]


def _end_with(lifeline: int) -> None:
    """Be killed when the pipe breaks, even while busy in C, where the system can do that."""
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:  # it broke before
        sys.exit()


def _limit_time(seconds: float) -> None:
    """Bound the processor time of one claim from within, in case nobody is left to look at the clock."""
    try:
        import resource
    except ImportError:
        return
    soft = math.ceil(time.process_time() + min(seconds, MOST_SECONDS)) + GRACE_SECONDS
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _limit() -> None:
    """Bound memory to what is in use now and 1 GB more, and forbid writing files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    in_use = _address_space()
    if in_use:
        resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY_BYTES, in_use + MEMORY_BYTES))


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
