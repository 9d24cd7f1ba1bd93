"""Names that nobody has: the mistake, with the function that other tools call so, or quotes for a text."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.language.library import functions
from site_builder.problems import Mistake, Place, did_you_mean
from site_builder.tables import Table

_ELSEWHERE = {
    "average": "mean",
    "avg": "mean",
    "length": "count",
    "len": "count",
    "size": "count",
    "stdev": "std",
    "stddev": "std",
    "variance": "var",
    "pct_change": "change",
    "percent_change": "change",
    "ceiling": "ceil",
    "cohen_d": "cohens_d",
    "corr": "correlation",
    "cor": "correlation",
    "gmean": "geometric_mean",
    "geomean": "geometric_mean",
    "hmean": "harmonic_mean",
    "isna": "missing",
    "isnull": "missing",
    "is_missing": "missing",
    "ln": "log",
    "mannwhitneyu": "mann_whitney",
    "median_survival": "survival_median",
    "merge": "join",
    "inner_join": "join",
    "nunique": "distinct",
    "count_distinct": "distinct",
    "n_unique": "distinct",
    "isclose": "approx",
    "idxmax": "argmax",
    "idxmin": "argmin",
    "only": "one",
    "order_by": "sort",
    "sort_by": "sort",
    "sorted": "sort",
    "nlargest": "top",
    "head": "first",
    "tail": "last",
    "lag": "shift",
    "percentile": "quantile",
    "r2": "r_squared",
    "risk_ratio": "relative_risk",
    "sd": "std",
    "total": "sum",
    "ttest": "t_test",
    "ttest_ind": "t_test",
    "without": "anti_join",
    "antijoin": "anti_join",
    "wmean": "weighted_mean",
    "weighted_average": "weighted_mean",
    "every": "all",
    "some": "any",
    "iff": "where",
    "if_else": "where",
    "ifelse": "where",
}
"""What spreadsheets, SQL and pandas call some of our functions."""

_WRITTEN = {
    "bottom": "write top(table, n, by=…, descending=False)",
    "nsmallest": "write top(table, n, by=…, descending=False)",
    "chi2": 'write p_value(a, b, test="chi2")',
    "chi_square": 'write p_value(a, b, test="chi2")',
    "chi_squared": 'write p_value(a, b, test="chi2")',
    "contains": "a column is looked up with x in table.column, and one text in another with `in`",
    "filter": "write table[condition]",
    "fisher": 'write p_value(a, b, test="fisher")',
    "fisher_exact": 'write p_value(a, b, test="fisher")',
    "group_by": 'write by= in a summary, such as mean(table.column, by="group")',
    "groupby": 'write by= in a summary, such as mean(table.column, by="group")',
    "iqr": "write quantile(x, 0.75) - quantile(x, 0.25)",
    "left_join": "join leaves out rows without a partner; anti_join(left, right, on=…) gives those",
    "paired_t_test": "write t_test(a, b, paired=True)",
    "pearson": "write correlation(x, y)",
    "select": "write table[condition].column",
    "spearman": 'write correlation(x, y, method="spearman")',
}
"""What is written otherwise here."""


def unknown_name(name: str, known: Iterable[str], place: Place | None = None) -> Mistake:
    """The mistake of a name that is neither evidence nor a value."""
    hint = did_you_mean(name, known, "known names: ")
    if name.lower() in ("true", "false", "yes", "no"):
        hint = "true and false are written True and False"
    return Mistake(
        "E-NAME",
        f"unknown name {name!r}",
        place,
        hint or "give it a value in `let:`, or evidence in `evidence:`",
    )


def unknown_function(name: str, place: Place | None = None) -> Mistake:
    """The mistake of calling a function that is not there."""
    ours = _ELSEWHERE.get(name.lower())
    hint = f"write {functions()[ours].signature}" if ours else _WRITTEN.get(name.lower(), "")
    hint = hint or did_you_mean(name, functions(), "functions: ")
    return Mistake("E-FUNCTION", f"unknown function {name!r}", place, hint)


def unknown_column(name: str, table: Table, known: Iterable[str]) -> Mistake:
    """The mistake of a bare word in a filter that is no column and no name of the claim."""
    hint = did_you_mean(name, [*table.names, *known])
    if not hint.startswith("did you mean"):
        hint = f'a text stands in quotes, "{name}"; {did_you_mean("", table.names, f"columns of {table.name}: ")}'
    return Mistake(
        "E-COLUMN", f"{name!r} is neither a column of {table.name} nor a name of this claim", hint=hint
    )
