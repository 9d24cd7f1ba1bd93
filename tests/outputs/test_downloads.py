"""What can be downloaded is what the pages show, and runs nowhere."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

import pytest

from site_builder.outputs.downloads import downloads, harmless, sheet_csv, standalone
from site_builder.plots import draw
from tests.pages import fakes


def test_a_sheet_s_rows_are_its_table() -> None:
    table = list(csv.reader(io.StringIO(sheet_csv(fakes.sheet()).decode())))
    assert table[0] == ["approach", "kind", "Time", "Accuracy", "ROI (%/min)"]
    assert table[4] == ["Training attempt 4", "training", "2.6m", "73.5%", "+0.2"]


def test_a_missing_cell_is_empty() -> None:
    sheet = fakes.sheet(columns=fakes.APPROACH_COLUMNS[:2], shown=fakes.rows([None, "a"]))
    assert sheet_csv(sheet) == b"approach,kind\n,a\n"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd|x", "-cmd|x", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n=1", "＝1+1", "-1+1", "+1|x", "--1"],  # noqa: RUF001
)
def test_a_formula_is_made_text(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-0.5", "+0.2", "+1,000", "-3e-5", "+12%", "", "a=b", "1-2"])
def test_a_number_is_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


def test_every_file_has_a_name_of_ours() -> None:
    names = [output.path for output in downloads(fakes.site())]
    assert all(name.startswith(("evidence/", "plots/")) for name in names)
    assert {name.rpartition(".")[2] for name in names} == {"csv", "svg"}
    assert not any(set(name) & set("<>\"'\\ #?%:*|") or ".." in name for name in names)


def test_a_plot_s_drawing_stands_alone() -> None:
    drawing = ET.fromstring(standalone(draw(fakes.scatter())))
    style = drawing.find("{http://www.w3.org/2000/svg}style")
    assert style is not None
    assert "prefers-color-scheme" in str(style.text)
