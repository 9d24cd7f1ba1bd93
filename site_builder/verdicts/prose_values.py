"""What each name in braces is replaced by: computed numbers as they were stated, `let` values, and expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from site_builder.language.bind import Expression
from site_builder.language.values import Scalar, Unknown, Value
from site_builder.language.working import as_float, value_text
from site_builder.quantities.shown import number_text
from site_builder.verdicts.bound import Bound
from site_builder.verdicts.decision import NumberJson, ValueJson
from site_builder.verdicts.outcomes import Judge
from site_builder.verdicts.provenance import cell_uses

Attempt = Callable[[Callable[[], Any]], Any]
"""Calls a function; None when it raises `Mistake`, with the problem kept."""


def values_of(
    bound: Bound, judge: Judge, numbers: Iterable[NumberJson], attempt: Attempt
) -> dict[str, ValueJson]:
    """By name: every `let`, every expression that prose shows, and every number; those that fail are left out."""
    values: dict[str, ValueJson] = {}
    for name, let in bound.lets.items():
        made = attempt(partial(_value, judge, let, name, f"let-{name}", name in bound.bindings))
        values |= {name: made} if made else {}
    for text, expression in bound.bindings.items():
        if text not in values:
            made = attempt(partial(_value, judge, expression, "", "arithmetic", True))
            values |= {text: made} if made else {}
    for number in numbers:
        text = number["shown"] if number["outcome"] != "broken" else "?"
        anchor = f"number-{number['name']}"
        unit = number["unit"]
        values[number["name"]] = ValueJson(
            text=text, value=number["computed"], unit=unit, anchor=anchor, steps=[], cells=[]
        )
    return values


def _value(judge: Judge, expression: Expression, name: str, anchor: str, is_shown: bool) -> ValueJson:
    value = judge.evaluator.named(name) if name else judge.evaluator.value(expression)
    quantity = value.data if isinstance(value, Scalar) and value.kind == "number" else None
    cells = value.cells if isinstance(value, Scalar | Unknown) else None
    return ValueJson(
        text=text_of(value),
        value=as_float(quantity.nominal) if quantity is not None else None,
        unit=str(quantity.unit) if quantity is not None else "",
        anchor=anchor,
        steps=judge.steps(name, expression, value) if is_shown else [],
        cells=cell_uses([cells]) if is_shown and cells is not None else [],
    )


def text_of(value: Value) -> str:
    """A `let` value in running text: numbers to four significant digits."""
    if isinstance(value, Scalar) and value.kind == "number":
        return number_text(value.data, 4)
    if isinstance(value, Scalar) and value.kind == "text":
        return str(value.data)
    if isinstance(value, Scalar) and value.kind == "truth":
        return {1: "true", -1: "false", 0: "unknown"}[int(value.data)]
    if isinstance(value, Unknown):
        return "unknown"
    return value_text(value)
