"""Sharing: expressions that mean the same are computed once, and no answer depends on it."""

from __future__ import annotations

import pytest

from site_builder.language.bind import read_expression
from site_builder.language.evaluate import Evaluator
from site_builder.language.sharing import Shared
from site_builder.language.values import Value
from site_builder.language.working import value_text
from site_builder.problems import Mistake, Place
from site_builder.tables import Column, Table
from tests.language.evaluated import Cell, table

ROWS: dict[str, list[Cell]] = {"x": ["1", "2", "~3", None], "kind": ["a", "b", "a", "b"]}
TEXTS = (
    "sum(t[x < 3].x)",
    'count(t[kind == "a"])',
    'mean(t[kind == "b" and x < 3].x)',
    "max(t.x, by=t.kind)",
    'max(t.x, by="kind")["a"]',
    "t.x - t.x",
    "all(t.x > 0)",
    't[kind == "a"].x',
    'quantity("~40%") - quantity("~40%")',
    "1 if count(t) > 3 else 2",
    "[1, 2, 3]",
    "one(t[x == 1]).kind",
    "not any(t.x > 5)",
)


def _place(offset: int, width: int) -> Place:
    return Place("claim.yaml", 1, offset + 1, width)


def _value(text: str, made: Table, shared: Shared | None = None, budget: int = 10**6) -> Value:
    return Evaluator({"t": lambda: made}, {}, budget, shared).value(read_expression(text, _place))


@pytest.mark.parametrize("text", TEXTS)
def test_an_answer_is_the_same_whatever_was_computed_before(text: str) -> None:
    made, shared = table("t", ROWS), Shared()
    for other in (*TEXTS, *reversed(TEXTS)):
        _value(other, made, shared)
    assert value_text(_value(text, made, shared)) == value_text(_value(text, table("t", ROWS)))


def test_two_evaluators_share_the_very_values() -> None:
    made, shared = table("t", ROWS), Shared()
    first = _value('t[kind == "a"].x', made, shared)
    assert isinstance(first, Column)
    assert _value('t[kind == "a"].x', made, shared) is first
    assert _value('t[kind == "b"].x', made, shared) is not first


def test_tables_that_only_look_alike_share_nothing() -> None:
    shared = Shared()
    assert _value("sum(t[x < 3].x)", table("t", ROWS), shared) is not _value(
        "sum(t[x < 3].x)", table("t", ROWS), shared
    )


def test_what_was_computed_before_costs_a_claim_as_much_as_if_it_had_not_been() -> None:
    made, shared = table("t", ROWS), Shared()
    costs = 0
    while True:
        try:
            _value("sum(t[x < 3].x)", made, budget=costs)
            break
        except Mistake:
            costs += 1
    assert costs > 4
    _value("sum(t[x < 3].x)", made, shared)
    _value("sum(t[x < 3].x)", made, shared, budget=costs)
    with pytest.raises(Mistake, match="more work"):
        _value("sum(t[x < 3].x)", made, shared, budget=costs - 1)


def test_a_claim_pays_once_for_what_it_says_twice() -> None:
    made = table("t", ROWS)
    _value("sum(t.x) + sum(t.x) + sum(t.x) + sum(t.x)", made, budget=4 + 1 + 3)


def test_a_mistake_is_made_again_each_time() -> None:
    made, shared = table("t", ROWS), Shared()
    for _ in range(2):
        with pytest.raises(Mistake, match="has no column"):
            _value("one(t[x == 1]).x.gone", made, shared)


def test_values_are_let_go_when_they_hold_too_many_cells() -> None:
    made, shared = table("t", ROWS), Shared(most_cells=20)
    first = _value("t.x + 1", made, shared)
    for number in range(30):
        _value(f"t.x + {number}", made, shared)
    assert _value("t.x + 1", made, shared) is not first
