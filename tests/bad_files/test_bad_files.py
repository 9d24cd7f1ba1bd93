"""Every bad file is refused, or read by a declared rule that is noted, through the command a user calls.

All cases stand in one project, beside one claim that is well: it stays validated whatever they hold.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bad_files.cases import Case, claim_cases, evidence_cases

ROOT = Path(__file__).resolve().parents[2]
CASES = (*claim_cases(), *evidence_cases())
NO_CLAIM = ("claims/in\u200bvisible.yaml", "claims/loud.YAML")
"""Files whose names make no claim of them; what is wrong belongs to the project."""
GOOD = """\
title: Well
statement: It is well.
evidence: {runs: runs.csv}
assertion: all(runs.accuracy > 0)
"""
LINKS = {
    "link-out.csv": "/etc/passwd",
    "link-in.csv": "runs.csv",
    "link-folder": "deep",
    "link-dead.csv": "gone.csv",
    "link-loop.csv": "link-loop.csv",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of all cases, and the claim that is well."""
    root = tmp_path_factory.mktemp("bad")
    files = {
        "claims/good.yaml": GOOD.encode(),
        "evidence/runs.csv": b"name,accuracy\na,50\nb,92\n",
        "evidence/deep/x.csv": b"a,b\n1,2\n",
        "evidence/.hidden.csv": b"a,b\n1,2\n",
        "evidence/.git/config": b"",
    }
    for case in CASES:
        files |= case.files
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    for name, target in LINKS.items():
        (root / "evidence" / name).symlink_to(target)
    os.mkfifo(root / "evidence/pipe.csv")
    return root


@pytest.fixture(scope="module")
def checked(project: Path) -> subprocess.CompletedProcess[str]:
    """What `claims check --format json` says."""
    return _check(project, "--format", "json")


@pytest.fixture(scope="module")
def decisions(checked: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The decisions by the paths of their claims."""
    return {found["path"]: found for found in json.loads(checked.stdout)["claims"]}


def _check(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "site_builder", "check", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8")


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name) for case in CASES if case.claim not in NO_CLAIM]
)
def test_bad_file(case: Case, decisions: dict[str, Any]) -> None:
    found = decisions[case.claim]
    problems = found["problems"]
    assert f"{found['verdict']} {found['reason'] or ''}".strip() == case.verdict, problems
    assert [one["code"] for one in problems] == [told.code for told in case.told], problems
    for one, told in zip(problems, case.told, strict=True):
        assert told.message in one["message"]
        assert told.hint in (one["hint"] or "")
    spots = tuple((one["path"], one["line"], one["column"]) for one in problems)
    assert tuple(spot for spot in spots if spot[1] is not None) == case.spots
    notes = "\n".join(note for evidence in found["evidence"] for note in evidence["notes"])
    assert all(note in notes for note in case.notes), notes


def test_there_are_enough_cases() -> None:
    assert (len(claim_cases()) >= 150, len(evidence_cases()) >= 120) == (True, True)
    assert all(case.verdict for case in CASES if case.claim not in NO_CLAIM)


def test_every_problem_says_the_next_step(decisions: dict[str, Any]) -> None:
    assert [p["text"] for d in decisions.values() for p in d["problems"] if not p["hint"]] == []


def test_the_claim_that_is_well_stays_validated(decisions: dict[str, Any]) -> None:
    assert decisions["claims/good.yaml"]["verdict"] == "validated"


def test_the_run_fails_without_a_traceback_or_a_path_of_the_machine(
    project: Path, checked: subprocess.CompletedProcess[str]
) -> None:
    text = _check(project, "--verbose")
    assert (checked.returncode, text.returncode) == (2, 2)
    assert text.stdout.rstrip().endswith("the check fails: something is broken")
    for said in (text.stdout + text.stderr, checked.stdout + checked.stderr):
        assert "Traceback" not in said
        assert str(project) not in said


@pytest.mark.parametrize("path", NO_CLAIM)
def test_a_file_that_is_no_claim_is_told_in_every_format(
    project: Path, checked: subprocess.CompletedProcess[str], path: str
) -> None:
    shown = path.replace("\u200b", "⟨U+200B⟩")
    for said in (checked.stderr, _check(project).stdout, _check(project, "--format", "github").stdout):
        assert shown in said
