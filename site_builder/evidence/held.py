"""Columns that DuckDB holds become cells of text, with the kinds that their types give them and every digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.evidence.duck import quoted
from site_builder.evidence.sheet import Native

if TYPE_CHECKING:  # imported where a database is opened
    from duckdb import DuckDBPyConnection

_NUMBERS: dict[str, Native] = dict.fromkeys(
    "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE".split(),
    "number",
)
_NATIVES: dict[str, Native] = {"BOOLEAN": "truth", "DATE": "date", **_NUMBERS}
_TEXTS = ("VARCHAR", "UUID", "TIME", "TIMESTAMP", "JSON", "ENUM")
_YEARED = ("DATE", "TIMESTAMP")


@dataclass(frozen=True, slots=True)
class Held:
    """A column that DuckDB holds: its title, the name DuckDB gives it, and its type as DuckDB writes it."""

    title: str
    name: str
    type: str

    @property
    def native(self) -> Native:
        """The kind that the type gives the column; lists, structs, maps and bytes are not read."""
        if self.type.endswith("]"):
            return "unread"
        if self.type.startswith("DECIMAL"):
            return "number"
        return "text" if self.type.startswith(_TEXTS) else _NATIVES.get(self.type, "unread")

    @property
    def expression(self) -> str:
        """The SQL that gives the cells as text, with every digit."""
        name = quoted(self.name)
        if self.native == "unread":
            shown = self.type[:60].replace("'", "''")
            return f"'({shown})'"
        if self.type.startswith(_YEARED):  # DuckDB marks a year before the first at the end of the text
            return f"CASE WHEN year({name}) < 1 THEN '-' ELSE '' END || CAST({name} AS VARCHAR)"
        return f"CAST({name} AS VARCHAR)"


def fetched(
    database: DuckDBPyConnection, columns: Sequence[Held], source: str, order: str = ""
) -> tuple[Sequence[str | None], ...]:
    """The cells of the columns of a source of rows, in its order or another."""
    shown = ", ".join(f"{column.expression} AS c{number}" for number, column in enumerate(columns))
    found = database.execute(f"SELECT {shown} FROM {source}{order}").fetchnumpy()
    return tuple(tuple(found[f"c{number}"].tolist()) for number in range(len(columns)))


def without_nan(
    columns: Sequence[Held], cells: Sequence[Sequence[str | None]]
) -> tuple[tuple[Sequence[str | None], ...], list[str]]:
    """The cells with None for what is not a number, as programs write a missing one, and a note of each column."""
    found, notes = list(cells), []
    for number, column in enumerate(columns):
        count = cells[number].count("nan") if column.native == "number" else 0
        if count:
            found[number] = tuple(None if cell == "nan" else cell for cell in cells[number])
            notes.append(
                f"column {column.title}: {count:,} {'cell' if count == 1 else 'cells'} NaN read as missing"
            )
    return tuple(found), notes
