"""Downloads: the tables and plots that pages show, as files under names of ours."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from site_builder.figures import PlotJson
from site_builder.outputs.output import Output
from site_builder.pages.figure import Draw, data_file, drawn_by_plots, image_file
from site_builder.pages.shelf import shelf
from site_builder.pages.site import Site
from site_builder.verdicts.decision import SheetJson
from site_builder.verdicts.digests import digest_of

# What spreadsheets take for a formula, also in full-width characters or behind blanks.
FORMULA = re.compile("\\s*[=+@\\-\uff1d\uff0b\uff0d\uff20]|[\\t\\r\\n]")
NUMBER = re.compile(r"[+-]\d[\d,]*(\.\d+)?(e[+-]?\d+)?%?", re.IGNORECASE | re.ASCII)


def downloads(site: Site, draw: Draw = drawn_by_plots) -> Iterator[Output]:
    """A CSV per evidence page, and a drawing and its data per plot."""
    on = shelf(site.sheets)
    for sheet in site.sheets:
        yield Output(on.download_of(sheet), site.digests.of(sheet), partial(sheet_csv, sheet))
    for decision in site.decisions:
        for plot in decision["plots"]:
            name, key = (decision["id"], plot["name"]), digest_of(plot)
            yield Output(data_file(*name), key, partial(_plot_csv, plot))
            yield Output(image_file(*name), key, partial(_plot_svg, plot, draw))


def sheet_csv(sheet: SheetJson) -> bytes:
    """The rows that the page shows, as read."""
    header = [column["title"] or column["name"] for column in sheet["columns"]]
    return csv_bytes(header, ([cell or "" for cell in row["cells"]] for row in sheet["shown"]))


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV whose cells no spreadsheet runs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(harmless, header))
    writer.writerows(map(harmless, row) for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """A cell with a `'` before what a spreadsheet would run; a signed number is no formula."""
    return "'" + cell if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def _plot_csv(plot: PlotJson) -> bytes:
    from site_builder.plots import data_csv  # only where there is a plot: it brings a drawing library

    return data_csv(plot).encode("utf-8", "replace")


def _plot_svg(plot: PlotJson, draw: Draw) -> bytes:
    return standalone(draw(plot)).encode("utf-8", "replace")


def standalone(drawing: str) -> str:
    """A drawing as a file of its own, which brings the colours that a page would have given it."""
    from site_builder.plots import stylesheet

    opening, bracket, rest = drawing.partition(">")
    return f"{opening}{bracket}<style>{stylesheet()}</style>{rest}"
