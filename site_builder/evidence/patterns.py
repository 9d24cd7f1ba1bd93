"""Patterns over the lines of a text: one row a match, in an engine whose time is linear in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from site_builder.evidence.options import Options
from site_builder.evidence.sheet import Sheet
from site_builder.problems import Mistake, concerning

PATTERN_LIMIT, LINE_LIMIT = 500, 10_000
_ROW_LIMIT = 5_000_000
_GROUP = re.compile(r"\\.|\(\?P?<(\w+)>", re.DOTALL)


class Found(Protocol):
    """A match, as this module uses it."""

    def group(self, group: int = 0) -> bytes | None: ...
    def groups(self) -> tuple[bytes | None, ...]: ...


class Pattern(Protocol):
    """A compiled pattern, as this module uses it."""

    @property
    def groups(self) -> int: ...
    @property
    def groupindex(self) -> Mapping[bytes, int]: ...
    def finditer(self, text: bytes) -> Sequence[Found]: ...
    def search(self, text: bytes) -> Found | None: ...


def compile_pattern(text: str) -> Pattern:
    """The pattern over UTF-8 bytes. Raises Mistake E-PATTERN if it is too long or not one."""
    import re2

    if len(text) > PATTERN_LIMIT:
        message = f"a pattern has {len(text)} characters; at most {PATTERN_LIMIT} are allowed"
        raise Mistake("E-PATTERN", message, None, "match less of the line")
    names = [found[1] for found in _GROUP.finditer(text) if found[1]]
    if len(set(names)) < len(names):  # the engine would quietly keep one of them
        raise Mistake("E-PATTERN", f"two groups of {text!r} have one name", None, "rename one of them")
    settings = re2.Options()
    settings.log_errors = False
    try:
        return cast(Pattern, re2.compile(text.encode("utf-8"), settings))
    except (re2.error, UnicodeEncodeError) as error:
        reason = error.args[0] if error.args else ""
        shown = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        hint = "patterns are those of RE2: no look-around and no back-references" if "(?" in shown else _HINT
        raise Mistake("E-PATTERN", f"{text!r} is not a pattern: {shown}", None, hint) from None


_HINT = "a character such as ( [ + * . that is meant as itself is written with a backslash before it"


def match_lines(lines: Sequence[str], first: int, options: Options) -> Sheet:
    """One row a match of ``pattern:``, its named groups as columns; `first` is the number of the first line.

    With ``under:``, the groups of its patterns are columns too, holding what the nearest match at or above
    the line gave. Cells that a match leaves out are None.
    """
    with concerning("pattern"):
        pattern = compile_pattern(options.pattern)
    with concerning("under"):
        above = [compile_pattern(text) for text in options.under]
    header, own = _header(pattern, above, options)
    state: dict[bytes, bytes | None] = {}
    rows: list[list[bytes | None]] = []
    numbers: list[int] = []
    matched = cut = empty = 0
    inherited = [name.encode() for name in header[: len(header) - len(own)]]
    for number, line in enumerate(lines, first):
        cut += len(line) > LINE_LIMIT
        text = line[:LINE_LIMIT].encode("utf-8", "surrogatepass")
        _remember(state, above, text)
        before = len(rows)
        for found in pattern.finditer(text):
            if not found.group():
                empty += 1
                continue
            values = (found.group(), *found.groups())
            rows.append([state.get(name) for name in inherited] + [values[index] for index in own])
        numbers += [number] * (len(rows) - before)
        matched += len(rows) > before
        if len(rows) > _ROW_LIMIT:
            raise Mistake("E-SIZE", f"the pattern matches more than {_ROW_LIMIT:,} times", None, "narrow it")
    columns = tuple(tuple(_text(row[c]) for row in rows) for c in range(len(header)))
    return Sheet(
        header, columns, numbers, (None,) * len(header), True, _notes(matched, len(lines), cut, empty)
    )


def _header(
    pattern: Pattern, above: Sequence[Pattern], options: Options
) -> tuple[tuple[str, ...], list[int]]:
    """The titles of all columns, those from above first, and the indices of the pattern's own groups."""
    own = sorted(pattern.groupindex.items(), key=lambda item: item[1])
    if not own and pattern.groups:
        hint = r"name what becomes a column, such as (?P<step>\d+), and write other brackets as (?:...)"
        raise Mistake(
            "E-PATTERN", f"the pattern {options.pattern!r} has no named group", None, hint, "pattern"
        )
    inherited = [
        name for each in above for name, _ in sorted(each.groupindex.items(), key=lambda item: item[1])
    ]
    if above and not all(each.groupindex for each in above):
        raise Mistake(
            "E-PATTERN", "a pattern of `under` has no named group", None, "write (?P<name>...) in it", "under"
        )
    names = [*inherited, *(name for name, _ in own)] if own else [*inherited, b"match"]
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled is not None:
        message = f"two groups are called {doubled.decode()!r}"
        raise Mistake("E-PATTERN", message, None, "rename one of them", "pattern")
    return tuple(name.decode() for name in names), [index for _, index in own] or [0]


def _remember(state: dict[bytes, bytes | None], above: Sequence[Pattern], text: bytes) -> None:
    """Updates the groups that later rows inherit, from the patterns that this line matches."""
    for each in above:
        found = each.search(text)
        if found is not None:
            values = found.groups()
            state.update({name: values[index - 1] for name, index in each.groupindex.items()})


def _text(cell: bytes | None) -> str | None:
    return None if cell is None else cell.decode("utf-8", "replace")


def _notes(matched: int, total: int, cut: int, empty: int) -> tuple[str, ...]:
    notes = [f"the pattern matches in {matched:,} of {total:,} lines; {total - matched:,} are left out"]
    if cut:
        notes.append(f"{cut:,} lines were cut at {LINE_LIMIT:,} characters")
    if empty:
        notes.append(f"{empty:,} matches of nothing at all are left out")
    return tuple(notes)
