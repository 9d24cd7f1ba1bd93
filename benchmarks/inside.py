"""What a process costs once it has started, in processor time: ``python benchmarks/inside.py FOLDER``.

FOLDER is a generated project (see ``run.py``). Printed are what each verb costs for one small claim; a thousand
assertions over a million rows, evaluated, and judged as claims to the last detail that a page shows, beside the same
in plain pandas; and evaluation with and without the record of the cells that each value came from.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pandas as pd

from site_builder.claims.claim import Claim
from site_builder.claims.reading import read_claim
from site_builder.evidence.loading import Loader
from site_builder.evidence.typed import table_of
from site_builder.language.bind import read_expression
from site_builder.language.evaluate import Evaluator
from site_builder.problems import Place
from site_builder.tables import NO_CELLS, Column, Table
from site_builder.verdicts.bound import bind
from site_builder.verdicts.judging import judge, tried
from site_builder.verdicts.shelf import Shelf

TIMES, SMALL_CLAIMS = 5, 100
ROWS, ASSERTIONS, A_CLAIM = 1_000_000, 1_000, 100
KINDS = "abcd"
ALIKE = tuple(
    f'mean(runs[kind == "{KINDS[n % 4]}"].score) > {n / 10_000}' if n % 2 else f"max(runs.minutes) > {n // 2}"
    for n in range(ASSERTIONS)
)
"""Assertions of which no two are the same, and which share the mean of each kind and one maximum."""
APART = ("mean(runs.score * runs.minutes) > 0", "sum(runs[score > 0.5].minutes) > 0", "max(runs.minutes) > 0")
"""Assertions that share nothing."""


def seconds(call: Callable[[], object]) -> float:
    """The processor time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def median(measure: Callable[[], float]) -> float:
    """The middle of five measurements."""
    return statistics.median(measure() for _ in range(TIMES))


def line(name: str, took: float, unit: str, beside: str = "") -> None:
    """One figure."""
    print(f"{name:<52} {took:10.3f} {unit}{'   ' if beside else ''}{beside}")


def small_claims(root: Path) -> None:
    """What each verb costs for one claim over a file of ten rows of its own."""
    paths = sorted((root / "claims").rglob("*.yaml"))[:SMALL_CLAIMS]
    sources = [(path.relative_to(root).as_posix(), path.read_bytes()) for path in paths]
    claims = [
        claim for claim in (read_claim(p, p, data)[0] for p, data in sources) if isinstance(claim, Claim)
    ]
    bound = [bind(claim) for claim in claims]

    def shelf() -> Shelf:
        return Shelf(Loader(root))

    def load(onto: Shelf) -> None:
        for claim in claims:
            for link in claim.evidence:
                onto.get(link)

    def judging() -> float:
        loaded = shelf()
        load(loaded)
        pairs = list(zip(claims, bound, strict=True))
        return seconds(lambda: [tried(c, b, loaded, shared=loaded.shared).verdict() for c, b in pairs])

    verbs = {
        "parse": lambda: seconds(lambda: [read_claim(p, p, data) for p, data in sources]),
        "bind": lambda: seconds(lambda: [bind(claim) for claim in claims]),
        "load": lambda: seconds(lambda: load(shelf())),
        "judge": judging,
    }
    for verb, measure in verbs.items():
        line(f"{verb} one small claim", median(measure) / len(claims) * 1_000, "ms")


def large_table(root: Path) -> None:
    """A CSV of a million rows."""
    random = np.random.default_rng(8)
    frame = {
        "kind": random.choice(list(KINDS), ROWS),
        "score": random.random(ROWS).round(4),
        "minutes": random.integers(1, 1_000, ROWS),
    }
    pd.DataFrame(frame).to_csv(root / "evidence/large.csv", index=False)


def loaded_table(root: Path, *, traced: bool = True) -> Table:
    """The large table, its columns typed; without cells to trace values to, if asked for so."""
    table = table_of(Loader(root).load("runs", "large.csv"))
    columns = {name: table.column(name) for name in table.names}
    if traced:
        return table
    return replace(table, makers={name: _untraced(column) for name, column in columns.items()}, _made={})


def _untraced(column: Column) -> Callable[[], Column]:
    return lambda: replace(column, cells=NO_CELLS, table=None)


def evaluate(table: Table, texts: tuple[str, ...]) -> None:
    """Each text read and evaluated."""
    evaluator = Evaluator({"runs": lambda: table}, {}, budget=10**12)
    for text in texts:
        evaluator.value(read_expression(text, lambda offset, width: Place("bench", 1, offset + 1, width)))


def judge_claims(root: Path, shelf: Shelf) -> None:
    """The assertions in claims of a hundred, each judged whole."""
    for start in range(0, ASSERTIONS, A_CLAIM):
        body = "".join(f"  - '{text}'\n" for text in ALIKE[start : start + A_CLAIM])
        text = f"title: T\nstatement: S\nevidence: {{runs: large.csv}}\nassertion:\n{body}"
        claim, _ = read_claim("claims/large.yaml", "large", text.encode())
        if not isinstance(claim, Claim) or judge(claim, shelf)[0]["verdict"] == "broken":
            raise RuntimeError("the generated claim is broken")


def in_pandas(frame: pd.DataFrame) -> None:
    """The same assertions in plain pandas, one after another."""
    for n in range(ASSERTIONS):
        if n % 2:
            bool(frame.loc[frame["kind"] == KINDS[n % 4], "score"].mean() > n / 10_000)
        else:
            bool(frame["minutes"].max() > n // 2)


def large(root: Path) -> None:
    """A thousand assertions over a million rows."""
    large_table(root)
    loading = seconds(lambda: loaded_table(root))
    table = loaded_table(root)
    frame = pd.read_csv(root / "evidence/large.csv")
    line(f"loading and typing {ROWS:,} rows of CSV", loading, "s")
    shelf = Shelf(Loader(root))
    judge_claims(root, shelf)
    figures = {
        "pandas": seconds(lambda: in_pandas(frame)),
        "evaluated, sharing": median(lambda: seconds(lambda: evaluate(table, ALIKE))),
        "judged as claims, for a page": median(lambda: seconds(lambda: judge_claims(root, shelf))),
    }
    for name, took in figures.items():
        rate = f"{ASSERTIONS / took:8,.0f} a second   {figures['pandas'] / took:6.1f} x pandas"
        line(f"{ASSERTIONS:,} assertions over them: {name}", took, "s", rate)


def provenance(root: Path) -> None:
    """The price of knowing the cells: the same evaluation without them, in turn."""
    tables = {traced: loaded_table(root, traced=traced) for traced in (True, False)}
    ratios = []
    for _ in range(3 * TIMES):
        took = {traced: seconds(lambda t=table: evaluate(t, APART)) for traced, table in tables.items()}  # type: ignore[misc]
        ratios.append(took[True] / took[False])
    line("evaluation that records cells, to one that does not", statistics.median(ratios), "x")


def main() -> None:
    """Measure and print."""
    root = Path(sys.argv[1])
    small_claims(root)
    large(root)
    provenance(root)


if __name__ == "__main__":
    main()
