"""Claims judged in processes that can be killed: one claim's trouble is its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.project import Project, gather
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.jury import Case, Judged, judge_all
from tests.conftest import MakeProject

GOOD = """
    title: Good
    statement: The most is 3.
    evidence: {t: t.csv}
    assertion: max(t.x) == 3
"""
FILES = {"evidence/t.csv": "x\n1\n2\n3\n", "claims/a.yaml": GOOD, "claims/c.yaml": GOOD}


def judged(project: Project, *, seconds: float = 20.0, jurors: int | None = None) -> Judged:
    cases = [
        Case(Path(s.path).stem, s.path, s.data, s.sha256)
        for s in gather(project).sources
        if s.path.endswith(".yaml")
    ]
    return judge_all(project.root, cases, sheets=True, seconds=seconds, jurors=jurors)


def verdicts(result: Judged) -> dict[str, str]:
    return {d["id"]: d["verdict"] for d in result.decisions}


def codes(decision: Decision) -> list[str]:
    return [p["code"] for p in decision["problems"]]


def test_a_claim_that_takes_too_long_is_broken_and_the_others_are_judged(make_project: MakeProject) -> None:
    rows = "\n".join(f"{i},{i * 7 % 1000}.5,text{i}" for i in range(400_000))
    slow = GOOD.replace("t.csv", "big.csv").replace("max(t.x) == 3", "std(where(t.y > 3, t.y, t.x)) > 0")
    project = make_project({**FILES, "claims/b.yaml": slow, "evidence/big.csv": "x,y,z\n" + rows})
    result = judged(project, seconds=0.4, jurors=1)
    assert verdicts(result) == {"a": "validated", "b": "broken", "c": "validated"}
    assert codes(result.decisions[1]) == ["E-TIME"]


def test_a_claim_that_hoards_memory_is_broken_and_the_others_are_judged(make_project: MakeProject) -> None:
    deep = GOOD.replace("t.csv", "big.csv").replace("max(t.x)", "count(t.x)")
    project = make_project(
        {**FILES, "claims/b.yaml": deep, "evidence/big.csv": b"x\n" + b"1234567\n" * 30_000_000}
    )
    result = judged(project, seconds=60, jurors=1)
    assert verdicts(result) == {"a": "validated", "b": "broken", "c": "validated"}
    assert codes(result.decisions[1])[0] in ("E-MEMORY", "E-CRASH", "E-LIMIT", "E-SIZE")


@pytest.mark.parametrize("jurors", [1, 2, 3])
def test_the_result_does_not_depend_on_the_number_of_processes(
    make_project: MakeProject, jurors: int
) -> None:
    claims = {f"claims/n{i}.yaml": GOOD.replace("== 3", f"== {i}") for i in range(7)}
    project = make_project({**FILES, **claims})
    assert judged(project, jurors=jurors) == judged(project, jurors=1)


def test_what_judges_sees_no_environment(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "xyzzy")
    seen: list[bytes] = []
    project = make_project(FILES)

    def look(done: int) -> None:
        for environ in Path("/proc").glob("[0-9]*/environ"):
            command = environ.with_name("cmdline")
            try:
                if b"site_builder.verdicts.juror" in command.read_bytes():
                    seen.append(environ.read_bytes())
            except OSError:
                continue

    cases = [Case(Path(s.path).stem, s.path, s.data, s.sha256) for s in gather(project).sources]
    judge_all(project.root, cases, sheets=False, on_done=look)
    assert seen
    assert not any(b"xyzzy" in environ for environ in seen)


def test_each_sheet_comes_once_however_many_claims_use_it(make_project: MakeProject) -> None:
    assert list(judged(make_project(FILES)).sheets) == ["evidence/t.csv"]


def test_no_cases_are_no_decisions(make_project: MakeProject) -> None:
    assert judge_all(make_project({}).root, [], sheets=True) == Judged((), {}, {})


def test_a_probe_that_takes_too_long_does_not_cost_the_verdict(make_project: MakeProject) -> None:
    rows = "x,y\n" + "\n".join(f"{i},{i % 7}" for i in range(20_000))
    slow = GOOD.replace("t.csv", "big.csv").replace("max(t.x) == 3", "mean(t.x * t.y) > 3 and std(t.x) > 1")
    project = make_project({"claims/b.yaml": slow, "evidence/big.csv": rows})
    source = next(s for s in gather(project).sources)
    case = Case("b", source.path, source.data, source.sha256)
    decision = judge_all(project.root, [case], sheets=False, probes=True, seconds=2.5).decisions[0]
    assert (decision["verdict"], decision["probe"]) == ("validated", None)


@pytest.mark.parametrize("jurors", [1, 2])
def test_rows_far_down_that_claims_rest_on_are_shown_too(make_project: MakeProject, jurors: int) -> None:
    rows = "x,y\n" + "".join(f"{i},{i % 7}\n" for i in range(1, 5_001))
    few = GOOD.replace("max(t.x) == 3", "one(t[x == 4000]).y == 3")
    many = GOOD.replace("max(t.x) == 3", "all(t[x > 4500].y >= 0)")
    project = make_project({"evidence/t.csv": rows, "claims/a.yaml": few, "claims/b.yaml": many})
    result = judged(project, jurors=jurors)
    shown = [row["row"] for row in result.sheets["evidence/t.csv"]["shown"]]
    assert shown == [*range(1, 1_001), 4_000, *range(4_501, 4_701)]
    assert result.rows_used["evidence/t.csv"].bit_count() == 501


ABANDONS = """
import os, signal, sys
from pathlib import Path
from site_builder.verdicts.jury import Case, judge_all

def abandon(done):
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == os.getpid():
            os.kill(int(stat.parent.name), signal.SIGSTOP)
            print(stat.parent.name, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

root = Path(sys.argv[1])
cases = [Case(n, f"claims/{n}.yaml", (root / f"claims/{n}.yaml").read_bytes(), "") for n in "ac"]
judge_all(root, cases, sheets=False, jurors=1, on_done=abandon)
"""
ROOT = Path(__file__).resolve().parents[2]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="the signal is Linux's")
def test_what_judges_ends_with_whoever_asked_even_when_it_reads_nothing(make_project: MakeProject) -> None:
    command = [sys.executable, "-c", ABANDONS, str(make_project(FILES).root)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert result.returncode == -signal.SIGKILL
    (pid,) = map(int, result.stdout.split())
    patience = time.monotonic() + 20
    while is_alive(pid) and time.monotonic() < patience:
        time.sleep(0.01)
    left_alive = is_alive(pid)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    assert not left_alive


def test_a_claim_s_processor_time_is_bounded_from_within() -> None:
    script = (
        "from site_builder.verdicts import containment as c; c.GRACE_SECONDS = 0; c.bound_time(0.1)\n"
        "while True: pass"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", script], env=environment, timeout=60)
    assert result.returncode == -signal.SIGXCPU
