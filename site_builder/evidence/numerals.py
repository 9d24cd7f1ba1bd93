"""Columns of numbers: plain decimals, quantities as people write them, and numbers rounded for print."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from site_builder.evidence.raw import RawColumn
from site_builder.problems import Mistake
from site_builder.quantities.quantity import EXACT_ROWS, Quantity, column_of, stacked
from site_builder.quantities.reading import MISSING, NotAQuantity, Reading, are_plain, read_quantity
from site_builder.quantities.units import Unit, UnitClash, common, named
from site_builder.tables import Column, Index

_FAITHFUL_DIGITS = 15  # a float64 holds every decimal of so many significant digits
_FAITHFUL = 10**_FAITHFUL_DIGITS
_BARE_WHOLE = re.compile(r"[ *_`]*-?[0-9]{1,3}(?:[0-9]*|(?:,[0-9]{3})*)[ *_`]*")
_CLOCK = ("h", "min", "s")
_MINUTE = named(("min", 1))


def number_column(raw: RawColumn) -> Column:
    """Plain decimals, exact; or, where a cell is more than that, what a person reads in each."""
    if not are_plain(raw.distinct()):
        return quantity_column(raw)
    gone = raw.are_missing()
    plain = [
        "0" if is_gone or text is None else text.strip()
        for text, is_gone in zip(raw.texts, gone, strict=True)
    ]
    return Column("number", _exact(plain, raw.positions, raw.unit), unknown=raw.codes())


def _exact(plain: list[str], positions: Index, unit: Unit) -> Quantity:
    """The numbers that stand at these positions in a list of plain decimals.

    Fractions for a small column, float64 for a large one, with its decimal places where the floats keep them.
    """
    if len(positions) <= EXACT_ROWS:
        numbers = [
            Fraction(int(text) if text.isdecimal() else text) for text in plain
        ]  # digits alone: quicker
        return Quantity(column_of(numbers)[positions], unit=unit)
    floats = np.array(list(map(float, plain)))
    places = max(len(text) - 1 - text.find(".") if "." in text else 0 for text in plain)
    is_kept = places <= 15 and float(np.abs(floats).max()) * 10.0**places < _FAITHFUL
    has_exponent = any("e" in text or "E" in text for text in plain)
    if is_kept and not has_exponent:
        return Quantity(floats[positions], unit=unit, digits=places)
    if max(map(len, plain)) <= _FAITHFUL_DIGITS:
        return Quantity(floats[positions], unit=unit)

    def exactly(rows: Index) -> Quantity:
        return Quantity(column_of([Fraction(plain[at]) for at in positions[rows]]), unit=unit)

    return Quantity(floats[positions], unit=unit, exactly=exactly)


def quantity_column(raw: RawColumn) -> Column:
    """Quantities as they stand: approximate ones, bounds and ranges with theirs, other numbers exact."""
    return _from_readings(raw, lambda reading: reading.meant)


def reported_column(raw: RawColumn) -> Column:
    """Numbers rounded for print: each stands for half a unit of its last digit either side.

    Bare whole numbers keep their digits too: steps and counts are equal, and keys, by those.
    """
    made = _from_readings(
        raw, lambda reading: reading.quantity if reading.form == "range" else reading.reported
    )
    present = [cell for _, cell in raw.present(MISSING)]
    if raw.unit.parts or not present or not all(map(_BARE_WHOLE.fullmatch, present)):
        return made
    return replace(made, as_typed=Quantity(made.data.nominal))


def _from_readings(raw: RawColumn, meaning: Callable[[Reading], Quantity]) -> Column:
    """What each cell means; cells that are typed alike are read once."""
    gone = raw.are_missing(MISSING)
    first_rows = {int(at): row for row, at in reversed(list(enumerate(raw.positions.tolist())))}
    meant = {
        at: meaning(_read(text, first_rows[at], raw))
        for at, text in enumerate(raw.texts)
        if text is not None and not gone[at]
    }
    unit = _shared_unit(list(meant.values()), raw.unit)
    zero = Quantity(Fraction(0))
    cells = [
        _in_unit(meant[at], unit, first_rows[at], raw) if at in meant else zero for at in range(len(gone))
    ]
    return Column("number", stacked(cells, unit).take(raw.positions), unknown=raw.codes(MISSING))


def _read(cell: str, row: int, raw: RawColumn) -> Reading:
    try:
        return read_quantity(cell)
    except NotAQuantity as error:
        hint = "declare what stands for a missing cell with `missing:`"
        if "numbers (" in str(error):
            hint = f"say which number is meant with `cell: {{{raw.declared.name}: '([0-9.]+)'}}`"
        raise raw.mistake(cell, row, f"is not a number, {error}", hint) from None


def reads(cell: str) -> bool:
    """Whether a person reads a number in the cell."""
    try:
        read_quantity(cell)
    except NotAQuantity:
        return False
    return True


def _shared_unit(quantities: list[Quantity], declared: Unit) -> Unit:
    """The unit all cells convert to: the declared one, else the first one typed."""
    typed = [q.unit for q in quantities if q.unit.parts]
    if declared.parts or not typed:
        return declared
    is_clock = any(unit.symbol in _CLOCK for unit in typed)
    return _MINUTE if is_clock and typed[0].symbol == "m" else typed[0]


def _in_unit(q: Quantity, unit: Unit, row: int, raw: RawColumn) -> Quantity:
    """A cell in the column's unit; a bare one takes it, and `m` beside hours and seconds is minutes."""
    if not q.unit.parts:
        return q.scaled(Fraction(1), unit)
    if q.unit.symbol == "m" and unit.symbol in _CLOCK:
        q = replace(q, unit=_MINUTE)
    try:
        _, for_unit, for_q = common(unit, q.unit, adding=True)
    except UnitClash as clash:
        message = f"column {raw.declared.name!r}: a cell in {q.unit} among cells in {unit}: {clash}; {raw.where(row)}"
        hint = "give the cells one unit, or declare the column as text"
        raise Mistake("E-UNIT", message, hint=hint) from None
    return q.scaled(for_q / for_unit, unit)
