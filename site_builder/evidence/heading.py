"""Header rows become column titles: joined, named where empty, and each different from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_builder.evidence.options import Options
from site_builder.problems import Mistake, Place, concerning, counted

_SHOWN = 24


def titles(
    rows: Sequence[Sequence[str]], width: int, options: Options, place: Place
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The title of each of `width` columns, and notes on what was made up.

    `rows` are the header rows. Several are joined by a space, the upper ones filled forward over blanks.
    Declared `names` replace them. Raises Mistake E-HEADER (two columns of one name), E-OPTION (the wrong
    number of names).
    """
    notes: list[str] = []
    if options.names:
        found = _declared(options.names, width)
        if rows:
            shown = ", ".join(cell.strip() for cell in rows[-1])[:80]
            notes.append(f"the declared names stand in place of the header row: {shown}")
    else:
        found = _joined(rows, width)
    found, made_up = _numbered(found)
    if made_up:
        notes.append(f"columns without a name are called {', '.join(made_up[:_SHOWN])}")
    with concerning("names"):
        _refuse_duplicates(found, None if options.names else place)
    return found, tuple(notes)


def _declared(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    if len(names) != width:
        message = f"`names` gives {counted(len(names), 'name')}, and the table has {counted(width, 'column')}"
        raise Mistake("E-OPTION", message, None, "give every column a name, in order", "names")
    return names


def _joined(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    padded = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    filled = [_filled(row) for row in padded[:-1]] + padded[-1:]
    joined = tuple(" ".join(part for part in parts if part) for parts in zip(*filled, strict=True))
    return joined or ("",) * width


def _filled(row: list[str]) -> list[str]:
    """The row with each blank cell holding what stands to its left."""
    last, filled = "", []
    for cell in row:
        last = cell or last
        filled.append(last)
    return filled


def _numbered(found: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The titles with ``column_N`` for each empty one, and those made up."""
    made_up: list[str] = []
    named: list[str] = []
    given = set(found)
    for number, title in enumerate(found, 1):
        name = title or f"column_{number}"
        while not title and name in given:
            name += "_"
        named.append(name)
        made_up += [name] if not title else []
    return tuple(named), made_up


def _refuse_duplicates(found: tuple[str, ...], place: Place | None) -> None:
    doubled = next((title for title, count in Counter(found).items() if count > 1), None)
    if doubled is None:
        return
    where = [str(number) for number, title in enumerate(found, 1) if title == doubled]
    rest = f" and {len(where) - 5} more" if len(where) > 5 else ""
    message = f"columns {', '.join(where[:5])}{rest} have one name, {doubled!r}"
    seen: Counter[str] = Counter()
    offered: list[str] = []
    for title in found[:_SHOWN]:
        seen[title] += 1
        offered.append(f'"{title}"' if seen[title] == 1 else f'"{title} {seen[title]}"')
    more = ", …" if len(found) > _SHOWN else ""
    raise Mistake("E-HEADER", message, place, f"name the columns: `names: [{', '.join(offered)}{more}]`")
