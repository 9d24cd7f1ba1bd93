from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.plots.data import data_csv
from tests.plots.plotted import axis, cells, plot, point, series


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_points_are_rows_under_the_titles_of_the_axes() -> None:
    figure = plot("line", series("", point(1, 2.5), point(2, None)), x=axis("Step"), y=axis("Accuracy", "%"))
    assert data_csv(figure) == "Step,Accuracy (%)\n1,2.5\n2,\n"


def test_series_have_a_column_where_they_have_names() -> None:
    figure = plot("line", series("a", point(1, 2)), series("b", point(1, 3)))
    assert rows(data_csv(figure)) == [["series", "x", "y"], ["a", "1", "2"], ["b", "1", "3"]]


def test_bounds_and_labels_have_columns_where_there_are_any() -> None:
    figure = plot("line", series("", point(1, 5, y_low=4.0, censored="high", label="best")))
    assert rows(data_csv(figure)) == [
        ["x", "y", "y, low", "unbounded on the side", "label"],
        ["1", "5", "4", "high", "best"],
    ]


def test_cells_have_their_value() -> None:
    figure = cells([[1.5]])
    figure["value_label"] = "Accuracy"
    assert rows(data_csv(figure)) == [["x", "y", "Accuracy"], ["a", "r0", "1.5"]]


def test_numbers_are_written_in_full() -> None:
    figure = plot("line", series("", point(0.1 + 0.2, 1e300), point(-3.0, 1234567.0)))
    assert rows(data_csv(figure))[1:] == [["0.30000000000000004", "1e+300"], ["-3", "1234567"]]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "-1+cmd|'/C calc'!A0"],  # noqa: RUF001
)
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    figure = plot("bar", series(text, point(text, 1.0, label=text)), x=axis(text + "!"))
    written = [cell for row in rows(data_csv(figure)) for cell in row if text.strip() in cell]
    assert len(written) == 4
    assert all(cell.startswith("'") for cell in written)


def test_a_number_in_words_is_no_formula() -> None:
    assert rows(data_csv(plot("bar", series("", point("-5", 1.0)))))[1] == ["-5", "1"]


def test_a_separator_in_a_text_does_not_split_it() -> None:
    assert '"x;=1"' in data_csv(plot("bar", series("", point("x;=1", 1.0))))


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_every_text_comes_back_with_at_most_a_quote_before_it(texts: list[str]) -> None:
    figure = plot("bar", series("", *(point(text, 1.0) for text in texts)))
    read = [row[0] for row in rows(data_csv(figure))[1:]]
    assert [cell.removeprefix("'") for cell in read] == [text.removeprefix("'") for text in texts]
