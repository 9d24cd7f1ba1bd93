"""Tables in HTML."""

from __future__ import annotations

from site_builder.evidence.document import Grid
from site_builder.evidence.html_tables import find_tables


def tables(text: str) -> tuple[Grid, ...]:
    return find_tables(text)[1]


def test_a_table_with_a_header() -> None:
    (found,) = tables("<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>")
    assert found.rows == (("a", "b"), ("1", "2"))
    assert (found.heads, found.lines) == (1, (2, 3))


def test_a_table_that_marks_no_header() -> None:
    (found,) = tables("<table><tr><td>1</td></tr></table>")
    assert found.heads == 0


def test_row_titles_are_no_header() -> None:
    (found,) = tables("<table><tr><th>a<th>b<tr><th>x<td>1</table>")
    assert (found.heads, found.rows) == (1, (("a", "b"), ("x", "1")))


def test_tags_left_open_are_closed() -> None:
    (found,) = tables("<table><tr><td>1<td>2<tr><td>3<td>4")
    assert found.rows == (("1", "2"), ("3", "4"))


def test_text_is_read_as_a_person_reads_it() -> None:
    (found,) = tables(
        "<table><tr><td> <code>a</code>\n  <b>&lt;&nbsp;b</b><br>c <!-- no --></td></tr></table>"
    )
    assert found.rows == (("a < b c",),)


def test_scripts_and_styles_are_no_text() -> None:
    (found,) = tables("<table><tr><td><script>x</script>1<style>y</style></td></tr></table>")
    assert found.rows == (("1",),)


def test_a_cell_over_columns_and_rows_stands_in_each() -> None:
    (found,) = tables(
        "<table><tr><th colspan=2>a</th><th>b</th></tr><tr><td rowspan=2>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>4</td><td>5</td></tr></table>"
    )
    assert found.rows == (("a", "a", "b"), ("1", "2", "3"), ("1", "4", "5"))
    assert found.notes == ("cells over several rows or columns stand in each of them",)


def test_short_rows_are_filled_and_noted() -> None:
    (found,) = tables("<table><tr><td>1<td>2<tr><td>3</table>")
    assert found.rows == (("1", "2"), ("3", ""))
    assert found.notes == ("short rows are filled up with empty cells",)


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    outer, inner = tables("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td></tr></table>")
    assert (outer.rows, inner.rows) == ((("ac",),), (("b",),))


def test_an_id_is_a_name() -> None:
    assert tables("<table id=speed><tr><td>1</table>")[0].names == ("speed",)


def test_an_empty_table_is_none() -> None:
    assert tables("<table></table><table><tr></tr></table>") == ()


def test_headings_have_levels_lines_and_names() -> None:
    headings, _ = find_tables("<h1>A</h1>\n<h2 id=x>B <i>c</i></h2>")
    assert [(h.level, h.title, h.names, h.line) for h in headings] == [
        (1, "A", ("a",), 1),
        (2, "B c", ("x", "b-c"), 2),
    ]


def test_lines_are_counted_from_where_the_text_begins() -> None:
    assert find_tables("\n<table><tr><td>1</table>", 10)[1][0].lines == (11,)


def test_a_cell_cannot_spread_without_end() -> None:
    (found,) = tables("<table>" + "<tr><td colspan=1000 rowspan=1000>x" * 300 + "</table>")
    assert "at most 1,000,000" in found.fault


def test_nonsense_spans_are_one() -> None:
    (found,) = tables("<table><tr><td colspan=-3>a<td colspan=x>b<td rowspan=0>c</table>")
    assert found.rows == (("a", "b", "c"),)
