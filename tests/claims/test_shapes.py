"""Shapes give a value or report why there is none."""

from __future__ import annotations

from site_builder.claims.claim import Text
from site_builder.claims.findings import Findings
from site_builder.claims.shapes import Spot, listed, named, one_of, one_or_more, string, text
from site_builder.claims.yaml_tree import Items
from site_builder.problems import Place

HERE = Place("a.yaml", 1, 1)
SPOT = Spot("tags", HERE)
A, B = Text(" a ", HERE), Text("b", HERE)
BLANK = Text(" ", HERE)


def items(*texts: Text) -> Items:
    return Items(texts, HERE, is_flow=False)


def test_string_is_stripped() -> None:
    assert string(A, SPOT, Findings()) == "a"


def test_text_keeps_its_blanks() -> None:
    assert text(A, SPOT, Findings()) == A


def test_one_value_is_a_tuple_of_one() -> None:
    assert one_or_more(text)(B, SPOT, Findings()) == (B,)


def test_list_is_a_tuple() -> None:
    assert one_or_more(text)(items(A, B), SPOT, Findings()) == (A, B)


def test_good_items_are_given_beside_a_bad_one() -> None:
    findings = Findings()
    assert listed(text)(items(A, BLANK, B), SPOT, findings) == (A, B)
    assert [problem.message for problem in findings.sorted()] == ["'tags[2]' has no value"]


def test_one_word_of_several_is_given() -> None:
    assert one_of(("b", "c"))(B, SPOT, Findings()) == B


def test_nearest_of_several_words_is_offered() -> None:
    findings = Findings()
    one_of(("bar", "line"))(Text("barr", HERE), SPOT, findings)
    assert findings.sorted()[0].hint == "did you mean 'bar'?"


def test_list_is_no_mapping() -> None:
    findings = Findings()
    assert named(text, "x: y")(items(A), SPOT, findings) is None
    assert findings.sorted()[0].hint == "write  x: y"


def test_spot_of_a_key_is_named_with_dots() -> None:
    key = Text("stated", Place("a.yaml", 2, 3))
    assert Spot("numbers.roi", HERE).below(key) == Spot("numbers.roi.stated", key.place)
