"""Prose: foreign Markdown, and what stands in the places of its bindings and directives; not rendered yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_builder.claims.bindings import Binding, find_bindings
from site_builder.claims.claim import Text
from site_builder.claims.directives import Directive
from site_builder.pages.addresses import claim_page, value_anchor
from site_builder.problems import Place
from site_builder.quantities.shown import formatted, unit_suffix
from site_builder.verdicts.decision import CorrectionJson, Decision, ValueJson

NOWHERE = Place("")
CURRENCIES = "$€£¥"
# Longer ones are shown as plain text: a megabyte of Markdown can take half a minute.
LONGEST_FIELD = 50_000
LONGEST_REPORT = 200_000


@dataclass(frozen=True, slots=True)
class Value:
    """What a binding is replaced by: its text, and the place in the site that computes it.

    `stated` is what was said instead, where the evidence gives another number, so that nobody is misquoted.
    """

    text: str
    target: str
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What a directive is replaced by: a template below ``blocks/`` and the one thing that it shows."""

    template: str
    view: object


@dataclass(frozen=True, slots=True)
class Spot:
    """Two offsets in a text and what is shown between them; None when the text names nothing known."""

    start: int
    end: int
    shown: Value | Block | None


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown text; its headings start at `level`, every `id` in it with `prefix`, unique on its page.

    `path` is the file that it stands in, from which links to other files lead.
    """

    text: str
    spots: tuple[Spot, ...] = ()
    level: int = 3
    prefix: str = "text"
    path: str = ""
    is_report: bool = False


Lookup = Callable[[Binding], Value | None]
Weave = Callable[[Directive, int], Block]
"""Gives what a directive shows; the number is its place in the text, for ids."""


def bound(text: str, decision: Decision, prefix: str, *, level: int = 3) -> Prose:
    """A text of a claim, its bindings linked to the receipts on the claim's page."""
    found = spots(text, lambda binding: own_value(decision, binding))
    return Prose(text, found, level, prefix, decision["path"])


def spots(text: str, lookup: Lookup, weave: Weave | None = None) -> tuple[Spot, ...]:
    """The places of all bindings, and of directives where they may be woven; mistakes are told elsewhere."""
    if "{{" not in text:
        return ()
    found, _ = find_bindings(Text(text, NOWHERE), weave is not None)
    shown: list[Spot] = []
    for place, item in enumerate(found, start=1):
        if isinstance(item, Binding):
            shown.append(Spot(item.start, item.end, lookup(item)))
        elif weave is not None:
            shown.append(Spot(item.start, item.end, weave(item, place)))
    return tuple(shown)


def own_value(decision: Decision, binding: Binding) -> Value | None:
    """What a binding in a claim's own texts shows."""
    return value_of(decision, binding.expression.value, binding.format)


def value_of(decision: Decision, name: str, format_spec: str) -> Value | None:
    """A judged value as prose shows it, linked to its receipt; None where the claim has no such value."""
    values: Mapping[str, ValueJson] = decision["values"]
    value = values.get(name)
    if value is None:
        return None
    target = f"{claim_page(decision['id'])}#{value_anchor(name, value)}"
    return Value(written(value, format_spec), target, _misstated(decision, name))


def _misstated(decision: Decision, name: str) -> str:
    """What a number was stated as, where it differs; empty for every other value."""
    correction = decision["correction"]
    numbers = [*decision["numbers"], *(correction["numbers"] if correction else ())]
    found = next((number for number in numbers if number["name"] == name), None)
    return found["stated"] if found is not None and found["outcome"] == "differs" else ""


def written(value: ValueJson, format_spec: str) -> str:
    """A value in the format that its binding asks for, or as it was stated; a percentage has no unit."""
    number, unit = value["value"], value["unit"]
    if not format_spec or number is None:
        return value["text"]
    if format_spec.endswith("%"):
        return formatted(number / 100 if unit == "%" else number, format_spec)
    text = formatted(number, format_spec)
    if unit[:1] and unit[0] in CURRENCIES:
        sign = "−" if text.startswith("−") else ""
        return f"{sign}{unit[0]}{text.removeprefix('−')}{unit[1:]}"
    return text + unit_suffix(unit)


def correction_prose(decision: Decision, correction: CorrectionJson, suffix: str = "") -> tuple[Prose, Prose]:
    """The statement of a correction, and its reason."""
    return (
        bound(correction["statement"], decision, f"correction{suffix}"),
        bound(correction["reason"], decision, f"correction-reason{suffix}"),
    )
