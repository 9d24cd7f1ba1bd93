"""A sheet: what a reader gives, cells as the file typed them, with the line each row came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Native = Literal["text", "number", "truth", "date", "unread"] | None
"""The kind the format gives a column (JSON knows numbers from strings); None leaves it to the cells.

The cells of an ``unread`` column say only what the file holds there, such as ``(INTEGER[])``: it has no values.
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rectangular text: `cells[c][r]` is column c, row r, exactly as typed; None is a null or an absent key.

    `lines[r]` is the 1-based line of row r in its file (None where the format has no lines), `natives[c]` the
    kind the format gives column c, `typeset` says that numbers were rounded for print (tables in documents,
    logs), and `notes` names every guess the reader made.
    """

    header: tuple[str, ...]
    cells: tuple[Sequence[str | None], ...]
    lines: Sequence[int] | None = None
    natives: tuple[Native, ...] = ()
    typeset: bool = False
    notes: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.cells[0]) if self.cells else 0
