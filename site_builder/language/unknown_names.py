"""Names that nobody has: the mistake, with the function that other tools call so, or quotes for a text."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.language.library import functions
from site_builder.problems import Mistake, Place, did_you_mean
from site_builder.tables import Table

_ELSEWHERE = {
    "average": "mean",
    "avg": "mean",
    "length": "count",
    "len": "count",
    "size": "count",
    "stdev": "std",
    "stddev": "std",
    "variance": "var",
    "pct_change": "change",
    "percent_change": "change",
}
"""What spreadsheets, SQL and pandas call some of our functions."""


def unknown_name(name: str, known: Iterable[str], place: Place | None = None) -> Mistake:
    """The mistake of a name that is neither evidence nor a value."""
    hint = did_you_mean(name, known, "known names: ")
    if name.lower() in ("true", "false", "yes", "no"):
        hint = "true and false are written True and False"
    return Mistake(
        "E-NAME",
        f"unknown name {name!r}",
        place,
        hint or "give it a value in `let:`, or evidence in `evidence:`",
    )


def unknown_function(name: str, place: Place | None = None) -> Mistake:
    """The mistake of calling a function that is not there."""
    ours = _ELSEWHERE.get(name.lower())
    hint = f"write {functions()[ours].signature}" if ours else did_you_mean(name, functions(), "functions: ")
    return Mistake("E-FUNCTION", f"unknown function {name!r}", place, hint)


def unknown_column(name: str, table: Table, known: Iterable[str]) -> Mistake:
    """The mistake of a bare word in a filter that is no column and no name of the claim."""
    hint = did_you_mean(name, [*table.names, *known])
    if not hint.startswith("did you mean"):
        hint = f'a text stands in quotes, "{name}"; {did_you_mean("", table.names, f"columns of {table.name}: ")}'
    return Mistake(
        "E-COLUMN", f"{name!r} is neither a column of {table.name} nor a name of this claim", hint=hint
    )
