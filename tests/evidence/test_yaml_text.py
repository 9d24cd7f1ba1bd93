"""YAML without its traps."""

from __future__ import annotations

import pytest

from site_builder.evidence.nested import Plain, Record, Typed
from site_builder.evidence.yaml_text import loads
from site_builder.problems import Mistake, Problem


def problem(text: str) -> Problem:
    with pytest.raises(Mistake) as caught:
        loads(text, "evidence/a.yml")
    return caught.value.problem


SCALARS: list[tuple[str, object]] = [
    ("1", 1),
    ("-1", -1),
    ("0", 0),
    ("null", None),
    ("~", None),
    ("", None),
    ("true", True),
    ("False", False),
    ("'1'", "1"),
    ('"true"', "true"),
    ("no", "no"),
    ("yes", "yes"),
    ("1:30", "1:30"),
    ("007", "007"),
    ("1_000", "1_000"),
    ("0x1F", "0x1F"),
    ("2024-01-31", "2024-01-31"),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("1.5.2", "1.5.2"),
    ("~40%", "~40%"),
    ("|\n  two\n  lines\n", "two\nlines\n"),
]


@pytest.mark.parametrize(("text", "expected"), SCALARS)
def test_a_scalar(text: str, expected: object) -> None:
    value = loads(f"a: {text}", "a.yml")
    assert isinstance(value, Record)
    assert value["a"] == expected
    assert isinstance(value["a"], bool) == isinstance(expected, bool)


@pytest.mark.parametrize("text", ["1.40", "1e-6", ".5", "-2.", "1.", "+3"])
def test_a_decimal_keeps_its_digits(text: str) -> None:
    value = loads(f"- {text}", "a.yml")
    assert isinstance(value, list)
    assert isinstance(value[0], Typed)
    assert value[0].typed == text


def test_plain_text_is_told_from_quoted() -> None:
    value = loads("[a, 'a']", "a.yml")
    assert isinstance(value, list)
    assert [isinstance(item, Plain) for item in value] == [True, False]


def test_mappings_know_their_lines_and_those_of_their_keys() -> None:
    value = loads("\n- a: 1\n  b:\n    c: 2\n", "a.yml")
    assert isinstance(value, list)
    assert value[0].line == 2
    assert value[0].lines == {"a": 2, "b": 3}
    assert value[0]["b"].line == 4


def test_nothing_is_null() -> None:
    assert loads("# only a comment\n", "a.yml") is None


REFUSED = {
    "a: &x 1\nb: *x\n": "an anchor",
    "- *x\n": "an alias",
    "a: !!python/object:os.system x\n": "a tag",
    "a: !!int 3\n": "a tag",
    "a: 1\n---\nb: 2\n": "a second document",
    "a: 1\na: 2\n": "stands twice",
    "<<: {a: 1}\n": "a merge",
    "? [a]\n: 1\n": "a key must be a text",
    "[" * 60 + "]" * 60: "more than 50 levels",
    "[" * 300_000: "more than 50 levels",
    "a: [1\n": "not YAML",
    "\ta: 1\n": "not YAML",
    "a: 'x\n": "not YAML",
    "a: \x07\n": "not YAML",
}


@pytest.mark.parametrize("text", REFUSED, ids=list(REFUSED.values()))
def test_what_is_refused(text: str) -> None:
    found = problem(text)
    assert REFUSED[text] in found.message
    assert found.code == "E-YAML"
    assert found.hint


def test_a_refusal_has_its_line() -> None:
    found = problem("a: 1\nb: 2\na: 3\n")
    assert found.place is not None
    assert (found.place.line, found.place.column) == (3, 1)


def test_a_flood_of_aliases_never_grows() -> None:
    assert "an anchor" in problem("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n").message


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(Mistake, match="too large"):
        loads("#" * 16_000_001, "evidence/a.yml")
