"""Sets of rows as the bits of a number: exact for a million rows, and small on their way between processes.

Row 1 of the data is bit 0. `packed` is what crosses a process border: the bits, compressed, in base 64.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable
from itertools import islice
from typing import Any


def packed(rows: Iterable[Any], total: int) -> str:
    """Arrays of 0-based rows of a table with `total` rows, united."""
    import numpy as np

    marks = np.zeros(total, dtype=bool)
    for some in rows:
        marks[some] = True
    return base64.b64encode(zlib.compress(np.packbits(marks, bitorder="little").tobytes(), 1)).decode()


def unpacked(text: str) -> int:
    """The set as a number."""
    return int.from_bytes(zlib.decompress(base64.b64decode(text)), "little")


def outside(rows: int, total: int, most: int) -> list[list[int]]:
    """The first `most` runs of rows that are not in the set, each with its first and last row, counted from 1."""
    bits = format(rows, f"0{max(1, total)}b")[::-1][:total]
    return [[run.start() + 1, run.end()] for run in islice(re.finditer("0+", bits), most)]
