"""What each verdict means, one claim at a time, judged in this process."""

from __future__ import annotations

from textwrap import dedent

import pytest

from site_builder.claims.claim import Claim
from site_builder.claims.reading import read_claim
from site_builder.evidence.loading import Loader
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.judging import judge
from site_builder.verdicts.shelf import Shelf
from tests.conftest import MakeProject

RUNS = """
    name,kind,minutes,accuracy,episodes,note
    a,train,120,50,10,
    b,train,30,70,"10,000+",x
    c,switch,5,92,20,y
"""
HEAD = """
title: A claim
statement: Something is so.
evidence:
  runs: runs.csv
"""


class Judged:
    """Judges the rest of a claim whose evidence is RUNS."""

    def __init__(self, make_project: MakeProject) -> None:
        self.make_project = make_project

    def __call__(self, rest: str, head: str = HEAD, **files: str) -> Decision:
        evidence = {f"evidence/{name.replace('__', '.')}": text for name, text in files.items()}
        project = self.make_project({"evidence/runs.csv": RUNS, **evidence})
        text = dedent(head).lstrip() + dedent(rest)
        claim, problems = read_claim("claims/x.yaml", "x", text.encode())
        assert isinstance(claim, Claim), [p.render() for p in problems]
        return judge(claim, Shelf(Loader(project.root)))[0]


@pytest.fixture
def judged(make_project: MakeProject) -> Judged:
    return Judged(make_project)


def test_a_true_assertion_and_matching_numbers_validate(judged: Judged) -> None:
    decision = judged("""
        assertion: max(runs.accuracy) > 90
        numbers:
          best: {stated: '92', computed: max(runs.accuracy)}
    """)
    assert (decision["verdict"], decision["problems"]) == ("validated", [])
    assert [decision["assertions"][0]["outcome"], decision["numbers"][0]["outcome"]] == ["true", "matches"]


def test_a_false_assertion_refutes(judged: Judged) -> None:
    decision = judged("assertion: max(runs.accuracy) > 95\n")
    assert decision["verdict"] == "refuted"
    assert "max(runs.accuracy) > 95" in decision["why"]


def test_a_number_that_differs_corrects(judged: Judged) -> None:
    decision = judged("numbers: {best: {stated: '93', computed: max(runs.accuracy)}}\n")
    assert decision["verdict"] == "corrected"
    assert decision["numbers"][0]["shown"] == "92"


def test_a_false_assertion_outweighs_a_number_that_differs(judged: Judged) -> None:
    decision = judged("""
        assertion: [max(runs.accuracy) > 95, min(runs.accuracy) == 50]
        numbers: {best: {stated: '93', computed: max(runs.accuracy)}}
    """)
    assert decision["verdict"] == "refuted"
    assert [a["outcome"] for a in decision["assertions"]] == ["false", "true"]


def test_a_missing_number_is_undetermined_for_missing_cell(judged: Judged) -> None:
    decision = judged(
        "assertion: mean(gaps.value) > 0\n", HEAD + "  gaps: gaps.csv\n", gaps__csv="row,value\n1,5\n2,\n"
    )
    assert (decision["verdict"], decision["reason"]) == ("undetermined", "missing-cell")
    assert "1 of 2 cells of value have no value" in decision["why"]


def test_a_censored_cell_never_passes_for_its_bound(judged: Judged) -> None:
    decision = judged("numbers: {most: {stated: '10,000', computed: max(runs.episodes)}}\n")
    assert (decision["verdict"], decision["reason"]) == ("undetermined", "censored")


def test_a_stated_lower_bound_matches_a_censored_cell(judged: Judged) -> None:
    assert (
        judged("numbers: {most: {stated: '10,000+', computed: max(runs.episodes)}}\n")["verdict"]
        == "validated"
    )


@pytest.mark.parametrize(
    "assertion",
    [
        'all(runs[kind == "none"].accuracy > 0)',
        'mean(runs[kind == "none"].accuracy) >= 0',
        'count(runs[kind == "none"]) == 0',
        'one(runs[kind == "none"]).accuracy > 0',
        "all(empty.value > 0)",
    ],
)
def test_nothing_passes_by_being_empty(judged: Judged, assertion: str) -> None:
    decision = judged(f"assertion: '{assertion}'\n", HEAD + "  empty: empty.csv\n", empty__csv="value\n")
    assert (decision["verdict"], decision["reason"]) == ("undetermined", "no-rows")


def test_every_pass_shows_its_denominator(judged: Judged) -> None:
    assert "3 of 3 rows hold" in judged("assertion: all(runs.accuracy > 0)\n")["why"]


def test_a_share_is_a_fraction(judged: Judged) -> None:
    decision = judged('numbers: {share: {stated: 67%, computed: mean(runs.kind == "train")}}\n')
    assert decision["numbers"][0]["outcome"] == "matches"


def test_points_stated_as_per_cent_differ_and_say_the_relative_change(judged: Judged) -> None:
    decision = judged("""
        let: {before: 54%, after: 37%}
        numbers: {drop: {stated: -17%, computed: 'points(before, after)'}}
    """)
    assert decision["verdict"] == "corrected"
    assert "−17 pp, which is −31.5 %" in decision["numbers"][0]["detail"]


def test_awaited_evidence_is_undetermined_for_that_reason(judged: Judged) -> None:
    head = HEAD + "  later: later.csv\n"
    decision = judged("awaits: the second run\nassertion: all(later.accuracy > 90)\n", head)
    assert (decision["verdict"], decision["reason"]) == ("undetermined", "awaited")
    assert decision["why"] == "awaits the second run"


def test_a_missing_file_is_broken_and_names_the_nearest(judged: Judged) -> None:
    decision = judged("assertion: count(other) > 0\n", HEAD + "  other: runz.csv\n")
    assert decision["verdict"] == "broken"
    assert decision["problems"][0]["line"] == 5
    assert "runs.csv" in decision["problems"][0]["text"]


def test_a_file_that_a_datapackage_describes_but_is_not_here_is_undetermined(judged: Judged) -> None:
    package = "name: p\nresources:\n  - {name: far, path: far.csv}\n"
    decision = judged("assertion: count(far) > 0\n", HEAD + "  far: far.csv\n", datapackage__yaml=package)
    assert (decision["verdict"], decision["reason"]) == ("undetermined", "missing-file")


def test_all_problems_of_a_claim_come_at_once_with_places(judged: Judged) -> None:
    decision = judged("""
        let: {a: b + 1, b: a + 1}
        assertion: [meen(runs.accuracy) > 1, runz.accuracy > 2]
        numbers: {x: {stated: many, computed: max(runs.accuracy)}}
    """)
    assert decision["verdict"] == "broken"
    assert {p["code"] for p in decision["problems"]} == {"E-CYCLE", "E-FUNCTION", "E-NAME", "E-STATED"}
    assert all(p["line"] for p in decision["problems"])


def test_a_column_that_does_not_exist_is_broken_and_names_the_nearest(judged: Judged) -> None:
    decision = judged("assertion: max(runs.acuracy) > 1\n")
    assert decision["verdict"] == "broken"
    assert "did you mean 'accuracy'?" in decision["problems"][0]["text"]


def test_one_broken_part_leaves_the_others_judged(judged: Judged) -> None:
    decision = judged("assertion: [max(runs.accuracy) > 1, max(runs.nothing) > 1]\n")
    assert [a["outcome"] for a in decision["assertions"]] == ["true", "broken"]
    assert decision["verdict"] == "broken"


def test_an_assertion_that_is_a_column_is_refused(judged: Judged) -> None:
    decision = judged("assertion: runs.accuracy > 1\n")
    assert "say all(…), any(…) or none(…)" in decision["problems"][0]["text"]


CORRECTION = """
correction:
  statement: It is another number.
  reason: It was mistyped.
  numbers: {{fixed: {{stated: '{fixed}', computed: max(runs.accuracy)}}}}
"""


@pytest.mark.parametrize(
    ("assertion", "fixed", "verdict", "outcome"),
    [
        ("max(runs.accuracy) == 93", "92", "corrected", "holds"),
        ("max(runs.accuracy) == 93", "91", "refuted", "rejected"),
        ("max(runs.accuracy) == 92", "92", "validated", "unneeded"),
        ("max(runs.accuracy) == 92", "91", "validated", "rejected"),
    ],
)
def test_a_correction_is_checked_like_a_claim(
    judged: Judged, assertion: str, fixed: str, verdict: str, outcome: str
) -> None:
    decision = judged(f"assertion: {assertion}\n" + CORRECTION.format(fixed=fixed))
    assert decision["correction"] is not None
    assert (decision["verdict"], decision["correction"]["outcome"]) == (verdict, outcome)


def test_a_rejected_correction_is_said_beside_the_verdict(judged: Judged) -> None:
    assert (
        "its correction is rejected"
        in judged("assertion: max(runs.accuracy) == 93\n" + CORRECTION.format(fixed="91"))["why"]
    )


def test_numbers_keep_the_cells_they_came_from(judged: Judged) -> None:
    decision = judged("""
        let: {train: 'runs[kind == "train"]'}
        numbers: {t: {stated: '150', computed: sum(train.minutes)}}
    """)
    uses = {(u["column"], u["role"]): u["rows"] for u in decision["numbers"][0]["cells"]}
    assert uses == {("minutes", "value"): [1, 2], ("kind", "filter"): [1, 2]}


def test_rows_that_a_filter_leaves_out_for_a_missing_cell_are_counted(judged: Judged) -> None:
    decision = judged('assertion: all(runs[note != "z"].accuracy > 60)\n')
    assert decision["verdict"] == "validated"
    assert "left out for a missing cell: 1 row of runs" in decision["assertions"][0]["detail"]


def test_a_text_stated_with_a_range_takes_a_column(judged: Judged) -> None:
    decision = judged("numbers: {span: {stated: 50-100, computed: runs.accuracy}}\n")
    assert decision["numbers"][0]["outcome"] == "matches"


def test_a_plain_number_does_not_take_a_column(judged: Judged) -> None:
    decision = judged("numbers: {span: {stated: '50', computed: runs.accuracy}}\n")
    assert decision["verdict"] == "broken"


def test_bindings_are_formatted_as_stated(judged: Judged) -> None:
    decision = judged("numbers: {best: {stated: '92.0', computed: max(runs.accuracy)}}\n")
    assert decision["values"]["best"]["text"] == "92.0"


def test_an_unknown_binding_is_a_problem_with_its_place(judged: Judged) -> None:
    head = HEAD.replace("Something is so.", "It is {{ bests }}.")
    decision = judged("numbers: {best: {stated: '92', computed: max(runs.accuracy)}}\n", head)
    assert decision["problems"][0]["line"] == 2
    assert "did you mean 'best'?" in decision["problems"][0]["text"]


def test_a_claim_that_reads_no_evidence_says_so(judged: Judged) -> None:
    assert "no evidence was read" in judged("assertion: 1 < 2\n")["why"]
    assert "no evidence was read" not in judged("assertion: max(runs.accuracy) > 2\n")["why"]


@pytest.mark.parametrize(
    ("options", "quoted"),
    [
        ("pattern: '(?P<a>'", "(?P<a>"),
        ("pattern: (a)", "(a)"),
        ("pattern: (?P<a>b), under: ['(?P<c>']", "['(?P<c>']"),
        ("pattern: (?P<a>b), cell: {a: '((b)'}", "{a: '((b)'}"),
        ("pattern: (?P<a>b), columns: {aa: number}", "{aa: number}"),
    ],
)
def test_a_mistake_in_an_option_is_placed_at_the_option(judged: Judged, options: str, quoted: str) -> None:
    line = f"  log: {{file: run.log, {options}}}"
    decision = judged("assertion: count(log) > 0\n", HEAD + line + "\n", run__log="b\n")
    problem = decision["problems"][0]
    assert (problem["line"], problem["column"]) == (5, line.rindex(quoted) + 1)
