"""How long the tool takes on N claims, beside its peers on the same pages: ``python -m benchmarks.run N``.

Whole processes are timed, in rounds in which each tool has its turn, so that whatever else the machine does falls on
all of them. Medians are printed, and their ratios to Hugo and to the start of Python, so that two machines can be
compared. What a process does once it has started is timed by ``inside.py``.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.pages import Page
from benchmarks.peers import OURS, ROOT, Tool, install, peers
from benchmarks.timing import COLD, LIMIT_SECONDS, STEPS, TIMES, Course, Run, run, together

CLAIMS = (sys.executable, "-m", "site_builder")


def measured(folder: Path, tools: Sequence[Tool], pages: Sequence[Page], limit: float) -> list[Course]:
    """Each tool's course, after all rounds."""
    courses = []
    for tool in tools:
        root = folder / tool.name
        root.mkdir()
        tool.write(root, pages)
        courses.append(Course(tool, root, pages, limit))
    for number in range(TIMES):
        for course in courses:
            course.round(number)
    return courses


Cell = Callable[[Course, str], str]
"""What a tool's row has in the column of a step."""


def print_table(title: str, courses: Sequence[Course], absent: dict[str, str], cell: Cell) -> None:
    """A row for each tool, a column for each step, and why a tool has no row of its own."""
    print(f"\n{title:<28}" + "".join(f"{step:>18}" for step in STEPS))
    for course in courses:
        print(f"{course.tool.name:<28}" + "".join(f"{cell(course, step):>18}" for step in STEPS))
    for name in absent:
        print(f"{name:<28}" + f"{'absent':>18}" * len(STEPS))


def print_tables(courses: Sequence[Course], absent: dict[str, str], start: float) -> None:
    """Seconds, their ratios, processor time and memory."""
    hugo = next((course for course in courses if course.tool.name == "Hugo"), None)

    def shown(what: str, decimals: int, unit: Callable[[str], float | None] = lambda step: 1.0) -> Cell:
        def cell(course: Course, step: str) -> str:
            value, one = course.middle(step, what), unit(step)
            return f"{value / one:.{decimals}f}" if value is not None and one is not None else "–"

        return cell

    def its(step: str) -> float | None:
        return hugo.middle(step, "wall") if hugo else None

    print_table("seconds", courses, absent, shown("wall", 3))
    print_table("x Hugo", courses, absent, shown("wall", 2, its))
    print_table("x Python's start", courses, absent, shown("wall", 1, lambda step: start))
    print_table("processor seconds", courses, absent, shown("processor", 3))
    print_table("MB, largest process", courses, absent, shown("peak", 0))
    for name, reason in absent.items():
        print(f"{name} is absent: {reason}")
    for course in courses:
        rounds = min((len(course.runs.get(step, ())) for step in STEPS), default=0)
        if course.ended:
            print(f"{course.tool.name}: {course.ended}; {rounds} of {TIMES} rounds")


def print_ours(root: Path, start: float, hugo: float | None) -> None:
    """What only our tool does: checking without a site, and telling what it can do."""

    def cold_check() -> Run:
        shutil.rmtree(root / ".cache", ignore_errors=True)
        return run([*CLAIMS, "check"], root)

    figures = {
        "check, cold": middle(cold_check),
        "check, nothing changed": middle(lambda: run([*CLAIMS, "check"], root)),
        "claims --help": middle(lambda: run([*CLAIMS, "--help"], root)),
    }
    print(
        f"\n{'claims alone':<28}{'seconds':>12}{'x Hugo, cold':>18}{'x Python':>12}{'processor':>12}{'MB':>8}"
    )
    for name, took in figures.items():
        ratio = f"{took.wall / hugo:.2f}" if hugo else "–"
        print(
            f"{name:<28}{took.wall:>12.3f}{ratio:>18}{took.wall / start:>12.1f}{took.processor:>12.3f}{took.peak:>8.0f}"
        )
    OURS.clear(root)
    most = together(OURS.command, root)
    if most is not None:
        print(f"{'a cold build, all processes together at their most':<70}{most:>20.0f}")


def middle(measure: Callable[[], Run]) -> Run:
    """The medians of three runs."""
    runs = [measure() for _ in range(TIMES)]
    wall, processor, peak = (statistics.median(getattr(r, what) for r in runs) for what in Run.__slots__)
    return Run(wall, processor, peak)


def wanted(names: Sequence[str] | None) -> tuple[list[Tool], dict[str, str]]:
    """The peers of these names, installed, all if None; and why those that could not be had are absent."""
    asked = [tool.name for tool in peers() if names is None or tool.name in names]
    absent = {name: why for name, why in (install() if asked else {}).items() if name in asked}
    return [tool for tool in peers() if tool.name in asked and tool.name not in absent], absent


def _loads() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


def main() -> None:
    """Install, generate, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1_000, help="how many claims")
    parser.add_argument("--limit", type=float, default=LIMIT_SECONDS, help="seconds that a tool has in all")
    parser.add_argument("--only", nargs="*", default=None, help="names of peers; none for ours alone")
    parser.add_argument("--no-inside", action="store_true", help="leave out what is timed inside a process")
    words = parser.parse_args()
    tools, absent = wanted(words.only)
    pages = [Page(number) for number in range(words.count)]
    with tempfile.TemporaryDirectory(prefix="claims-bench-") as folder:
        root = Path(folder)
        start = middle(lambda: run([sys.executable, "-c", ""], root)).wall
        before = _loads()
        courses = measured(root, [OURS, *tools], pages, words.limit)
        print(
            f"{words.count:,} pages, each with a table of ten rows; medians of {TIMES}; {os.cpu_count()} cores "
            f"({platform.machine()}), load {before} before and {_loads()} after; Python's start {start:.3f} s"
        )
        print_tables(courses, absent, start)
        hugo = next((course.middle(COLD, "wall") for course in courses if course.tool.name == "Hugo"), None)
        print_ours(root / OURS.name, start, hugo)
        if not words.no_inside:
            print(flush=True)
            command = [sys.executable, str(ROOT / "benchmarks/inside.py"), str(root / OURS.name)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
