"""How long the tool takes on a generated project of N claims: ``python benchmarks/run.py N``.

Whole processes are timed, three times each, and the median is printed beside its ratio to the start of Python, so
that two machines can be compared. What a process does inside is timed apart, beside the same in plain pandas.
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
sys.path.insert(0, str(ROOT))
TIMES = 3
ROWS = 1_000_000
ASSERTIONS = 1_000
KINDS = "abcd"
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


def one_claim(root: Path) -> float:
    """Judging one small claim once everything is imported: parsed, its file read, its parts decided."""
    from site_builder.claims.claim import Claim
    from site_builder.claims.reading import read_claim
    from site_builder.evidence.loading import Loader
    from site_builder.verdicts.judging import judge
    from site_builder.verdicts.shelf import Shelf

    data = (root / "claims/g0/c0.yaml").read_bytes()

    def once() -> None:
        claim, _ = read_claim("claims/g0/c0.yaml", "g0/c0", data)
        if not isinstance(claim, Claim) or judge(claim, Shelf(Loader(root)))[0]["verdict"] != "validated":
            raise RuntimeError("the generated claim is not validated")

    def a_hundred_times() -> None:
        for _ in range(100):
            once()

    once()
    return median(lambda: _timed(a_hundred_times) / 100)


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def large_table(root: Path) -> None:
    """A CSV of a million rows."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(8)
    frame = {
        "kind": random.choice(list(KINDS), ROWS),
        "score": random.random(ROWS).round(4),
        "minutes": random.integers(1, 1_000, ROWS),
    }
    pd.DataFrame(frame).to_csv(root / "evidence/large.csv", index=False)


def evaluated(root: Path) -> tuple[float, float]:
    """Seconds to load the table, and to evaluate the assertions over it."""
    from site_builder.evidence.loading import Loader
    from site_builder.evidence.typed import table_of
    from site_builder.language.bind import read_expression
    from site_builder.language.evaluate import Evaluator
    from site_builder.problems import Place

    texts = [
        f'mean(runs[kind == "{KINDS[n % 4]}"].score) > {n / 10_000}'
        if n % 2
        else f"max(runs.minutes) > {n // 2}"
        for n in range(ASSERTIONS)
    ]
    start = time.perf_counter()
    table = table_of(Loader(root).load("runs", "large.csv"))
    for name in table.names:
        table.column(name)
    loaded = time.perf_counter() - start

    def all_of_them() -> None:
        evaluator = Evaluator({"runs": lambda: table}, {}, budget=10**12)
        for text in texts:
            evaluator.value(read_expression(text, lambda offset, width: Place("bench", 1, offset + 1, width)))

    return loaded, _timed(all_of_them)


def in_pandas(root: Path) -> tuple[float, float]:
    """The same in plain pandas, one assertion after another: seconds to load, and to evaluate."""
    import pandas as pd

    start = time.perf_counter()
    frame = pd.read_csv(root / "evidence/large.csv")
    loaded = time.perf_counter() - start

    def all_of_them() -> None:
        for n in range(ASSERTIONS):
            if n % 2:
                bool(frame.loc[frame["kind"] == KINDS[n % 4], "score"].mean() > n / 10_000)
            else:
                bool(frame["minutes"].max() > n // 2)

    return loaded, _timed(all_of_them)


def inside(root: Path) -> None:
    """What a process does once it has started."""
    took = one_claim(root)
    print(f"{'judging one claim':<42} {took * 1_000:8.2f} ms")
    large_table(root)
    loaded, ours = evaluated(root)
    pandas_loaded, plain = in_pandas(root)
    for name, mine, theirs in (
        (f"loading {ROWS:,} rows of CSV", loaded, pandas_loaded),
        (f"{ASSERTIONS:,} assertions over them", ours, plain),
    ):
        print(f"{name:<42} {mine:8.3f} s   pandas {theirs:8.3f} s   {mine / theirs:6.2f} x")


def main() -> None:
    """Generate, time, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory(prefix="claims-bench-") as folder:
        root = Path(folder)
        generate(root, count)
        processes(root, count)
        inside(root)


if __name__ == "__main__":
    main()
