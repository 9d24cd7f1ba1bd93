"""Parquet: what the file claims to hold is checked first, then its columns are read as the types it gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from site_builder.evidence.duck import FILE, first_line, opened, quoted
from site_builder.evidence.heading import titles
from site_builder.evidence.held import Held, fetched, without_nan
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.sheet import Sheet
from site_builder.files import SIZE_LIMIT, SourceFile
from site_builder.problems import Mistake, Place

if TYPE_CHECKING:  # imported when a file is read
    from duckdb import DuckDBPyConnection

_MAGIC, _SEALED = b"PAR1", b"PARE"
_SHORTEST = 12  # two marks, and the length of what describes the file
_CELL_LIMIT, _COLUMN_LIMIT, _CHUNK_LIMIT, _FOOTER_LIMIT = 10_000_000, 2_000, 50_000, 16_000_000
_MEND = "write the file again with a program that makes Parquet"
_SMALLER = "keep only the rows and columns that are needed"


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """The columns of the file as text, with the kinds that the file gives them.

    Raises Mistake E-PARQUET (not a whole, plain Parquet file), E-SIZE (more than is read), E-HEADER, E-PLACE.
    """
    import duckdb

    if inside:
        message = f"{source.path} is one table and has no places in it"
        raise Mistake("E-PLACE", message, Place(source.path), f"leave out #{inside}")
    if options.encoding and options.encoding.lower().replace("_", "-") not in ("utf-8", "utf8"):
        message = f"{source.path} is Parquet, whose text is UTF-8, not {options.encoding}"
        raise Mistake("E-OPTION", message, Place(source.path), "leave out `encoding`")
    _refuse_other_files(source)
    with opened(source.data) as database:
        try:
            rows = _checked_rows(database, source)
            columns, notes = _columns(database, source, options)
            cells = _cells(database, columns, rows, source)
        except duckdb.OutOfMemoryException:
            raise _too_large(source, "unpacking it takes more memory than there is") from None
        except duckdb.Error as error:
            raise _damaged(source, _reason(error)) from None
    cells, missing = without_nan(columns, cells)
    header = tuple(column.title for column in columns)
    return Sheet(header, cells, None, tuple(column.native for column in columns), False, (*notes, *missing))


def _refuse_other_files(source: SourceFile) -> None:
    """Raises Mistake for what is empty, cut off, encrypted, or something else."""
    data = source.data
    if not data:
        raise _damaged(source, "it is empty")
    if data[-4:] == _SEALED or data[:4] == _SEALED:
        raise _sealed(source)
    if data[:4] != _MAGIC:
        raise _damaged(source, "it does not begin as Parquet does")
    if len(data) < _SHORTEST or data[-4:] != _MAGIC:
        raise _damaged(source, "its end is missing, where what describes the file stands")
    footer = int.from_bytes(data[-8:-4], "little")
    if footer > len(data) - _SHORTEST:
        raise _damaged(source, "what describes the file is cut off")
    if footer > _FOOTER_LIMIT:
        raise _too_large(source, f"what describes it takes {footer / 1e6:,.0f} MB")


def _checked_rows(database: DuckDBPyConnection, source: SourceFile) -> int:
    """The number of rows that the file says it has, if all that it says is small enough to be read."""
    (rows, groups, cipher), *_ = _asked(database, _SAID_OF_FILE)
    if cipher is not None:
        raise _sealed(source)
    ((leaves,),) = _asked(
        database, f"SELECT count(*) FROM parquet_schema('{FILE}') WHERE num_children IS NULL"
    )
    _refuse_more(source, "columns", leaves, _COLUMN_LIMIT)
    _refuse_more(source, f"cells ({rows:,} rows of {leaves:,} columns)", rows * max(1, leaves), _CELL_LIMIT)
    _refuse_more(source, f"row groups of {leaves:,} columns", groups, _CHUNK_LIMIT // max(1, leaves))
    ((size, smallest),) = _asked(database, _SAID_OF_COLUMNS)
    _refuse_more(source, "bytes, unpacked", int(size), SIZE_LIMIT)
    if min(rows, groups, smallest) < 0:
        raise _damaged(source, "it says that it has less than nothing")
    return int(rows)


_SAID_OF_FILE = f"SELECT num_rows, num_row_groups, encryption_algorithm FROM parquet_file_metadata('{FILE}')"
_SAID_OF_COLUMNS = f"""
    SELECT coalesce(sum(total_uncompressed_size), 0), coalesce(min(total_uncompressed_size), 0)
    FROM parquet_metadata('{FILE}')"""


def _refuse_more(source: SourceFile, what: str, count: int, most: int) -> None:
    if count > most:
        raise _too_large(source, f"it has {count:,} {what}, and {most:,} are read")


def _columns(
    database: DuckDBPyConnection, source: SourceFile, options: Options
) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """The file's columns under the titles that it gives them, all different."""
    relation = database.sql(f"SELECT * FROM {_SCAN}")
    named = _top_names(_asked(database, f"SELECT name, num_children FROM parquet_schema('{FILE}')"))
    if len(named) != len(relation.columns):
        raise _damaged(source, "it does not say plainly which columns it has")
    header, notes = titles([named], len(named), options, Place(source.path))
    types = [str(each) for each in relation.types]
    kept = tuple(map(Held, header, relation.columns, types))
    left = ", ".join([column.title for column in kept if column.native == "unread"][:24])
    unread = (f"columns that hold lists, records or bytes are not read: {left}",) if left else ()
    return kept, (*(notes[1:] if options.names else notes), *unread)


_SCAN = (
    f"parquet_scan('{FILE}', binary_as_string = false, hive_partitioning = false, "
    "union_by_name = false, filename = false, file_row_number = false)"
)


def _top_names(schema: Sequence[tuple[str, int | None]]) -> list[str]:
    """The names below the root of a schema that is listed depth first, each with the number of its children."""
    names: list[str] = []
    pending = 0  # how many below the last name are still to come
    for name, children in schema[1:]:
        if pending:
            pending -= 1
        else:
            names.append(name)
        pending += max(0, children or 0)
    return names


def _cells(
    database: DuckDBPyConnection, columns: Sequence[Held], rows: int, source: SourceFile
) -> tuple[Sequence[str | None], ...]:
    texts = [f"coalesce(sum(strlen({quoted(c.name)})), 0)" for c in columns if c.type == "VARCHAR"]
    if texts:  # one long text that stands in every row takes no space in the file
        ((size,),) = _asked(database, f"SELECT {' + '.join(texts)} FROM {_SCAN}")
        _refuse_more(source, "bytes of text", int(size), SIZE_LIMIT)
    if not columns:
        return ()
    cells = fetched(database, columns, _SCAN)
    if len(cells[0]) != rows:
        raise _damaged(source, f"it says that it has {rows:,} rows, and has {len(cells[0]):,}")
    return cells


def _asked(database: DuckDBPyConnection, query: str) -> list[Any]:
    return database.execute(query).fetchall()


def _damaged(source: SourceFile, reason: str) -> Mistake:
    return Mistake(
        "E-PARQUET", f"{source.path} is not a whole Parquet file: {reason}", Place(source.path), _MEND
    )


def _reason(error: Exception) -> str:
    """What DuckDB found wrong, without the name that the bytes have for it."""
    said = first_line(error)
    if "string encoding" in said or "unicode" in said.lower():
        return "it has text that is not UTF-8"
    said = re.sub(rf"""^Failed to read (Parquet )?file ['"]{FILE}['"]: """, "", said)
    return re.sub(rf"""(the )?([Pp]arquet )?(file )?['"]{FILE}['"]""", "it", said).replace(
        "Python file", "it"
    )


def _sealed(source: SourceFile) -> Mistake:
    hint = "keep it as plain Parquet, or as CSV"
    return Mistake(
        "E-PARQUET", f"{source.path} is encrypted, so nobody can check it", Place(source.path), hint
    )


def _too_large(source: SourceFile, reason: str) -> Mistake:
    return Mistake("E-SIZE", f"{source.path} is too large: {reason}", Place(source.path), _SMALLER)


READER = Reader(
    name="parquet",
    title="Parquet",
    suffixes=(".parquet", ".pq"),
    read=read,
    lists=lambda source, options: (),
    options=("names",),
)
