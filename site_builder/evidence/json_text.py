"""JSON text becomes values, strictly: numbers as typed, each object with its line, nothing said twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NoReturn

from site_builder.evidence.decoding import place_in
from site_builder.evidence.json_mistakes import explain
from site_builder.evidence.nested import Record, Typed
from site_builder.problems import Mistake

_DEPTH_LIMIT = 100
_LINED_CHARACTERS = 4_000_000  # above this, objects do not learn their lines: it takes a second pass
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_TOKEN = re.compile(rf"{_STRING}|[{{}}\[\]\n]|NaN|-?Infinity", re.DOTALL)
_COLON = re.compile(r"\s*+:")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)


class _Refused(Exception):  # noqa: N818
    """Carries the reason out of the parser; the place is looked for afterwards."""


def loads(text: str, path: str) -> object:
    """The value of a JSON text. Raises Mistake E-JSON with line and column.

    Refused beside bad syntax: NaN and infinities, a key twice in one object, half a surrogate pair, more than
    100 levels.
    """
    closed: list[Record] = []
    value = _value(text, _decoder(closed), path, 1)
    if len(text) <= _LINED_CHARACTERS:
        _give_lines(text, closed)
    return value


def loads_lines(lines: Iterable[str], path: str) -> list[object]:
    """The values of JSON Lines, one a line; blank lines are none. Raises as `loads` does."""
    closed: list[Record] = []
    decoder = _decoder(closed)
    values: list[object] = []
    for number, line in enumerate(lines, 1):
        if line.strip(" \t"):
            values.append(_value(line, decoder, path, number))
            for record in closed:
                record.line = number
            closed.clear()
    return values


def _decoder(closed: list[Record]) -> json.JSONDecoder:
    """A parser that appends each object to `closed` when it ends."""
    return json.JSONDecoder(
        parse_float=Typed,
        parse_int=_whole,
        parse_constant=_refuse_constant,
        object_pairs_hook=lambda pairs: _record(pairs, closed),
    )


def _value(text: str, decoder: json.JSONDecoder, path: str, first_line: int) -> object:
    try:
        value: object = decoder.decode(text)
    except json.JSONDecodeError as error:
        reason, hint, at = explain(text, error.msg, error.pos)
        raise _mistake(reason, text, at, path, first_line, hint) from None
    except (_Refused, RecursionError) as error:
        reason = str(error) if isinstance(error, _Refused) else _TOO_DEEP
        raise _mistake(reason, text, _offender(text, reason), path, first_line) from None
    if text.count("[") + text.count("{") > _DEPTH_LIMIT and _depth(value) > _DEPTH_LIMIT:
        raise _mistake(_TOO_DEEP, text, _offender(text, _TOO_DEEP), path, first_line)
    half = _half_pair(text)
    if half is not None:
        raise _mistake("half of a surrogate pair is not a character", text, half, path, first_line)
    return value


_TOO_DEEP = f"more than {_DEPTH_LIMIT} levels of brackets"
_CONSTANT, _TWICE = "is not a number that JSON has", "stands twice in one object"


def _whole(text: str) -> int | Typed:
    return int(text) if len(text) < 300 else Typed(text)


def _refuse_constant(text: str) -> NoReturn:
    raise _Refused(f"{text} {_CONSTANT}")


def _record(pairs: list[tuple[str, object]], closed: list[Record]) -> Record:
    record = Record(pairs)
    if len(record) < len(pairs):
        key = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise _Refused(f"the key {key[:60]!r} {_TWICE}")
    closed.append(record)
    return record


def _depth(value: object) -> int:
    depth, level = 0, [value]
    while level and depth <= _DEPTH_LIMIT:
        below: list[object] = []
        for item in level:
            if isinstance(item, Mapping):
                below += item.values()
            elif isinstance(item, list):
                below += item
        level = [item for item in below if isinstance(item, list | Mapping)]
        depth += 1
    return depth


def _give_lines(text: str, closed: list[Record]) -> None:
    """Sets the line of each object. They were closed in the order in which a scan meets their ends."""
    line, number, starts = 1, 0, []
    for token in _TOKEN.findall(text):
        if token == "\n":
            line += 1
        elif token == "{":
            starts.append(line)
        elif token == "}":
            closed[number].line = starts.pop()
            number += 1


def _offender(text: str, reason: str) -> int:
    """The offset of what the reason is about."""
    if reason == _TOO_DEEP:
        return _too_deep(text)
    if reason.endswith(_TWICE):
        return _second_key(text)
    return next((m.start() for m in _TOKEN.finditer(text) if m[0][0] in "N-I"), 0)


def _too_deep(text: str) -> int:
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += (match[0] in "{[") - (match[0] in "}]")
        if depth > _DEPTH_LIMIT:
            return match.start()
    return 0


def _second_key(text: str) -> int:
    """The offset of the first key that its object has already."""
    open_keys: list[set[str] | None] = []
    for match in _TOKEN.finditer(text):
        if match[0] in "{[":
            open_keys.append(set() if match[0] == "{" else None)
        elif match[0] in "}]":
            open_keys.pop()
        elif match[0][0] == '"' and _COLON.match(text, match.end()):
            keys, key = open_keys[-1], json.loads(match[0], strict=False)
            if keys is not None and key in keys:
                return match.start()
            if keys is not None:
                keys.add(key)
    return 0


def _half_pair(text: str) -> int | None:
    """The offset of an escape that is half of a surrogate pair."""
    if "\\u" not in text:
        return None
    high: re.Match[str] | None = None
    for match in _ESCAPE.finditer(text):
        code = int(match[1], 16) if match[1] else 0
        is_low = 0xDC00 <= code < 0xE000
        follows = high is not None and high.end() == match.start()
        if high is not None and not (is_low and follows):
            return high.start()
        if is_low and high is None:
            return match.start()
        high = match if 0xD800 <= code < 0xDC00 else None
    return high.start() if high else None


_MEND = "mend the file, or write it again with a program that makes JSON"


def _mistake(reason: str, text: str, offset: int, path: str, first_line: int, hint: str = _MEND) -> Mistake:
    return Mistake("E-JSON", reason, place_in(text, offset, path, first_line), hint)
