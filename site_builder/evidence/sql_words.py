"""What may stand in a query: the functions, types and forms of SQL that give the same answer every time."""

from __future__ import annotations

AGGREGATES = frozenset(
    """
    avg bool_and bool_or corr count count_if count_star covar_pop covar_samp favg fsum geomean kurtosis max mean
    median min product quantile_cont quantile_disc regr_count regr_intercept regr_r2 regr_slope skewness stddev
    stddev_pop stddev_samp sum var_pop var_samp variance
    """.split()
)
SCALARS = frozenset(
    """
    abs cbrt ceil ceiling exp floor greatest isfinite isinf isnan least ln log log10 log2 mod pow power round sign
    sqrt trunc ifnull nullif
    concat concat_ws contains ends_with instr left length lower ltrim position prefix regexp_extract
    regexp_full_match regexp_matches regexp_replace replace right rtrim split_part starts_with strlen strpos substr
    substring suffix trim upper
    date_diff date_part date_trunc datediff day dayofweek dayofyear isodow make_date month quarter strftime week
    year
    + - * / // % ** ^ || ~~ !~~ ~~* !~~*
    """.split()
)
WINDOWS = frozenset(
    "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number".split()
)
TYPES = frozenset(
    """
    bigint bool boolean date decimal double float hugeint int integer numeric real smallint text timestamp tinyint
    ubigint uinteger usmallint utinyint varchar
    """.split()
)
OPERATORS = frozenset(
    """
    COMPARE_IN COMPARE_NOT_IN GROUPING_FUNCTION OPERATOR_COALESCE OPERATOR_IS_NOT_NULL OPERATOR_IS_NULL OPERATOR_NOT
    OPERATOR_TRY
    """.split()
)
EXPRESSIONS = frozenset(
    """
    BETWEEN CASE CAST COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION OPERATOR STAR SUBQUERY TYPE WINDOW
    """.split()
)
FORMS = frozenset(
    """
    SELECT_NODE SET_OPERATION_NODE CTE_NODE BASE_TABLE JOIN SUBQUERY EMPTY EXPRESSION_LIST
    ORDER_MODIFIER LIMIT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING ORDER_ASCENDING
    ORDER_DESCENDING
    """.split()
)
JOINS = frozenset("REGULAR CROSS DEPENDENT".split())
NAMED_VALUES = frozenset(
    """
    current_catalog current_database current_date current_query current_role current_schema current_schemas
    current_setting current_time current_timestamp current_user get_current_time get_current_timestamp localtime
    localtimestamp session_user system_user today user
    """.split()
)
"""Bare names that SQL takes for functions of the clock or the session, unless a column is called so."""

REFUSED = {
    "TABLE_FUNCTION": "a function in place of a table",
    "RECURSIVE_CTE_NODE": "WITH RECURSIVE, which need not end",
    "PIVOT": "PIVOT and UNPIVOT",
    "SHOW_REF": "DESCRIBE, SHOW and SUMMARIZE",
    "COLLATE": "COLLATE",
    "LAMBDA": "a function written with an arrow",
    "PARAMETER": "a parameter",
    "POSITIONAL_REFERENCE": "a column by its number",
    "DEFAULT": "DEFAULT",
    "LIMIT_PERCENT_MODIFIER": "LIMIT in percent",
}
"""What people call a form that is refused, by the parser's word for it."""
