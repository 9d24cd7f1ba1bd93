"""Parquet files made for tests."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb


def parquet(query: str, *before: str, options: str = "") -> bytes:
    """The rows of a query as a Parquet file; the statements `before` are run first."""
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(":memory:", config={"threads": 1}) as database,
    ):
        for statement in ("SET TimeZone = 'UTC'", *before):
            database.execute(statement)
        path = Path(folder, "made.parquet")
        database.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet{options})")
        return path.read_bytes()
