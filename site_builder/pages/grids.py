"""Grids: tables as pages show them, each cell knowing whether a verdict rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.pages.addresses import slug
from site_builder.verdicts.decision import ColumnJson, RowJson, TableJson

NUMERIC = frozenset({"number", "quantity", "reported"})
MISSING = "—"

Roles = Mapping[int, Mapping[str, str]]
"""Row number → column name → ``value`` or ``filter``."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column's head; `key` is the name that expressions use, where it differs from the title shown."""

    title: str
    key: str
    unit: str
    is_numeric: bool


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as typed; `role` is ``value``, ``filter`` or empty, `anchor` its id on this page, or empty."""

    text: str
    role: str
    anchor: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its 1-based number in the data, its line in the file (0: unknown), and who uses it."""

    number: int
    line: int
    cells: tuple[GridCell, ...]
    users: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to show: `total` rows exist, `rows` are those shown; `prefix` starts the ids of its cells."""

    caption: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    total: int
    prefix: str = ""

    @property
    def has_lines(self) -> bool:
        """Whether the rows' lines in the file are known."""
        return any(row.line for row in self.rows)

    @property
    def has_uses(self) -> bool:
        """Whether any cell shown carries a verdict."""
        return any(cell.role for row in self.rows for cell in row.cells)


def grid_columns(columns: Sequence[ColumnJson]) -> tuple[GridColumn, ...]:
    """The heads of columns: their title, and the name that expressions use where it is another one."""
    return tuple(_head(column) for column in columns)


def _head(column: ColumnJson) -> GridColumn:
    title = column["title"] or column["name"]
    key = column["name"] if slug(column["name"]) != slug(title) else ""
    unit = column["unit"] if column["unit"] not in title else ""
    return GridColumn(title, key, unit, column["type"] in NUMERIC)


def cell_anchor(prefix: str, row: int, column: int) -> str:
    """The id of a cell: ``r12-c3`` for the twelfth data row and the third column."""
    return f"{prefix}r{row}-c{column}"


def evidence_grid(
    caption: str,
    columns: Sequence[ColumnJson],
    rows: Sequence[RowJson],
    total: int,
    roles: Roles,
    users: Mapping[int, Sequence[int]],
    prefix: str = "",
) -> Grid:
    """Rows of an evidence file, with an id per cell; `users` is row number → claims that use it."""
    names = [column["name"] for column in columns]
    shown = tuple(_row(row, names, roles, users, prefix) for row in rows)
    return Grid(caption, grid_columns(columns), shown, total, prefix)


def _row(
    row: RowJson, names: list[str], roles: Roles, users: Mapping[int, Sequence[int]], prefix: str
) -> GridRow:
    number = row["row"]
    of_row = roles.get(number, {})
    cells = tuple(
        GridCell(
            text if text is not None else MISSING,
            of_row.get(name, ""),
            cell_anchor(prefix, number, place),
            text is None or not text.strip(),
        )
        for place, (name, text) in enumerate(zip(names, row["cells"], strict=False), start=1)
    )
    return GridRow(number, row["line"] or 0, cells, tuple(users.get(number, ())))


def author_grid(table: TableJson) -> Grid:
    """A table that the author asked to show; cells that carry the verdict are marked."""
    rows = tuple(
        GridRow(
            number,
            0,
            tuple(
                GridCell(text or MISSING, "value" if is_used else "", "", not text)
                for text, is_used in zip(cells, marks, strict=False)
            ),
        )
        for number, (cells, marks) in enumerate(zip(table["rows"], table["used"], strict=False), start=1)
    )
    caption = table["caption"] or table["title"] or f"Table {table['name']}"
    return Grid(caption, grid_columns(table["columns"]), rows, table["total"])
