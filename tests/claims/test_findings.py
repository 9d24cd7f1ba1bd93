"""The problems of one file, in its order and not without end."""

from __future__ import annotations

from site_builder.claims.findings import LIMIT, Findings
from site_builder.problems import Place, Problem


def test_problems_come_in_the_order_of_the_file() -> None:
    findings = Findings()
    for line in (7, 0, 3):
        findings.add("E-KEY", "unknown key", Place("a.yaml", line, 1))
    assert [problem.place.line for problem in findings.sorted() if problem.place] == [0, 3, 7]


def test_problems_above_the_limit_are_counted() -> None:
    findings = Findings()
    for line in range(LIMIT + 5):
        findings.unlike("E-KEY", "unknown key", Place("a.yaml", line + 1), "titel", ["title"])
    *kept, rest = findings.sorted()
    assert len(kept) == LIMIT
    assert (rest.code, rest.message) == ("E-MORE", "and 5 more problems in this file")


def test_nearest_known_word_is_the_hint() -> None:
    findings = Findings()
    findings.unlike("E-KEY", "unknown key 'titel'", Place("a.yaml", 1), "titel", ["title", "tags"])
    assert findings.sorted()[0].hint == "did you mean 'title'?"


def test_line_of_a_problem_is_mentioned() -> None:
    findings = Findings()
    findings.add("E-KEY", "unknown key", Place("a.yaml", 4))
    assert findings.mention(Problem("E-YAML", "no key", Place("a.yaml", 4, 9)))
    assert not findings.mention(Problem("E-YAML", "no key", Place("a.yaml", 5)))


def test_findings_are_false_while_there_are_none() -> None:
    assert not Findings()
