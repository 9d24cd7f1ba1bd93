"""Prose: foreign Markdown with what its bindings and directives stand for, not rendered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.pages.addresses import claim_page
from site_builder.verdicts.decision import CorrectionJson, Decision, ValueJson

NO_VALUES: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Value:
    """What a binding is replaced by: its text, the place in the site that computes it, and its number in `unit`."""

    text: str
    target: str
    number: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What a directive is replaced by: a template below ``blocks/`` and the one thing that it shows."""

    template: str
    view: object


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown text; its headings start at `level`, and every `id` in it at `prefix`, unique on its page."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)
    level: int = 3
    prefix: str = "text"


def bound(text: str, decision: Decision, prefix: str, *, level: int = 3) -> Prose:
    """A text of a claim, its bindings linked to the receipts on the claim's page."""
    return Prose(text, values_of(decision), {}, level, prefix)


def values_of(decision: Decision) -> Mapping[str, Value]:
    """Name → value for every binding of a claim's texts."""
    page = claim_page(decision["id"])
    return {name: value_at(page, value) for name, value in decision["values"].items()}


def value_at(page: str, value: ValueJson) -> Value:
    """A judged value as shown in prose, linked to its receipt on `page`."""
    return Value(value["text"], f"{page}#{value['anchor']}", value["value"], value["unit"])


def correction_prose(decision: Decision, correction: CorrectionJson) -> tuple[Prose, Prose]:
    """The statement of a correction, and its reason."""
    return (
        bound(correction["statement"], decision, "correction"),
        bound(correction["reason"], decision, "correction-reason"),
    )
