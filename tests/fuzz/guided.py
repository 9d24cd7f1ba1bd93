"""Coverage-guided fuzzing of one target or of all: `python -m tests.fuzz.guided --seconds 600 [TARGET…]`.

Each target runs in a process of its own, for its share of the seconds of processor time, from the seeds of the
repository and what earlier runs kept in `.cache/fuzz/`. An input that lets an exception escape, takes more than a
second of processor time or more than 300 MB of memory ends that target's run and is kept under
`tests/fuzz/regressions/TARGET/`, where the tests replay it.
"""

from __future__ import annotations

import argparse
import math
import re
import resource
import subprocess
import sys
import time

from tests.fuzz.folders import REGRESSIONS, ROOT

_CORPUS = ROOT / ".cache" / "fuzz"
_SLOWEST, _HANGS_AFTER = 1.0, 30
_MOST_MEMORY_KB = 300_000
_INSTRUMENTED_IS_SLOWER = 4  # counting the lines that run takes about this much longer
_LONGEST = 20_000
_OTHER_LIMITS = ("-rss_limit_mb=4000", "-len_control=20", "-report_slow_units=30")


def main() -> int:
    """Run the targets; 1 if one of them found something."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("targets", nargs="*", help="all of them, if none is named")
    words.add_argument("--seconds", type=int, default=600, help="of processor time for each group of targets")
    words.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    said = words.parse_args()
    if said.here:
        _fuzz(said.targets[0], said.seconds)
    shares = _shares(said.targets, said.seconds)
    return max([_run(name, seconds) for name, seconds in shares.items()], default=0)


def _shares(wanted: list[str], seconds: int) -> dict[str, int]:
    """The targets wanted, with an equal share of their group's seconds each."""
    from tests.fuzz.targets import GROUPS

    groups = [[name for name in group if not wanted or name in wanted] for group in GROUPS.values()]
    return {name: max(1, seconds // len(names)) for names in groups for name in names}


def _run(name: str, seconds: int) -> int:
    """One target in processes of its own until it has had its processor time; the figures are printed."""
    used, executed = 0.0, 0
    while used < seconds:
        before = _children_seconds()
        left = str(math.ceil(seconds - used))
        command = [sys.executable, "-P", "-m", "tests.fuzz.guided", name, "--seconds", left, "--here"]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
        )
        used += _children_seconds() - before
        executed += sum(map(int, re.findall(r"number_of_executed_units: (\d+)", done.stderr)))
        covered = re.findall(r"cov: (\d+) ft: (\d+)", done.stderr) or [("0", "0")]
        if done.returncode:
            print(*done.stderr.splitlines()[-60:], done.stdout[-4000:], sep="\n  ")
            break
    found = "FOUND SOMETHING" if done.returncode else "nothing found"
    edges, features = covered[-1]
    print(
        f"{name}: {found}; {executed:,} runs, {used:,.0f} s, {edges} edges, {features} features", flush=True
    )
    return int(done.returncode != 0)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["site_builder"], enable_loader_override=False):
        from tests.fuzz.seeds import seeds
        from tests.fuzz.targets import TARGETS

    corpus, start = _CORPUS / name, _CORPUS / f"{name}.seeds"
    for folder in (corpus, start, REGRESSIONS / name):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (start / f"{number:04}").write_bytes(data)
        TARGETS[name](data)  # imports what is imported late, so that no input is blamed for it

    def one(data: bytes) -> None:
        started, before = time.process_time(), _peak_kb()
        TARGETS[name](data)
        took, grew = time.process_time() - started, _peak_kb() - before
        if took > _SLOWEST * _INSTRUMENTED_IS_SLOWER:
            raise RuntimeError(f"took {took:.1f} s")
        if grew > _MOST_MEMORY_KB:
            raise RuntimeError(f"took {grew / 1000:.0f} MB")

    prefix = f"-artifact_prefix={REGRESSIONS / name}/"
    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={_HANGS_AFTER}",
        f"-max_len={_LONGEST}",
        "-rss_limit_mb=4000",
        "-len_control=20",
    ]
    words = [sys.argv[0], *limits, prefix, "-print_final_stats=1", "-verbosity=1", str(corpus), str(start)]
    atheris.Setup(words, one)
    atheris.Fuzz()


def _peak_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
