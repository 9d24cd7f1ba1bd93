"""YAML as a tree of texts with their places: the small part of YAML that a claim may be written in.

Every scalar stays the text that was typed. Anchors, aliases, merges, tags, duplicate keys, a second document
and deep nesting are problems; the parser's events are checked as they come, before anything is built of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml._yaml import CParser

from site_builder.claims.claim import Text
from site_builder.claims.file_text import FileText
from site_builder.claims.findings import Findings
from site_builder.claims.scalar_spans import block_spans, flow_spans
from site_builder.claims.yaml_syntax import explain
from site_builder.problems import Mistake, Place, Problem, name_of

DEEPEST = 20
_NO_YAML = re.compile("[\x85\u2028\u2029\ufeff]")
_Event = Any
"""A parser's event; its published types make every mark optional, though the parser always sets them."""
_NOT_TEXT = frozenset(chr(c) for c in (*range(9), 11, 12, *range(14, 32), *range(127, 160))) | {"\ufeff"}


@dataclass(frozen=True, slots=True)
class Nothing:
    """A key or a dash with no value after it."""

    place: Place


@dataclass(frozen=True, slots=True)
class Refused:
    """A value whose problem is already reported."""

    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `is_flow` when it is written in ``[ ]``."""

    items: tuple[Node, ...]
    place: Place
    is_flow: bool


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping in its written order, without repeated keys; `is_flow` when it is written in ``{ }``.

    It is not `is_whole` when a key of it was refused, which may have held any of those that seem to be missing.
    """

    pairs: tuple[tuple[Text, Node], ...]
    place: Place
    is_flow: bool
    is_whole: bool = True

    def get(self, name: str) -> Node | None:
        """The value under a key, if it is there."""
        return next((node for key, node in self.pairs if key.value == name), None)


Node = Text | Nothing | Refused | Items | Entries


def compose(source: FileText, findings: Findings) -> Node | None:
    """The file's one document as a tree; None when it is empty or not YAML, which `findings` then says."""
    try:
        _check_characters(source)
        return _Composer(source, findings).document()
    except yaml.MarkedYAMLError as error:
        problem = explain(source, error)
    except yaml.YAMLError as error:
        problem = Problem(
            "E-YAML", f"the file is not YAML: {error}", Place(source.path), "save it as UTF-8 text"
        )
    except Mistake as mistake:
        problem = mistake.problem
    if not findings.mention(problem):
        findings.keep(problem)
    return None


def _check_characters(source: FileText) -> None:
    """Refuse invisible characters that YAML reads as the end of a line, or refuses without saying where."""
    found = _NO_YAML.search(source.text)
    if found:
        message = f"the file holds {name_of(found.group())}, which YAML reads as a line end or not at all"
        raise Mistake(
            "E-YAML", message, source.place_of(found.start()), "replace it by a space or a line end"
        )


class _Composer:
    """Turns the parser's events into nodes, one file at a time."""

    def __init__(self, source: FileText, findings: Findings) -> None:
        self.source = source
        self.findings = findings
        self.parser = CParser(source.text)
        self.depth = 0

    def _next(self) -> _Event:
        return self.parser.get_event()

    def document(self) -> Node | None:
        self._next()
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            self.findings.add("E-EMPTY", "the file is empty", Place(self.source.path), _EMPTY_HINT)
            return None
        if start.tags:
            self._refuse("a %TAG line", start, "delete it; every value is a text here")
        node = self._node(self._next())
        self._next()
        following = self._next()
        if not isinstance(following, yaml.StreamEndEvent):
            self._refuse(
                "a second document (after '---')", following, "put each claim into a file of its own"
            )
        return node

    def _node(self, event: _Event) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._refuse(f"the alias *{event.anchor}", event, _QUOTE_HINT.format("*"))
        refused = self._decorated(event)
        if isinstance(event, yaml.ScalarEvent):
            return refused or self._scalar(event)
        self.depth += 1
        if self.depth > DEEPEST:
            raise Mistake("E-YAML", f"nested more than {DEEPEST} deep", self._place(event), "flatten it")
        node = self._items(event) if isinstance(event, yaml.SequenceStartEvent) else self._entries(event)
        self.depth -= 1
        return refused or node

    def _decorated(self, event: _Event) -> Refused | None:
        """What stands for a node with an anchor or a tag, which are refused."""
        if event.anchor is not None:
            return self._refuse(f"the anchor &{event.anchor}", event, _QUOTE_HINT.format("&"))
        if event.tag is not None:
            typed = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            return self._refuse(f"the tag {typed}", event, _TAG_HINT)
        return None

    def _refuse(self, what: str, event: _Event, hint: str) -> Refused:
        place = self._place(event)
        self.findings.add("E-YAML", f"{what} is YAML that a claim can't use", place, hint)
        return Refused(place)

    def _place(self, event: _Event) -> Place:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return self.source.place(start.line, start.column, max(1, width))

    def _items(self, event: _Event) -> Items:
        items = []
        following = self._next()
        while not isinstance(following, yaml.SequenceEndEvent):
            items.append(self._node(following))
            following = self._next()
        return Items(tuple(items), self._place(event), event.flow_style)

    def _entries(self, event: _Event) -> Node:
        if event.flow_style and self.source.text.startswith("{{", event.start_mark.index):
            return self._unquoted_binding(event)
        pairs: dict[str, tuple[Text, Node]] = {}
        is_whole = True
        following = self._next()
        while not isinstance(following, yaml.MappingEndEvent):
            key = self._key(following)
            node = self._node(self._next())
            is_whole = is_whole and key is not None
            if key is not None and self._is_new(key, pairs):
                pairs[key.value] = (key, node)
            following = self._next()
        return Entries(tuple(pairs.values()), self._place(event), event.flow_style, is_whole)

    def _key(self, event: _Event) -> Text | None:
        """The key that an event begins, or None if it was refused."""
        node = self._node(event)
        if isinstance(node, Text):
            return None if self._is_merge(node) else node
        if isinstance(node, Nothing):
            message = "a ':' without a key before it"
            self.findings.add("E-YAML", message, self._place(event), _KEY_HINT)
        elif isinstance(node, Items | Entries):
            message = "a key must be a plain word, not a list or a mapping"
            self.findings.add("E-YAML", message, self._place(event), _KEY_HINT)
        return None

    def _is_merge(self, key: Text) -> bool:
        """Whether a key merges another mapping, which is reported."""
        if key.value != "<<":
            return False
        self.findings.add("E-YAML", "the merge key << is YAML that a claim can't use", key.place, _MERGE_HINT)
        return True

    def _is_new(self, key: Text, pairs: dict[str, tuple[Text, Node]]) -> bool:
        if key.value not in pairs:
            return True
        first = pairs[key.value][0].place.line
        message = f"the key '{key.value[:80]}' stands here again; it is already on line {first}"
        self.findings.add("E-DUPLICATE", message, key.place, "keep one of them, or rename one")
        return False

    def _unquoted_binding(self, event: _Event) -> Refused:
        """Past a ``{{ name }}`` that YAML reads as a mapping in a mapping, reported once."""
        place = self._place(event)
        self.findings.add("E-YAML", "a text that begins with {{ is read as a mapping", place, _BINDING_HINT)
        unclosed = 1
        while unclosed:
            unclosed += _STEP.get(type(self._next()), 0)
            if self.depth + unclosed > DEEPEST:
                raise Mistake("E-YAML", f"nested more than {DEEPEST} deep", place, "flatten it")
        return Refused(place)

    def _scalar(self, event: _Event) -> Text | Nothing | Refused:
        if event.style in ("|", ">"):
            return self._block(event)
        if not event.value and not event.style:
            return Nothing(self._place(event))
        text = self._inline(event, 1 if event.style else 0)
        if not event.style:
            self._check_comment(event.end_mark)
        return self._checked(text)

    def _inline(self, event: _Event, quote: int) -> Text:
        """A plain or quoted text; `quote` is the width of the quotation mark before it."""
        source, start, end, value = self.source, event.start_mark, event.end_mark, event.value
        if start.line == end.line and end.index - start.index - 2 * quote == len(value):
            return Text(value, source.place(start.line, start.column + quote, max(1, len(value))))
        spans = flow_spans(source, event.style or "", start.index + quote, end.index - quote)
        last = end.column - quote if end.line == start.line else len(source.lines[start.line].rstrip())
        place = source.place(start.line, start.column + quote, max(1, last - start.column - quote))
        return Text(value, place, spans)

    def _block(self, event: _Event) -> Text | Nothing | Refused:
        """A literal or folded text; its place is its first character, below the header."""
        source, value = self.source, event.value
        if not value.strip():
            return self._empty_block(event)
        spans = block_spans(source, event.style or "", event.start_mark.line, value)
        first = next(span for span in reversed(spans) if span[0] <= len(value) - len(value.lstrip("\n")))
        place = Place(
            source.path, first[1], first[2], max(1, len(first[3].rstrip()) - first[2] + 1), first[3]
        )
        return self._checked(Text(value, place, spans))

    def _empty_block(self, event: _Event) -> Nothing | Refused:
        """``stated: >5`` is a block with no text for YAML, and a bound for whoever wrote it."""
        line, column = event.start_mark.line, event.start_mark.column
        typed = self.source.lines[line][column:].split("#")[0].strip()
        place = self.source.place(line, column, max(1, len(typed)))
        if typed[1:].strip("+-").isdigit():
            message = f"{typed} is read as the beginning of a block of text"
            self.findings.add("E-YAML", message, place, f"quote it: '{typed}'")
            return Refused(place)
        return Nothing(place)

    def _check_comment(self, end: Any) -> None:
        """A `` #`` cuts the text off; with no space after the # it was hardly meant as a comment."""
        if not _COMMENT.match(self.source.text, end.index):
            return
        place = self.source.place(end.line, end.column + 1)
        rest = place.text[end.column + 1 :].strip()[:40]
        message = f"the text ends before {rest!r}: a # after a space begins a comment"
        self.findings.add("E-YAML", message, place, _COMMENT_HINT)

    def _checked(self, text: Text) -> Text | Refused:
        """`text`, unless an escape put a character into it that no text may hold."""
        if not text.spans or _NOT_TEXT.isdisjoint(text.value):
            return text
        offset = next(i for i, character in enumerate(text.value) if character in _NOT_TEXT)
        message = f"the escape stands for {name_of(text.value[offset])}, which no text may hold"
        self.findings.add("E-YAML", message, text.at(offset, 2), "delete it; write a backslash as \\\\")
        return Refused(text.place)


_STEP = {
    yaml.SequenceStartEvent: 1,
    yaml.MappingStartEvent: 1,
    yaml.SequenceEndEvent: -1,
    yaml.MappingEndEvent: -1,
}
_COMMENT = re.compile(r" #[^\s#]")
_EMPTY_HINT = "a claim needs at least title, statement, and assertion or numbers"
_QUOTE_HINT = "quote a text that begins with {0}, as in '{0}…'"
_TAG_HINT = "delete the tag; a text that begins with ! is quoted, as in '!…'"
_MERGE_HINT = "write the keys out"
_KEY_HINT = "write  key: value  with a plain word before the colon"
_BINDING_HINT = (
    "quote the whole text, as in '{{ name }} of the cases', or write it on the line below 'key: >'"
)
_COMMENT_HINT = "quote the whole text; if a comment is meant, put a space after the #"
