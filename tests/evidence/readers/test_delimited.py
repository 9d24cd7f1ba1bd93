"""Separated values."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.evidence.options import Options
from site_builder.evidence.readers.delimited import READER, lists, read
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake, Problem


def source(text: str | bytes, path: str = "evidence/a.csv") -> SourceFile:
    return SourceFile(path, text.encode() if isinstance(text, str) else text, "")


def sheet(text: str | bytes, path: str = "evidence/a.csv", **options: object) -> Sheet:
    return read(source(text, path), "", Options(**options))  # type: ignore[arg-type]


def _lines(found: Sheet) -> list[int]:
    return list(found.lines or ())


def problem(text: str | bytes, path: str = "evidence/a.csv", **options: object) -> Problem:
    with pytest.raises(Mistake) as caught:
        sheet(text, path, **options)
    return caught.value.problem


def test_cells_stay_as_typed() -> None:
    found = sheet("id,value\n007,NA\n1_000, x\n")
    assert found.header == ("id", "value")
    assert found.cells == (("007", "1_000"), ("NA", " x"))


def test_rows_know_their_lines() -> None:
    assert _lines(sheet("a,b\n1,2\n3,4\n")) == [2, 3]


def test_nothing_is_noted_of_a_plain_file() -> None:
    assert sheet("a,b\n1,2\n").notes == ()


def test_numbers_in_a_csv_are_not_typeset() -> None:
    assert not sheet("a\n1\n").typeset


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(end: str) -> None:
    found = sheet(end.join(["a,b", "1,2", "3,4", ""]))
    assert found.cells == (("1", "3"), ("2", "4"))
    assert _lines(found) == [2, 3]


def test_a_byte_order_mark_is_no_part_of_the_title() -> None:
    assert sheet(b"\xef\xbb\xbfa,b\n1,2\n").header == ("a", "b")


def test_quoted_cells_hold_delimiters_quotes_and_line_ends() -> None:
    found = sheet('a,b\n"1,5","say ""hi"""\n"two\nlines",x\n3,y\n')
    assert found.cells == (("1,5", "two\nlines", "3"), ('say "hi"', "x", "y"))
    assert _lines(found) == [2, 3, 5]


def test_a_header_alone_is_a_table_without_rows() -> None:
    found = sheet("a,b\n")
    assert (found.header, len(found)) == (("a", "b"), 0)


def test_an_empty_file_is_a_mistake() -> None:
    assert problem("").message == "evidence/a.csv is empty"


@pytest.mark.parametrize("text", ["\n\n", "  \n", "# only\n"])
def test_a_file_of_nothing_but_blanks_and_comments_is_empty(text: str) -> None:
    assert "is empty" in problem(text, comment="#").message


def test_blank_lines_between_rows_are_noted() -> None:
    found = sheet("a,b\n1,2\n\n \n3,4\n\n")
    assert found.cells == (("1", "3"), ("2", "4"))
    assert _lines(found) == [2, 5]
    assert found.notes == ("2 blank lines passed over",)


def test_a_short_row_says_what_is_missing() -> None:
    found = problem("a,b,c\n1,2,3\n4,5\n")
    assert found.code == "E-CSV"
    assert found.message == "the row at line 3 has 2 cells; the table has 3 columns"
    assert found.hint == "the first cell missing is 'c'; if short rows are meant, declare `ragged: pad`"
    assert found.place is not None
    assert (found.place.path, found.place.line, found.place.text.strip()) == ("evidence/a.csv", 3, "4,5")


def test_a_long_row_is_a_mistake_even_where_short_ones_are_meant() -> None:
    found = problem("a,b\n1,2,3\n", ragged="pad")
    assert found.message == "the row at line 2 has 3 cells; the table has 2 columns"
    assert "quote a cell that holds the delimiter" in found.hint


def test_short_rows_may_be_declared() -> None:
    found = sheet("a,b,c\n1\n4,5\n", ragged="pad")
    assert found.cells == (("1", "4"), ("", "5"), ("", ""))
    assert found.notes == ("2 short rows filled up with empty cells, as declared",)


def test_names_say_the_width_where_the_first_row_is_short() -> None:
    assert sheet("1\n1,2\n", ragged="pad", header=0, names=("a", "b")).cells == (("1", "1"), ("", "2"))


def test_an_unclosed_quote_says_where_it_opens() -> None:
    found = problem('a,b\n1,2\n3,"4\n5,6\n')
    assert found.message == "a quote that opens in the row at line 3 is not closed"


def test_text_after_a_closing_quote_is_a_mistake() -> None:
    found = problem('a,b\n1,"2"x\n')
    assert "after a closing quote comes more text" in found.message
    assert "quote: none" in found.hint


def test_a_very_long_cell_is_a_mistake() -> None:
    assert "131,072 characters" in problem('a\n"' + "x" * 140_000 + '"\n').message


def test_quotes_may_be_plain_characters() -> None:
    assert sheet('a,b\n5",6"\n', quote="none").cells == (('5"',), ('6"',))


def test_another_quote() -> None:
    assert sheet("a,b\n'1,5',2\n", quote="'").cells == (("1,5",), ("2",))


def test_the_quote_may_not_be_the_delimiter() -> None:
    assert problem("a,b\n", quote=",", delimiter=",").code == "E-OPTION"


def test_two_columns_of_one_name_are_a_mistake() -> None:
    assert problem("a,b,a\n1,2,3\n").code == "E-HEADER"


def test_declared_names_settle_it() -> None:
    assert sheet("a,b,a\n1,2,3\n", names=("a", "b", "c")).header == ("a", "b", "c")


def test_a_row_name_column_without_title_is_numbered() -> None:
    assert sheet(",x\nr1,1\n").header == ("column_1", "x")


def test_no_header_row() -> None:
    found = sheet("1,2\n3,4\n", header=0)
    assert (found.header, found.cells) == (("column_1", "column_2"), (("1", "3"), ("2", "4")))
    assert _lines(found) == [1, 2]


def test_names_without_a_header_row() -> None:
    assert sheet("1,2\n", header=0, names=("a", "b")).header == ("a", "b")


def test_the_wrong_number_of_names() -> None:
    assert "the table has 2 columns" in problem("1,2\n", header=0, names=("a",)).message


def test_two_header_rows() -> None:
    found = sheet("id,time,\n,cpu,gpu\n1,2,3\n", header=2)
    assert found.header == ("id", "time cpu", "time gpu")
    assert _lines(found) == [3]


def test_fewer_rows_than_header_rows() -> None:
    assert "fewer than the 2 header rows" in problem("a,b\n", header=2).message


def test_a_header_of_numbers_is_remarked_on() -> None:
    assert "if the file has no header" in sheet("1.5,2,n\n3,4,m\n").notes[0]


def test_lines_before_the_table_are_skipped() -> None:
    found = sheet("made by x\n\na,b\n1,2\n", skip=2)
    assert (found.header, _lines(found)) == (("a", "b"), [4])
    assert found.notes == ("2 declared lines before the table passed over",)


def test_comment_lines_are_left_out_and_counted() -> None:
    found = sheet("# v1\na,b\n# half\n1,2\n", comment="#")
    assert (found.header, found.cells, _lines(found)) == (("a", "b"), (("1",), ("2",)), [4])
    assert found.notes == ("2 comment lines beginning with # passed over",)


def test_a_comment_mark_inside_a_quoted_cell_is_content() -> None:
    assert sheet('a,b\n"x\n#y",2\n', comment="#").cells == (("x\n#y",), ("2",))


def test_an_undeclared_comment_is_suspected() -> None:
    assert "comment: '#'" in problem("a,b\n# half time\n1,2\n").hint


DELIMITED = {"semicolon": ";", "tab": "\t", "pipe": "|"}


@pytest.mark.parametrize("name", DELIMITED)
def test_another_delimiter_is_noted(name: str) -> None:
    mark = DELIMITED[name]
    found = sheet(f"a{mark}b\n1,5{mark}2,5\n3{mark}4\n")
    assert found.cells == (("1,5", "3"), ("2,5", "4"))
    assert found.notes == (f"the cells are separated by {name}s, judging by the first rows",)


def test_a_declared_delimiter_is_not_remarked_on() -> None:
    assert sheet("a;b\n1;2\n", delimiter=";").notes == ()


def test_the_ending_decides_where_it_can() -> None:
    assert sheet("a;b,c\n1;2,3\n").header == ("a;b", "c")


def test_tabs_in_a_tsv() -> None:
    found = sheet("a\tb\n1,5\t2\n", "evidence/a.tsv")
    assert (found.cells, found.notes) == ((("1,5",), ("2",)), ())


def test_commas_in_a_tsv_are_noted() -> None:
    assert "commas" in sheet("a,b\n1,2\n", "evidence/a.tsv").notes[0]


def test_one_column_has_no_delimiter() -> None:
    assert sheet("a\n1\n2\n").cells == (("1", "2"),)


def test_alignment_is_left_out_and_noted() -> None:
    found = sheet("n-body ; 72.5 ;  1\nfasta ; 8.25 ; 2\n", header=0, names=("name", "j", "s"))
    assert found.cells == (("n-body", "fasta"), ("72.5", "8.25"), ("1", "2"))
    assert "spaces around the cells of name, j, s are left out" in found.notes


def test_a_space_in_some_cells_is_content() -> None:
    assert sheet("a\nx \ny\n").cells == (("x ", "y"),)


def test_a_column_of_empty_cells_is_not_aligned() -> None:
    assert sheet("a,b\n1,\n2,\n").notes == ()


def test_spaces_may_be_declared_away() -> None:
    assert sheet("a,b\nx ,1\ny,2\n", trim=True).cells == (("x", "y"), ("1", "2"))


def test_latin1_has_to_be_declared() -> None:
    assert problem(b"a\ncaf\xe9\n").code == "E-ENCODING"
    assert sheet(b"a\ncaf\xe9\n", encoding="latin-1").cells == (("café",),)


def test_there_are_no_places_in_it() -> None:
    with pytest.raises(Mistake, match="no places in it"):
        read(source("a\n1\n"), "results", Options())
    assert lists(source("a\n1\n"), Options()) == ()


def test_it_reads_these_endings() -> None:
    assert READER.suffixes == (".csv", ".tsv", ".tab")


_CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=8)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width))))
def test_what_a_csv_writer_writes_comes_back(rows: list[list[str]]) -> None:
    width = len(rows[0]) if rows else 1
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerows([[f"c{n}" for n in range(width)], *rows])
    found = sheet(buffer.getvalue())
    expected = tuple(zip(*rows, strict=True)) if rows else ((),) * width
    is_aligned = any("spaces around" in note for note in found.notes)
    assert found.cells == expected or is_aligned


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1))
def test_every_row_begins_on_its_line(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["a", "b"], *rows])
    text = buffer.getvalue()
    lines = io.StringIO(text, newline="").readlines()
    found = sheet(text)
    assert found.lines is not None
    assert all(lines[line - 1].startswith('"') for line in found.lines)
