"""Cells become values: a sheet of text becomes a table of typed columns, each typed when first asked for.

A column is numeric only if every cell that is not missing is a plain decimal; it holds quantities if it is declared
so, or if every cell parses and at least one bears a mark (``~ + < > ≤ ≥ %``). Everything else is text, which can
still be read as numbers where a number is asked for and every cell gives one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from site_builder.evidence.naming import identifiers
from site_builder.evidence.record import Evidence, Field
from site_builder.problems import Mistake
from site_builder.quantities.quantity import EXACT_ROWS, Quantity, column_of, stacked
from site_builder.quantities.reading import (
    MISSING,
    NotAQuantity,
    Reading,
    is_plain,
    read_plain,
    read_quantity,
)
from site_builder.quantities.units import Unit, UnitClash, common, named, read_unit
from site_builder.tables import MISSING_CELL, Cells, Column, Leaf, Lineage, Table

_TRUTHS = {"true": 1, "false": -1}
_Cells = Sequence[str | None]


def table_of(evidence: Evidence) -> Table:
    """The evidence as a table; columns are named by identifiers and typed on first use, or raise `Mistake`."""
    sheet = evidence.sheet
    names = identifiers(sheet.header)
    rows = len(sheet)
    lineage = Lineage(evidence.name, np.arange(rows))
    makers = {name: _maker(evidence, position, name, lineage) for position, name in enumerate(names)}
    return Table(evidence.name, rows, makers, rows, titles=dict(zip(names, sheet.header, strict=True)))


def _maker(evidence: Evidence, position: int, name: str, lineage: Lineage) -> Callable[[], Column]:
    def make() -> Column:
        native = evidence.sheet.natives[position] if evidence.sheet.natives else None
        typed = typed_column(
            evidence.sheet.cells[position],
            evidence.fields[position],
            native,
            evidence.sheet.typeset,
            _Where(evidence),
        )
        read = typed.read
        cells = Cells((Leaf(lineage, name),))
        placed = None if read is None else lambda: replace(read(), cells=cells)
        return replace(typed, cells=cells, read=placed)

    return make


class _Where:
    """Says where a cell stands, for messages."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def __call__(self, row: int) -> str:
        lines = self.evidence.sheet.lines
        line = f", line {lines[row]}" if lines is not None else ""
        return f"{self.evidence.path}, row {row + 1}{line}"


def typed_column(
    cells: _Cells, declared: Field, native: str | None, typeset: bool, where: Callable[[int], str]
) -> Column:
    """One column of cells as the declared type, else as the kind the cells show; raises `Mistake`."""
    unit = _declared_unit(declared)
    kind = declared.type or _DECLARES.get(native or "")
    if kind is None:
        return _guessed(cells, declared, unit, typeset, where)
    if kind == "text":
        return _text(cells, declared, unit, typeset, where)
    return _MAKERS[kind](cells, declared, unit, typeset, where)


_DECLARES = {"text": "text", "number": "number", "truth": "truth"}


def _declared_unit(declared: Field) -> Unit:
    unit = read_unit(declared.unit)
    if unit is None:
        raise Mistake("E-UNIT", f"column {declared.name!r} declares the unit {declared.unit!r}, which is not one", hint=(
            "write a unit such as %, pp, x, min, s, ms, ep, or a product of them such as %/min"
        ))  # fmt: skip
    return unit


def _guessed(
    cells: _Cells, declared: Field, unit: Unit, typeset: bool, where: Callable[[int], str]
) -> Column:
    missing = _missing(cells, declared, _blank)
    present = [c.strip() for c, gone in zip(cells, missing, strict=True) if not gone and c is not None]
    if present and all(map(is_plain, present)):
        make = _reported if typeset else _number
        return make(cells, declared, unit, typeset, where)
    if present and {p.lower() for p in present} <= _TRUTHS.keys():
        return _truth(cells, declared, unit, typeset, where)
    readings = _readings_of(present)
    if readings and any(r.has_mark for r in readings):
        make = _reported if typeset else _quantity
        return make(cells, declared, unit, typeset, where)
    return _text(cells, declared, unit, typeset, where)


def _readings_of(present: list[str]) -> list[Reading] | None:
    readings = []
    for cell in present:
        if cell.casefold() in MISSING:
            continue
        try:
            readings.append(read_quantity(cell))
        except NotAQuantity:
            return None
    return readings or None


def _number(cells: _Cells, declared: Field, unit: Unit, typeset: bool, where: Callable[[int], str]) -> Column:
    """Plain decimals, or what a person reads in a cell, without rounding."""
    missing = _missing(cells, declared, _blank)
    plain = [
        read_plain(c) if c is not None and not gone else Fraction(0)
        for c, gone in zip(cells, missing, strict=True)
    ]
    if any(p is None for p in plain):
        return _from_readings(cells, declared, unit, where, lambda r: r.meant)
    return _numbers([p for p in plain if p is not None], missing, unit, cells)


def _numbers(values: list[Fraction], missing: list[bool], unit: Unit, cells: _Cells) -> Column:
    if len(values) <= EXACT_ROWS:
        return Column("number", Quantity(column_of(values), unit=unit), unknown=_codes(missing))
    floats = np.array([float(v) for v in values])
    digits = max((len((c or "").partition(".")[2]) for c in cells), default=0)
    biggest = float(np.abs(floats).max()) * 10.0**digits
    is_decimal = digits <= 15 and biggest < 2**53 and not any("e" in (c or "").lower() for c in cells)
    quantity = Quantity(floats, unit=unit, digits=digits if is_decimal else None)
    return Column("number", quantity, unknown=_codes(missing))


def _quantity(
    cells: _Cells, declared: Field, unit: Unit, typeset: bool, where: Callable[[int], str]
) -> Column:
    return _from_readings(cells, declared, unit, where, lambda r: r.meant)


def _reported(
    cells: _Cells, declared: Field, unit: Unit, typeset: bool, where: Callable[[int], str]
) -> Column:
    """Numbers rounded for print: each stands for half a unit of its last digit either side."""
    return _from_readings(
        cells, declared, unit, where, lambda r: r.reported if r.form != "range" else r.quantity
    )


def _from_readings(
    cells: _Cells,
    declared: Field,
    unit: Unit,
    where: Callable[[int], str],
    meaning: Callable[[Reading], Quantity],
) -> Column:
    missing = _missing(cells, declared, MISSING)
    readings = [
        None if gone else _read(c or "", declared, row, where)
        for row, (c, gone) in enumerate(zip(cells, missing, strict=True))
    ]
    quantities = [None if r is None else meaning(r) for r in readings]
    unit = _shared_unit(quantities, unit, declared, where)
    return Column("number", _stacked(quantities, unit, declared, where), unknown=_codes(missing))


def _read(cell: str, declared: Field, row: int, where: Callable[[int], str]) -> Reading:
    try:
        return read_quantity(cell)
    except NotAQuantity as error:
        hint = "declare what stands for a missing cell with `missing:`"
        if "numbers (" in str(error):
            hint = f"say which number is meant with `cell: {{{declared.name}: '([0-9.]+)'}}`"
        message = f"column {declared.name!r}: the cell {cell[:60]!r} is not a number, {error}; {where(row)}"
        raise Mistake("E-CELL", message, hint=hint) from None


def _shared_unit(
    quantities: list[Quantity | None], unit: Unit, declared: Field, where: Callable[[int], str]
) -> Unit:
    """The unit all cells convert to: the declared one, else the first one typed."""
    typed = [q.unit for q in quantities if q is not None and q.unit.parts]
    if unit.parts or not typed:
        return unit
    if any(u.symbol in ("h", "min", "s") for u in typed):
        typed = [named(("min", 1)) if u.symbol == "m" else u for u in typed]
    return typed[0]


def _stacked(
    quantities: list[Quantity | None], unit: Unit, declared: Field, where: Callable[[int], str]
) -> Quantity:
    """One column of quantities in one unit; a bare cell takes the column's unit."""
    converted = [
        None if q is None else _in_unit(q, unit, declared, where, row) for row, q in enumerate(quantities)
    ]
    zero = Quantity(Fraction(0))
    return stacked([zero if q is None else q for q in converted], unit)


def _in_unit(q: Quantity, unit: Unit, declared: Field, where: Callable[[int], str], row: int) -> Quantity:
    if q.unit.symbol == "m" and unit.symbol in ("min", "h", "s"):
        q = replace(q, unit=named(("min", 1)))
    try:
        _, for_unit, for_q = (
            common(unit, q.unit, adding=True) if q.unit.parts else (unit, Fraction(1), Fraction(1))
        )
    except UnitClash as clash:
        message = f"column {declared.name!r}: a cell in {q.unit} among cells in {unit}: {clash}; {where(row)}"
        raise Mistake(
            "E-UNIT", message, hint="give the cells one unit, or declare the column as text"
        ) from None
    return q.scaled(for_q / for_unit, unit)


def _text(cells: _Cells, declared: Field, unit: Unit, typeset: bool, where: Callable[[int], str]) -> Column:
    missing = _missing(cells, declared, _blank)
    data = np.empty(len(cells), dtype=object)
    data[:] = ["" if c is None else c for c in cells]

    def read() -> Column:
        present = [c for c, gone in zip(cells, missing, strict=True) if c and not gone]
        if present and not any(map(_reads, present)):
            raise Mistake("E-KIND", f"column {declared.name!r} holds text, and numbers are needed here", hint=(
                "name a column of numbers, or extract them with `cell:`"
            ))  # fmt: skip
        make = _reported if typeset else _quantity
        return make(cells, declared, unit, typeset, where)

    return Column("text", data, unknown=_codes(missing), read=read)


def _reads(cell: str) -> bool:
    try:
        read_quantity(cell)
    except NotAQuantity:
        return False
    return True


def _truth(cells: _Cells, declared: Field, unit: Unit, typeset: bool, where: Callable[[int], str]) -> Column:
    missing = _missing(cells, declared, _blank)
    values = np.zeros(len(cells), dtype=np.int8)
    for row, (cell, gone) in enumerate(zip(cells, missing, strict=True)):
        if not gone:
            if (cell or "").strip().lower() not in _TRUTHS:
                message = f"column {declared.name!r}: the cell {cell!r} is not true or false; {where(row)}"
                raise Mistake("E-CELL", message, hint="declare the column as text, or correct the cell")
            values[row] = _TRUTHS[(cell or "").strip().lower()]
    return Column("truth", values, unknown=_codes(missing))


def _date(cells: _Cells, declared: Field, unit: Unit, typeset: bool, where: Callable[[int], str]) -> Column:
    missing = _missing(cells, declared, MISSING)
    values = np.zeros(len(cells), dtype="datetime64[D]")
    for row, (cell, gone) in enumerate(zip(cells, missing, strict=True)):
        if not gone:
            values[row] = _read_date(cell or "", declared, row, where)
    return Column("date", values, unknown=_codes(missing))


def _read_date(cell: str, declared: Field, row: int, where: Callable[[int], str]) -> np.datetime64:
    try:
        match = re.match(r"\d{4}-\d{2}-\d{2}", cell.strip())
        return np.datetime64(date.fromisoformat(match[0] if match else cell.strip()), "D")
    except ValueError:
        message = (
            f"column {declared.name!r}: the cell {cell[:40]!r} is not a date such as 2026-01-31; {where(row)}"
        )
        raise Mistake(
            "E-CELL", message, hint="write dates as YYYY-MM-DD, or declare the column as text"
        ) from None


_MAKERS: dict[str, Callable[[_Cells, Field, Unit, bool, Callable[[int], str]], Column]] = {
    "number": _number,
    "quantity": _quantity,
    "reported": _reported,
    "truth": _truth,
    "date": _date,
}
_blank = frozenset({""})


def _missing(cells: _Cells, declared: Field, blanks: frozenset[str]) -> list[bool]:
    """Which cells hold nothing: null, blank, or a declared text for missing."""
    spelled = set(declared.missing)
    return [c is None or c.strip() in spelled or c.strip().casefold() in blanks for c in cells]


def _codes(missing: list[bool]) -> npt.NDArray[np.int8] | None:
    return np.array(missing, dtype=np.int8) * np.int8(MISSING_CELL) if any(missing) else None
