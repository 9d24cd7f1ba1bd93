"""Tables and columns: typed cells that know which cells of which evidence they came from.

A table is a view: a new row index over typed columns that it shares. Every column carries its cells lazily (`Leaf`
over a `Lineage`), so that provenance costs nothing until asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from site_builder.problems import Mistake, did_you_mean
from site_builder.quantities.amount import Quantity
from site_builder.quantities.units import BARE, Unit

Kind = Literal["number", "text", "truth", "date"]
Index = npt.NDArray[np.intp]
Role = Literal["value", "filter"]
T = TypeVar("T", bound=Hashable)

REASONS = (
    "",
    "missing-cell",
    "undefined",
    "censored",
    "too-coarse",
    "no-rows",
    "missing-file",
    "missing-engine",
    "awaited",
    "missing-cell",
    "missing-cell",
    "missing-cell",
)
"""Why something is unknown; a column's `unknown` array holds positions in this list, 0 where the cell is known.

A row whose own cell is missing (`MISSING_CELL`) is left out by a filter. Where bounds leave the rest of a condition
open, that row is either unknown or false (`MISSING_OR_FALSE`: left out too) or unknown or true (`MISSING_OR_TRUE`:
kept in doubt). The last entry is for a row that cannot be decided because some other cell is missing
(`FAR_MISSING`), and such a row is kept in doubt.
"""
MISSING_CELL, UNDEFINED, CENSORED, TOO_COARSE = 1, 2, 3, 4
MISSING_OR_FALSE, MISSING_OR_TRUE, FAR_MISSING = 9, 10, 11


def coded(cells: Sequence[T]) -> tuple[tuple[T, ...], Index]:
    """The distinct cells, in order of first appearance, and for each cell the position of its like among them."""
    distinct = dict.fromkeys(cells)
    positions = {cell: position for position, cell in enumerate(distinct)}
    return tuple(distinct), np.fromiter(map(positions.__getitem__, cells), np.intp, len(cells))


class Lineage:
    """Which rows of one piece of evidence the rows of a view are: composed lazily, 0-based."""

    __slots__ = ("_distinct", "_rows", "base", "evidence", "index")

    def __init__(
        self, evidence: str, rows: Index | None, base: Lineage | None = None, index: Any = None
    ) -> None:
        self.evidence, self._rows, self.base, self.index = evidence, rows, base, index
        self._distinct: Index | None = None

    @property
    def rows(self) -> Index:
        """The 0-based row numbers in the evidence, one for each row of the view."""
        if self._rows is None:
            assert self.base is not None
            self._rows = self.base.rows[self.index]
        return self._rows

    @property
    def distinct(self) -> Index:
        """The row numbers in rising order, each once."""
        if self._distinct is None:
            self._distinct = distinct_rows(self.rows)
        return self._distinct

    def take(self, index: Any) -> Lineage:
        """The lineage of the rows at `index`."""
        return Lineage(self.evidence, None, self, index)


def distinct_rows(*parts: Index) -> Index:
    """Row numbers of all parts in rising order, each once."""
    if len(parts) == 1 and bool(np.all(np.diff(parts[0]) > 0)):
        return parts[0]
    is_there = np.zeros(1 + max((int(part.max(initial=-1)) for part in parts), default=-1), dtype=bool)
    for part in parts:
        is_there[part] = True
    return np.flatnonzero(is_there)


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """Cells of one evidence column, one for each row of the lineage."""

    lineage: Lineage
    column: str
    role: Role = "value"


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells a value rests on: `aligned` leaves have one cell for each element, `fixed` ones serve all of it."""

    aligned: tuple[Leaf, ...] = ()
    fixed: tuple[Cells, ...] = ()

    def take(self, index: Any) -> Cells:
        """The cells of the elements at `index`."""
        aligned = (Leaf(leaf.lineage.take(index), leaf.column, leaf.role) for leaf in self.aligned)
        return Cells(tuple(aligned), self.fixed) if self.aligned else self

    def filtering(self) -> Cells:
        """The same cells, as what a choice of rows was made by."""
        return Cells(tuple(Leaf(leaf.lineage, leaf.column, "filter") for leaf in self.leaves()))

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf, each shared part once."""
        seen: set[int] = set()
        stack = [self]
        while stack:
            cells = stack.pop()
            if id(cells) not in seen:
                seen.add(id(cells))
                yield from cells.aligned
                stack.extend(reversed(cells.fixed))


NO_CELLS = Cells()


def joined(*cells: Cells) -> Cells:
    """The cells of a value made from several: none of them aligned any more."""
    kept = tuple(c for c in cells if c.aligned or c.fixed)
    return kept[0] if len(kept) == 1 else Cells((), kept) if kept else NO_CELLS


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of n cells.

    `data` is a `Quantity` of arrays (number), an object array of str (text), an int8 array of 1, 0, -1 (truth) or a
    datetime64[D] array (date). `unknown` says, cell by cell, why there is no value (positions in `REASONS`), None
    when every cell is known. `keys` label the elements of a grouped column. `table` is the view it was taken from;
    `doubtful` marks rows of which nobody knows whether the view's filter keeps them (positions in `REASONS`). `read`
    gives the numbers a person reads in a text column, or raises. `as_typed` has the digits of a bounded column of bare
    whole numbers as they were typed, exactly: cells are equal, and keys, by those. `note` says what was taken for
    granted in typing it. `kept` remembers what was worked out from `data`.
    """

    kind: Kind
    data: Any
    cells: Cells = NO_CELLS
    unknown: npt.NDArray[np.int8] | None = None
    name: str = ""
    table: Table | None = None
    keys: tuple[Any, ...] | None = None
    doubtful: npt.NDArray[np.int8] | None = None
    read: Callable[[], Column] | None = None
    as_typed: Quantity | None = None
    note: str = ""
    kept: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.data.nominal) if self.kind == "number" else len(self.data)

    @property
    def unit(self) -> Unit:
        """The unit of a column of numbers."""
        return self.data.unit if self.kind == "number" else BARE

    def take(self, index: Any) -> Column:
        """The cells at `index` (an integer or boolean array)."""
        if index.dtype == bool:
            index = np.flatnonzero(index)
        read = self.read
        data = self.data.take(index) if self.kind == "number" else self.data[index]
        return Column(
            self.kind,
            data,
            self.cells.take(index),
            _none_if_known(None if self.unknown is None else self.unknown[index]),
            self.name,
            keys=None if self.keys is None else tuple(self.keys[i] for i in index),
            doubtful=_none_if_known(None if self.doubtful is None else self.doubtful[index]),
            read=None if read is None else lambda: read().take(index),
            as_typed=None if self.as_typed is None else self.as_typed.take(index),
            note=self.note,
            kept={"taken": (self, index, data)},
        )

    def known(self) -> npt.NDArray[np.bool_]:
        """Which cells hold a value."""
        return np.ones(len(self), dtype=bool) if self.unknown is None else self.unknown == 0

    def why_unknown(self) -> str:
        """The reason of the first unknown cell."""
        assert self.unknown is not None
        return REASONS[int(self.unknown[np.flatnonzero(self.unknown)[0]])]

    def is_aligned(self, other: Column) -> bool:
        """Whether the elements of two columns belong together, one by one.

        They do when both are of one view, of two views of the same rows, or of the same groups. Lists that are
        written out meet anything of their length: their order is the author's.
        """
        if len(self) != len(other):
            return False
        if self.keys is not None or other.keys is not None:
            return self.keys == other.keys or self._is_written_out() or other._is_written_out()
        if self.table is not None and self.table is other.table:
            return True
        mine, theirs = self._views(), other._views()
        both = mine.keys() & theirs.keys()
        same = all(np.array_equal(mine[name].rows, theirs[name].rows) for name in both)
        return same if both else not mine or not theirs

    def _views(self) -> dict[str, Lineage]:
        """The rows behind the elements, by evidence: those of the table, since a shifted column has others."""
        made = () if self.table is None else self.table.made()
        found = [leaf.lineage for column in (*made, self) for leaf in column.cells.aligned]
        if self.table is not None:
            found = [*self.table.lineages, *found]
        return {lineage.evidence: lineage for lineage in reversed(found)}

    def _is_written_out(self) -> bool:
        return self.keys is None and not self._views()


def _none_if_known(codes: npt.NDArray[np.int8] | None) -> npt.NDArray[np.int8] | None:
    return None if codes is None or not codes.any() else codes


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A view of rows: columns by name, made when first asked for.

    `rows` is the number of rows, `source_rows` that of the evidence below (the denominator of a filter), `titles`
    the column headings as the file has them. `chosen` are the cells that the filters looked at; `doubtful` marks
    rows that may or may not belong (positions in `REASONS`). `left_out` counts the rows that filters dropped for a
    missing cell. `lineages` are the rows of each evidence that a join brought together. `called` is the name that
    `let` gave the view, or the one it was chosen from.
    """

    name: str
    rows: int
    makers: Mapping[str, Callable[[], Column]]
    source_rows: int
    chosen: Cells = NO_CELLS
    doubtful: npt.NDArray[np.int8] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    is_filtered: bool = False
    left_out: int = 0
    lineages: tuple[Lineage, ...] = ()
    called: str = ""
    _made: dict[str, Column] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(self.makers)

    def column(self, name: str) -> Column:
        """The column of that name; raises `Mistake` with the nearest one."""
        if name not in self._made:
            if name not in self.makers:
                raise self.no_column(name)
            made = self.makers[name]()
            has_filter = self.chosen is not NO_CELLS
            fixed = (*made.cells.fixed, self.chosen) if has_filter else made.cells.fixed
            cells = Cells(made.cells.aligned, fixed)
            read = None if made.read is None else cache(made.read)
            placed = replace(made, name=name, table=self, cells=cells, doubtful=self.doubtful, read=read)
            self._made[name] = placed
        return self._made[name]

    def titled(self, title: str) -> Column:
        """The column of that name, or of that heading in the file; raises `Mistake` with the nearest one."""
        named = (name for name in self.names if self.title(name) == title)
        return self.column(title if title in self.makers else next(named, title))

    def made(self) -> tuple[Column, ...]:
        """The columns that were asked for so far."""
        return tuple(self._made.values())

    def owns(self, column: Column) -> bool:
        """Whether a column is one of this table's own, rather than computed from them."""
        return self._made.get(column.name) is column

    def no_column(self, name: str) -> Mistake:
        """The mistake of naming a column that is not there."""
        hint = did_you_mean(name, self.names, "its columns: ")
        listed = ", ".join(self.names[:12]) + (" …" if len(self.names) > 12 else "")
        message = f"no column {name!r} in {self.name}; it has {listed or 'no columns'}"
        return Mistake("E-COLUMN", message, hint=hint)

    def take(
        self, index: Index, chosen: Cells = NO_CELLS, doubtful: npt.NDArray[np.int8] | None = None
    ) -> Table:
        """The rows at `index`, in that order; `chosen` are the cells by which they were chosen."""
        makers = {name: _taken(self, name, index) for name in self.makers}
        if doubtful is None and self.doubtful is not None:
            doubtful = self.doubtful[index]
        return Table(
            self.name,
            len(index),
            makers,
            self.source_rows,
            joined(self.chosen, chosen),
            _none_if_known(doubtful),
            self.titles,
            self.is_filtered or chosen is not NO_CELLS,
            self.left_out,
            tuple(lineage.take(index) for lineage in self.lineages),
            self.called,
        )

    def renamed(self, called: str) -> Table:
        """The same view under the name that `let` gives it; its columns belong to it alone."""
        return replace(self, called=called, _made={})

    def title(self, name: str) -> str:
        """A column's heading as the file has it."""
        return self.titles.get(name, name)


def _taken(table: Table, name: str, index: Index) -> Callable[[], Column]:
    def make() -> Column:
        made = table.column(name)
        bare = replace(made, cells=Cells(made.cells.aligned)) if table.chosen is not NO_CELLS else made
        return bare.take(index)

    return make


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of a table: its cells are values, not columns."""

    table: Table
