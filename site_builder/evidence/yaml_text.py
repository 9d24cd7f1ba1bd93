"""YAML text becomes values without its traps: each mapping with its lines, numbers as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import yaml

from site_builder.evidence.decoding import split_lines
from site_builder.evidence.nested import Plain, Record, Typed
from site_builder.problems import Mistake, Place

_SIZE_LIMIT, _DEPTH_LIMIT = 16_000_000, 50
_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]{0,299})(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_NAMED: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A collection that is being filled; `key` is the key whose value comes next."""

    value: Record | list[object]
    key: str | None = None


def loads(text: str, path: str) -> object:
    """The value of a YAML text. Raises Mistake E-YAML with line and column.

    A plain scalar is a number, true, false or null only as JSON writes them (so ``no``, ``1:30``, ``007`` and
    dates stay text). Refused: anchors, aliases, merges, tags, a key twice, a second document, 50 levels.
    """
    if len(text) > _SIZE_LIMIT:
        raise Mistake("E-SIZE", f"{path} is too large for YAML", Place(path), "keep it as JSON Lines or CSV")
    try:
        return _built(text, path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        complaint = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        place = _shown(Place(path, mark.line + 1, mark.column + 1), text) if mark else Place(path)
        raise Mistake("E-YAML", f"this is not YAML: {_reason(complaint, place)}", place, _HINT) from None
    except Mistake as mistake:
        found = mistake.problem
        placed = found.place and _shown(found.place, text)
        raise Mistake(found.code, found.message, placed, found.hint) from None


_HINT = "look at the line and the one before it: indentation, a missing quote, or a tab"
_REASONS = (
    ("cannot start any token", "a text cannot begin so unless it is quoted"),
    (
        "mapping values are not allowed",
        "a text with ': ' in it must be quoted, or the line begins too far in",
    ),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("unexpected end of stream", "a quote is never closed"),
    ("expected ':'", "a key without a colon after it"),
    ("expected '-' indicator", "something else stands where an item beginning with '- ' was expected"),
    ("expected key", "something else stands where a key was expected"),
)


def _reason(complaint: str, place: Place) -> str:
    """The parser's complaint in other words."""
    if place.text[place.column - 1 : place.column] == "\t":
        return "a tab indents this line, and YAML wants spaces"
    return next((said for words, said in _REASONS if words in complaint), complaint)


def _shown(place: Place, text: str) -> Place:
    """The place with the text of its line; beyond the last line it is the end of that one."""
    lines = split_lines(text) or [""]
    if place.line > len(lines):
        return replace(place, line=len(lines), column=len(lines[-1]) + 1, text=lines[-1])
    return replace(place, text=lines[place.line - 1] if place.line else "")


def _built(text: str, path: str) -> object:
    root: list[object] = []
    stack = [_Open(root)]
    for event in yaml.parse(text, Loader=_LOADER):
        _refuse(event, path, len(root), len(stack))
        if isinstance(event, yaml.ScalarEvent):
            _add(stack[-1], event, path)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            line = _place(event, path).line
            value: Record | list[object] = (
                [] if isinstance(event, yaml.SequenceStartEvent) else Record((), line)
            )
            _put(stack[-1], value, event, path)
            stack.append(_Open(value))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
    return root[0] if root else None


def _refuse(event: yaml.Event, path: str, documents: int, depth: int) -> None:
    """Raises Mistake for what YAML has and evidence has not."""
    reasons = (
        (isinstance(event, yaml.AliasEvent), "an alias (*name)"),
        (getattr(event, "anchor", None) is not None, "an anchor (&name)"),
        (getattr(event, "tag", None) not in (None, "!"), "a tag (!name)"),
        (isinstance(event, yaml.DocumentStartEvent) and documents > 0, "a second document"),
        (depth > _DEPTH_LIMIT, f"more than {_DEPTH_LIMIT} levels"),
    )
    found = next((reason for is_found, reason in reasons if is_found), None)
    if found:
        hint = "put it into a file of its own" if found.endswith("document") else "write it out"
        raise Mistake("E-YAML", f"{found} is not read in evidence", _place(event, path), hint)


def _add(target: _Open, event: yaml.ScalarEvent, path: str) -> None:
    """Puts a scalar in: as a key if the mapping waits for one, else as a value."""
    if not isinstance(target.value, Record) or target.key is not None:
        _put(target, _scalar(event), event, path)
        return
    if event.value in target.value or (event.value == "<<" and not event.style):
        reason = "a merge (<<) is not read in evidence" if event.value == "<<" else _twice(event.value)
        raise Mistake("E-YAML", reason, _place(event, path), "write every key once")
    target.key = event.value
    target.value.lines[event.value] = _place(event, path).line


def _twice(key: str) -> str:
    return f"the key {key[:60]!r} stands twice in one mapping"


def _put(target: _Open, value: object, event: yaml.Event, path: str) -> None:
    if isinstance(target.value, list):
        target.value.append(value)
    elif target.key is None:
        raise Mistake("E-YAML", "a key must be a text", _place(event, path), "write the key as one word")
    else:
        target.value[target.key] = value
        target.key = None


def _scalar(event: yaml.ScalarEvent) -> object:
    text = event.value
    if event.style:
        return text
    if text.lower() in _NAMED and text in (text.lower(), text.title()):
        return _NAMED[text.lower()]
    if _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdigit() else Typed(text)
    return Plain(text)


def _place(event: yaml.Event, path: str) -> Place:
    mark = event.start_mark
    return Place(path, mark.line + 1, mark.column + 1) if mark is not None else Place(path)
