"""A document that holds tables: its headings and grids, and the grid that a place names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.evidence.heading import titles
from site_builder.evidence.options import Options
from site_builder.evidence.sheet import Sheet
from site_builder.problems import Mistake, Place, did_you_mean, nearest

_LISTED = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 and down, its text, the names it is linked by (slug first), and its line."""

    level: int
    title: str
    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the document shows it: rectangular rows, how many of them are header, the line of each.

    `kind` is table, box or html; `heads` 0 means that the document marks no header. `names` are what the
    table itself is linked by. `fault` says why a grid that was seen cannot be read.
    """

    kind: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    heads: int
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""

    @property
    def line(self) -> int:
        """Where the table begins."""
        return self.lines[0] if self.lines else 0


@dataclass(frozen=True, slots=True)
class Document:
    """Headings and grids in the order of their lines; `native` is the kind that a bare number counts."""

    path: str
    headings: tuple[Heading, ...]
    grids: tuple[Grid, ...]
    native: str = "table"


def slug(title: str) -> str:
    """The name by which code forges link to a heading: ``Finding 2: collapse`` is ``finding-2-collapse``."""
    kept = "".join(c for c in title.strip().lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def slugs(headings: Sequence[str]) -> tuple[str, ...]:
    """A slug for each heading, numbered from the second of a kind on: ``notes``, ``notes-1``."""
    seen: dict[str, int] = {}
    given: list[str] = []
    for title in headings:
        name = slug(title)
        count = seen.get(name, 0)
        seen[name] = count + 1
        given.append(f"{name}-{count}" if count else name)
    return tuple(given)


def sheet(document: Document, inside: str, options: Options) -> Sheet:
    """The table at a place, its numbers typeset. Raises Mistake E-PLACE, E-TABLE, E-HEADER."""
    grid = pick(document, inside)
    if grid.fault:
        raise Mistake("E-TABLE", grid.fault, Place(document.path, grid.line), "mend the table in the file")
    heads = options.header if options.header is not None else grid.heads or 1
    guessed = options.header is None and not grid.heads and not options.names
    place = Place(document.path, grid.line)
    width = len(grid.rows[0])
    header, made_up = titles(grid.rows[:heads], width, options, place)
    body = grid.rows[heads:]
    columns = tuple(zip(*body, strict=True)) if body else ((),) * width
    notes = (*grid.notes, *(("the first row is taken as the header",) if guessed else ()), *made_up)
    return Sheet(header, columns, grid.lines[heads:], (None,) * width, True, notes)


def pick(document: Document, inside: str) -> Grid:
    """The grid at a place: none (the only one), a number, ``box:N``, a name, a heading, ``heading:N``."""
    number, grids = _candidates(document, inside)
    where = f"under {inside.rpartition(':')[0] or inside!r} in {document.path}" if inside else document.path
    if not grids:
        message = f"there is no table {where if inside else f'in {where}'}"
        raise Mistake("E-PLACE", message, None, _listing(document))
    if number is None and len(grids) > 1:
        message = f"{document.path} has {len(grids)} tables, so say which"
        raise Mistake("E-PLACE", message, None, _listing(document))
    number = 1 if number is None else number
    if not 1 <= number <= len(grids):
        message = f"there is no table {number} {where}, which has {len(grids)}"
        raise Mistake("E-PLACE", message, None, _listing(document))
    return grids[number - 1]


def describe(document: Document, limit: int = 100) -> tuple[str, ...]:
    """The places of the first tables, one line each: ``#finding-2 (4 rows: model, lr, …)``."""
    return tuple(_described(document, grid) for grid in document.grids[:limit])


def section(document: Document, inside: str, length: int) -> tuple[int, int]:
    """The first and last line under a heading, 1-based and inclusive; `length` is the number of lines."""
    found = _heading(document, inside)
    if found is None:
        names = [heading.names[0] for heading in document.headings]
        hint = did_you_mean(slug(inside), names, "headings are: ")
        raise Mistake("E-PLACE", f"{document.path} has no heading {inside!r}", None, hint)
    return document.headings[found].line, min(_end(document, found) - 1, length)


def _candidates(document: Document, inside: str) -> tuple[int | None, tuple[Grid, ...]]:
    """The grids that a place may mean, and the number of the one it means, None if it gives no number."""
    native = tuple(grid for grid in document.grids if grid.kind == document.native) or document.grids
    if not inside:
        return None, native
    name, number = _numbered(inside)
    if name in ("", "box", "html", "table") and number:
        return number, tuple(grid for grid in document.grids if grid.kind == name) if name else native
    named = tuple(grid for grid in document.grids if inside in grid.names)
    if named:
        return 1, named
    for wanted, count in ((inside, 1), (name, number)):
        found = _heading(document, wanted) if wanted else None
        if found is not None:
            return count, _under(document, found)
    raise _unknown(document, inside)


def _numbered(inside: str) -> tuple[str, int]:
    """A place taken apart: ``box:2`` is box and 2, ``2`` is nothing and 2, ``results`` is results and 0."""
    name, _, number = inside.rpartition(":")
    return (name, int(number)) if re.fullmatch("[0-9]{1,6}", number) else (inside, 0)


def _unknown(document: Document, inside: str) -> Mistake:
    names = [name for heading in document.headings for name in heading.names[:1]]
    found = nearest(slug(inside), names)
    hint = f"did you mean {found!r}?" if found else _listing(document)
    return Mistake("E-PLACE", f"{document.path} has no place {inside!r}", None, hint)


def _heading(document: Document, inside: str) -> int | None:
    """The number of the heading that a place names: by its names, its text, or the slug of what was typed."""
    tests = (
        lambda heading: inside in heading.names,
        lambda heading: heading.title.casefold() == inside.strip().casefold(),
        lambda heading: slug(inside) in heading.names,
    )
    for test in tests:
        for number, heading in enumerate(document.headings):
            if test(heading):
                return number
    return None


def _under(document: Document, number: int) -> tuple[Grid, ...]:
    start, end = document.headings[number].line, _end(document, number)
    grids = tuple(grid for grid in document.grids if start <= grid.line < end)
    return tuple(grid for grid in grids if grid.kind == document.native) or grids


def _end(document: Document, number: int) -> int:
    """The line of the next heading that is not below this one."""
    level = document.headings[number].level
    return next((h.line for h in document.headings[number + 1 :] if h.level <= level), 1 << 60)


def _listing(document: Document) -> str:
    if not document.grids:
        return "the file has no table; lines of text are read with a `pattern:`"
    rest = len(document.grids) - _LISTED
    more = f"; and {rest} more" if rest > 0 else ""
    return f"places are: {'; '.join(describe(document, _LISTED))}{more}"


def _described(document: Document, grid: Grid) -> str:
    alike = [other for other in document.grids if other.kind == grid.kind]
    ordinal = next(n for n, other in enumerate(alike, 1) if other is grid)
    place = str(ordinal) if grid.kind == document.native else f"{grid.kind}:{ordinal}"
    above = [number for number, heading in enumerate(document.headings) if heading.line <= grid.line]
    if above and grid.kind == document.native:
        siblings = _under(document, above[-1])
        index = next(n for n, other in enumerate(siblings, 1) if other is grid)
        place = document.headings[above[-1]].names[0] + (f":{index}" if index > 1 else "")
    columns = ", ".join(grid.rows[0])[:60] if grid.rows else ""
    count = max(0, len(grid.rows) - max(1, grid.heads))
    return f"#{place} ({count} {'row' if count == 1 else 'rows'}: {columns})"
