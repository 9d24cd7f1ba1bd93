"""What a claim file may hold: every mistake in it is reported, in one go and with its place."""

from __future__ import annotations

import pytest

from site_builder.claims.file_text import split
from site_builder.claims.findings import Findings
from site_builder.claims.schema import check_claim, title_of
from site_builder.claims.yaml_tree import compose
from site_builder.problems import Problem

WHOLE = """\
title: Switching pays
statement: It returned {{ ratio }}.
assertion: a > b
"""


def problems(source: str) -> tuple[Problem, ...]:
    findings = Findings()
    node = compose(split("a.yaml", source), findings)
    assert node is not None
    check_claim(node, "a.yaml", findings)
    return findings.sorted()


def added(source: str) -> tuple[Problem, ...]:
    """The problems of a whole claim with some lines more; line 4 is the first of them."""
    return problems(WHOLE + source)


def one(source: str) -> Problem:
    (found,) = added(source)
    return found


def test_smallest_claim_has_no_problem() -> None:
    assert not problems(WHOLE)


def test_numbers_do_instead_of_an_assertion() -> None:
    assert not problems("title: t\nstatement: s\nnumbers:\n  n: {stated: 1, computed: a}\n")


@pytest.mark.parametrize("key", ["title", "statement"])
def test_missing_key_is_reported(key: str) -> None:
    lines = [line for line in WHOLE.splitlines() if not line.startswith(key)]
    (found,) = problems("\n".join(lines))
    assert (found.code, found.message) == ("E-REQUIRED", f"the claim has no '{key}'")
    assert found.hint.startswith(f"add  {key}: ")


def test_claim_without_anything_to_check_is_reported() -> None:
    (found,) = problems("title: t\nstatement: s\nawaits: the 8B run\n")
    assert found.message == "the claim has neither 'assertion' nor 'numbers': there is nothing to check"


def test_all_problems_come_in_one_go_and_in_order() -> None:
    source = (
        "titel: t\nevidence: {}\nlet: [a]\nnumbers:\n  n: {stated: 1}\nplots:\n  - {kind: pie}\nnote: n\n"
    )
    found = problems(source)
    assert [(problem.code, problem.place.line if problem.place else None) for problem in found] == [
        ("E-REQUIRED", 0),
        ("E-KEY", 1),
        ("E-EMPTY", 2),
        ("E-SHAPE", 3),
        ("E-REQUIRED", 5),
        ("E-REQUIRED", 7),
        ("E-REQUIRED", 7),
        ("E-OPTION", 7),
        ("E-KEY", 8),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "titel: t\nstatement: s\nassertion: a",
        "name: t\nstatement: s\nassertion: a",
        "title: t\nstatement: s\nasertion: a",
        "title: t\nstatement: s\nassertion: a\ncorrection: {statement: s, why: r, assertion: a}",
        "title: t\nstatement: s\nassertion: a\ncorrection: {statement: s, reason: r, assert: a}",
    ],
)
def test_misspelt_key_is_not_also_reported_as_missing(source: str) -> None:
    assert [problem.code for problem in problems(source)] == ["E-KEY"]


UNKNOWN = {
    "a claim": ("asertion: x", "unknown key 'asertion'", "did you mean 'assertion'?"),
    "another word": ("charts: x", "unknown key 'charts'", "it is called 'plots' here"),
    "another case": ("Tags: x", "unknown key 'Tags'", "did you mean 'tags'?"),
    "a number": (
        "numbers:\n  n: {stated: 1, computed: a, compute: b}",
        "unknown key 'compute' in 'numbers.n'",
        "did you mean 'computed'?",
    ),
    "a source": ("source: {title: t, link: u}", "unknown key 'link' in 'source'", "it is called 'url' here"),
    "a correction": (
        "correction: {statement: s, reason: r, assertion: a, plots: x}",
        "unknown key 'plots' in 'correction'",
        "known: assertion, numbers, reason, statement",
    ),
    "a table": (
        "tables: [{show: r, column: x}]",
        "unknown key 'column' in 'tables[1]'",
        "did you mean 'columns'?",
    ),
    "evidence": (
        "evidence:\n  r: {file: a.csv, delimeter: ;}",
        "unknown key 'delimeter' in 'evidence.r'",
        "did you mean 'delimiter'?",
    ),
    "a mark": (
        "plots: [{kind: bar, data: r, alt: a, marks: [{hline: 1, txt: x}]}]",
        "unknown key 'txt' in 'plots[1].marks[1]'",
        "did you mean 'text'?",
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_key_names_the_nearest_known_one(name: str) -> None:
    source, message, hint = UNKNOWN[name]
    found = one(source)
    assert (found.code, found.message, found.hint) == ("E-KEY", message, hint)


MISSHAPEN = {
    "a text for evidence": (
        "evidence: a.csv",
        "E-SHAPE",
        "'evidence' must be a mapping of names, not a text",
    ),
    "a list for evidence": (
        "evidence: [a.csv]",
        "E-SHAPE",
        "'evidence' must be a mapping of names, not a list",
    ),
    "a list of files": (
        "evidence:\n  r: [a.csv]",
        "E-SHAPE",
        "'evidence.r' must be a path or a mapping, not a list",
    ),
    "a text for let": ("let: x", "E-SHAPE", "'let' must be a mapping of names, not a text"),
    "a mapping for a text": ("notes:\n  x: 1", "E-SHAPE", "'notes' must be a text, not a mapping"),
    "a list for a text": ("notes:\n  - x", "E-SHAPE", "'notes' must be a text, not a list"),
    "a stated number alone": ("numbers:\n  n: 38x", "E-SHAPE", "'numbers.n' must be a mapping, not a text"),
    "a mapping for tables": ("tables: {show: r}", "E-SHAPE", "'tables' must be a list, not a mapping"),
    "a text in tables": ("tables: [runs]", "E-SHAPE", "'tables[1]' must be a mapping, not a text"),
    "a text for source": ("source: Paper", "E-SHAPE", "'source' must be a mapping, not a text"),
    "a list for an expression": (
        "let:\n  sizes: [3, 8]",
        "E-SHAPE",
        "'let.sizes' must be an expression; one that begins with [ is read as a list or mapping",
    ),
    "a mapping of columns": (
        "tables: [{show: r, columns: {a: b}}]",
        "E-SHAPE",
        "'tables[1].columns' must be a text, not a mapping",
    ),
    "no value": ("notes:", "E-EMPTY", "'notes' has no value"),
    "a blank text": ("notes: ' '", "E-EMPTY", "'notes' has no value"),
    "a blank expression": ("let:\n  x: ''", "E-EMPTY", "'let.x' has no value"),
    "no delimiter": (
        "evidence:\n  r: {file: a.csv, delimiter: ''}",
        "E-EMPTY",
        "'evidence.r.delimiter' has no value",
    ),
    "a list for a delimiter": (
        "evidence:\n  r: {file: a.csv, delimiter: [x]}",
        "E-SHAPE",
        "'evidence.r.delimiter' must be a text, not a list",
    ),
    "a mapping for an expression": (
        "let:\n  x:\n    y: 1",
        "E-SHAPE",
        "'let.x' must be an expression, not a mapping",
    ),
    "a text for a mark": (
        "plots: [{kind: bar, data: r, alt: a, marks: [baseline]}]",
        "E-SHAPE",
        "'plots[1].marks[1]' must be a mapping, not a text",
    ),
    "an empty list": ("tags: []", "E-EMPTY", "'tags' has no value"),
    "an empty mapping": ("let: {}", "E-EMPTY", "'let' has no value"),
    "an empty item": ("tags: [a, '']", "E-EMPTY", "'tags[2]' has no value"),
    "nothing stated": (
        "numbers:\n  n: {stated: , computed: a}",
        "E-EMPTY",
        "'numbers.n.stated' has no value",
    ),
    "an unknown plot": (
        "plots: [{kind: pie, data: r, alt: a}]",
        "E-OPTION",
        "'plots[1].kind' can't be 'pie'",
    ),
    "an unknown axis": (
        "plots: [{kind: bar, data: r, alt: a, log: z}]",
        "E-OPTION",
        "'plots[1].log' can't be 'z'",
    ),
    "an unknown fit": (
        "plots: [{kind: bar, data: r, alt: a, marks: [{fit: quadratic}]}]",
        "E-OPTION",
        "'plots[1].marks[1].fit' can't be 'quadratic'",
    ),
    "a mark of nothing": (
        "plots: [{kind: bar, data: r, alt: a, marks: [{text: t}]}]",
        "E-REQUIRED",
        "'plots[1].marks[1]' has none of hline, vline, fit",
    ),
    "a mark of two kinds": (
        "plots: [{kind: bar, data: r, alt: a, marks: [{hline: 1, vline: 2}]}]",
        "E-REQUIRED",
        "'plots[1].marks[1]' has more than one of hline, vline, fit",
    ),
    "a plot without words": ("plots: [{kind: bar, data: r}]", "E-REQUIRED", "'plots[1]' has no 'alt'"),
    "a correction of nothing": (
        "correction: {statement: s, reason: r}",
        "E-REQUIRED",
        "'correction' has neither 'assertion' nor 'numbers': there is nothing to check",
    ),
    "a plot's name for an address": (
        "plots: [{name: a/b, kind: bar, data: r, alt: a}]",
        "E-IDENTIFIER",
        "'plots[1].name' can't be 'a/b': letters, digits, - and _ only",
    ),
    "two plots of one name": (
        "plots: [{name: '2', kind: bar, data: r, alt: a}, {kind: bar, data: r, alt: a}]",
        "E-DUPLICATE",
        "two of 'plots' have the name '2'",
    ),
    "a tag that is a list": (
        "tags: roi, models",
        "E-OPTION",
        "the tag 'roi, models' can't hold a comma or a quote",
    ),
    "a tag twice": ("tags: [roi, roi]", "E-DUPLICATE", "the tag 'roi' is there twice"),
    "a query without tables": (
        "evidence:\n  r: {query: SELECT 1, engine: duckdb}",
        "E-REQUIRED",
        "'evidence.r' has no 'tables'",
    ),
    "a comma in a call": (
        "numbers:\n  n: {stated: 38x, computed: ratio(a, b)}",
        "E-YAML",
        "the text ends at the comma after 'ratio(a': in { } and [ ] a comma ends a value",
    ),
    "a comma in a listed call": (
        "tables:\n  - show: r\n    columns: [f(a, b)]",
        "E-YAML",
        "the text ends at the comma after 'f(a': in { } and [ ] a comma ends a value",
    ),
    "a comma in a value of let": (
        "let: {a: f(x, y)}",
        "E-YAML",
        "the text ends at the comma after 'f(x': in { } and [ ] a comma ends a value",
    ),
    "a comma in a quantity of let": (
        "let: {a: 10,000}",
        "E-YAML",
        "the text ends at the comma before '000': in { } and [ ] a comma ends a value",
    ),
    "a comma in a number": (
        "numbers:\n  n: {stated: 10,000+, computed: a}",
        "E-YAML",
        "the text ends at the comma before '000+': in { } and [ ] a comma ends a value",
    ),
}


@pytest.mark.parametrize("name", MISSHAPEN)
def test_value_of_another_kind_is_reported(name: str) -> None:
    source, code, message = MISSHAPEN[name]
    found = one(source)
    assert (found.code, found.message) == (code, message)
    assert found.place is not None
    assert found.place.line >= 4


@pytest.mark.parametrize("name", MISSHAPEN)
def test_next_step_is_said(name: str) -> None:
    assert one(MISSHAPEN[name][0]).hint


def test_empty_value_asks_for_one() -> None:
    assert one("notes:").hint == "give it one, or delete the key"


def test_place_of_a_value_of_another_kind_is_the_value() -> None:
    assert str(one("numbers:\n  n: 38x").place) == "a.yaml:5:6"


def test_quoted_text_with_an_open_bracket_is_no_cut_text() -> None:
    assert not added("numbers:\n  n: {stated: '(1', computed: a}")


def test_value_refused_by_yaml_is_reported_once() -> None:
    findings = Findings()
    node = compose(split("a.yaml", WHOLE + "notes: *x"), findings)
    assert node is not None
    check_claim(node, "a.yaml", findings)
    assert len(findings.sorted()) == 1


@pytest.mark.parametrize("source", ["- a\n- b", "just a text"])
def test_file_that_is_no_mapping_is_reported(source: str) -> None:
    (found,) = problems(source)
    assert found.message.startswith("the claim must be a mapping, not a ")


def test_plot_kind_of_a_plug_in_is_known_when_it_is_passed() -> None:
    findings = Findings()
    node = compose(split("a.yaml", WHOLE + "plots: [{kind: violin, data: r, alt: a}]"), findings)
    assert node is not None
    check_claim(node, "a.yaml", findings, ("violin",))
    assert not findings


CLASHES = {
    "evidence and let": (
        "evidence:\n  runs: a.csv\nlet:\n  runs: 1",
        "'runs' is already the name of evidence on line 5",
    ),
    "case": ("let:\n  Runs: 1\n  runs: 2", "'runs' looks like 'Runs' on line 5"),
    "case between groups": (
        "let:\n  ROI: 1\nnumbers:\n  roi: {stated: 1, computed: ROI}",
        "'roi' looks like 'ROI' on line 5",
    ),
    "case in a correction": (
        "let:\n  ROI: 1\ncorrection: {statement: s, reason: r, numbers: {roi: {stated: 1, computed: ROI}}}",
        "'roi' looks like 'ROI' on line 5",
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_names_that_get_mixed_up_are_reported(name: str) -> None:
    source, message = CLASHES[name]
    found = one(source)
    assert (found.code, found.message) == ("E-CLASH", message)


def test_number_may_have_the_name_of_its_value_and_of_its_correction() -> None:
    number = "roi: {stated: 1, computed: roi}"
    correction = f"correction: {{statement: s, reason: r, numbers: {{{number}}}}}"
    assert not added(f"let:\n  roi: 1\nnumbers:\n  {number}\n{correction}")


def test_column_may_have_any_name() -> None:
    assert not added("evidence:\n  r: {file: a.csv, columns: {class: text, 'größe (cm)': number}}")


@pytest.mark.parametrize(
    ("group", "entry"), [("evidence", "a.csv"), ("let", "1"), ("numbers", "{stated: 1, computed: a}")]
)
def test_name_that_no_expression_can_use_is_reported(group: str, entry: str) -> None:
    found = one(f"{group}:\n  my-name: {entry}")
    assert found.code == "E-IDENTIFIER"
    assert found.place is not None
    assert (found.place.line, found.place.column, found.place.width) == (5, 3, 7)


def test_title_is_known_even_of_a_broken_claim() -> None:
    findings = Findings()
    assert title_of(compose(split("a.yaml", "title: ' A b '\nx: &y 1"), findings)) == "A b"


@pytest.mark.parametrize("source", ["title: [a]", "- title", "x: 1"])
def test_unreadable_title_is_empty(source: str) -> None:
    assert title_of(compose(split("a.yaml", source), Findings())) == ""


def test_thousands_of_unknown_keys_cost_little() -> None:
    source = WHOLE + "".join(f"key{number}: 1\n" for number in range(15_000))
    found = added(source[len(WHOLE) :])
    assert found[-1].code == "E-MORE"
