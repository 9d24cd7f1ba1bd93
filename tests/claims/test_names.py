"""Names that expressions can use."""

from __future__ import annotations

import pytest

from site_builder.claims.claim import Text
from site_builder.claims.findings import Findings
from site_builder.claims.names import check_apart, check_name, folded
from site_builder.problems import Place


def text(name: str, line: int = 1) -> Text:
    return Text(name, Place("a.yaml", line, 1))


@pytest.mark.parametrize("name", ["runs", "Runs2", "a_b", "x", "match", "type", "print"])
def test_identifier_is_a_name(name: str) -> None:
    assert check_name(text(name), Findings())


BAD = {
    "my-run": ("letters a-z", "call it  my_run"),
    "3b": ("letters a-z", "call it  n3b"),
    "länge": ("letters a-z", "call it  lange"),
    "\uff52uns": ("letters a-z", "call it  runs"),
    "run\u0455": ("CYRILLIC SMALL LETTER DZE", "choose another name, such as  runs"),
    "8 B": ("letters a-z", "call it  n8_B"),
    "日本": ("letters a-z", "choose another name, such as  runs"),
    "lambda": ("a reserved word of the expression language", "call it  lambda_value"),
    "None": ("a reserved word of the expression language", "call it  None_value"),
    "_x": ("begins with an underscore", "call it  x"),
    "__class__": ("begins with an underscore", "call it  class_value"),
    "a" * 61: ("longer than 60", "call it  " + "a" * 60),
}


@pytest.mark.parametrize("name", BAD)
def test_other_text_is_no_name(name: str) -> None:
    findings = Findings()
    assert not check_name(text(name), findings)
    (found,) = findings.sorted()
    reason, hint = BAD[name]
    assert reason in found.message
    assert found.hint == hint


@pytest.mark.parametrize(
    ("first", "second"), [("Runs", "runs"), ("ﬁt", "fit"), ("\uff52uns", "runs"), ("K", "k")]
)
def test_names_that_look_alike_fold_to_one(first: str, second: str) -> None:
    assert folded(first) == folded(second)


def test_names_that_differ_are_apart() -> None:
    findings = Findings()
    check_apart((("evidence", [text("a"), text("b")]), ("let", [text("c")])), findings)
    assert not findings


def test_name_of_a_value_may_be_that_of_a_number() -> None:
    findings = Findings()
    check_apart((("let", [text("a")]), ("numbers", [text("a", 2)])), findings)
    assert not findings
