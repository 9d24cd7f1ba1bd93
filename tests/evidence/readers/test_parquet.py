"""Parquet files: exact cells, and one clear mistake for whatever is no plain table."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from site_builder.evidence.loading import Loader
from site_builder.evidence.options import Options
from site_builder.evidence.readers.parquet import read
from site_builder.evidence.sheet import Sheet
from site_builder.evidence.typed import table_of
from site_builder.files import SourceFile
from site_builder.problems import Mistake, Problem
from site_builder.tables import Table
from tests.evidence.parquet_files import parquet

RUNS = "SELECT * FROM (VALUES ('small', 33, 0.1::FLOAT), ('large', 120, 0.5), (NULL, NULL, NULL)) t(model, n, score)"


def sheet(data: bytes, options: Options | None = None, inside: str = "") -> Sheet:
    return read(SourceFile("evidence/a.parquet", data, ""), inside, options or Options())


def problem(data: bytes, options: Options | None = None, inside: str = "") -> Problem:
    with pytest.raises(Mistake) as caught:
        sheet(data, options, inside)
    return caught.value.problem


def table(root: Path, data: bytes, **options: object) -> Table:
    (root / "evidence").mkdir(exist_ok=True)
    (root / "evidence/a.parquet").write_bytes(data)
    return table_of(Loader(root).load("runs", "a.parquet", options=options))


def test_columns_have_the_kinds_that_the_file_gives_them() -> None:
    found = sheet(parquet(RUNS))
    assert found.header == ("model", "n", "score")
    assert found.cells == (("small", "large", None), ("33", "120", None), ("0.1", "0.5", None))
    assert found.natives == ("text", "number", "number")
    assert (found.lines, found.typeset, found.notes) == (None, False, ())


@pytest.mark.parametrize(
    ("value", "cell", "native"),
    [
        ("9223372036854775807", "9223372036854775807", "number"),
        ("(-9223372036854775808)::BIGINT", "-9223372036854775808", "number"),
        ("18446744073709551615::UBIGINT", "18446744073709551615", "number"),
        ("(-128)::TINYINT", "-128", "number"),
        ("1.40::DECIMAL(9, 2)", "1.40", "number"),
        ("12345678901234567890.12::DECIMAL(38, 2)", "12345678901234567890.12", "number"),
        ("0.1::FLOAT", "0.1", "number"),
        ("0.1::DOUBLE + 0.2::DOUBLE", "0.30000000000000004", "number"),
        ("1e300::DOUBLE", "1e+300", "number"),
        ("'007'", "007", "text"),
        ("'NaN'", "NaN", "text"),
        ("'é\n\"'", 'é\n"', "text"),
        ("''", "", "text"),
        ("true", "true", "truth"),
        ("DATE '2026-01-31'", "2026-01-31", "date"),
        ("DATE '0044-03-15 (BC)'", "-0044-03-15 (BC)", "date"),
        ("TIMESTAMP '2026-01-31 23:59:59.000005'", "2026-01-31 23:59:59.000005", "text"),
        ("TIMESTAMPTZ '2026-01-31 23:59:59+02'", "2026-01-31 21:59:59+00", "text"),
        ("TIMESTAMP_NS '2026-01-31 23:59:59.000000005'", "2026-01-31 23:59:59.000000005", "text"),
        ("TIME '12:30:00'", "12:30:00", "text"),
        (
            "'6b1cf5a5-1b5e-4d43-9d0c-0d3a5f0b0c0d'::UUID",
            "6b1cf5a5-1b5e-4d43-9d0c-0d3a5f0b0c0d",
            "text",
        ),
        ("'small'::ENUM('small', 'large')", "small", "text"),
    ],
)
def test_every_digit_of_a_cell_is_kept(value: str, cell: str, native: str) -> None:
    found = sheet(parquet(f"SELECT {value} AS x"))
    assert (found.cells, found.natives) == (((cell,),), (native,))


def test_a_float_is_the_shortest_number_that_gives_it_back() -> None:
    rng = np.random.default_rng(7)
    singles = rng.standard_normal(500).astype(np.float32) * np.float32(10) ** rng.integers(-20, 20, 500)
    doubles = rng.standard_normal(500) * 10.0 ** rng.integers(-200, 200, 500)
    values = ", ".join(
        f"({s!s}::FLOAT, {d!r}::DOUBLE)" for s, d in zip(singles, doubles.tolist(), strict=True)
    )
    found = sheet(parquet(f"SELECT * FROM (VALUES {values}) t(s, d)"))
    assert [np.float32(cell) for cell in found.cells[0] if cell] == singles.tolist()
    assert [float(cell or "") for cell in found.cells[1]] == doubles.tolist()
    assert all(
        len((cell or "").partition("e")[0].strip("-0.").replace(".", "")) <= 9 for cell in found.cells[0]
    )


@pytest.mark.parametrize("compression", ["uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"])
def test_every_compression_gives_the_same_cells(compression: str) -> None:
    assert sheet(parquet(RUNS, options=f", COMPRESSION {compression}")) == sheet(parquet(RUNS))


def test_row_groups_follow_one_another() -> None:
    found = sheet(parquet("SELECT i FROM range(5000) t(i)", options=", ROW_GROUP_SIZE 2048"))
    assert found.cells == (tuple(map(str, range(5000))),)


def test_a_table_without_rows_has_its_columns() -> None:
    found = sheet(parquet("SELECT 1 AS x, 'a' AS s WHERE false"))
    assert (found.header, len(found), found.natives) == (("x", "s"), 0, ("number", "text"))


def test_not_a_number_is_missing_and_said_to_be() -> None:
    found = sheet(parquet("SELECT unnest(['nan', '1', 'nan']::DOUBLE[]) AS loss"))
    assert found.cells == ((None, "1.0", None),)
    assert found.notes == ("column loss: 2 cells NaN read as missing",)


def test_infinity_never_enters(tmp_path: Path) -> None:
    runs = table(tmp_path, parquet("SELECT unnest(['1', '-inf']::DOUBLE[]) AS loss, 7 AS n"))
    assert runs.column("n").data.nominal.tolist() == [7, 7]
    with pytest.raises(Mistake, match=r"'-inf' is not a number.*row 2"):
        runs.column("loss")


def test_a_year_before_the_first_is_no_date(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="is not a date"):
        table(tmp_path, parquet("SELECT DATE '0044-03-15 (BC)' AS day")).column("day")


def test_columns_are_typed_without_guessing(tmp_path: Path) -> None:
    runs = table(
        tmp_path,
        parquet("SELECT '12' AS seed, DATE '2026-01-31' AS day, true AS ok, 1.50::DECIMAL(9,2) AS s"),
    )
    assert [runs.column(name).kind for name in runs.names] == ["text", "date", "truth", "number"]


def test_what_is_declared_goes_before_the_types_of_the_file(tmp_path: Path) -> None:
    data = parquet("SELECT '~40%' AS share, TIMESTAMP '2026-01-31 10:00:00' AS at, '-' AS gone")
    runs = table(tmp_path, data, columns={"share": "quantity", "at": "date"}, missing=["-"])
    assert [runs.column(name).kind for name in ("share", "at")] == ["number", "date"]
    assert not runs.column("gone").known().any()


def test_a_datapackage_says_what_columns_mean(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/datapackage.yaml").write_text(
        "resources:\n  - path: a.parquet\n    encoding: utf-8\n"
        "    schema: {fields: [{name: n, type: integer, unit: min}]}\n"
    )
    assert str(table(tmp_path, parquet(RUNS)).column("n").unit) == "min"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("[1, 2]", "(INTEGER[])"),
        ("['a']", "(VARCHAR[])"),
        ("[1.5]", "(DECIMAL(2,1)[])"),
        ("[DATE '2026-01-31']", "(DATE[])"),
        ("{'a': 1}", "(STRUCT(a INTEGER))"),
        ("MAP {'a': 1}", "(MAP(VARCHAR, INTEGER))"),
        (r"'\xFF'::BLOB", "(BLOB)"),
        ("INTERVAL 3 days", "(INTERVAL)"),
        (f"{{'{'x' * 51}''y': 1}}", f"(STRUCT(\"{'x' * 51}')"),
    ],
)
def test_a_column_without_plain_values_is_refused_only_when_it_is_used(
    tmp_path: Path, value: str, shown: str
) -> None:
    data = parquet(f"SELECT {value} AS odd, 3 AS n")
    assert sheet(data).cells == ((shown,), ("3",))
    assert sheet(data).notes == ("columns that hold lists, records or bytes are not read: odd",)
    for options in ({}, {"columns": {"odd": "text"}}, {"cell": r"\((.)"}):
        runs = table(tmp_path, data, **options)
        assert runs.column("n").kind in ("number", "text")
        with pytest.raises(Mistake, match="column 'odd' holds no plain values"):
            runs.column("odd")


def test_an_unread_column_stays_unread_in_a_stack(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/a.parquet").write_bytes(parquet("SELECT [1] AS odd, 3 AS n"))
    (tmp_path / "evidence/b.parquet").write_bytes(parquet("SELECT 'text' AS odd, 4 AS n"))
    runs = table_of(Loader(tmp_path).load("runs", "*.parquet"))
    assert runs.column("_file").data.tolist() == ["a.parquet", "b.parquet"]
    assert [float(n) for n in runs.column("n").data.nominal] == [3, 4]
    with pytest.raises(Mistake, match="holds no plain values"):
        runs.column("odd")


def test_a_gzipped_file(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/a.parquet.gz").write_bytes(gzip.compress(parquet(RUNS)))
    assert len(Loader(tmp_path).load("runs", "a.parquet.gz").sheet) == 3


def test_a_decimal_comma_leaves_numbers_alone(tmp_path: Path) -> None:
    data = parquet("SELECT 1.234::DOUBLE AS n, '1.234,5' AS t")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/a.parquet").write_bytes(data)
    assert Loader(tmp_path).load("r", "a.parquet", options={"decimal": ","}).sheet.cells == (
        ("1.234",),
        ("1234.5",),
    )


def test_two_columns_of_one_name_are_refused_until_they_are_renamed() -> None:
    data = parquet("SELECT 1 AS first_one, 2 AS other_one").replace(b"other_one", b"first_one")
    assert problem(data).code == "E-HEADER"
    assert sheet(data, Options(names=("a", "b"))).cells == (("1",), ("2",))


def test_names_that_differ_in_case_are_two_columns() -> None:
    data = parquet("SELECT 1 AS name_a, 2 AS name_b").replace(b"name_b", b"NAME_A")
    assert sheet(data).header == ("name_a", "NAME_A")
    assert sheet(data).cells == (("1",), ("2",))


def test_titles_with_quotes_in_them() -> None:
    assert sheet(parquet("""SELECT 1 AS "say ""x""; --", 2 AS "it's" """)).header == ('say "x"; --', "it's")


SEALED = parquet(
    "SELECT 1 AS x",
    "SET force_mbedtls_unsafe = 'true'",
    "PRAGMA add_parquet_key('key', '0123456789112345')",
    options=", ENCRYPTION_CONFIG {footer_key: 'key'}",
)
GOOD = parquet(RUNS)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"model,n\n1,2\n", "it does not begin as Parquet does"),
        (b"PAR1", "its end is missing"),
        (b"PAR1PAR1", "its end is missing"),
        (b"PAR1\0\0\0\0PAR1", ""),
        (GOOD[:-1], "its end is missing"),
        (GOOD[:100], "its end is missing"),
        (GOOD[4:], "it does not begin as Parquet does"),
        (b"PAR1" + GOOD[-60:], "is cut off"),
        (GOOD[:-8] + b"\xff\xff\xff\x7fPAR1", "is cut off"),
        (GOOD[:-8] + b"\0\0\0\0PAR1", ""),
        (SEALED, "is encrypted, so nobody can check it"),
        (
            parquet("SELECT 'wxyz' AS t", options=", COMPRESSION uncompressed").replace(
                b"wxyz", b"w\xff\xfez"
            ),
            "UTF-8",
        ),
    ],
)
def test_what_is_no_plain_whole_file_is_one_mistake(data: bytes, said: str) -> None:
    found = problem(data)
    assert found.code == "E-PARQUET"
    assert said in found.message
    assert "://" not in found.message


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_is_a_table_or_a_mistake(seed: int) -> None:
    """Forty files a seed, damaged in one to four places, half of them in the part that describes the file."""
    rng, codes = random.Random(seed), set[str]()
    good = parquet(
        "SELECT i, i / 7 AS f, 'm' || (i % 3) AS s, i % 2 = 0 AS b, DATE '2026-01-01' + i::INTEGER AS d, "
        "(i / 4)::DECIMAL(9, 2) AS e, [i] AS l FROM range(40) t(i)",
        options=f", COMPRESSION {('snappy', 'uncompressed', 'zstd')[seed % 3]}",
    )
    footer = int.from_bytes(good[-8:-4], "little") + 8
    for _ in range(40):
        data = bytearray(good)
        for _ in range(rng.randint(1, 4)):
            at = (
                rng.randrange(len(data))
                if rng.random() < 0.5
                else max(0, len(data) - 1 - rng.randrange(footer))
            )
            data[at : at + rng.choice((0, 1, 1, 1, 5))] = rng.randbytes(rng.choice((0, 1, 1, 1, 5)))
        try:
            found = sheet(bytes(data))
        except Mistake as mistake:
            codes.add(mistake.problem.code)
            continue
        assert {len(column) for column in found.cells} <= {len(found)}
        assert len(found.cells) == len(found.header) == len(found.natives)
        for cell in (cell for column in found.cells for cell in column if cell is not None):
            cell.encode()
    assert "E-PARQUET" in codes <= {"E-PARQUET", "E-SIZE", "E-HEADER"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT 0 AS x FROM range(30_000_000)", "30,000,000 cells"),
        (f"SELECT {', '.join(f'1 AS c{n}' for n in range(2500))}", "2,500 columns"),
        ("SELECT repeat('x', 500_000) AS x FROM range(1000)", "bytes of text|bytes, unpacked"),
    ],
)
def test_a_file_that_unpacks_to_more_than_is_read_is_refused(query: str, said: str) -> None:
    data = parquet(query, options=", COMPRESSION zstd")
    assert len(data) < 1_000_000
    found = problem(data)
    assert found.code == "E-SIZE"
    with pytest.raises(Mistake, match=said):
        sheet(data)


def test_a_place_inside_and_another_encoding_are_refused() -> None:
    assert problem(GOOD, inside="x").code == "E-PLACE"
    assert problem(GOOD, Options(encoding="latin-1")).code == "E-OPTION"


def test_the_bytes_are_read_and_nothing_else(tmp_path: Path) -> None:
    """The file is not there any more when its bytes are read."""
    assert not (tmp_path / "evidence/a.parquet").exists()
    assert len(sheet(GOOD)) == 3
