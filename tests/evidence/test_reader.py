"""All readers together: which there are, and that any bytes are a sheet or a mistake."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.evidence.options import READING, Options
from site_builder.evidence.reader import Reader, built_in
from site_builder.files import SourceFile
from site_builder.problems import Mistake

READERS = built_in()


def test_the_formats() -> None:
    assert sorted(reader.name for reader in READERS) == [
        "csv",
        "html",
        "json",
        "jsonl",
        "markdown",
        "parquet",
        "rst",
        "text",
        "yaml",
    ]


def test_no_two_readers_own_an_ending() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_their_options_are_reading_options() -> None:
    assert {option for reader in READERS for option in reader.options} <= set(READING)


# What each format is made of, parted by ␟.
PIECES: dict[str, str] = {
    "csv": 'a,b\n␟"␟,␟\n␟\r\n␟\r␟;␟\t␟1␟ ␟#␟x,"y\nz"\n␟|',
    "json": '{"a":1}␟{␟}␟[␟]␟"a"␟:␟,␟1␟1.5e9␟null␟true␟NaN␟"\\ud800"␟\n␟"b":␟-Infinity␟"\\u00',
    "jsonl": '{"a":1}\n␟{}␟[1,2]␟3␟"x"␟\n␟\r␟{"a":{"b":2}}\n␟{"a":[1]}\n',
    "yaml": "a: 1\n␟a␟: ␟\n␟- ␟  ␟\"␟'␟[␟]␟{␟}␟,␟1.5␟&x␟*x␟!!int ␟---\n␟<<␟? ␟\t␟~␟null␟- a: 1\n␟|\n",
    "markdown": "a|b\n-|-\n1|2\n␟|x␟-␟\n␟|a␟# ␟`␟*␟\\␟[␟](␟+--+\n␟<table><tr><td>␟<!--␟> ␟- ␟```\n␟&#0;",
    "parquet": "PAR1␟\0\0\0\0␟\x15\0␟\x19␟,␟schema␟PARE␟\x18\x01a␟\x08\0\0\0PAR1",
    "rst": "+--+\n|a |\n␟== ==\na  b\n␟.. list-table::\n   * - a\n␟     - b\n␟.. csv-table::\n␟   :delim: ;;\n␟\n"
    "␟   a,b\n␟T\n=\n␟`␟*␟\\␟::\n␟+==+\n␟+--+--+\n|a |b |\n␟|  +--+\n",
    "html": "<table>␟</table>␟<tr>␟<td>␟<th colspan=3>␟<td rowspan='2'>␟a␟&lt;␟<h2 id=x>␟</h2>␟<!--␟-->␟<script>"
    "␟<a b='␟>",
    "text": "┌─┐\n␟│a│\n␟├─┤\n␟└─┘\n␟+-+\n␟|a|\n␟+-+-+\n␟|a|b|\n␟a␟\n",
}
PLACES = [
    "",
    "1",
    "2",
    "box:1",
    "html:1",
    "$",
    "$.a",
    "$[*]",
    "$..*",
    "a",
    "x:2",
    "$[?@.a==1]",
    ":",
    ":1",
    "t",
]
OPTIONS = [
    Options(),
    Options(header=0),
    Options(header=2),
    Options(names=("a", "b")),
    Options(ragged="pad"),
    Options(delimiter=";", comment="#", skip=1),
    Options(trim=True, quote="none"),
    Options(encoding="latin-1"),
    Options(encoding="utf-16"),
]


def any_bytes(reader: Reader) -> st.SearchStrategy[bytes]:
    """Bytes out of the format's own pieces, out of anything, and out of both."""
    pieces = [piece.encode() for piece in PIECES[reader.name].split("␟")]
    own = st.lists(st.sampled_from(pieces), max_size=30)
    mixed = st.lists(st.sampled_from(pieces) | st.binary(max_size=3), max_size=20)
    return own.map(b"".join) | mixed.map(b"".join) | st.binary(max_size=60)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(st.data(), st.sampled_from(PLACES), st.sampled_from(OPTIONS))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_a_sheet_or_a_mistake(
    reader: Reader, data: st.DataObject, inside: str, options: Options
) -> None:
    source = SourceFile(f"evidence/a{reader.suffixes[0]}", data.draw(any_bytes(reader)), "")
    assert isinstance(reader.lists(source, options), tuple)
    try:
        sheet = reader.read(source, inside, options)
    except Mistake as mistake:
        mistake.problem.render()
        return
    assert len(sheet.cells) == len(sheet.header) == len(sheet.natives)
    assert {len(column) for column in sheet.cells} <= {len(sheet)}
    assert sheet.lines is None or len(sheet.lines) == len(sheet)
    assert len(set(sheet.header)) == len(sheet.header)
    for cell in (cell for column in (sheet.header, *sheet.cells) for cell in column if cell is not None):
        assert type(cell) is str
        cell.encode()


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.section], ids=lambda r: r.name)
@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_section_lies_within_the_file(reader: Reader, data: st.DataObject) -> None:
    source = SourceFile("evidence/a", data.draw(any_bytes(reader)), "")
    section = reader.section
    assert section is not None
    try:
        first, last = section(source, data.draw(st.sampled_from(["a", "t", "x", "T"])), Options())
    except Mistake:
        return
    assert 1 <= first <= last
