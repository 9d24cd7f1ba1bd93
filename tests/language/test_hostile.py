"""Hostile expressions: each is one author's mistake, told at once, and never another exception."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from site_builder.problems import Mistake
from tests.language.evaluated import problem, value

LISTED = [
    line for line in (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").split("\n") if line
]
BUILT = {
    "long": "1 + " * 2_000 + "1",
    "longer": "x" * 1_000_000,
    "nested parentheses": "(" * 200 + "1" + ")" * 200,
    "more parentheses": "(" * 1_900 + "1" + ")" * 1_900,
    "nested brackets": "[" * 1_900 + "1" + "]" * 1_900,
    "nested calls": "abs(" * 400 + "1" + ")" * 400,
    "unclosed parentheses": "(" * 3_900,
    "nested choices": "1 if True else " * 200 + "1",
    "long sum": "+".join("1" * 300),
    "minuses": "-" * 3_000 + "1",
    "nots": "not " * 900 + "True",
    "powers": "**".join("2" * 900),
    "attributes": "runs" + ".minutes" * 400,
    "subscripts": "runs" + "[0]" * 900,
    "comparisons": "<".join("1" * 1_900),
    "ands": " and ".join(["True"] * 790),
    "list": "[" + "1," * 1_900 + "1]",
    "arguments": "max(" + "1," * 1_900 + "1)",
    "keywords": "max(" + ",".join(f"a{i}=1" for i in range(400)) + ")",
    "digits": "9" * 3_900,
    "decimals": "0." + "9" * 3_900,
    "NUL": "1\0",
    "NUL in a text": '"a\0b" == "a"',
    "surrogate": "1\ud800",
    "surrogate in a text": '"\ud800" == "a"',
    "form feed": "1\f+ 1",
    "byte order mark": "\ufeff1",
    "right to left": "1 \u202e+ 1",
    "no-break space": "1\xa0+ 1",
    "line separator": "1\u2028+ 1",
    "combining": "a\u0301 + 1",
    "growing": "(2 ** 64) * (2 ** 64) * (2 ** 64)" + " * (2 ** 64)" * 30,
    "denominators": " + ".join(f"1/{10**40 + i}" for i in range(45)) + " + nope",
    "squares": "((((((10 ** 64) ** 2) ** 2) ** 2) ** 2) ** 2) ** 2",
    "many quotes": "'" * 3_999,
    "many backslashes": '"' + "\\" * 3_999,
}
UNSEEN = {
    **{
        "tab at the end": "1 +\t",
        "vertical tab": "1\v+ 1",
        "delete": "1\x7f",
        "escape": "1\x1b[31m",
        "bell": "\a",
    },
    **{"next line": "1\x85+ 1", "paragraph separator": "1\u2029+ 1", "ideographic space": "1\u3000+ 1"},
    **{
        "left-to-right mark": "1\u200e",
        "right-to-left isolate": "\u20671\u2069",
        "embedding": "\u202a1\u202c",
    },
    **{
        "zero-width space": "1\u200b+ 1",
        "joiner": "ru\u200dns",
        "non-joiner": "ru\u200cns",
        "soft hyphen": "ru\xadns",
    },
    **{
        "variation selector": "runs\ufe0f",
        "language tag": "runs\U000e0065",
        "private use": "\ue000",
        "no character": "\uffff",
    },
    **{
        "byte order mark inside": "1 +\ufeff1",
        "swapped mark": "\ufffe1",
        "replacement": "\ufffd",
        "low surrogate": "\udc00",
    },
    **{
        "continued line": "1 + \\\n1",
        "carriage return": "1 +\r",
        "lines of statements": "1\n2\n3",
        "indented": "  1\n    2",
    },
    **{
        "control in a text": '"a\x01" == "a"',
        "escape in a text": '"\x1b[31m" == "a"',
        "NUL at the end": '"a"\0',
    },
}
NESTED = {
    **{f"left {op}": f" {op} ".join("1" * 400) for op in ("+", "-", "*", "/", "//", "%")},
    **{f"right {op}": f"(1 {op} " * 120 + "1" + ")" * 120 for op in ("+", "-", "*", "/", "//", "%", "**")},
    **{
        f"nested {op}": f"(1 {op} " * 120 + "1" + ")" * 120
        for op in ("<", "==", "!=", "in", "not in", "and", "or")
    },
    **{f"chained {op}": f" {op} ".join("1" * 600) for op in ("<", "==", "!=", "in", "not in", "and", "or")},
    "brackets and minuses": "(-" * 600 + "1" + ")" * 600,
    "powers and minuses": "2 ** " + "**".join(["-" * 45 + "2"] * 40),
    "nots in brackets": "not (" * 300 + "True" + ")" * 300,
    "lists in calls": "max([" * 200 + "1" + "])" * 200,
    "filters in filters": "runs[" * 300 + "ok" + "]" * 300,
    "choices in brackets": "(1 if True else " * 100 + "1" + ")" * 100,
    "conditions of choices": "1 if (" * 100 + "True" + ") else 1" * 100,
    "keywords in calls": "sum(column=" * 200 + "1" + ")" * 200,
    "closing brackets": ")" * 3_000,
    "commas": "," * 3_900,
    "dots": "." * 3_900,
    "colons": "runs[" + ":" * 3_900 + "]",
    "spaces": " " * 3_999 + "x",
    "open texts": '"a' * 1_999,
    "escapes": '"' + "\\x41" * 900 + '"[0]',
    "long name": "a" * 3_999,
    "long text": "sum(" + '"' + "a" * 3_900 + '")',
    "many names": " + ".join(f"a{i}" for i in range(240)),
    "many calls": " + ".join(["sum(runs.minutes)"] * 40) + " + nope",
    "long wide text": '"' + "\U0001f40d" * 3_900 + '" + 1',
}
HOSTILE = {**{text: text for text in LISTED}, **BUILT, **UNSEEN, **NESTED}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_expression_is_a_mistake_told_at_once(name: str) -> None:
    value("sum(runs.minutes)")
    gc.disable()  # a collection of the whole test run's objects is no expression's fault
    started = time.process_time()
    found = problem(HOSTILE[name])
    took = time.process_time() - started
    gc.enable()
    assert took < 0.1
    assert found.message
    assert found.place is not None
    assert found.place.path == "claim.yaml"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_expression_gets_a_next_step_or_says_what_is_wrong(name: str) -> None:
    found = problem(HOSTILE[name])
    assert len(found.message) + len(found.hint) > 30
    assert "Traceback" not in found.render()


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 1_000


def test_every_hostile_text_fails_alone_or_in_a_let() -> None:
    for text in ("__import__('os')", "runs.__class__", "9**9**9"):
        with pytest.raises(Mistake):
            value("a", a=text)
