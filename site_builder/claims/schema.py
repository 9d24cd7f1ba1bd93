"""The keys of a claim file: what each may hold, which are required, and what some call them instead."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from site_builder.claims.claim import Text
from site_builder.claims.findings import Findings
from site_builder.claims.ids import is_label
from site_builder.claims.links import links
from site_builder.claims.names import check_apart, check_name
from site_builder.claims.shapes import (
    Key,
    Keys,
    Shape,
    Spot,
    expression,
    listed,
    named,
    one_of,
    one_or_more,
    record,
    string,
    text,
)
from site_builder.claims.yaml_tree import Entries, Node, Nothing
from site_builder.problems import Place

PLOT_KINDS = ("line", "scatter", "bar", "heatmap", "scaling")
FITS = ("power_law", "linear")
_CHECKED = frozenset(("assertion", "numbers"))


def check_claim(
    node: Node, path: str, findings: Findings, plot_kinds: Collection[str] = PLOT_KINDS
) -> dict[str, Any]:
    """The values of a claim's keys, checked; whole only while `findings` is empty."""
    spot = Spot("", Place(path))
    keys = _claim_keys(plot_kinds)
    values = record(keys, "title: and the other keys of a claim, one a line")(node, spot, findings)
    if isinstance(node, Entries):
        _check_something_stated(node, keys, spot, findings)
        _check_names(node, findings)
    return values or {}


def title_of(node: Node | None) -> str:
    """The title of a claim that may be wrong in every other way."""
    title = node.get("title") if isinstance(node, Entries) else None
    return title.value.strip() if isinstance(title, Text) else ""


def _check_something_stated(node: Entries, keys: Keys, spot: Spot, findings: Findings) -> None:
    if not node.pairs or not node.is_whole:
        return
    if _CHECKED.isdisjoint([key.value for key, _ in node.pairs]) and _CHECKED.isdisjoint(keys.meant(node)):
        message = f"{spot.subject} has neither 'assertion' nor 'numbers': there is nothing to check"
        hint = "add  assertion: a > b  or  numbers: with a name that has stated: and computed: below it"
        findings.add("E-REQUIRED", message, spot.place, hint)


def _check_names(node: Entries, findings: Findings) -> None:
    """Report names that no expression can use, and names that would be mixed up.

    In braces a name without a value is what a comma cut off, which is reported as that.
    """
    correction = node.get("correction")
    corrected = _names(correction, "numbers") if isinstance(correction, Entries) else []
    groups = [(group, _names(node, group)) for group in ("evidence", "let", "numbers")]
    groups.append(("numbers", corrected))
    usable = [(group, [name for name in names if check_name(name, findings)]) for group, names in groups]
    check_apart(usable, findings)


def _names(node: Entries, group: str) -> list[Text]:
    found = node.get(group)
    if not isinstance(found, Entries):
        return []
    return [name for name, value in found.pairs if not (found.is_flow and isinstance(value, Nothing))]


def _correction(node: Node, spot: Spot, findings: Findings) -> dict[str, Any] | None:
    values = _CORRECTION(node, spot, findings)
    if isinstance(node, Entries):
        _check_something_stated(node, _CORRECTION_KEYS, spot, findings)
    return values


def _label(node: Node, spot: Spot, findings: Findings) -> str | None:
    """The name of a table or plot, which stands in addresses and directives."""
    found = string(node, spot, findings)
    if found is None or is_label(found):
        return found
    message = f"{spot.subject} can't be {found[:60]!r}: letters, digits, - and _ only"
    findings.add("E-IDENTIFIER", message, node.place, "it stands in the address of its page")
    return None


def _mark(node: Node, spot: Spot, findings: Findings) -> dict[str, Any] | None:
    values = _MARK(node, spot, findings)
    if values is None or not isinstance(node, Entries):
        return values
    kinds = [key for key in node.pairs if key[0].value in _MARK_KINDS]
    if len(kinds) != 1:
        what = "more than one of" if kinds else "none of"
        message = f"{spot.subject} has {what} {', '.join(_MARK_KINDS)}"
        findings.add("E-REQUIRED", message, node.place, "write  {hline: baseline, text: baseline}")
    return values


def _shown(shape: Shape[tuple[dict[str, Any], ...]]) -> Shape[tuple[dict[str, Any], ...]]:
    """Tables or plots, each with its name or else its place in the list, all different."""

    def check(node: Node, spot: Spot, findings: Findings) -> tuple[dict[str, Any], ...] | None:
        found = shape(node, spot, findings) or ()
        seen: set[str] = set()
        for number, values in enumerate(found, 1):
            name = values["name"] = values.get("name") or str(number)
            if name in seen:
                message = f"two of '{spot.name}' have the name {name!r}"
                findings.add("E-DUPLICATE", message, spot.place, "give each a name: of its own")
            seen.add(name)
        return found

    return check


def _tags(node: Node, spot: Spot, findings: Findings) -> tuple[str, ...] | None:
    found = _TEXTS(node, spot, findings)
    seen: set[str] = set()
    for tag in found or ():
        name = tag.value.strip()
        if "," in name or '"' in name:
            message = f"the tag {name[:60]!r} can't hold a comma or a quote"
            findings.add("E-OPTION", message, tag.place, "write a list:  tags: [first, second]")
        elif name in seen:
            findings.add("E-DUPLICATE", f"the tag {name[:60]!r} is there twice", tag.place, "delete one")
        seen.add(name)
    return tuple(tag.value.strip() for tag in found) if found else None


_TEXTS = one_or_more(text)
_MARK_KINDS = ("hline", "vline", "fit")
_MARK = record(
    Keys(
        {"hline": Key(expression), "vline": Key(expression), "fit": Key(one_of(FITS)), "text": Key(text)},
        {"label": "text", "title": "text", "y": "hline", "x": "vline"},
    ),
    "{hline: baseline, text: baseline}",
)
_NUMBER = record(
    Keys(
        {
            "stated": Key(text, True, "stated: the number as it was typed, such as 38x"),
            "computed": Key(expression, True, "computed: the expression that gives it"),
        },
        {
            "value": "stated",
            "claimed": "stated",
            "expected": "stated",
            "expression": "computed",
            "actual": "computed",
        },
    ),
    "{stated: 38x, computed: a / b}",
)
_NUMBERS = named(_NUMBER, "numbers: with a name, and  stated:  and  computed:  below it")
_ASSERTION = one_or_more(expression)
_CORRECTION_KEYS = Keys(
    {
        "statement": Key(text, True, "statement: what should have been said"),
        "reason": Key(text, True, "reason: why the original fails"),
        "assertion": Key(_ASSERTION),
        "numbers": Key(_NUMBERS),
    },
    {"assert": "assertion", "assertions": "assertion", "because": "reason", "why": "reason"},
)
_CORRECTION = record(_CORRECTION_KEYS, "correction: with statement:, reason: and assertion: below it")
_SOURCE = record(
    Keys(
        {
            "title": Key(string, True, "title: the document's title"),
            "section": Key(string),
            "date": Key(string),
            "url": Key(string),
            "author": Key(string),
        },
        {
            "name": "title",
            "link": "url",
            "authors": "author",
            "year": "date",
            "chapter": "section",
            "page": "section",
        },
    ),
    "source: {title: the document's title, date: 2025-12-31}",
)
_TABLE = record(
    Keys(
        {
            "name": Key(_label),
            "show": Key(expression, True, "show: the evidence, or an expression that gives a table"),
            "columns": Key(one_or_more(text)),
            "title": Key(text),
            "caption": Key(text),
        },
        {"data": "show", "table": "show", "rows": "show", "id": "name"},
    ),
    "{show: runs, columns: [model, minutes]}",
)


def _plot(kinds: Collection[str]) -> Shape[dict[str, Any]]:
    known = {
        "name": Key(_label),
        "kind": Key(one_of(kinds), True, f"kind: one of {', '.join(kinds)}"),
        "data": Key(expression, True, "data: the evidence, or an expression that gives a table"),
        "alt": Key(text, True, "alt: what the plot shows, for those who can't see it"),
        "x": Key(expression),
        "y": Key(one_or_more(expression)),
        "color": Key(expression),
        "label": Key(expression),
        "value": Key(expression),
        "log": Key(one_of(("x", "y", "xy"))),
        "marks": Key(listed(_mark, "marks: [{hline: baseline, text: baseline}]")),
        "title": Key(text),
        "caption": Key(text),
    }
    otherwise = {
        "type": "kind",
        "colour": "color",
        "hue": "color",
        "labels": "label",
        "show": "data",
        "id": "name",
    }
    return record(
        Keys(known, otherwise), "{kind: scatter, data: runs, x: minutes, y: accuracy, alt: what it shows}"
    )


def _claim_keys(plot_kinds: Collection[str]) -> Keys:
    return Keys(_CLAIM | {"plots": Key(_shown(listed(_plot(plot_kinds), _PLOTS_EXAMPLE)))}, _OTHERWISE)


_PLOTS_EXAMPLE = "plots: a list, each on a line that begins with  - {kind: …"
_TABLES_EXAMPLE = "tables: a list, each on a line that begins with  - {show: …"
_CLAIM = {
    "title": Key(text, True, "title: the finding in a few words"),
    "statement": Key(text, True, "statement: what is claimed, in a sentence"),
    "tags": Key(_tags),
    "source": Key(_SOURCE),
    "evidence": Key(links),
    "let": Key(
        named(expression, "let: with names and expressions below it, such as  best: max(runs.accuracy)")
    ),
    "numbers": Key(_NUMBERS),
    "assertion": Key(_ASSERTION),
    "correction": Key(_correction),
    "tables": Key(_shown(listed(_TABLE, _TABLES_EXAMPLE))),
    "plots": Key(text),
    "notes": Key(text),
    "awaits": Key(text),
    "depends": Key(_TEXTS),
}
_OTHERWISE = {
    "assert": "assertion",
    "asserts": "assertion",
    "check": "assertion",
    "checks": "assertion",
    "test": "assertion",
    "expression": "assertion",
    "claim": "statement",
    "description": "statement",
    "text": "statement",
    "name": "title",
    "data": "evidence",
    "files": "evidence",
    "datasets": "evidence",
    "vars": "let",
    "variables": "let",
    "define": "let",
    "values": "let",
    "figures": "plots",
    "charts": "plots",
    "graphs": "plots",
    "stated": "numbers",
    "reference": "source",
    "references": "source",
    "comment": "notes",
    "comments": "notes",
    "keywords": "tags",
    "labels": "tags",
    "pending": "awaits",
    "waits": "awaits",
    "requires": "depends",
    "rests": "depends",
}
