"""What reports name must exist."""

from __future__ import annotations

import pytest

from site_builder.pages.references import report_problems
from site_builder.problems import Problem
from tests.pages import fakes

ID = "amd-hackathon/model-switching"


def problems(body: str) -> tuple[Problem, ...]:
    reports = [fakes.report("folder/r", body), fakes.report("other", "")]
    return report_problems(reports, [fakes.switching(), fakes.broken()])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ nowhere/x.y }}", "there is no claim 'nowhere/x'"),
        (f"{{{{ {ID}.roi_ration }}}}", f"the claim '{ID}' has no number 'roi_ration'"),
        ("{{ loose }}", "'loose' names no claim"),
        ("{{ claim nobody }}", "there is no claim 'nobody'"),
        (f"{{{{ plot {ID}/2 }}}}", f"the claim '{ID}' has no plot '2'"),
        (f"{{{{ table {ID}/2 }}}}", f"the claim '{ID}' has no table '2'"),
        ("see [it](../nobody.md)", "there is no claims/nobody.md"),
        ("see [it](../typo.yml#x)", "there is no claims/typo.yml"),
    ],
)
def test_what_a_report_names_must_exist(body: str, said: str) -> None:
    (problem,) = problems(f"A\n\n{body}\n")
    assert problem.message == said
    assert problem.place is not None
    assert problem.place.line == 3


def test_a_problem_offers_the_nearest_name() -> None:
    (problem,) = problems(f"{{{{ {ID}.roi_ration }}}}")
    assert "roi_ratio" in problem.hint


@pytest.mark.parametrize(
    "body",
    [
        f"{{{{ {ID}.roi_ratio }}}}",
        f"{{{{ claim {ID} }}}}",
        f"{{{{ plot {ID}/1 }}}}",
        f"{{{{ table {ID}/1 }}}}",
        "{{ verdicts tag=nothing }}",
        "{{ corrections }}",
        "{{ typo.x }}",
        "{{ plot typo/1 }}",
        "[a](../other.md), [b](../typo.yaml#x), [c](https://example.org/x.md), [d](../../README.md)",
        "`[a](nobody.md)`",
    ],
)
def test_what_exists_is_no_problem(body: str) -> None:
    assert problems(body) == ()


def test_a_report_that_is_too_long_is_told_of() -> None:
    (problem,) = report_problems([fakes.report("long", "a" * 200_001)], [])
    assert "200,001 characters" in problem.message


def test_two_reports_cannot_share_a_page() -> None:
    reports = [fakes.report("reports/x", ""), fakes.report("x", "")]
    (problem,) = report_problems(reports, [])
    assert "claims/reports/x.md" in problem.message
    assert "claims/x.md" in problem.message
