"""What may stand where in a claim file: shapes that check a node, report what is wrong with it and go on.

A shape takes a node, the spot it stands in and the findings; it gives the value, or None once it has reported
why there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from site_builder.claims.claim import Text
from site_builder.claims.findings import LIMIT, Findings
from site_builder.claims.yaml_tree import Entries, Items, Node, Nothing, Refused
from site_builder.problems import Place, nearest

_T = TypeVar("_T")
_OPEN, _CLOSE = "([{", ")]}"
_ONE_TEXT = "one text; in quotes if it has ': ' in it, or begins with [ or {"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: its name in messages (``numbers.roi.stated``), and the place of its key."""

    name: str
    place: Place

    def below(self, key: Text) -> Spot:
        """The spot of one of its keys."""
        return Spot(f"{self.name}.{key.value[:60]}" if self.name else key.value[:60], key.place)

    @property
    def subject(self) -> str:
        """The spot at the beginning of a message."""
        return f"'{self.name}'" if self.name else "the claim"


Shape = Callable[[Node, Spot, Findings], _T | None]


@dataclass(frozen=True, slots=True)
class Key:
    """What stands under one key of a record; `example` shows how it is written, after a message about it."""

    shape: Shape[Any]
    is_required: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys a record may have, and what some people call them instead."""

    known: Mapping[str, Key]
    otherwise: Mapping[str, str] = field(default_factory=dict)

    def meant(self, node: Entries) -> frozenset[str]:
        """The keys that the record's first unknown keys were probably meant to be, reported as unknown."""
        unknown = [key.value for key, _ in node.pairs if key.value not in self.known]
        known = list(self.known)
        return frozenset(
            self.otherwise.get(name.casefold()) or nearest(name[:80], known) or "" for name in unknown[:LIMIT]
        )


def text(node: Node, spot: Spot, findings: Findings) -> Text | None:
    """A text that isn't blank."""
    if isinstance(node, Text) and node.value.strip():
        return node
    _report_not_text(node, spot, findings, "a text")
    return None


def typed(node: Node, spot: Spot, findings: Findings) -> Text | None:
    """A text of which only the empty one is refused: a delimiter may well be a blank."""
    if isinstance(node, Text) and node.value:
        return node
    _report_not_text(node, spot, findings, "a text")
    return None


def expression(node: Node, spot: Spot, findings: Findings) -> Text | None:
    """An expression of the language, unread; one that YAML takes for a list or a mapping must be quoted."""
    if isinstance(node, Items | Entries) and node.is_flow:
        sign = node.place.text[node.place.column - 1 : node.place.column]
        message = (
            f"{spot.subject} must be an expression; one that begins with {sign} is read as a list or mapping"
        )
        findings.add("E-SHAPE", message, node.place, "put the whole expression in '…'")
        return None
    if isinstance(node, Text) and node.value.strip():
        return node
    _report_not_text(node, spot, findings, "an expression")
    return None


def string(node: Node, spot: Spot, findings: Findings) -> str | None:
    """A text whose place no one will need."""
    found = text(node, spot, findings)
    return found.value.strip() if found else None


def one_of(words: Collection[str]) -> Shape[Text]:
    """A text that is one of the words."""

    def check(node: Node, spot: Spot, findings: Findings) -> Text | None:
        found = text(node, spot, findings)
        if found is None or found.value in words:
            return found
        message = f"{spot.subject} can't be {found.value[:60]!r}"
        findings.unlike("E-OPTION", message, found.place, found.value, words)
        return None

    return check


def one_or_more(shape: Shape[_T]) -> Shape[tuple[_T, ...]]:
    """One value, or a list of them, as a tuple."""
    many = listed(shape)

    def check(node: Node, spot: Spot, findings: Findings) -> tuple[_T, ...] | None:
        if isinstance(node, Items):
            return many(node, spot, findings)
        found = shape(node, spot, findings)
        return None if found is None else (found,)

    return check


def listed(shape: Shape[_T], example: str = "") -> Shape[tuple[_T, ...]]:
    """A list that isn't empty, of values of one shape."""

    def check(node: Node, spot: Spot, findings: Findings) -> tuple[_T, ...] | None:
        if not isinstance(node, Items):
            _report_shape(node, spot, findings, "a list", example)
            return None
        if not node.items:
            _report_empty(spot, findings, example)
            return None
        if node.is_flow and _is_cut_by_comma(node.items, findings):
            return None
        found = [
            shape(item, Spot(f"{spot.name}[{number}]", item.place), findings)
            for number, item in enumerate(node.items, 1)
        ]
        return tuple(value for value in found if value is not None)

    return check


def named(shape: Shape[_T], example: str = "") -> Shape[tuple[tuple[Text, _T], ...]]:
    """A mapping that isn't empty, from names of the author's choice to values of one shape, in its order."""

    def check(node: Node, spot: Spot, findings: Findings) -> tuple[tuple[Text, _T], ...] | None:
        if not isinstance(node, Entries):
            _report_shape(node, spot, findings, "a mapping of names", example)
            return None
        if not node.pairs:
            _report_empty(spot, findings, example)
            return None
        if node.is_flow and _is_cut_by_comma([value for _, value in node.pairs], findings):
            return None
        cut = next((key for key, value in node.pairs if isinstance(value, Nothing)), None)
        if node.is_flow and cut is not None:
            _report_comma(f"before {cut.value[:60]!r}", cut.place, findings)
            return None
        found = [(key, shape(value, spot.below(key), findings)) for key, value in node.pairs]
        return tuple((key, value) for key, value in found if value is not None)

    return check


def record(keys: Keys, example: str = "") -> Shape[dict[str, Any]]:
    """A mapping with known keys; gives the values found, and reports unknown and missing keys."""

    def check(node: Node, spot: Spot, findings: Findings) -> dict[str, Any] | None:
        if not isinstance(node, Entries):
            _report_shape(node, spot, findings, "a mapping", example)
            return None
        if node.is_flow and _is_cut_by_comma([value for _, value in node.pairs], findings):
            return None
        values = {}
        if not node.pairs and node.is_whole:
            _report_empty(spot, findings, example)
            return None
        for key, value in node.pairs:
            known = keys.known.get(key.value)
            if known is not None and known.is_required and _is_blank(value):
                _report_empty(spot.below(key), findings, known.example)
            elif known is not None:
                values[key.value] = known.shape(value, spot.below(key), findings)
            elif node.is_flow and isinstance(value, Nothing):
                _report_comma(f"before {key.value[:60]!r}", key.place, findings)
            else:
                _unknown(key, keys, spot, findings)
        _check_required(node, keys, spot, findings)
        return values

    return check


def _unknown(key: Text, keys: Keys, spot: Spot, findings: Findings) -> None:
    where = f" in '{spot.name}'" if spot.name else ""
    message = f"unknown key '{key.value[:60]}'{where}"
    other = keys.otherwise.get(key.value.casefold())
    if other:
        findings.add("E-KEY", message, key.place, f"it is called '{other}' here")
    else:
        findings.unlike("E-KEY", message, key.place, key.value, keys.known)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Nothing) or (isinstance(node, Text) and not node.value.strip())


def _check_required(node: Entries, keys: Keys, spot: Spot, findings: Findings) -> None:
    if not node.is_whole:
        return
    missing = [name for name, key in keys.known.items() if key.is_required and node.get(name) is None]
    meant = keys.meant(node) if missing else frozenset()
    for name in missing:
        if name not in meant:
            example = keys.known[name].example
            findings.add("E-REQUIRED", f"{spot.subject} has no '{name}'", spot.place, f"add  {example}")


def _report_not_text(node: Node, spot: Spot, findings: Findings, wanted: str) -> None:
    if isinstance(node, Text | Nothing):
        _report_empty(spot, findings)
    else:
        _report_shape(node, spot, findings, wanted, _ONE_TEXT)


def _report_empty(spot: Spot, findings: Findings, example: str = "") -> None:
    hint = f"write  {example}" if example else "give it one, or delete the key"
    findings.add("E-EMPTY", f"{spot.subject} has no value", spot.place, hint)


def _report_shape(node: Node, spot: Spot, findings: Findings, wanted: str, example: str = "") -> None:
    """Report a node of another kind than wanted, unless it is reported already."""
    if isinstance(node, Nothing):
        _report_empty(spot, findings, example)
    elif not isinstance(node, Refused):
        found = {Text: "a text", Items: "a list", Entries: "a mapping"}[type(node)]
        hint = f"write  {example}" if example else ""
        findings.add("E-SHAPE", f"{spot.subject} must be {wanted}, not {found}", _place(node, spot), hint)


def _place(node: Node, spot: Spot) -> Place:
    return spot.place if isinstance(node, Nothing) else node.place


def _is_cut_by_comma(nodes: Collection[Node], findings: Findings) -> bool:
    """Whether a ``{ }`` or ``[ ]`` was split at a comma that an expression in it needed."""
    cut = next((node for node in nodes if isinstance(node, Text) and _unclosed(node)), None)
    if cut is not None:
        _report_comma(f"after {cut.value[-60:]!r}", cut.place, findings)
    return cut is not None


def _report_comma(where: str, place: Place, findings: Findings) -> None:
    message = f"the text ends at the comma {where}: in {{ }} and [ ] a comma ends a value"
    findings.add("E-YAML", message, place, "quote the whole text, or write one key a line")


def _unclosed(node: Text) -> bool:
    """Whether an unquoted text opens a bracket that it doesn't close."""
    before = node.place.text[max(0, node.place.column - 2) : node.place.column - 1]
    if before in ("'", '"') or node.spans:
        return False
    return sum(map(node.value.count, _OPEN)) > sum(map(node.value.count, _CLOSE))
