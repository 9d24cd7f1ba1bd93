"""Design: whether a comparison varies only what it says it varies."""

from __future__ import annotations

from site_builder.language.function import Function, Parameter, columns_named
from site_builder.language.summarising import Names, key_labels
from site_builder.language.values import Scalar, Value, truth
from site_builder.tables import Column, Table, joined


def _varies_only(table: Table, factor: Names, among: Names) -> Value:
    """True when the factor differs between rows and no other factor of `among` does."""
    factors = columns_named(table, factor, "varies_only")
    others = [c for c in columns_named(table, among, "varies_only") if c.name not in {f.name for f in factors}]
    cells = joined(*(c.cells for c in (*factors, *others)))
    if table.rows < 2:
        reason = "no-rows" if table.rows == 0 else "undefined"
        return truth(0, cells, reason, f"varies_only: {table.rows} rows compare nothing")
    if table.doubtful is not None:
        return truth(0, cells, "missing-cell", "varies_only: which rows belong is not known")
    varying = [c.name for c in others if _varies(c)]
    if not all(_varies(f) for f in factors):
        names = ", ".join(f.name for f in factors)
        return Scalar("truth", -1, cells, detail=f"{names} is the same in all {table.rows} rows")
    if varying:
        names = ", ".join(f.name for f in factors)
        return Scalar("truth", -1, cells, detail=f"{' and '.join(varying)} vary along with {names}")
    return Scalar("truth", 1, cells, detail=f"the other factors are the same in all {table.rows} rows")


def _varies(column: Column) -> bool:
    return len(set(key_labels(column, "varies_only"))) > 1


FUNCTIONS = (
    Function("varies_only", "design", "Whether one factor differs between rows while the others among the factors stay the same.",
             (Parameter("table", "table"), Parameter("factor", "names"), Parameter("among", "names")), _varies_only,
             ('varies_only(runs, "accuracy", among=["accuracy", "minutes"])', "False"),
             "A missing cell in a factor is a mistake: leave that row out first."),
)  # fmt: skip
