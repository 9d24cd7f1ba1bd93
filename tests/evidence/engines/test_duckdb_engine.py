"""Queries over tables in memory: exact answers in one order, and a mistake for all that is no plain SELECT."""

from __future__ import annotations

import os

import pytest

from site_builder.evidence.engine import GivenColumn, GivenTable, Question
from site_builder.evidence.engines.duckdb_engine import answer
from site_builder.evidence.sheet import Sheet
from site_builder.problems import Mistake, Place, Problem


def given(name: str, rows: int, columns: tuple[GivenColumn, ...], withheld: dict[str, str]) -> GivenTable:
    by_name = {column.name: column for column in columns}

    def column(wanted: str) -> GivenColumn:
        if wanted in withheld:
            raise Mistake("E-QUERY", withheld[wanted])
        return by_name[wanted]

    return GivenTable(name, rows, (*by_name, *withheld), column)


RUNS = given(
    "runs",
    4,
    (
        GivenColumn("model", "text", ("b", "a", "b", None)),
        GivenColumn("score", "number", ("0.1", "0.2", "0.3", None)),
        GivenColumn("n", "number", ("3", "1", "2", "4")),
        GivenColumn("ok", "truth", ("true", "false", "true", None)),
        GivenColumn("day", "date", ("2026-01-31", "2025-12-31", None, "2024-02-29")),
        GivenColumn("user", "text", ("x", "y", "x", "y")),
    ),
    {},
)
PRICES = given(
    "prices", 2, (GivenColumn("model", "text", ("a", "b")), GivenColumn("cost", "number", ("7", "9"))), {}
)
HELD = given("held", 1, (GivenColumn("n", "number", ("1",)),), {"loss": "its numbers have bounds"})


def question(text: str, *tables: GivenTable) -> Question:
    return Question(
        text, tables or (RUNS, PRICES), lambda offset, width: Place("c.yaml", 1, offset + 1, width, text)
    )


def asked(text: str, *tables: GivenTable) -> Sheet:
    return answer(question(text, *tables))


def rows(text: str, *tables: GivenTable) -> list[tuple[str | None, ...]]:
    return list(zip(*asked(text, *tables).cells, strict=True))


def problem(text: str, *tables: GivenTable) -> Problem:
    with pytest.raises(Mistake) as caught:
        asked(text, *tables)
    return caught.value.problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT sum(score) FROM runs WHERE score < 0.3", [("0.3",)]),
        ("SELECT score FROM runs WHERE score + 0.1 = 0.3", [("0.2",)]),
        ("SELECT sum(n), count(*), avg(n) FROM runs", [("10", "4", "2.5")]),
        ("SELECT model, sum(n) AS n FROM runs GROUP BY model", [("a", "1"), ("b", "5"), (None, "4")]),
        ("SELECT model FROM runs ORDER BY n DESC", [(None,), ("b",), ("b",), ("a",)]),
        ("SELECT model, n FROM runs ORDER BY n LIMIT 1", [("a", "1")]),
        ("SELECT model, cost FROM runs JOIN prices USING (model)", [("a", "7"), ("b", "9"), ("b", "9")]),
        ("SELECT r.model FROM runs r ANTI JOIN prices p ON r.model = p.model", [(None,)]),
        ("WITH c AS (SELECT max(n) AS most FROM runs) SELECT most FROM c", [("4",)]),
        ("SELECT n, rank() OVER (ORDER BY n) AS place FROM runs WHERE ok", [("2", "1"), ("3", "2")]),
        (
            "SELECT year(day) AS y, ok FROM runs WHERE day > DATE '2025-06-01'",
            [("2025", "false"), ("2026", "true")],
        ),
        ("SELECT n FROM runs WHERE model LIKE 'b%' EXCEPT SELECT 2", [("3",)]),
        (
            "SELECT CASE WHEN n > 2 THEN 'many' ELSE 'few' END AS s, count(*) FROM runs GROUP BY ALL",
            [("few", "2"), ("many", "2")],
        ),
        ('SELECT DISTINCT "user" FROM runs;', [("x",), ("y",)]),
        ("FROM prices", [("a", "7"), ("b", "9")]),
        ("SELECT CAST(n AS DOUBLE) / 3 AS third FROM runs WHERE n = 1 -- a third", [("0.3333333333333333",)]),
        ("SELECT column0 FROM (VALUES (2), (1)) AS t(column0)", [("1",), ("2",)]),
        (
            "SELECT (SELECT max(cost) FROM prices p WHERE p.model = r.model) AS m FROM runs r WHERE n < 3",
            [("7",), ("9",)],
        ),
        ("SELECT n FROM runs WHERE n IN (SELECT 3) OR model IS NULL", [("3",), ("4",)]),
        ("SELECT n FROM runs WHERE false", []),
        ("SELECT count(*) FROM runs, prices", [("8",)]),
        ("SELECT \"N\" FROM runs WHERE Model = 'a'", [("1",)]),
    ],
)
def test_a_query_is_answered_exactly(text: str, expected: list[tuple[str | None, ...]]) -> None:
    assert rows(text) == expected


def test_the_answer_has_the_kinds_that_its_types_give_it() -> None:
    found = asked("SELECT model, score, ok, day, count(*) FROM runs GROUP BY ALL")
    assert found.header == ("model", "score", "ok", "day", "count_star()")
    assert found.natives == ("text", "number", "truth", "date", "number")


def test_numbers_too_long_for_a_decimal_are_floats_and_whole_ones_are_kept() -> None:
    table = given(
        "t",
        2,
        (
            GivenColumn("f", "number", ("0.12345678901234567", "1e-9")),
            GivenColumn("w", "number", ("18446744073709551615", "-9223372036854775808")),
        ),
        {},
    )
    assert rows("SELECT f, w FROM t", table) == [
        ("1e-09", "-9223372036854775808"),
        ("0.12345678901234566", "18446744073709551615"),
    ]


def test_rows_that_no_order_was_asked_for_are_sorted_by_value() -> None:
    table = given("t", 3, (GivenColumn("c0", "number", ("10", "9", "-1")),), {})
    assert rows("SELECT c0, 1 AS one FROM t", table) == [("-1", "1"), ("9", "1"), ("10", "1")]


def test_the_same_answer_every_time_and_in_any_order_of_groups() -> None:
    cells = tuple(f"0.{i * 7919 % 100_003:06d}1234567890123" for i in range(30_000))
    table = given("t", 30_000, (GivenColumn("x", "number", cells),), {})
    text = "SELECT sum(x) AS s, avg(x) AS a, stddev(x) AS d FROM t GROUP BY round(x, 2)"
    assert asked(text, table) == asked(text, table)


HOSTILE = {
    # other statements
    "COPY runs TO '/tmp/stolen.csv'": "it is not a SELECT",
    "COPY (SELECT 1) TO 'x.parquet'": "it is not a SELECT",
    "ATTACH '/tmp/x.db' AS x": "it is not a SELECT",
    "INSTALL httpfs": "it is not a SELECT",
    "LOAD httpfs": "it is not a SELECT",
    "PRAGMA version": "it is not a SELECT",
    "SET threads = 8": "it is not a SELECT",
    "RESET threads": "it is not a SELECT",
    "CREATE TABLE x AS SELECT 1": "it is not a SELECT",
    "DROP TABLE runs": "it is not a SELECT",
    "DELETE FROM runs": "it is not a SELECT",
    "INSERT INTO runs VALUES (1) RETURNING *": "it is not a SELECT",
    "EXPORT DATABASE '/tmp/x'": "it is not a SELECT",
    "CALL pragma_version()": "it is not a SELECT",
    "EXPLAIN ANALYZE SELECT 1": "it is not a SELECT",
    "PIVOT runs ON model USING sum(n)": "it is not a SELECT",
    "CREATE MACRO sum(x) AS 7": "it is not a SELECT",
    "CREATE SECRET s (TYPE s3)": "it is not a SELECT",
    "SELECT 1; SELECT 2": "2 statements",
    "SELECT 1; DROP TABLE runs": "it is not a SELECT",
    "": "0 statements",
    "-- nothing": "0 statements",
    "SELEC 1": "this is not SQL: syntax error",
    "SELECT 'unclosed": "this is not SQL",
    # files
    "SELECT * FROM '/etc/passwd'": "'/etc/passwd', which is none of its `tables:`",
    "SELECT * FROM 'evidence://file'": "none of its `tables:`",
    'SELECT * FROM "runs.csv"': "none of its `tables:`",
    "SELECT * FROM read_csv('/etc/passwd')": "a function in place of a table",
    "SELECT * FROM read_text('/etc/passwd')": "a function in place of a table",
    "SELECT * FROM read_blob('/etc/passwd')": "a function in place of a table",
    "SELECT * FROM read_parquet('*.parquet')": "a function in place of a table",
    "SELECT * FROM read_json('x')": "a function in place of a table",
    "SELECT * FROM parquet_scan('evidence://file')": "a function in place of a table",
    "SELECT * FROM glob('/*')": "a function in place of a table",
    "SELECT * FROM sqlite_scan('x.db', 't')": "a function in place of a table",
    "SELECT * FROM sniff_csv('/etc/passwd')": "a function in place of a table",
    "SELECT * FROM runs WHERE n = (SELECT count(*) FROM read_csv('/etc/passwd'))": "a function in place of a table",
    "WITH c AS (SELECT * FROM read_text('/etc/passwd')) SELECT 1": "a function in place of a table",
    "SELECT * FROM query('SELECT 1')": "a function in place of a table",
    "SELECT * FROM query_table('runs')": "a function in place of a table",
    # the engine's own state
    "SELECT * FROM duckdb_settings()": "a function in place of a table",
    "SELECT * FROM information_schema.tables": "'tables', which is none",
    "SELECT * FROM sqlite_master": "'sqlite_master', which is none",
    "SELECT * FROM pg_catalog.pg_tables": "'pg_tables', which is none",
    "SELECT * FROM duckdb_tables": "'duckdb_tables', which is none",
    "SELECT * FROM main.runs": "'runs', which is none",
    "SELECT (WITH duckdb_tables AS (SELECT 1) SELECT 1) FROM duckdb_tables": "'duckdb_tables', which is none",
    "SHOW TABLES": "DESCRIBE, SHOW and SUMMARIZE",
    "DESCRIBE runs": "DESCRIBE, SHOW and SUMMARIZE",
    "SUMMARIZE runs": "DESCRIBE, SHOW and SUMMARIZE",
    "SELECT getenv('HOME')": "the function 'getenv'",
    "SELECT current_setting('threads')": "the function 'current_setting'",
    "SELECT getvariable('x')": "the function 'getvariable'",
    "SELECT version()": "the function 'version'",
    "SELECT pg_typeof(1)": "the function 'pg_typeof'",
    "SELECT nextval('s')": "the function 'nextval'",
    "SELECT txid_current()": "the function 'txid_current'",
    "SELECT current_user": "current_user, which is another each time",
    "SELECT \"getEnv\"('HOME')": "the function",
    "SELECT system.main.sum(n) FROM runs": "the function 'sum'",
    # the clock and chance
    "SELECT now()": "the function 'now'",
    "SELECT current_date": "current_date, which is another each time",
    "SELECT current_timestamp": "current_timestamp, which is another each time",
    "SELECT localtime": "localtime, which is another each time",
    "SELECT today()": "the function 'today'",
    "SELECT age(day::TIMESTAMP) FROM runs": "the function 'age'",
    "SELECT 1 AS current_date, current_date": "current_date, which is another each time",
    "SELECT random()": "the function 'random'",
    "SELECT uuid()": "the function 'uuid'",
    "SELECT gen_random_uuid()": "the function 'gen_random_uuid'",
    "SELECT setseed(0.5)": "the function 'setseed'",
    "SELECT n FROM runs USING SAMPLE 2": "a sample of the rows",
    "SELECT n FROM runs TABLESAMPLE 50%": "a sample of the rows",
    "SELECT approx_count_distinct(n) FROM runs": "the function 'approx_count_distinct'",
    # an order that nobody gave
    "SELECT n FROM runs LIMIT 1": "LIMIT without ORDER BY",
    "SELECT n FROM (SELECT n FROM runs LIMIT 1)": "LIMIT without ORDER BY",
    "SELECT n FROM runs OFFSET 1": "LIMIT without ORDER BY",
    "SELECT DISTINCT ON (model) n FROM runs": "DISTINCT ON without ORDER BY",
    "SELECT any_value(n) FROM runs": "the function 'any_value'",
    "SELECT first(n) FROM runs": "the function 'first'",
    "SELECT * FROM runs POSITIONAL JOIN prices": "a positional join",
    "SELECT * FROM runs NATURAL JOIN prices": "a natural join",
    # what need not end, or grows
    "WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT x FROM r": "WITH RECURSIVE",
    "SELECT * FROM range(1000000000000)": "a function in place of a table",
    "SELECT * FROM generate_series(1, 1000000000000)": "a function in place of a table",
    "SELECT unnest(range(1000000000000))": "the function 'unnest'",
    "SELECT range(1000000000000)": "the function 'range'",
    "SELECT repeat('x', 1000000000)": "the function 'repeat'",
    "SELECT lpad('x', 1000000000, 'y')": "the function 'lpad'",
    "SELECT list(n) FROM runs": "the function 'list'",
    "SELECT string_agg(model, ',') FROM runs": "the function 'string_agg'",
    "SELECT ARRAY(SELECT n FROM runs)": "the function",
    "SELECT [1, 2]": "the function 'list_value'",
    "SELECT {'a': 1}": "the function 'struct_pack'",
    "SELECT list_transform([1], lambda x: x)": "the function",
    "SELECT runs FROM runs": "a whole row (runs)",
    "SELECT r FROM runs r": "a whole row (r)",
    "SELECT $1": "a parameter",
    "SELECT 'a' COLLATE nocase": "COLLATE",
    "SELECT '1'::BLOB": "the type 'BLOB'",
    "SELECT '1'::JSON": "the type 'JSON'",
    "SELECT #1 FROM runs": "a column by its number",
    "UNPIVOT runs ON n": "PIVOT and UNPIVOT",
    "SELECT " + "-" * 3_500 + "1": "",
    "SELECT " + "(" * 1_900 + "1" + ")" * 1_900: "",
    "SELECT " + "NOT " * 900 + "true": "",
    "SELECT " + "1 + " * 900 + "1": "",
    "SELECT 1 " + " " * 4_000: "more than 4,000 characters",
    # mistakes of authors
    "SELECT acuracy FROM runs": "no column 'acuracy'",
    "SELECT x.n FROM runs": "there is no table 'x'",
    "SELECT n FROM rums": "'rums', which is none",
    "SELECT summ(n) FROM runs": "the function 'summ'",
    "SELECT sum(model) FROM runs": "the query cannot be answered: No function matches",
    "SELECT model FROM runs GROUP BY n": "the query cannot be answered",
    "SELECT CAST(model AS INTEGER) FROM runs": "the query cannot be answered",
    "SELECT n // 0 FROM runs": "the query cannot be answered",
    "SELECT n FROM runs WHERE model = 1": "the query cannot be answered",
}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:60])
def test_all_but_one_select_over_the_tables_is_refused(text: str) -> None:
    before = set(os.listdir("/tmp"))
    found = problem(text)
    assert found.code in ("E-QUERY", "E-NAME", "E-COLUMN")
    assert HOSTILE[text] in found.message
    assert found.place is not None
    assert found.place.path == "c.yaml"
    assert "evidence://" not in found.message or "evidence://" in text
    assert not {name for name in set(os.listdir("/tmp")) - before if "stolen" in name}


def test_a_refusal_points_at_what_is_refused_behind_letters_of_two_bytes() -> None:
    found = problem("SELECT 'é–é', now() FROM runs")
    assert found.place is not None
    assert (found.place.column, found.place.width) == (15, 5)


def test_the_nearest_name_is_offered() -> None:
    assert problem("SELECT scor FROM runs").hint == "did you mean 'score'?"
    assert problem("SELECT n FROM rums").hint == "did you mean 'runs'?"
    assert problem("SELECT avgg(n) FROM runs").hint == "did you mean 'avg'?"


def test_a_column_that_is_called_as_a_value_of_the_session_is_a_column() -> None:
    assert rows("SELECT user, count(*) FROM runs GROUP BY user") == [("x", "2"), ("y", "2")]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT loss FROM held",
        "SELECT n FROM held ORDER BY held.loss",
        "SELECT avg(loss) FROM held",
        "SELECT 1 FROM held JOIN held AS h USING (loss)",
    ],
)
def test_a_column_that_is_withheld_is_refused_with_the_reason(text: str) -> None:
    assert "its numbers have bounds" in problem(text, HELD).message


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM held",
        "FROM held",
        "SELECT held.* FROM held",
        "SELECT COLUMNS('n') FROM held",
    ],
)
def test_a_star_never_leaves_a_column_out(text: str) -> None:
    assert "`*` takes in the column 'loss' of held" in problem(text, HELD).message
    assert rows("SELECT n, count(*) FROM held GROUP BY n", HELD) == [("1", "1")]


def test_not_a_number_is_missing_and_said_to_be() -> None:
    found = asked("SELECT CAST('nan' AS DOUBLE) AS x, 1 AS y")
    assert (found.cells, found.notes) == (((None,), ("1",)), ("column x: 1 cell NaN read as missing",))


def test_a_query_that_needs_too_much_memory_is_one_mistake() -> None:
    many = given("t", 20_000, (GivenColumn("x", "number", tuple(map(str, range(20_000)))),), {})
    found = problem("SELECT a.x AS p, b.x AS q, a.x * b.x AS r FROM t a, t b", many)
    assert found.code == "E-QUERY"
