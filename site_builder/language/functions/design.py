"""Design: whether a comparison varies only what it says it varies."""

from __future__ import annotations

from site_builder.language.dictionary import labels_of
from site_builder.language.function import Function, Parameter, columns_named
from site_builder.language.quantifiers import doubt
from site_builder.language.summarising import Names
from site_builder.language.values import Scalar, Value, truth
from site_builder.tables import Column, Table, joined


def _varies_only(table: Table, factor: Names, among: Names) -> Value:
    """True when the factor differs between rows and no other factor of `among` does."""
    factors = columns_named(table, factor, "varies_only")
    names = {f.name for f in factors}
    others = [c for c in columns_named(table, among, "varies_only") if c.name not in names]
    cells = joined(*(c.cells for c in (*factors, *others)))
    if table.rows < 2:
        reason = "no-rows" if table.rows == 0 else "undefined"
        return truth(0, cells, reason, f"varies_only: {_rows(table.rows)} nothing")
    if table.doubtful is not None:
        reason, detail = doubt(factors[0])
        return truth(0, cells, reason, f"varies_only: {detail}")
    holds, detail = _judged(factors, others, table.rows)
    return Scalar("truth", 1 if holds else -1, cells, detail=detail)


def _judged(factors: tuple[Column, ...], others: list[Column], rows: int) -> tuple[bool, str]:
    said = " and ".join(f.name for f in factors)
    constant = [f.name for f in factors if not _varies(f)]
    if constant:
        verb = "is" if len(constant) == 1 else "are"
        return False, f"{' and '.join(constant)} {verb} the same in all {rows:,} rows"
    varying = [c.name for c in others if _varies(c)]
    if varying:
        verb = "varies" if len(varying) == 1 else "vary"
        return False, f"{' and '.join(varying)} {verb} along with {said}"
    return True, f"the other factors are the same in all {rows:,} rows"


def _rows(count: int) -> str:
    return "1 row compares" if count == 1 else f"{count:,} rows compare"


def _varies(column: Column) -> bool:
    return len(set(labels_of(column, "varies_only"))) > 1


FUNCTIONS = (
    Function(
        "varies_only",
        "design",
        "Whether one factor differs between rows while the others among the factors stay the same.",
        (Parameter("table", "table"), Parameter("factor", "names"), Parameter("among", "names")),
        _varies_only,
        (
            'varies_only(runs, "accuracy", among=["accuracy", "minutes"])',
            "false (minutes varies along with accuracy)",
        ),
        "A missing cell in a factor is a mistake: leave that row out first.",
    ),
)
