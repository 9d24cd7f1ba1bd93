"""What a claim or a datapackage declares about how a file is to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import cast, get_args

from site_builder.evidence.record import FieldType
from site_builder.problems import Mistake, Place, did_you_mean

FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)


@dataclass(frozen=True, slots=True)
class Options:
    """Declared options of one piece of evidence; every one may be left out.

    How the file is read: `format` (a reader's name, where the file's ending does not say), `encoding`, `skip`
    (lines before the table), `comment` (what a line to leave out begins with), `delimiter`, `quote` (one
    character, or "none"), `header` (number of header rows), `names` (titles for all columns), `ragged` ("pad"
    fills short rows), `trim` (spaces around cells go), `decimal` ("," where 1,5 is one and a half), `pattern`
    (one row a match) and `under` (patterns of headings whose groups the rows below them get).

    What the cells mean: `columns` (title → type), `units` (title → unit), `missing` (texts of missing cells),
    `cell` (title → pattern with one group: the part of the cell that counts; title "" is every column).
    """

    format: str = ""
    encoding: str = ""
    skip: int = 0
    comment: str = ""
    delimiter: str = ""
    quote: str = '"'
    header: int | None = None
    names: tuple[str, ...] = ()
    ragged: str = ""
    trim: bool = False
    decimal: str = "."
    pattern: str = ""
    under: tuple[str, ...] = ()
    columns: tuple[tuple[str, FieldType], ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    cell: tuple[tuple[str, str], ...] = ()


NAMES = tuple(field.name for field in fields(Options))
READING = NAMES[: NAMES.index("columns")]
"""The options that decide what the cells are; the others say what they mean."""


def read_options(raw: Mapping[str, object], place: Place | None = None) -> Options:
    """The options typed, from plain strings, lists and mappings of strings. Raises Mistake E-OPTION."""
    values: dict[str, object] = {}
    for name, value in raw.items():
        if name not in _KINDS:
            hint = did_you_mean(name, NAMES, "options are: ")
            raise Mistake("E-OPTION", f"evidence has no option {name!r}", place, hint)
        kind, expected = _KINDS[name]
        found = kind(value)
        if found is None:
            message = f"the option `{name}` is {_shown(value)}, which is not {expected}"
            raise Mistake("E-OPTION", message, place, f"write {expected}", name)
        values[name] = found
    return Options(**values)  # type: ignore[arg-type]  # each value was typed by its row of the table


def _shown(value: object) -> str:
    return repr(value) if len(repr(value)) < 60 else f"{repr(value)[:60]}…"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _one_of(*known: str) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in known else None


def _count(largest: int) -> Callable[[object], int | None]:
    def count(value: object) -> int | None:
        text = str(value)
        is_count = not isinstance(value, bool) and text.isascii() and text.isdigit() and len(text) < 8
        return int(text) if is_count and int(text) <= largest else None

    return count


def _truth(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())


def _texts(value: object) -> tuple[str, ...] | None:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        return None
    return tuple(items)


def _pairs(value: object) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(value, Mapping):
        return None
    pairs = tuple(value.items())
    return pairs if all(isinstance(key, str) and isinstance(text, str) for key, text in pairs) else None


def _types(value: object) -> tuple[tuple[str, FieldType], ...] | None:
    pairs = _pairs(value)
    if pairs is None or any(kind not in FIELD_TYPES for _, kind in pairs):
        return None
    return cast("tuple[tuple[str, FieldType], ...]", pairs)


def _patterns(value: object) -> tuple[tuple[str, str], ...] | None:
    return (("", value),) if isinstance(value, str) and value else _pairs(value)


def _delimiter(value: object) -> str | None:
    text = _DELIMITERS.get(value, value) if isinstance(value, str) else None
    return text if text is not None and len(text) == 1 and text.isascii() and text not in '\r\n"' else None


_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}


def _quote(value: object) -> str | None:
    is_quote = isinstance(value, str) and (value == "none" or (len(value) == 1 and value not in "\r\n"))
    return str(value) if is_quote else None


_KINDS: dict[str, tuple[Callable[[object], object], str]] = {
    "format": (_text, "the name of a format, such as csv"),
    "encoding": (_text, "the name of an encoding, such as latin-1"),
    "skip": (_count(1_000_000), "a number of lines"),
    "comment": (_text, "the text that comment lines begin with, such as '#'"),
    "delimiter": (_delimiter, "one character, or tab"),
    "quote": (_quote, "one character, or none"),
    "header": (_count(5), "a number of header rows, from 0 to 5"),
    "names": (_texts, "a list of column names"),
    "ragged": (_one_of("pad"), "pad"),
    "trim": (_truth, "true or false"),
    "decimal": (_one_of(",", "."), "',' or '.'"),
    "pattern": (_text, "a regular expression"),
    "under": (_texts, "a regular expression, or a list of them"),
    "columns": (_types, f"a mapping of column names to {', '.join(FIELD_TYPES)}"),
    "units": (_pairs, "a mapping of column names to units"),
    "missing": (_texts, "a list of texts"),
    "cell": (_patterns, "a regular expression, or a mapping of column names to them"),
}
