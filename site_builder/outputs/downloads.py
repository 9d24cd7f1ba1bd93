"""Downloads: the tables and plots that pages show, as files under names of ours."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from site_builder.figures import PlotJson
from site_builder.pages.figure import Draw, data_file, image_file
from site_builder.pages.shelf import shelf
from site_builder.pages.site import Site
from site_builder.verdicts.decision import SheetJson

# What spreadsheets take for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def downloads(site: Site, draw: Draw | None = None) -> dict[str, bytes]:
    """Path → bytes: a CSV per evidence page, and a drawing and its data per plot."""
    on = shelf(site.sheets)
    files = {on.download_of(sheet): sheet_csv(sheet) for sheet in site.sheets}
    if any(decision["plots"] for decision in site.decisions):
        files.update(_plots(site, draw))
    return files


def sheet_csv(sheet: SheetJson) -> bytes:
    """The rows that the page shows, as read."""
    header = [column["title"] or column["name"] for column in sheet["columns"]]
    return csv_bytes(
        header, (["" if cell is None else cell for cell in row["cells"]] for row in sheet["shown"])
    )


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV whose cells no spreadsheet runs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(harmless, header))
    writer.writerows(map(harmless, row) for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """A cell with a `'` before what a spreadsheet would run; a plain negative number is no formula."""
    if cell.startswith(FORMULA) and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    digits = cell[1:].replace(".", "", 1).removesuffix("%")
    return cell[0] in "+-" and digits.isascii() and digits.isdigit()


def _plots(site: Site, draw: Draw | None) -> dict[str, bytes]:
    from site_builder.plots import data_csv
    from site_builder.plots import draw as draw_plot

    files: dict[str, bytes] = {}
    for decision in site.decisions:
        for plot in decision["plots"]:
            files[data_file(decision["id"], plot["name"])] = data_csv(plot).encode("utf-8", "replace")
            drawing = (draw or draw_plot)(plot)
            files[image_file(decision["id"], plot["name"])] = standalone(drawing, plot).encode(
                "utf-8", "replace"
            )
    return files


def standalone(drawing: str, plot: PlotJson) -> str:
    """A drawing as a file of its own, which brings the colours that a page would have given it."""
    from site_builder.plots.colours import stylesheet

    opening, mark, rest = drawing.partition(">")
    if not opening.lstrip().startswith("<svg"):
        return drawing
    return f"{opening}{mark}<style>{stylesheet()}</style>{rest}"
