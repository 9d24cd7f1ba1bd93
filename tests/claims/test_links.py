"""Entries of `evidence:`, short and long."""

from __future__ import annotations

import pytest

from site_builder.claims.claim import EvidenceLink
from site_builder.claims.file_text import split
from site_builder.claims.findings import Findings
from site_builder.claims.links import COLUMN_TYPES, KEYS, links
from site_builder.claims.shapes import Spot
from site_builder.claims.yaml_tree import compose
from site_builder.evidence.options import FIELD_TYPES, NAMES
from site_builder.problems import Place, Problem


def read(source: str) -> tuple[tuple[EvidenceLink, ...] | None, tuple[Problem, ...]]:
    findings = Findings()
    node = compose(split("a.yaml", source), findings)
    assert node is not None
    return links(node, Spot("evidence", Place("a.yaml")), findings), findings.sorted()


def link(source: str) -> EvidenceLink:
    found, problems = read(source)
    assert not problems
    assert found is not None
    return found[0]


def problem(source: str) -> Problem:
    found, (only,) = read(source)
    assert not found
    return only


SHORT = {
    "r: runs.csv": ("runs.csv", ""),
    "r: a/results.json#$.results[*]": ("a/results.json", "$.results[*]"),
    "r: 'report.md#finding-2:2'": ("report.md", "finding-2:2"),
    "r: ' report.md#a heading #2 '": ("report.md", "a heading #2"),
    "r: runs/*.csv": ("runs/*.csv", ""),
}


@pytest.mark.parametrize("source", SHORT)
def test_short_form_is_a_path_and_a_place_inside(source: str) -> None:
    found = link(source)
    assert (found.name, found.file.value, found.inside) == ("r", *SHORT[source])
    assert found.options == {}


def test_place_of_the_file_is_its_path() -> None:
    place = link("r: ' a.md#b'").file.place
    assert (place.column, place.width) == (6, 4)


def test_place_of_the_link_is_its_name() -> None:
    place = link("runs: a.csv").place
    assert place is not None
    assert (place.column, place.width) == (1, 4)


def test_place_inside_stands_in_its_own_key_of_the_long_form() -> None:
    found = link("r: {file: a.xlsx, inside: Sheet1}")
    assert (found.inside, found.options) == ("Sheet1", {})


def test_long_form_may_have_the_place_in_its_path() -> None:
    assert link("r: {file: a.md#2, header: 0}").inside == "2"


OPTIONS = {
    "missing: n/a": ("missing", ("n/a",)),
    "missing: [pending, '-', '']": ("missing", ("pending", "-", "")),
    "delimiter: ' '": ("delimiter", " "),
    r'delimiter: "\t"': ("delimiter", "\t"),
    "header: 2": ("header", "2"),
    "skip: 0": ("skip", "0"),
    "names: [a, b c]": ("names", ("a", "b c")),
    "columns: {a: number, b: quantity}": ("columns", {"a": "number", "b": "quantity"}),
    "units: {a: min}": ("units", {"a": "min"}),
    "cell: '([0-9]+) s'": ("cell", "([0-9]+) s"),
    "cell: {a: '(.) s'}": ("cell", {"a": "(.) s"}),
    "decimal: ','": ("decimal", ","),
    "comment: '#'": ("comment", "#"),
    "encoding: latin-1": ("encoding", "latin-1"),
    "ragged: pad": ("ragged", "pad"),
    "pattern: 'Step (?P<step>.*)'": ("pattern", "Step (?P<step>.*)"),
}


@pytest.mark.parametrize("option", OPTIONS)
def test_option_is_plain_text_or_texts(option: str) -> None:
    found = link(f"r:\n  file: a.csv\n  {option}")
    assert found.options == dict([OPTIONS[option]])


WRONG = {
    "r: {file: a.csv, columns: {a: integer}}": ("E-OPTION", "'evidence.r.columns.a' can't be 'integer'"),
    "r: {file: a.csv, header: two}": (
        "E-OPTION",
        "'evidence.r.header' must be a whole number of lines, not 'two'",
    ),
    "r: {file: a.csv, skip: -1}": ("E-OPTION", "'evidence.r.skip' must be a whole number of lines, not '-1'"),
    "r: {file: a.csv, header: ٢}": (
        "E-OPTION",
        "'evidence.r.header' must be a whole number of lines, not '٢'",
    ),
    "r: {file: a.csv, ragged: cut}": ("E-OPTION", "'evidence.r.ragged' can't be 'cut'"),
    "r: {file: a.csv, decimal: x}": ("E-OPTION", "'evidence.r.decimal' can't be 'x'"),
    "r: {file: a.csv, missing: {a: b}}": ("E-SHAPE", "'evidence.r.missing' must be a text, not a mapping"),
    "r: {file: a.csv, sep: ;}": ("E-KEY", "unknown key 'sep' in 'evidence.r'"),
    "r: {delimiter: ;}": ("E-REQUIRED", "'evidence.r' has no 'file'"),
    "r: {file: a.md#2, inside: '3'}": ("E-OPTION", "'evidence.r': the place inside the file is given twice"),
    "r: 'a.md#'": ("E-OPTION", "'evidence.r': no place is named after the #"),
    "r: '#2'": ("E-EMPTY", "'evidence.r' names no file before the #"),
    "r:": ("E-EMPTY", "'evidence.r' has no value"),
    "r: {query: SELECT 1}": ("E-REQUIRED", "'evidence.r' has no 'tables'"),
    "r: {query: SELECT 1, tables: {}}": ("E-EMPTY", "'evidence.r.tables' has no value"),
    "r: {query: SELECT 1, tables: a.csv}": (
        "E-SHAPE",
        "'evidence.r.tables' must be a mapping of names, not a text",
    ),
    "r: {query: '', tables: {a: a.csv}}": ("E-EMPTY", "'evidence.r.query' has no value"),
    "r: {query: SELECT 1, tables: {a b: a.csv}}": (
        "E-IDENTIFIER",
        "'evidence.r.tables' can't have the name 'a b': letters, digits and _ only",
    ),
    "r: {query: SELECT 1, tables: {a: a.csv, A: b.csv}}": (
        "E-DUPLICATE",
        "two of 'evidence.r.tables' are called 'A': SQL takes capital letters for small ones",
    ),
    "r: {query: SELECT 1, tables: {a: {query: SELECT 1, tables: {b: b.csv}}}}": (
        "E-OPTION",
        "'evidence.r.tables.a' must be a file: a query reads files, not queries",
    ),
    "r: {query: SELECT 1, tables: {a: a.csv}, skip: 1}": ("E-KEY", "unknown key 'skip' in 'evidence.r'"),
    "r: {query: SELECT 1, sql: x, tables: {a: a.csv}}": ("E-KEY", "unknown key 'sql' in 'evidence.r'"),
    "r: {engine: duckdb, tables: {a: a.csv}}": ("E-REQUIRED", "'evidence.r' has no 'query'"),
}


@pytest.mark.parametrize("source", WRONG)
def test_wrong_entry_is_reported(source: str) -> None:
    _, problems = read(source)
    assert [(problem.code, problem.message) for problem in problems] == [WRONG[source]]
    assert problems[0].hint


def test_word_of_another_tool_leads_to_ours() -> None:
    assert read("r: {file: a.csv, sep: ;}")[1][0].hint == "it is called 'delimiter' here"


def test_a_query_has_its_text_its_tables_and_what_its_answer_means() -> None:
    found = link(
        "r:\n  query: |\n    SELECT a\n    FROM t\n  engine: duckdb\n  units: {a: min}\n"
        "  tables: {t: x/*.csv, u: {file: b.md#2, columns: {a: number}}}"
    )
    assert found.file.value == "SELECT a\nFROM t\n"
    assert str(found.file.at(9)) == "a.yaml:4:5"
    assert found.options == {"units": {"a": "min"}}
    assert found.query is not None
    assert found.query.engine is not None
    assert found.query.engine.value == "duckdb"
    assert [(t.name, t.file.value, t.inside, t.options) for t in found.query.tables] == [
        ("t", "x/*.csv", "", {}),
        ("u", "b.md", "2", {"columns": {"a": "number"}}),
    ]


def test_other_entries_are_read_beside_a_wrong_one() -> None:
    found, problems = read("a: [x]\nb: b.csv")
    assert [entry.name for entry in found or ()] == ["b"]
    assert len(problems) == 1


def test_options_are_those_that_evidence_reads() -> None:
    assert set(KEYS.known) - {"file", "inside"} == set(NAMES)


def test_column_types_are_those_that_evidence_knows() -> None:
    assert set(COLUMN_TYPES) == set(FIELD_TYPES)


def test_every_other_word_leads_to_a_key() -> None:
    assert set(KEYS.otherwise.values()) <= set(KEYS.known)
