"""Operands: values seen as numbers, and the columns they fill, with their unknown cells and provenance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.values import ItemList, Scalar, Unknown, Value, kind_of, number
from site_builder.problems import Mistake
from site_builder.quantities import quantity as quantities
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.units import BARE, UnitClash
from site_builder.tables import (
    FAR_MISSING,
    MISSING_CELL,
    MISSING_OR_FALSE,
    REASONS,
    Cells,
    Column,
    Kind,
    joined,
)

Codes = npt.NDArray[np.int8] | None
LARGEST_BITS, LONGEST_BITS = 1_000, 16_000


@dataclass(frozen=True, slots=True, eq=False)
class Operand:
    """A value seen as numbers: the quantity, the column it fills (None for one value), unknown cells, and cells."""

    quantity: Quantity
    column: Column | None
    unknown: Codes
    cells: Cells


def numeric(value: Value, use: str) -> Operand | Unknown:
    """The numbers of a value, reading text cells the way a person does; raises `Mistake` where there are none."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Column):
        column = as_numbers(value, use)
        return Operand(column.data, column, column.unknown, column.cells)
    if isinstance(value, Scalar):
        if value.kind == "text" and value.read is not None:
            value = value.read()
        if isinstance(value.data, Unknown):
            return value.data
        if value.kind == "number":
            return Operand(value.data, None, None, value.cells)
    raise Mistake("E-KIND", f"{use} needs numbers, and this is {kind_of(value)}", hint=kind_hint(value))


def plain(value: Scalar | Column) -> Operand:
    """A value that is no number as an operand of which only the shape and the cells matter."""
    column = value if isinstance(value, Column) else None
    return Operand(Quantity(Fraction(0)), column, None, value.cells)


def as_numbers(column: Column, use: str) -> Column:
    """The column as numbers; raises `Mistake` where it holds something else."""
    if column.kind == "number":
        return column
    if column.kind == "text" and column.read is not None:
        read = column.read()
        return replace(
            read,
            name=column.name,
            table=column.table,
            doubtful=column.doubtful,
            cells=Cells(read.cells.aligned, column.cells.fixed),
            keys=column.keys,
        )
    raise Mistake("E-KIND", f"{use} needs numbers, and this is {kind_of(column)}", hint=kind_hint(column))


def column_of_items(items: ItemList, use: str) -> Column | Unknown:
    """A list as a column: numbers in the unit of the first that has one, or texts; raises `Mistake` otherwise."""
    if items.items and all(
        isinstance(i, Scalar) and i.kind == "text" and i.read is None for i in items.items
    ):
        texts = np.empty(len(items.items), dtype=object)
        texts[:] = [i.data for i in items.items if isinstance(i, Scalar)]
        return Column("text", texts, Cells((), tuple(i.cells for i in items.items)))
    operands = [numeric(item, use) for item in items.items]
    unknown = next((o for o in operands if isinstance(o, Unknown)), None)
    if unknown is not None:
        return unknown
    known = [o for o in operands if isinstance(o, Operand)]
    unit = next((o.quantity.unit for o in known if o.quantity.unit.parts), BARE)
    if not unit.parts and known:
        unit = known[0].quantity.unit
    try:
        cells = [quantities.converted(o.quantity, unit) for o in known]
    except UnitClash as clash:
        raise Mistake(
            "E-UNIT", f"{use}: the items have units that do not meet: {clash}", hint="give them one unit"
        ) from None
    return Column("number", quantities.stacked(cells, unit), Cells((), tuple(o.cells for o in known)))


def kind_hint(value: Value) -> str:
    """The next step for an author who used a value of the wrong kind."""
    kind = kind_word(value)
    if kind == "truth":
        return "sum(…) and mean(…) count how many hold; where(condition, 1, 0) makes numbers of truths"
    if kind == "text" and isinstance(value, Scalar):
        return f"a number with a unit is written quantity({str(value.data)[:30]!r})"
    if kind == "text":
        return "name a column of numbers, or declare what this one holds with `columns:`"
    if kind == "date":
        return "dates compare, sort and subtract; max(…) and min(…) take them"
    return "name one of its columns, such as table.column" if not kind else ""


def kind_word(value: Value) -> Kind | str:
    """The kind of cell of a scalar or column, an empty text for anything else."""
    return value.kind if isinstance(value, Scalar | Column) else ""


def first_unknown(*operands: Operand | Unknown) -> Unknown:
    """The first unknown of some operands, resting on the cells of all of them."""
    found = next(o for o in operands if isinstance(o, Unknown))
    return Unknown(found.reason, found.detail, joined(*(o.cells for o in operands)))


def shape_of(left: Column | None, right: Column | None, op: str) -> Column | None:
    """The column that a result of two sides fills, None for one value; raises `Mistake` where rows do not meet."""
    if left is not None and right is not None:
        check_aligned(left, right, f"`{op}`")
    return left if left is not None else right


def column_or_none(value: Value) -> Column | None:
    """The value where it is a column."""
    return value if isinstance(value, Column) else None


def check_aligned(a: Column, b: Column, use: str) -> None:
    """Refuse two columns whose cells do not belong together one by one."""
    if a.is_aligned(b):
        return
    hint = "bring them together with join(…), or take both from one table in `let`"
    if a.keys is not None and b.keys is not None:
        message = f"{use} on columns of different groups, or of groups in another order"
        hint = "group both by one column of one table"
    elif len(a) != len(b):
        message = f"{use} on columns of {len(a):,} and {len(b):,} rows"
    else:
        message = f"{use} on columns of two different views of rows"
    raise Mistake("E-SHAPE", message, hint=hint)


def codes_of(a: Operand, b: Operand) -> Codes:
    """Why cells of an elementwise result are unknown: the left side's reason first."""
    return merged_codes(a.unknown, b.unknown)


def merged_codes(first: Codes, second: Codes) -> Codes:
    """Reasons cell by cell for what needs both sides: a missing cell, else that of `first` where both have one."""
    if first is None or second is None:
        return _settled_codes(first if second is None else second)
    merged = np.where(first != 0, first, second).astype(np.int8)
    merged[(first == MISSING_CELL) | (second == MISSING_CELL)] = MISSING_CELL
    return _settled_codes(merged)


def _settled_codes(codes: Codes) -> Codes:
    """Codes of which none speaks of a truth: what was made of a truth that may be missing may have any value."""
    if codes is None or not np.any(codes >= MISSING_OR_FALSE):
        return codes
    return np.where(codes >= MISSING_OR_FALSE, FAR_MISSING, codes).astype(np.int8)


def filled(shape: Column | None, result: Quantity, unknown: Codes, operands: tuple[Operand, ...]) -> Value:
    """A result in the shape of its operands: one number, or a column that keeps their cells, table and groups."""
    _refuse_growth(result)
    if shape is None:
        return number(result, joined(*(o.cells for o in operands)))
    if not result.is_column:
        low, high = (None if x is None else spread(x, len(shape)) for x in (result.low, result.high))
        result = Quantity(spread(result.nominal, len(shape)), low, high, unit=result.unit)
    return shaped(shape, "number", result, unknown, operands)


def shaped(shape: Column, kind: Kind, data: Any, unknown: Codes, operands: tuple[Operand, ...]) -> Column:
    """A column of new cells in the place of `shape`: its table, groups and doubts stay."""
    return Column(
        kind,
        data,
        column_cells(operands),
        unknown if unknown is not None and unknown.any() else None,
        table=shape.table,
        keys=shape.keys,
        doubtful=shape.doubtful,
    )


def spread(value: Any, rows: int) -> npt.NDArray[Any]:
    """One value repeated down a column."""
    return quantities.column_of([value] * rows)


def column_cells(operands: tuple[Operand, ...]) -> Cells:
    """The cells of an elementwise result: those of columns stay aligned, those of single values serve all of it."""
    aligned = [leaf for o in operands if o.column is not None for leaf in o.cells.aligned]
    fixed = [c for o in operands for c in (o.cells.fixed if o.column is not None else (o.cells,))]
    unique = {(id(leaf.lineage), leaf.column, leaf.role): leaf for leaf in aligned}
    return Cells(tuple(unique.values()), tuple(c for c in fixed if c.aligned or c.fixed))


def _refuse_growth(q: Quantity) -> None:
    """Numbers stay below about 1e300, and fractions within some thousand digits, so that every step is quick."""
    for numbers in (q.nominal, q.low, q.high):
        if isinstance(numbers, np.ndarray):
            grown = numbers.dtype == object and any(map(_is_grown, numbers))
        else:
            grown = _is_grown(numbers)
        if grown:
            message = "a number grows past what is computed with (about 1e300, or thousands of digits)"
            raise Mistake("E-LIMIT", message, hint="compare logarithms: log10(a) + log10(b)")


def _is_grown(value: Any) -> bool:
    if not isinstance(value, Fraction):
        return False
    over, under = value.numerator.bit_length(), value.denominator.bit_length()
    return over - under > LARGEST_BITS or over > LONGEST_BITS or under > LONGEST_BITS


def reason_code(reason: str) -> int:
    """The code of a reason that a single value brings to every row: not a missing cell of the row itself."""
    return len(REASONS) - 1 - REASONS[::-1].index(reason)
