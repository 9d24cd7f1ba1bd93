"""Everything that a decision says of one claim, in full."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from site_builder.claims.claim import Claim
from site_builder.claims.reading import read_claim
from site_builder.evidence.loading import Loader
from site_builder.project import open_project
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.judging import judge
from site_builder.verdicts.shelf import Shelf

_CLAIM = """
title: A claim
statement: The best was {{ best }}, in 17 minutes.
evidence: {t: t.csv, other: u.csv}
tags: [a, b]
notes: A note.
source: {title: A report, section: Two}
depends: [group/below]
let: {low: min(kept.x), kept: 't[x > 1]', unused: 3 min}
assertion: max(kept.x) > low
numbers:
  best: {stated: '9', computed: max(kept.x)}
  rest: {stated: 2+, computed: kept.x}
  gone: {stated: '4', computed: max(t.x)}
  bound: {stated: '20', computed: max(other.y)}
  rough: {stated: 3.2-4, computed: min(other.y)}
tables:
  - {show: kept, columns: [name, x], title: Kept}
  - {show: 't[x > 99]'}
plots:
  - {kind: bar, data: kept, x: name, y: x, alt: Bars.}
"""
_FILES = {"t.csv": "name,x\na,1\nb,9\nc,\nd,4\n", "u.csv": "y\n~3\n10+\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    for name, text in _FILES.items():
        (tmp_path / "evidence" / name).write_text(text)
    return open_project(tmp_path).root


def _decided(root: Path, text: str, claim_id: str = "group/x") -> Decision:
    claim, problems = read_claim(f"claims/{claim_id}.yaml", claim_id, text.encode())
    assert isinstance(claim, Claim), [p.render() for p in problems]
    return judge(claim, Shelf(Loader(root)))[0]


def test_a_decision_says_what_the_claim_says_of_itself(root: Path) -> None:
    found = _decided(root, _CLAIM)
    assert (found["id"], found["path"], found["group"]) == ("group/x", "claims/group/x.yaml", "group")
    assert (found["title"], found["notes"], found["tags"]) == ("A claim", "A note.", ["a", "b"])
    assert found["source"] == {"title": "A report", "section": "Two"}
    assert len(found["sha256"]) == 64
    assert found["depends"] == [{"id": "group/below", "title": "", "verdict": "", "line": 8, "column": 11}]
    assert [w["code"] for w in found["warnings"]] == ["W-UNBOUND"]
    assert (found["awaits"], found["problems"], found["probe"]) == ("", [], None)


def test_a_decision_gives_every_outcome_with_its_working(root: Path) -> None:
    found = _decided(root, _CLAIM)
    [asserted] = found["assertions"]
    assert (asserted["outcome"], asserted["expression"]) == ("true", "max(kept.x) > low")
    assert asserted["detail"] == "left out for a missing cell: 1 row of t"
    assert [(s["name"], s["expression"], s["filled"], s["value"]) for s in asserted["steps"]] == [
        ("kept", "t[x > 1]", [], "2 of 4 rows of t, 1 left out for a missing cell"),
        ("low", "min(kept.x)", ["min([9, 4])"], "4"),
        ("", "max(kept.x) > low", ["max([9, 4]) > 4", "9 > 4"], "true"),
    ]
    assert [(c["column"], c["rows"]) for c in asserted["cells"]] == [("x", [2, 4])]


def test_a_decision_gives_every_number_with_its_bounds(root: Path) -> None:
    numbers: dict[str, Any] = {n["name"]: n for n in _decided(root, _CLAIM)["numbers"]}
    told = ("outcome", "reason", "computed", "low", "high", "shown")
    assert {name: tuple(n[key] for key in told) for name, n in numbers.items()} == {
        "best": ("matches", None, 9.0, 9.0, 9.0, "9"),
        "rest": ("matches", None, None, 4.0, 9.0, "4 to 9"),
        "gone": ("undecided", "missing-cell", None, None, None, "unknown"),
        "bound": ("undecided", "censored", None, 10.0, None, "≥ 10"),
        "rough": ("undecided", "too-coarse", 3.0, 2.5, 3.5, "2.5–3.5"),
    }
    assert numbers["gone"]["cells"][0]["rows"] == [1, 2, 3, 4]


def test_a_decision_brings_tables_plots_values_and_rows(root: Path) -> None:
    found = _decided(root, _CLAIM)
    assert [(t["title"], t["rows"], t["used"]) for t in found["tables"]] == [
        ("Kept", [["b", "9"], ["d", "4"]], [[False, True], [False, True]]),
        ("", [], []),
    ]
    assert [[p["y"] for p in s["points"]] for s in found["plots"][0]["series"]] == [[9.0, 4.0]]
    assert {name: one["text"] for name, one in found["values"].items()}["low"] == "4"
    assert [(e["name"], [row["row"] for row in e["excerpt"]]) for e in found["evidence"]] == [
        ("t", [1, 2, 3, 4]),
        ("other", [1, 2]),
    ]


@pytest.mark.parametrize("broken", ["{show: kept, columns: [nome]}", "{show: 'kept[y > 1]'}"])
def test_a_table_that_cannot_be_shown_breaks_the_claim(root: Path, broken: str) -> None:
    found = _decided(root, _CLAIM.replace("{show: kept, columns: [name, x], title: Kept}", broken))
    assert found["verdict"] == "broken"
    assert found["problems"][0]["line"] == 18


_SHORT = "title: A claim\nstatement: So it is.\nevidence: {t: t.csv}\n"


@pytest.mark.parametrize(
    ("assertion", "verdict", "reason", "why"),
    [
        ("count(t) == 4", "undetermined", "awaited", "awaits the second run"),
        ("max(t.x) > 3", "undetermined", "awaited", "awaits the second run"),
        ("count(t) == 5", "refuted", None, "the evidence contradicts count(t) == 5"),
    ],
)
def test_what_is_awaited_leaves_open_what_does_not_fail(
    root: Path, assertion: str, verdict: str, reason: str | None, why: str
) -> None:
    found = _decided(root, f"{_SHORT}awaits: the second run\nassertion: {assertion}\n")
    assert (found["verdict"], found["reason"], found["why"]) == (verdict, reason, why)


def test_an_unknown_part_of_a_claim_that_awaits_says_what_it_awaits(root: Path) -> None:
    rest = "assertion: max(t.x) > 3\nnumbers: {most: {stated: '9', computed: max(t.x)}}\n"
    found = _decided(root, f"{_SHORT}awaits: the second run\n{rest}")
    parts = [found["assertions"][0], found["numbers"][0]]
    assert [(p["reason"], p["detail"]) for p in parts] == [("awaited", "awaits the second run")] * 2


def test_a_correction_of_a_claim_whose_numbers_match_is_unneeded(root: Path) -> None:
    fix = "correction: {statement: It is 4., reason: It was miscounted., assertion: count(t) == 4}\n"
    found = _decided(root, f"{_SHORT}numbers: {{rows: {{stated: '4', computed: count(t)}}}}\n{fix}")
    assert (found["verdict"], found["correction"] and found["correction"]["outcome"]) == (
        "validated",
        "unneeded",
    )


@pytest.mark.parametrize(
    ("computed", "code"),
    [
        ("t.name", "E-KIND"),
        ("first(t.name)", "E-KIND"),
        ("first(t.x) > 0", "E-KIND"),
        ("quantity('3 kg')", "E-UNIT"),
    ],
)
def test_a_number_of_another_kind_breaks_the_claim_at_its_place(root: Path, computed: str, code: str) -> None:
    found = _decided(root, f'{_SHORT}numbers:\n  most: {{stated: 9 min, computed: "{computed}"}}\n')
    [problem] = found["problems"]
    assert (found["verdict"], problem["code"], problem["line"], problem["column"]) == ("broken", code, 5, 36)


def test_a_range_beside_a_column_of_texts_breaks_the_claim_at_its_place(root: Path) -> None:
    [problem] = _decided(root, f"{_SHORT}numbers:\n  most: {{stated: 2-9, computed: t.name}}\n")["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("E-KIND", 5, 33)


def test_a_bare_number_that_matches_only_as_a_fraction_is_asked_about(root: Path) -> None:
    found = _decided(root, f"{_SHORT}numbers: {{share: {{stated: 40%, computed: '0.4'}}}}\n")
    assert [p["code"] for p in found["problems"]] == ["E-UNIT"]
    assert "is it a fraction, or in per cent?" in found["problems"][0]["message"]
