"""Files become claims and reports, or problems; nothing else, whatever the bytes."""

from __future__ import annotations

import hashlib
import pickle
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.claims.claim import BrokenClaim, Claim, Mark, Source
from site_builder.claims.reading import read_claim, read_report
from site_builder.problems import Problem

WHOLE = """\
# A claim in full.
title: Switching models pays more than training
statement: >
  Switching returned {{ roi_ratio }} the accuracy:
  {{ switch_roi }} a minute.
tags: [model-selection, roi]
source: {title: Meta-analysis, section: Finding 3, date: 2025-12-31, url: https://example.org, author: A. B.}

evidence:
  runs: hackathon/approaches.csv               # relative to evidence/
  steps:
    file: run.log
    pattern: 'Step (?P<step>\\d+)'
    columns: {step: number}

let:
  baseline: 73%
  switch: one(runs[kind == "switch"])

numbers:
  roi_ratio: {stated: 38x, computed: switch_roi / training_roi}
  gain: {stated: 1.40, computed: switch.gain}

assertion:
  - switch_roi > training_roi
  - all(runs.minutes > 0)

correction:
  statement: It is less.
  reason: One run was left out.
  assertion: switch_roi < training_roi
  numbers:
    roi_ratio: {stated: 20x, computed: a / b}

tables:
  - {show: runs, columns: [approach, minutes]}
  - {show: steps, name: steps, title: Steps, caption: All of them.}
plots:
  - {kind: scatter, data: runs, x: minutes, y: accuracy, color: kind, label: approach, log: xy,
     marks: [{hline: baseline, text: the baseline}, {fit: power_law}], alt: Accuracy against minutes}
  - {kind: line, data: runs, x: minutes, y: [accuracy, gain], alt: Both}
notes: Typed by hand.
awaits: V2 of the 8B run
"""


def claim(source: str) -> Claim:
    found, problems = read_claim("claims/a.yaml", "a", source.encode())
    assert not problems
    assert isinstance(found, Claim)
    return found


def broken(data: bytes) -> tuple[BrokenClaim, tuple[Problem, ...]]:
    found, problems = read_claim("claims/a.yaml", "a", data)
    assert problems
    assert isinstance(found, BrokenClaim)
    return found, problems


def test_file_is_known_by_id_path_and_hash() -> None:
    found = claim(WHOLE)
    assert (found.id, found.path) == ("a", "claims/a.yaml")
    assert found.sha256 == hashlib.sha256(WHOLE.encode()).hexdigest()


def test_title_and_statement_are_texts() -> None:
    found = claim(WHOLE)
    assert found.title.value == "Switching models pays more than training"
    assert (
        found.statement.value
        == "Switching returned {{ roi_ratio }} the accuracy: {{ switch_roi }} a minute.\n"
    )


def test_offset_in_the_statement_leads_to_its_line() -> None:
    statement = claim(WHOLE).statement
    assert str(statement.at(statement.value.index("switch_roi"))) == "claims/a.yaml:5:6"


def test_tags_and_source_are_plain() -> None:
    found = claim(WHOLE)
    assert found.tags == ("model-selection", "roi")
    assert found.source == Source("Meta-analysis", "Finding 3", "2025-12-31", "https://example.org", "A. B.")


def test_evidence_keeps_its_order_and_options() -> None:
    runs, steps = claim(WHOLE).evidence
    assert (runs.name, runs.file.value) == ("runs", "hackathon/approaches.csv")
    assert (steps.name, steps.options) == (
        "steps",
        {"pattern": r"Step (?P<step>\d+)", "columns": {"step": "number"}},
    )


def test_lets_keep_their_order_and_text() -> None:
    assert [(name, text.value) for name, text in claim(WHOLE).lets] == [
        ("baseline", "73%"),
        ("switch", 'one(runs[kind == "switch"])'),
    ]


def test_stated_number_keeps_its_digits() -> None:
    ratio, gain = claim(WHOLE).numbers
    assert (ratio.name, ratio.stated.value, ratio.computed.value) == (
        "roi_ratio",
        "38x",
        "switch_roi / training_roi",
    )
    assert gain.stated.value == "1.40"


def test_assertions_are_a_tuple() -> None:
    assert [text.value for text in claim(WHOLE).assertions] == [
        "switch_roi > training_roi",
        "all(runs.minutes > 0)",
    ]


def test_one_assertion_is_a_tuple_of_one() -> None:
    assert len(claim("title: t\nstatement: s\nassertion: a > b").assertions) == 1


def test_correction_is_a_claim_of_its_own() -> None:
    correction = claim(WHOLE).correction
    assert correction is not None
    assert (correction.statement.value, correction.reason.value) == ("It is less.", "One run was left out.")
    assert [text.value for text in correction.assertions] == ["switch_roi < training_roi"]
    assert [number.stated.value for number in correction.numbers] == ["20x"]


def test_table_without_a_name_is_called_by_its_place() -> None:
    first, second = claim(WHOLE).tables
    assert (first.name, [column.value for column in first.columns]) == ("1", ["approach", "minutes"])
    assert (second.name, second.columns, second.title and second.title.value) == ("steps", (), "Steps")


def test_plot_keeps_what_it_draws() -> None:
    scatter, line = claim(WHOLE).plots
    assert (scatter.name, scatter.kind.value, scatter.log) == ("1", "scatter", "xy")
    assert [text.value for text in line.y] == ["accuracy", "gain"]
    assert (line.name, line.color, line.log, line.marks) == ("2", None, "", ())


def test_marks_are_known_by_their_kind() -> None:
    hline, fit = claim(WHOLE).plots[0].marks
    assert isinstance(hline, Mark)
    assert (hline.kind, hline.value.value, hline.text and hline.text.value) == (
        "hline",
        "baseline",
        "the baseline",
    )
    assert (fit.kind, fit.value.value, fit.text) == ("fit", "power_law", None)


def test_notes_and_awaits_are_texts() -> None:
    found = claim(WHOLE)
    assert found.notes is not None
    assert found.awaits is not None
    assert (found.notes.value, found.awaits.value) == ("Typed by hand.", "V2 of the 8B run")


def test_claim_goes_to_another_process_and_back() -> None:
    found = claim(WHOLE)
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(end: str) -> None:
    found, problems = read_claim("claims/a.yaml", "a", WHOLE.replace("\n", end).encode())
    assert not problems
    assert isinstance(found, Claim)
    assert found.statement.value == claim(WHOLE).statement.value


def test_byte_order_mark_moves_no_column() -> None:
    _, problems = broken(b"\xef\xbb\xbftitel: x")
    assert str(problems[-1].place) == "claims/a.yaml:1:1"


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("title: The title\nstatement: &x y", "The title"),
        ("title: 'The title'\nlet: a: b", "The title"),
        ("title: >\n  x\nlet: a: b", ""),
        ("let: a: b", ""),
        ("statement: x", ""),
    ],
)
def test_broken_claim_has_its_title_when_it_can_be_read(source: str, title: str) -> None:
    found, _ = broken(source.encode())
    assert (found.id, found.path, found.title) == ("a", "claims/a.yaml", title)


def test_problems_of_yaml_and_schema_come_together() -> None:
    _, problems = broken(b"title: &x t\nstatment: s\nassertion: a\nassertion: b\n")
    assert [problem.code for problem in problems] == ["E-YAML", "E-KEY", "E-DUPLICATE"]


def test_problem_is_shown_with_its_line_and_caret() -> None:
    _, problems = broken(b"title: t\nstatement: s\nassertoin: a > b\nassertion: a\n")
    assert problems[0].render().splitlines() == [
        "claims/a.yaml:3:1  E-KEY  unknown key 'assertoin'",
        "  | assertoin: a > b",
        "  | ^^^^^^^^^",
        "  did you mean 'assertion'?",
    ]


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("statement: a {{ b\nassertion: a", "2:14"),
        ("statement: >\n  a\n  {{ | .2f }}\nassertion: a", "4:3"),
        ("statement: s\nassertion: a\nnotes: see {{ claim a }}", "4:15"),
        ("statement: s\nassertion: a\ncorrection: {statement: s, reason: 'a {{ b', assertion: a}", "4:39"),
    ],
)
def test_bad_binding_breaks_the_claim(lines: str, place: str) -> None:
    _, (problem,) = broken(f"title: t\n{lines}\n".encode())
    assert str(problem.place) == f"claims/a.yaml:{place}"


SMALL = "title: t\nstatement: s\nassertion: a > b\n"
NASTY = {
    "nothing": (b"", "E-EMPTY"),
    "comments only": (b"# a\n# b\n", "E-EMPTY"),
    "a list": (b"- title: t", "E-SHAPE"),
    "a text": (b"title", "E-SHAPE"),
    "two documents": (f"{SMALL}---\n{SMALL}---\n{SMALL}".encode(), "E-YAML"),
    "100,000 brackets": (b"title: " + b"[" * 100_000, "E-YAML"),
    "100,000 braces": (b"{" * 100_000, "E-YAML"),
    "100,000 dashes": (b"- " * 100_000, "E-YAML"),
    "100,000 question marks": (b"? " * 100_000, "E-YAML"),
    "100,000 indented keys": (b"".join(b" " * depth + b"a:\n" for depth in range(400)), "E-YAML"),
    "a billion laughs": (
        b"a: &a [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (n, n, b", ".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 107)),
        "E-YAML",
    ),
    "a merge": (SMALL.encode() + b"<<: {notes: x}\n", "E-YAML"),
    "a mapping as key": (SMALL.encode() + b"? {a: b}\n: c\n", "E-YAML"),
    "a huge scalar": (SMALL.encode() + b"notes: " + b"a" * 300_000, "E-SIZE"),
    "NUL": (SMALL.encode() + b"notes: a\0b", "E-ENCODING"),
    "NUL escaped": (SMALL.encode() + rb'notes: "a\0b"', "E-YAML"),
    "half a surrogate pair": (SMALL.encode() + rb'notes: "\ud800"', "E-YAML"),
    "a whole surrogate pair": (SMALL.encode() + rb'notes: "\ud83d\ude00"', "E-YAML"),
    "beyond Unicode": (SMALL.encode() + rb'notes: "\UFFFFFFFF"', "E-YAML"),
    "Latin-1": (SMALL.encode() + "notes: é".encode("latin-1"), "E-ENCODING"),
    "UTF-16": (SMALL.encode("utf-16"), "E-ENCODING"),
    "UTF-16 without a mark": (SMALL.encode("utf-16-le"), "E-ENCODING"),
    "a Python object": (b"title: !!python/object/apply:os.system ['true']", "E-YAML"),
    "an unknown anchor": (SMALL.encode() + b"notes: *nothing", "E-YAML"),
    "an anchor on itself": (SMALL.encode() + b"notes: &a [*a]", "E-YAML"),
    "a directive in the middle": (SMALL.encode() + b"%YAML 1.1\n---\n", "E-YAML"),
}


@pytest.mark.parametrize("name", NASTY)
def test_nasty_file_is_a_broken_claim(name: str) -> None:
    data, code = NASTY[name]
    started = process_time()
    _, problems = broken(data)
    assert process_time() - started < 2
    assert code in [problem.code for problem in problems]
    assert all(len(problem.render()) < 2000 for problem in problems)


def test_large_text_is_read() -> None:
    assert claim(SMALL + "notes: " + "a" * 200_000).notes is not None


def test_text_of_blanks_only_is_read_in_linear_time() -> None:
    started = process_time()
    claim(f'{SMALL}notes: "a{" " * 200_000}b\\t"')
    assert process_time() - started < 2


@pytest.mark.parametrize("item", ["a", "''", "{a: b}", "- b", '"\\t"'])
def test_as_many_values_as_fit_cost_little(item: str) -> None:
    source = f"{SMALL}tags:\n" + f"- {item}\n" * (250_000 // (len(item) + 3))
    started = process_time()
    read_claim("claims/a.yaml", "a", source.encode())
    assert process_time() - started < 5


WORDS = "title statement assertion numbers n stated computed evidence plots a.csv#1 1.40 é"
SIGNS = "{ } [ ] : - ' \" , # &a *a !t << ? | > \\ % @ ` {{ }} \0 \ufeff \u202e"
GAPS = ("\n", "\n  ", "\t", "\r", "---\n", "...\n", ": ", "- ", " #", "? ", "\u2028", "\x85")
PIECES = st.sampled_from((*WORDS.split(), *SIGNS.split(" "), *GAPS))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
@example("? \n")
@example("a:\n  - |\n")
@example('"\\\n')
def test_any_text_is_a_claim_or_has_problems(source: str) -> None:
    found, problems = read_claim("claims/a.yaml", "a", source.encode())
    assert isinstance(found, Claim) != bool(problems)
    assert all(problem.message and problem.place and problem.render() for problem in problems)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_claim_or_have_problems(data: bytes) -> None:
    found, problems = read_claim("claims/a.yaml", "a", data)
    assert isinstance(found, Claim) != bool(problems)


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), PIECES, st.integers(0, 12))
def test_any_edit_of_a_claim_is_a_claim_or_has_problems(offset: int, piece: str, cut: int) -> None:
    source = WHOLE[:offset] + piece + WHOLE[offset + cut :]
    found, problems = read_claim("claims/a.yaml", "a", source.encode())
    assert isinstance(found, Claim) != bool(problems)
    assert all(problem.place and problem.place.column <= len(problem.place.text) + 1 for problem in problems)


def test_report_has_the_title_of_its_first_heading() -> None:
    report, problems = read_report("claims/index.md", "index", b"intro\r\n\r\n# Five findings #\r\n")
    assert not problems
    assert report is not None
    assert (report.id, report.title, report.body) == (
        "index",
        "Five findings",
        "intro\n\n# Five findings #\n",
    )


def test_report_without_a_heading_is_called_by_its_id() -> None:
    report, _ = read_report("claims/a/b.md", "a/b", b"```\n# code\n```\n")
    assert report is not None
    assert report.title == "a/b"


@pytest.mark.parametrize(
    ("data", "code"), [(b"# caf\xe9", "E-ENCODING"), (b"a\0", "E-ENCODING"), (b"a" * 1_048_577, "E-SIZE")]
)
def test_report_that_is_no_text_is_a_problem(data: bytes, code: str) -> None:
    report, (problem,) = read_report("claims/a.md", "a", data)
    assert report is None
    assert problem.code == code


@pytest.mark.heavy
def test_a_thousand_claims_take_about_a_second() -> None:
    data = WHOLE.encode()
    started = process_time()
    for _ in range(1000):
        read_claim("claims/a.yaml", "a", data)
    assert process_time() - started < 5
