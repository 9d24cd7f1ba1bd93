"""DuckDB: one SELECT over tables in memory, in a database that reaches nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from site_builder.evidence.duck import first_line, opened, quoted
from site_builder.evidence.engine import Engine, GivenColumn, GivenTable, Question
from site_builder.evidence.held import Held, fetched, without_nan
from site_builder.evidence.sheet import Sheet
from site_builder.evidence.statement import check_statement
from site_builder.problems import Mistake

if TYPE_CHECKING:  # imported when a query is answered
    from duckdb import DuckDBPyConnection

_LONGEST = 4_000
_CELL_LIMIT = 10_000_000
_RESULT = '"the result"'  # no name of a table has a blank in it
_CELLS = "the cells"
_EXACT_DIGITS, _WIDEST_WHOLE = 18, 38


def answer(question: Question) -> Sheet:
    """The rows of the query: in the order that it asks for, else sorted by all columns from left to right.

    Raises Mistake E-QUERY for what is no single SELECT over the tables, or fails on the data.
    """
    import duckdb

    if len(question.text) > _LONGEST:
        raise _mistake(
            question, f"it has more than {_LONGEST:,} characters", "let several queries share the work"
        )
    with opened() as database:
        statement = check_statement(_parsed(database, question), question)
        try:
            for table in question.tables:
                _create(database, table, statement.needed[table.name])
            database.execute(f"CREATE TABLE {_RESULT} AS {question.text}")
            return _result(database, question, statement.is_ordered)
        except duckdb.OutOfMemoryException:
            reason, hint = "it takes more memory than there is", "choose rows before joining them"
        except duckdb.Error as error:
            reason, hint = first_line(error), "try it in DuckDB, on a table like this one"
    raise _mistake(question, reason, hint)


def _parsed(database: DuckDBPyConnection, question: Question) -> dict[str, Any]:
    """The tree of the text, as DuckDB's own parser reads it."""
    found = database.execute("SELECT json_serialize_sql(?::VARCHAR)", [question.text]).fetchall()[0][0]
    try:
        tree: dict[str, Any] = json.loads(found)
    except RecursionError:
        raise _mistake(question, "it nests too deeply", "write it in steps, with WITH") from None
    if not tree["error"]:
        return tree
    if tree["error_type"] != "parser":
        raise _mistake(question, "it is not a SELECT", "a query reads its tables and does nothing else")
    offset = int(tree.get("position") or 0)
    before = question.text.encode()[:offset].decode(errors="ignore")
    message = f"this is not SQL: {tree['error_message'].splitlines()[0][:200]}"
    raise Mistake("E-QUERY", message, question.at(len(before), 1), "write one SELECT as DuckDB reads it")


def _create(database: DuckDBPyConnection, table: GivenTable, needed: Sequence[GivenColumn]) -> None:
    """Put a table into the database under its name, each column with the narrowest type that holds it exactly."""
    import numpy as np

    columns = needed or [
        GivenColumn("the row", "text", [None] * table.rows)
    ]  # rows can be counted without any
    data = {}
    for number, column in enumerate(columns):
        data[f"c{number}"] = np.empty(table.rows, dtype=object)
        data[f"c{number}"][:] = column.cells
    database.register(_CELLS, data)
    typed = ", ".join(
        f"CAST(CAST(c{number} AS VARCHAR) AS {_type(database, number, column)}) AS {quoted(column.name)}"
        for number, column in enumerate(columns)
    )
    database.execute(f"CREATE TABLE {quoted(table.name)} AS SELECT {typed} FROM {quoted(_CELLS)}")
    database.unregister(_CELLS)


def _type(database: DuckDBPyConnection, number: int, column: GivenColumn) -> str:
    if column.holds != "number":
        return {"text": "VARCHAR", "truth": "BOOLEAN", "date": "DATE"}[column.holds]
    cell = f"ltrim(CAST(c{number} AS VARCHAR), '+-')"
    ((whole, places, has_exponent),) = database.execute(
        f"SELECT max(strlen(split_part({cell}, '.', 1))), max(strlen(split_part({cell}, '.', 2))),"
        f" bool_or(contains(lower({cell}), 'e')) FROM {quoted(_CELLS)}"
    ).fetchall()
    whole, places = whole or 1, places or 0
    if has_exponent or whole + places > (_EXACT_DIGITS if places else _WIDEST_WHOLE):
        return "DOUBLE"
    if places:
        return f"DECIMAL({whole + places}, {places})"
    return "BIGINT" if whole <= _EXACT_DIGITS else f"DECIMAL({_WIDEST_WHOLE}, 0)"


def _result(database: DuckDBPyConnection, question: Question, is_ordered: bool) -> Sheet:
    relation = database.table(_RESULT)
    columns = tuple(
        Held(name, name, str(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)
    )
    rows = int(database.execute(f"SELECT count(*) FROM {_RESULT}").fetchall()[0][0])
    if rows * len(columns) > _CELL_LIMIT:
        raise _mistake(
            question, f"it gives {rows:,} rows, which are too many", "choose or group them in the query"
        )
    keys = ", ".join(
        f"r.{quoted(column.name)}" for column in columns
    )  # by value, not by the text it is fetched as
    cells = fetched(database, columns, f"{_RESULT} AS r", "" if is_ordered else f" ORDER BY {keys}")
    cells, notes = without_nan(columns, cells)
    header = tuple(column.title for column in columns)
    return Sheet(header, cells, None, tuple(column.native for column in columns), False, tuple(notes))


def _mistake(question: Question, reason: str, hint: str) -> Mistake:
    place = question.at(0, max(1, len(question.text)))
    return Mistake("E-QUERY", f"the query cannot be answered: {reason}", place, hint)


ENGINE = Engine("duckdb", "DuckDB", answer)
