"""Queries over evidence: what they may see of it, and what is known of the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.evidence.loading import Loader
from site_builder.evidence.querying import Query, TableSource, queried
from site_builder.evidence.record import Evidence, MissingEvidence
from site_builder.evidence.typed import table_of
from site_builder.problems import Mistake, Place
from tests.evidence.parquet_files import parquet

PACKAGE = """
resources:
  - {path: a.csv, kind: primary, licenses: [{name: CC0, title: CC0}]}
  - {path: b.csv, kind: transcribed, sources: [{title: The report}]}
  - {path: gone.csv}
"""
FILES: dict[str, str | bytes] = {
    "a.csv": "model,accuracy\nx,1.5\ny,\nx,2.25\n",
    "b.csv": "model,cost\nx,~40%\ny,30%\n",
    "report.md": "| model | loss |\n| --- | --- |\n| x | 0.27 |\n",
    "datapackage.yaml": PACKAGE,
}


def ask(
    root: Path,
    text: str,
    tables: dict[str, str],
    *,
    files: dict[str, str | bytes] | None = None,
    of_tables: dict[str, object] | None = None,
    options: dict[str, object] | None = None,
    engine: str = "duckdb",
) -> Evidence:
    for name, content in {**FILES, **(files or {})}.items():
        path = root / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    sources = tuple(
        TableSource(name, file, "", of_tables or {}, Place("c.yaml", 9)) for name, file in tables.items()
    )
    query = Query(
        text, sources, engine, Place("c.yaml", 7), lambda offset, width: Place("c.yaml", 8, offset + 1, width)
    )
    return queried(Loader(root), "answer", query, options or {})


def test_the_answer_is_evidence_with_every_file_it_was_made_from(tmp_path: Path) -> None:
    found = ask(
        tmp_path, "SELECT sum(accuracy) AS s FROM a JOIN b USING (model)", {"a": "a.csv", "b": "b.csv"}
    )
    assert found.sheet.cells == (("3.75",),)
    assert [origin.path for origin in found.origins] == ["evidence/a.csv", "evidence/b.csv"]
    assert [origin.rows for origin in found.origins] == [3, 2]
    assert (found.path, found.kind) == ("evidence/a.csv, evidence/b.csv", "transcribed")
    assert (found.sources, found.licenses) == ((("The report", ""),), (("CC0", ""),))
    assert found.query.startswith("SELECT sum(accuracy)")
    assert found.inside.startswith("query-")


def test_another_query_or_another_file_is_another_answer(tmp_path: Path) -> None:
    one = ask(tmp_path, "SELECT 1 AS x FROM a", {"a": "a.csv"})
    again = ask(tmp_path, "SELECT 1 AS x FROM a", {"a": "a.csv"})
    other_text = ask(tmp_path, "SELECT 2 AS x FROM a", {"a": "a.csv"})
    other_file = ask(tmp_path, "SELECT 1 AS x FROM a", {"a": "a.csv"}, files={"a.csv": "model\nz\n"})
    assert one == again
    assert one.inside == other_file.inside != other_text.inside
    assert len({one.sha256, other_text.sha256, other_file.sha256}) == 3


def test_the_tables_are_read_as_all_evidence_is(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "big/1.parquet": parquet("SELECT '007' AS id, 1.5 AS x, [1] AS l"),
        "big/2.parquet": parquet("SELECT '008' AS id, 2.5 AS x, [2] AS l"),
    }
    found = ask(tmp_path, "SELECT id, x, _file FROM big", {"big": "big/*.parquet"}, files=files)
    assert found.sheet.cells == (("007", "008"), ("1.5", "2.5"), ("big/1.parquet", "big/2.parquet"))
    assert found.notes == ("big: columns that hold lists, records or bytes are not read: l",)


@pytest.mark.parametrize(
    ("tables", "column", "reason"),
    [
        ({"t": "b.csv"}, "cost", "its numbers are rounded or have bounds"),
        ({"t": "report.md"}, "loss", "its numbers are rounded or have bounds"),
        ({"t": "u.csv"}, "share", "its cells bear units"),
        ({"t": "i.parquet"}, "x", "'inf' is not a number"),
    ],
)
def test_what_sql_would_make_more_of_is_kept_from_it(
    tmp_path: Path, tables: dict[str, str], column: str, reason: str
) -> None:
    files: dict[str, str | bytes] = {
        "u.csv": "share\n40%\n30%\n",
        "i.parquet": parquet("SELECT 'inf'::DOUBLE AS x, 1 AS y"),
    }
    with pytest.raises(Mistake, match=reason):
        ask(tmp_path, f"SELECT {column} FROM t", tables, files=files)
    with pytest.raises(Mistake, match="takes in the column"):
        ask(tmp_path, "SELECT * FROM t", tables, files=files)


def test_columns_that_a_query_does_not_name_are_not_looked_at(tmp_path: Path) -> None:
    found = ask(tmp_path, "SELECT model, count(*) AS n FROM t GROUP BY model", {"t": "b.csv"})
    assert found.sheet.cells == (("x", "y"), ("1", "1"))
    assert found.notes == ()


def test_what_the_author_declares_goes_in(tmp_path: Path) -> None:
    exact = ask(
        tmp_path, "SELECT loss * 2 AS l FROM t", {"t": "report.md"}, of_tables={"columns": {"loss": "number"}}
    )
    assert exact.sheet.cells == (("0.54",),)
    text = ask(tmp_path, "SELECT cost FROM t", {"t": "b.csv"}, of_tables={"columns": {"cost": "text"}})
    assert text.sheet.cells == (("30%", "~40%"),)
    minutes: dict[str, object] = {"columns": {"u": "quantity"}, "units": {"u": "min"}}
    units = ask(
        tmp_path, "SELECT u FROM t", {"t": "u.csv"}, files={"u.csv": "u\n2h\n30 min\n"}, of_tables=minutes
    )
    assert units.sheet.cells == (("30", "120"),)
    assert units.notes == ("t: column u is a plain number of min in the query",)


def test_what_was_guessed_of_a_table_is_noted(tmp_path: Path) -> None:
    found = ask(tmp_path, "SELECT x, y_s FROM t", {"t": "g.csv"}, files={"g.csv": "x;y (s)\n1;2\nn/a;3\n"})
    assert found.sheet.cells == (("1", None), ("2", "3"))
    assert [note for note in found.notes if "n/a" in note]
    assert "t: column y (s) is a plain number of s in the query" in found.notes


def test_missing_cells_are_null(tmp_path: Path) -> None:
    found = ask(tmp_path, "SELECT count(accuracy) AS n, count(*) AS all_rows FROM a", {"a": "a.csv"})
    assert found.sheet.cells == (("2",), ("3",))


def test_what_the_columns_of_the_answer_mean_can_be_declared(tmp_path: Path) -> None:
    found = ask(tmp_path, "SELECT accuracy FROM a", {"a": "a.csv"}, options={"units": {"accuracy": "%"}})
    assert str(table_of(found).column("accuracy").unit) == "%"
    with pytest.raises(Mistake, match="no column 'acuracy'"):
        ask(tmp_path, "SELECT accuracy FROM a", {"a": "a.csv"}, options={"units": {"acuracy": "%"}})


def test_an_unknown_engine_is_told_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Mistake) as caught:
        ask(tmp_path, "SELECT 1", {"a": "a.csv"}, engine="spark")
    found = caught.value.problem
    assert (found.code, found.message) == ("E-ENGINE", "there is no engine 'spark'")
    assert (found.hint, str(found.place)) == ("engines: duckdb", "c.yaml:7")


def test_mistakes_in_a_table_are_placed_where_it_is_named(tmp_path: Path) -> None:
    for file, code in {"nothing.csv": "E-FILE", "no/*.csv": "E-FILE", "../x.csv": "E-PATH"}.items():
        with pytest.raises(Mistake) as caught:
            ask(tmp_path, "SELECT 1", {"a": file})
        assert (caught.value.problem.code, str(caught.value.problem.place)) == (code, "c.yaml:9")


def test_a_file_that_is_known_but_absent_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingEvidence):
        ask(tmp_path, "SELECT 1", {"a": "gone.csv"})


def test_columns_that_sql_cannot_tell_apart_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="two columns 'Loss'"):
        ask(tmp_path, "SELECT 1", {"a": "c.csv"}, files={"c.csv": "Loss,loss\n1,2\n"})
