"""JSON, strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.evidence.json_text import loads, loads_lines
from site_builder.evidence.nested import Record, Typed
from site_builder.problems import Mistake, Problem


def problem(text: str) -> Problem:
    with pytest.raises(Mistake) as caught:
        loads(text, "evidence/a.json")
    return caught.value.problem


def at(found: Problem) -> tuple[int, int]:
    assert found.place is not None
    return found.place.line, found.place.column


def test_numbers_keep_their_digits() -> None:
    value = loads('{"a": 1.40, "b": 1e5}', "a.json")
    assert isinstance(value, Record)
    numbers = [value["a"], value["b"]]
    assert [number.typed for number in numbers if isinstance(number, Typed)] == ["1.40", "1e5"]


def test_a_very_long_integer_keeps_its_digits() -> None:
    value = loads("1" * 5000, "a.json")
    assert isinstance(value, Typed)
    assert value.typed == "1" * 5000


def test_objects_know_their_lines() -> None:
    value = loads('[\n {"a": {\n "}": 1}},\n\n {"b": "{\\n"}]', "a.json")
    assert isinstance(value, list)
    assert [item.line for item in value] == [2, 5]
    assert value[0]["a"].line == 2


CONSTANTS = [("NaN", (1, 1)), ("[1, Infinity]", (1, 5)), ('{"a":\n -Infinity}', (2, 2))]


@pytest.mark.parametrize(("text", "place"), CONSTANTS)
def test_what_is_no_number_is_refused(text: str, place: tuple[int, int]) -> None:
    found = problem(text)
    assert "is not a number that JSON has" in found.message
    assert at(found) == place


def test_a_word_in_a_string_is_not_a_number() -> None:
    assert at(problem('["NaN", "\\"Infinity", NaN]')) == (1, 23)


def test_a_key_twice_is_refused_at_the_second() -> None:
    found = problem('{"a": {"b": 1},\n "c": [{"b": 2}],\n "a": 3}')
    assert found.message == "the key 'a' stands twice in one object"
    assert at(found) == (3, 2)


def test_a_key_twice_by_escape_is_refused() -> None:
    assert at(problem('{"a": 1, "\\u0061": 2}')) == (1, 10)


@pytest.mark.parametrize("text", ['"\\ud800"', '["x", "\\udc00"]', '"\\ud800\\ud800"', '"\\ud83dx"'])
def test_half_a_surrogate_pair_is_refused(text: str) -> None:
    assert "half of a surrogate pair" in problem(text).message


@pytest.mark.parametrize(
    ("text", "value"), [('"\\ud83d\\ude00"', "😀"), ('"\\\\ud800"', "\\ud800"), ('"\\u00e9"', "é")]
)
def test_whole_characters_are_read(text: str, value: str) -> None:
    assert loads(text, "a.json") == value


@pytest.mark.parametrize("depth", [101, 5_000, 200_000])
@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_deep_nesting_is_refused(bracket: str, depth: int) -> None:
    text = bracket * depth + ("0" if bracket != "[" else "") + ("]" if bracket == "[" else "}") * depth
    found = problem(text)
    assert found.message == "more than 100 levels of brackets"
    assert at(found) == (1, 100 * len(bracket) + 1)


def test_a_hundred_levels_are_read() -> None:
    assert loads("[" * 100 + "]" * 100, "a.json")


@pytest.mark.parametrize("text", ["", "{", "[1,]", "{'a': 1}", '"a', "01", "[1] 2", "\ufeff[]", '["\t"]'])
def test_bad_syntax_has_its_place(text: str) -> None:
    found = problem(text)
    assert found.code == "E-JSON"
    assert at(found)[0] == 1
    assert at(found)[1] >= 1


def test_the_line_of_bad_syntax_is_shown() -> None:
    found = problem('{\n "a": 1,\n "b" 2\n}')
    assert at(found) == (3, 6)
    assert found.place is not None
    assert found.place.text == ' "b" 2'


def test_lines_are_values_with_their_lines() -> None:
    values = loads_lines(['{"a": 1}', "", " \t", '{"a": {"b": 2}}'], "a.jsonl")
    assert [value.line for value in values if isinstance(value, Record)] == [1, 4]


def test_a_bad_line_is_named() -> None:
    with pytest.raises(Mistake) as caught:
        loads_lines(["{}", "{]"], "a.jsonl")
    assert at(caught.value.problem) == (2, 2)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=20,
)


@given(_JSON, st.booleans())
def test_what_json_writes_comes_back(value: object, is_ascii: bool) -> None:
    assert loads(json.dumps(value, ensure_ascii=is_ascii), "a.json") == value
