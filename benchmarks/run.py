"""How long the tool takes on a generated project of N claims: ``python benchmarks/run.py N``.

Whole processes are timed, three times each, and the median is printed beside its ratio to the start of Python, so
that two machines can be compared. What a process does once it has started is timed by ``inside.py``.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIMES = 3
TOOL = (sys.executable, "-m", "site_builder")

CLAIM = """\
title: Claim {number} of the benchmark
statement: The best of run {number} was {{{{ best }}}}.
tags: [t{tag}]
evidence: {{runs: g{group}/r{number}.csv}}
let: {{trained: 'runs[kind == "trained"]'}}
numbers:
  best: {{stated: {best}, computed: max(trained.score)}}
assertion: all(trained.score > {least})
"""


def generate(root: Path, count: int) -> None:
    """A project of `count` claims in folders of 100, each over a table of ten rows of its own."""
    for number in range(count):
        group, scores = number // 100, [(number * 7 + row * 13) % 100 for row in range(10)]
        kinds = ["trained" if row % 2 else "base" for row in range(10)]
        trained = [score for score, kind in zip(scores, kinds, strict=True) if kind == "trained"]
        rows = "".join(f"{row},{kinds[row]},{scores[row]}\n" for row in range(10))
        claim = CLAIM.format(
            number=number, tag=number % 7, group=group, best=max(trained), least=min(trained) - 1
        )
        _put(root / f"evidence/g{group}/r{number}.csv", f"row,kind,score\n{rows}")
        _put(root / f"claims/g{group}/c{number}.yaml", claim)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def seconds(command: Sequence[str], root: Path) -> float:
    """The wall-clock time of one process; raises where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def median(measure: Callable[[], float]) -> float:
    """The middle of three measurements."""
    return statistics.median(measure() for _ in range(TIMES))


def cold_build(root: Path) -> float:
    """A build with no site there."""
    shutil.rmtree(root / "site", ignore_errors=True)
    return seconds([*TOOL, "build"], root)


def processes(root: Path, count: int) -> None:
    """Whole processes, as a user waits for them."""
    start = median(lambda: seconds([sys.executable, "-c", ""], root))
    _line("python -c ''", start, start)
    _line("claims --help", median(lambda: seconds([*TOOL, "--help"], root)), start)
    measured = {
        "check": median(lambda: seconds([*TOOL, "check"], root)),
        "build, cold": median(lambda: cold_build(root)),
        "build, nothing changed": median(lambda: seconds([*TOOL, "build"], root)),
    }
    for name, took in measured.items():
        _line(f"{name}, {count:,} claims", took, start)


def _line(name: str, took: float, start: float) -> None:
    print(f"{name:<42} {took:8.3f} s   {took / start:8.1f} x Python's start")


def main() -> None:
    """Generate, time, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory(prefix="claims-bench-") as folder:
        root = Path(folder)
        generate(root, count)
        processes(root, count)
        subprocess.run([sys.executable, str(ROOT / "benchmarks/inside.py"), folder], check=True)


if __name__ == "__main__":
    main()
