"""Nested values, as JSON and YAML hold them, become rows: which part is meant, and how it is laid flat."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from site_builder.evidence.heading import titles
from site_builder.evidence.options import Options
from site_builder.evidence.sheet import Native, Sheet
from site_builder.problems import Mistake, Place

_CELL_LIMIT = 20_000_000


class Record(dict[str, object]):
    """A mapping that knows the line it begins on, and where known the lines of its keys; 0 is unknown."""

    __slots__ = ("line", "lines")

    def __init__(self, pairs: Iterable[tuple[str, object]] = (), line: int = 0) -> None:
        super().__init__(pairs)
        self.line = line
        self.lines: dict[str, int] = {}


class Typed(float):
    """A number that keeps its digits as typed: 1.40 states two decimals."""

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.typed = text
        return number


class Plain(str):
    """A text that its format does not mark as one (YAML without quotes), so the cells decide what it is."""

    __slots__ = ()


def rows(nodes: Sequence[object], *, is_chosen: bool, options: Options, path: str) -> Sheet:
    """The values that a place selects, as rows.

    Objects become rows over the union of their keys, inner objects laid flat with ``_`` between the names;
    lists become rows by position; single values one column ``value``. One list stands for its items. One
    object is one row; but equally long lists in it are columns, and in a chosen object (`is_chosen`) objects
    are a row each, with their names as ``key``, and values beside such lists stand in every row.
    """
    keys: Sequence[str] | None = None
    if not is_chosen and nodes == [None]:
        raise Mistake("E-TABLE", f"{path} holds no value", Place(path), "it needs a list of rows")
    if len(nodes) == 1 and isinstance(nodes[0], list):
        nodes = nodes[0]
    elif len(nodes) == 1 and isinstance(nodes[0], Mapping):
        keys, nodes = _opened(nodes[0], is_chosen)
    kinds = Counter(_kind(node) for node in nodes)
    if len(kinds) > 1:
        shown = ", ".join(
            f"{count:,} {kind[:-1] if count == 1 else kind}" for kind, count in kinds.most_common()
        )
        hint = "choose one kind with the place, such as #$.results[*]"
        raise Mistake("E-PLACE", f"the rows would be of different kinds: {shown}", Place(path), hint)
    records = [_laid_flat(node) for node in nodes]
    if keys is not None:
        records = [{("key",): key, **record} for key, record in zip(keys, records, strict=True)]
    lines = [getattr(node, "line", 0) for node in nodes]
    return _sheet(records, lines if any(lines) else None, options, path)


def _opened(node: Mapping[str, object], is_chosen: bool) -> tuple[Sequence[str] | None, Sequence[object]]:
    """The rows within one object, and their keys if it names its rows."""
    values = list(node.values())
    if is_chosen and values and all(isinstance(value, Mapping) for value in values):
        return list(node), values
    lists = {key: value for key, value in node.items() if isinstance(value, list)}
    if (is_chosen or len(lists) == len(node)) and _are_columns(list(lists.values())):
        count = len(next(iter(lists.values())))
        _refuse_too_many(count, len(node))
        by_row = [{**node, **{key: value[n] for key, value in lists.items()}} for n in range(count)]
        return None, [Record(row.items(), getattr(node, "line", 0)) for row in by_row]
    return None, [node]


def _are_columns(lists: Sequence[list[object]]) -> bool:
    """Whether there are lists, of single values, all of one length of at least one."""
    lengths = {len(value) for value in lists}
    is_even = len(lengths) == 1 and lengths != {0}
    return is_even and not any(isinstance(item, list | Mapping) for value in lists for item in value)


def _kind(node: object) -> str:
    return "objects" if isinstance(node, Mapping) else "lists" if isinstance(node, list) else "single values"


_Path = tuple[str, ...]


def _laid_flat(node: object) -> dict[_Path, object]:
    if isinstance(node, Mapping):
        return dict(_leaves(node, ()))
    if isinstance(node, list):
        return {(f"column_{number}",): value for number, value in enumerate(node, 1)}
    return {("value",): node}


def _leaves(node: Mapping[str, object], above: _Path) -> Iterator[tuple[_Path, object]]:
    for key, value in node.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value


def _sheet(
    records: Sequence[dict[_Path, object]], lines: list[int] | None, options: Options, path: str
) -> Sheet:
    leaves = list(dict.fromkeys(leaf for record in records for leaf in record))
    _refuse_too_many(len(records), len(leaves))
    header, notes = titles([["_".join(leaf) for leaf in leaves]], len(leaves), options, Place(path))
    columns = [[record.get(leaf) for record in records] for leaf in leaves]
    natives = tuple(_native(column) for column in columns)
    cells = tuple(tuple(_cell(value) for value in column) for column in columns)
    notes = notes[1:] if options.names else notes
    return Sheet(header, cells, lines if header else None, natives, False, notes)


def _refuse_too_many(rows: int, keys: int) -> None:
    if rows * keys > _CELL_LIMIT:
        message = f"{rows:,} rows over {keys:,} different keys are too many cells"
        raise Mistake("E-SIZE", message, None, "choose a part of the file with the place")


def _native(column: Sequence[object]) -> Native:
    """The kind that all values of the column have; None if they differ or the format leaves it open."""
    kinds = {_native_kind(value) for value in column if value is not None}
    return kinds.pop() if len(kinds) == 1 else None


def _native_kind(value: object) -> Native:
    for kind, native in _NATIVES:
        if isinstance(value, kind):
            return native
    return "text"


_NATIVES: tuple[tuple[type, Native], ...] = (
    (Plain, None),
    (bool, "truth"),
    (int, "number"),
    (float, "number"),
)


def _cell(value: object) -> str | None:
    """The value as text: numbers as typed, lists and empty objects as compact JSON."""
    if value is None or isinstance(value, str):
        return value if value is None else str(value)
    if isinstance(value, Typed):
        return value.typed
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | Mapping):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)
