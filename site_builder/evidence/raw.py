"""A column before it has a type: its cells as typed, what is declared of it, and where its cells stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from site_builder.evidence.record import Field
from site_builder.problems import Mistake
from site_builder.quantities.units import BARE, Unit, is_scaled, read_unit
from site_builder.tables import MISSING_CELL, Index, coded

BLANK = frozenset({""})
_SHARES = {"%", "pp", "x"}


@dataclass(frozen=True)
class RawColumn:
    """Cells of one column; `typeset` when they were rounded for print; `where(row)` says where a cell stands.

    Cells repeat, and what is found out of one holds for all of its like: `texts` are the distinct cells and
    `positions` say, for each cell, which of them it is.
    """

    cells: Sequence[str | None]
    declared: Field
    typeset: bool
    where: Callable[[int], str]

    @property
    def unit(self) -> Unit:
        """The declared unit, else one of time or size in the title's brackets; raises `Mistake` for what is no unit."""
        if not self.declared.unit:
            return self.titled_unit or BARE
        unit = read_unit(self.declared.unit)
        if unit is None:
            message = (
                f"column {self.declared.name!r} declares the unit {self.declared.unit!r}, which is not one"
            )
            hint = "write a unit such as %, pp, x, min, s, ms, ep, or a product of them such as %/min"
            raise Mistake("E-UNIT", message, hint=hint)
        return unit

    @property
    def titled_unit(self) -> Unit | None:
        """The unit that a title ends in, as in ``Total (ms)`` or ``Memory [GiB]``; None where it names none."""
        found = re.search(r"[(\[]\s*([^()\[\]]{1,12})\s*[)\]]\s*$", self.declared.name)
        unit = read_unit(found[1]) if found else None
        is_measure = (
            unit is not None and unit.parts and all(is_scaled(s) and s not in _SHARES for s, _ in unit.parts)
        )
        return unit if is_measure else None

    @cached_property
    def _coded(self) -> tuple[tuple[str | None, ...], Index]:
        return coded(self.cells)

    @property
    def texts(self) -> tuple[str | None, ...]:
        """The distinct cells, in order of first appearance."""
        return self._coded[0]

    @property
    def positions(self) -> Index:
        """For each cell, its position among the distinct ones."""
        return self._coded[1]

    def are_missing(self, blanks: frozenset[str] = BLANK) -> list[bool]:
        """Which of the distinct cells hold nothing: null, one of `blanks` in any case, or declared as missing."""
        spelled = set(self.declared.missing)
        return [t is None or t.strip() in spelled or t.strip().casefold() in blanks for t in self.texts]

    def codes(self, blanks: frozenset[str] = BLANK) -> npt.NDArray[np.int8] | None:
        """Positions in `REASONS` for missing cells; None when every cell is there."""
        gone = self.are_missing(blanks)
        return np.array(gone, dtype=np.int8)[self.positions] * np.int8(MISSING_CELL) if any(gone) else None

    def present(self, blanks: frozenset[str] = BLANK) -> list[tuple[int, str]]:
        """Row and text of each cell that holds something."""
        gone = self.are_missing(blanks)
        pairs = enumerate(zip(self.cells, self.positions.tolist(), strict=True))
        return [(row, cell) for row, (cell, at) in pairs if not gone[at] and cell is not None]

    def distinct(self) -> list[str]:
        """Each different text that a cell holds, blanks and declared missing texts left out, without outer space."""
        spelled = set(self.declared.missing)
        found = dict.fromkeys(cell.strip() for cell in self.texts if cell is not None)
        return [cell for cell in found if cell and cell not in spelled]

    def mistake(self, cell: str, row: int, what: str, hint: str) -> Mistake:
        """The mistake of a cell that is not what the column holds."""
        message = f"column {self.declared.name!r}: the cell {cell[:60]!r} {what}; {self.where(row)}"
        return Mistake("E-CELL", message, hint=hint)
