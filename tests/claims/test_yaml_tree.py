"""YAML as texts with places, and the parts of YAML that a claim does without."""

from __future__ import annotations

import pytest

from site_builder.claims.claim import Text
from site_builder.claims.file_text import split
from site_builder.claims.findings import Findings
from site_builder.claims.yaml_tree import DEEPEST, Entries, Items, Node, Nothing, Refused, compose
from site_builder.problems import Problem


def read(source: str) -> tuple[Node | None, tuple[Problem, ...]]:
    findings = Findings()
    node = compose(split("a.yaml", source), findings)
    return node, findings.sorted()


def entries(source: str) -> Entries:
    node, problems = read(source)
    assert isinstance(node, Entries)
    assert not problems
    return node


def problem(source: str) -> Problem:
    """The one problem of a file."""
    _, problems = read(source)
    assert len(problems) == 1, [found.message for found in problems]
    return problems[0]


def value(source: str) -> str:
    node = entries(source).get("a")
    assert isinstance(node, Text)
    return node.value


@pytest.mark.parametrize(
    "typed", ["no", "1e-6", "1:30", "2025-12-31", "1.40", "0x1F", "~", "null", "007", ".nan"]
)
def test_scalar_stays_the_text_that_was_typed(typed: str) -> None:
    assert value(f"a: {typed}") == typed


def test_flow_and_block_collections_are_told_apart() -> None:
    flow, block = entries("a: [x]\nb:\n  - x").pairs
    assert isinstance(flow[1], Items)
    assert flow[1].is_flow
    assert isinstance(block[1], Items)
    assert not block[1].is_flow


def test_key_without_a_value_holds_nothing() -> None:
    assert isinstance(entries("a:\nb: 1").get("a"), Nothing)


def test_quoted_empty_text_is_a_text() -> None:
    assert value("a: ''") == ""


def test_block_without_a_text_holds_nothing() -> None:
    assert isinstance(entries("a: >\nb: 1").get("a"), Nothing)


def test_absent_key_gives_none() -> None:
    assert entries("a: 1").get("b") is None


def test_column_counts_characters() -> None:
    (key, node), *_ = entries("é𝄞: 'ß' # ä").pairs
    assert isinstance(node, Text)
    assert (key.place.width, node.place.column) == (2, 6)


def test_yaml_version_line_is_allowed() -> None:
    assert value("%YAML 1.2\n---\na: 1\n...\n") == "1"


def test_comment_after_a_value_is_no_part_of_it() -> None:
    assert value("a: x.csv   # relative to evidence/") == "x.csv"


def test_aligned_comment_without_a_space_is_a_comment() -> None:
    assert value("a: x.csv   #relative") == "x.csv"


REFUSED = {
    "an anchor": ("a: &x 1", "the anchor &x", 4),
    "an alias": ("a: *x", "the alias *x", 4),
    "a tag": ("a: !x 1", "the tag !x", 4),
    "a standard tag": ("a: !!str 1", "the tag !!str", 4),
    "the empty tag": ("a: ! 1", "the tag !", 4),
    "a tag on a mapping": ("a: !!python/object/apply:os.system [x]", "the tag !!python", 4),
    "a merge": ("<<: {a: 1}", "the merge key <<", 1),
    "a tag line": ("%TAG ! tag:x:\n---\na: 1", "a %TAG line", 1),
    "a second document": ("a: 1\n---\nb: 1", "a second document", 1),
    "a list as key": ("? [a]\n: b", "a key must be a plain word", 3),
    "a mapping as key": ("? {a: 1}\n: b", "a key must be a plain word", 3),
    "a list as key in one line": ("[a, b]: c", "a key must be a plain word", 1),
    "no key": ("?\n: b", "a ':' without a key before it", 2),
    "braces": ("a: {{ x }}", "a text that begins with {{", 4),
    "braces in braces": ("a: {{ x: {y: [z]} }}", "a text that begins with {{", 4),
    "braces and more": ("a: {{ x }} more", "a text that begins with {{", 4),
    "a bound": ("a: >5", ">5 is read as the beginning of a block", 4),
    "a bound with comment": ("a: >5  # at least", ">5 is read as the beginning of a block", 4),
    "a cut text": ("a: We rank #1 of 5", "the text ends before '#1 of 5'", 12),
    "a cut text over lines": ("a: We\n  rank #1", "the text ends before '#1'", 8),
    "a NUL escape": (r'a: "x\0"', "the escape stands for U+0000 (NUL)", 6),
    "an escape escape": (r'a: "x\e"', "the escape stands for U+001B", 6),
    "a line separator": ("a: x\u2028y", "the file holds U+2028 (LINE SEPARATOR)", 5),
    "a second byte order mark": ("\ufeffa: x", "the file holds U+FEFF", 1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_yaml_beyond_the_format_is_refused_with_its_place(name: str) -> None:
    source, message, column = REFUSED[name]
    found = problem(source)
    assert message in found.message
    assert found.place is not None
    assert found.place.column == column
    assert found.hint


def test_refused_part_is_underlined_whole() -> None:
    place = problem("a: &x 1").place
    assert place is not None
    assert place.width == len("&x 1")


def test_several_refusals_are_reported_together() -> None:
    _, problems = read("a: &x 1\nb: *x\nc: !y z\nc: 1\n")
    assert [found.place.line for found in problems if found.place] == [1, 2, 3, 4]


def test_refused_value_is_marked_as_reported() -> None:
    node, _ = read("a: *x\nb: 1")
    assert isinstance(node, Entries)
    assert isinstance(node.get("a"), Refused)


def test_repeated_key_names_the_line_of_the_first() -> None:
    found = problem("b: 1\na: 1\nb: 2")
    assert found.code == "E-DUPLICATE"
    assert "already on line 1" in found.message
    assert str(found.place) == "a.yaml:3:1"


def test_quoted_key_repeats_a_plain_one() -> None:
    assert problem("a: 1\n'a': 2").code == "E-DUPLICATE"


def test_first_of_repeated_keys_is_kept() -> None:
    node, _ = read("a: 1\na: 2")
    assert isinstance(node, Entries)
    assert [key.place.line for key, _ in node.pairs] == [1]


@pytest.mark.parametrize("source", ["", "# only\n# comments\n", "\n\n"])
def test_empty_file_is_said_to_be_empty(source: str) -> None:
    assert problem(source).code == "E-EMPTY"


def test_deepest_nesting_is_read() -> None:
    assert entries("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1))


def test_deeper_nesting_is_refused() -> None:
    assert "nested more than 20 deep" in problem("a: " + "[" * DEEPEST + "]" * DEEPEST).message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{"])
def test_hundred_thousand_openings_are_one_problem(opening: str) -> None:
    assert "nested more than 20 deep" in problem(opening * 100_000).message


def test_hundred_thousand_openings_of_a_binding_are_one_problem() -> None:
    assert "begins with {{" in problem("a: " + "{" * 100_000).message
