"""Declared options, typed."""

from __future__ import annotations

import pytest

from site_builder.evidence.options import NAMES, Options, read_options
from site_builder.problems import Mistake, Place, Problem

PLACE = Place("claims/a.yaml", 4)


def problem(raw: dict[str, object]) -> Problem:
    with pytest.raises(Mistake) as caught:
        read_options(raw, PLACE)
    return caught.value.problem


def test_nothing_declared_is_the_default() -> None:
    assert read_options({}) == Options()


GOOD: list[tuple[str, object, object]] = [
    ("delimiter", ";", ";"),
    ("delimiter", "tab", "\t"),
    ("delimiter", "\\t", "\t"),
    ("header", "2", 2),
    ("header", 0, 0),
    ("skip", "3", 3),
    ("quote", "none", "none"),
    ("trim", "true", True),
    ("names", ["a", "b"], ("a", "b")),
    ("names", ("a",), ("a",)),
    ("missing", "n/a", ("n/a",)),
    ("missing", ["-", ""], ("-", "")),
    ("under", "x", ("x",)),
    ("columns", {"a": "quantity"}, (("a", "quantity"),)),
    ("units", {"a": "min"}, (("a", "min"),)),
    ("cell", "(x)", (("", "(x)"),)),
    ("cell", {"a": "(x)"}, (("a", "(x)"),)),
]


@pytest.mark.parametrize(("name", "value", "expected"), GOOD)
def test_a_value_is_typed(name: str, value: object, expected: object) -> None:
    assert getattr(read_options({name: value}), name) == expected


BAD: list[tuple[str, object]] = [
    ("delimiter", "ab"),
    ("delimiter", '"'),
    ("header", "two"),
    ("header", "9"),
    ("header", "-1"),
    ("header", "¹"),
    ("skip", True),
    ("quote", "''"),
    ("trim", "maybe"),
    ("ragged", "cut"),
    ("decimal", ";"),
    ("names", [1]),
    ("columns", {"a": "float"}),
    ("columns", ["a"]),
    ("units", "min"),
    ("pattern", ""),
    ("pattern", ["a"]),
    ("cell", {"a": 3}),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_wrong_value_says_what_is_expected(name: str, value: object) -> None:
    found = problem({name: value})
    assert found.code == "E-OPTION"
    assert f"`{name}`" in found.message
    assert found.hint
    assert found.place == PLACE


def test_an_unknown_option_offers_the_nearest() -> None:
    assert problem({"delimeter": ";"}).hint == "did you mean 'delimiter'?"


def test_options_can_be_a_key() -> None:
    everything = {name: value for name, value, _ in GOOD}
    assert set(everything) < set(NAMES)
    assert len({read_options(everything), read_options(everything), Options()}) == 2
