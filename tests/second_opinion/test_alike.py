"""Claims made up at random are judged alike by the tool and by a small evaluator that shares no code with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from site_builder.claims.claim import Claim
from site_builder.claims.reading import read_claim
from site_builder.evidence.loading import Loader
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.judging import judge
from site_builder.verdicts.shelf import Shelf
from tests.second_opinion.claims import Part, opinion
from tests.second_opinion.projects import Project, projects

Judge = Callable[[Project], Decision]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return judging_in(tmp_path_factory.mktemp("project"))


def judging_in(root: Path) -> Judge:
    """Judges projects, one after another, in one folder."""
    (root / "evidence").mkdir(exist_ok=True)

    def run(project: Project) -> Decision:
        (root / "evidence" / "t.csv").write_text(project.table)
        claim, problems = read_claim("claims/x.yaml", "x", project.claim.encode())
        assert isinstance(claim, Claim), [p.render() for p in problems]
        return judge(claim, Shelf(Loader(root)))[0]

    return run


def differences(project: Project, decision: Decision) -> list[str]:
    """Where the two opinions on a project are not the same."""
    ours = opinion(project.claim, {"t.csv": project.table})
    found = []
    if decision["verdict"] != ours.verdict:
        found.append(f"verdict: {decision['verdict']}, and {ours.verdict} for the second opinion")
    for kind, theirs, parts in (
        ("assertion", decision["assertions"], ours.assertions),
        ("number", decision["numbers"], ours.numbers),
    ):
        for at, (one, part) in enumerate(zip(theirs, parts, strict=True)):
            if not _is_alike(one, part):
                found.append(f"{kind} {at}: {one['outcome']}, {one['reason']}, and {part}: {one['detail']}")
    correction = decision["correction"]["outcome"] if decision["correction"] else ""
    if correction != ours.correction:
        found.append(f"correction: {correction}, and {ours.correction}")
    return found


def _is_alike(one: object, part: Part) -> bool:
    assert isinstance(one, dict)
    return one["outcome"] == part.outcome and (not one["reason"] or one["reason"] in part.reasons)


@pytest.mark.heavy
@seed(20261129)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(project=projects())
def test_two_evaluators_judge_alike(judged: Judge, project: Project) -> None:
    decision = judged(project)
    told = [f"{p['code']} {p['message']}" for p in decision["problems"]]
    assert differences(project, decision) == [], f"{project.claim}\n{project.table}\n{told}"
