"""The sheets of several files, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.evidence.sheet import Native, Sheet
from site_builder.problems import Mistake

FILE_COLUMN = "_file"


def stacked(paths: Sequence[str], sheets: Sequence[Sheet]) -> Sheet:
    """One sheet of all rows, with the file each came from in a first column ``_file``.

    A sheet without columns has no rows either and is passed over; the others must have one header. Raises
    Mistake E-COLUMN naming the file and the columns that differ. `lines` are those in each row's own file.
    """
    pairs = [(path, sheet) for path, sheet in zip(paths, sheets, strict=True) if sheet.header]
    notes = tuple(dict.fromkeys(note for sheet in sheets for note in sheet.notes))
    if not pairs:
        return Sheet((), (), notes=notes)
    first, header = pairs[0][0], pairs[0][1].header
    for path, sheet in pairs:
        _refuse_unlike(first, header, path, sheet.header)
    kept = [sheet for _, sheet in pairs]
    files = tuple(path for path, sheet in pairs for _ in range(len(sheet)))
    columns = (tuple(cell for sheet in kept for cell in sheet.cells[c]) for c in range(len(header)))
    natives = tuple(_native([sheet.natives[c] for sheet in kept if len(sheet)]) for c in range(len(header)))
    lines = [line for sheet in kept for line in sheet.lines or ()]
    return Sheet(
        (FILE_COLUMN, *header),
        (files, *columns),
        lines if all(sheet.lines is not None for sheet in kept) else None,
        ("text", *natives),
        any(sheet.typeset for sheet in kept),
        notes,
    )


def _native(kinds: Sequence[Native]) -> Native:
    if "unread" in kinds:
        return "unread"
    return kinds[0] if len(set(kinds)) == 1 else None


def _refuse_unlike(first: str, header: Sequence[str], path: str, other: Sequence[str]) -> None:
    if FILE_COLUMN in other:
        message = f"{path} has a column {FILE_COLUMN} of its own, which is what the file's path is called"
        raise Mistake("E-COLUMN", message, None, "rename it in the file, or declare `names`")
    if tuple(other) == tuple(header):
        return
    lacking = [title for title in header if title not in other]
    extra = [title for title in other if title not in header]
    parts = [f"lacks {', '.join(lacking[:6])}"] if lacking else []
    parts += [f"has {', '.join(extra[:6])} besides"] if extra else []
    message = f"{path} {' and '.join(parts) or 'has its columns in another order'}, compared with {first}"
    raise Mistake("E-COLUMN", message, None, "files read together need the same header; narrow the pattern")
