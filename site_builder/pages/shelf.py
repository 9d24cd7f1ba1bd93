"""The shelf: every piece of evidence that has a page, found by what a claim says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.pages.addresses import slugs
from site_builder.verdicts.decision import EvidenceJson, SheetJson

Spot = tuple[str, str]
"""A path and the place inside the file."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sheets by path and place, and the name of each one's page, by its key."""

    by_spot: Mapping[Spot, tuple[SheetJson, ...]]
    slugs: Mapping[str, str]

    def sheet_of(self, evidence: EvidenceJson) -> SheetJson | None:
        """The sheet that a claim's evidence shows: one file may be read in several ways, so columns decide."""
        sheets = self.by_spot.get((evidence["path"], evidence["inside"]), ())
        columns = [column["name"] for column in evidence["columns"]]
        alike = [sheet for sheet in sheets if [column["name"] for column in sheet["columns"]] == columns]
        return next(iter((*alike, *sheets)), None)

    def page_of(self, sheet: SheetJson) -> str:
        """The path of a sheet's page."""
        return f"evidence/{self.slugs[sheet['key']]}.html"

    def download_of(self, sheet: SheetJson) -> str:
        """The path of the table that the page shows, as CSV."""
        return f"evidence/{self.slugs[sheet['key']]}.csv"


def shelf(sheets: Sequence[SheetJson]) -> Shelf:
    """A shelf of these sheets; a page's name follows from its path and place, and from nothing else."""
    by_spot: dict[Spot, tuple[SheetJson, ...]] = {}
    for sheet in sheets:
        spot = (sheet["path"], sheet["inside"])
        by_spot[spot] = (*by_spot.get(spot, ()), sheet)
    names = {sheet["key"]: label(sheet["path"], sheet["inside"]) for sheet in sheets}
    counts = Counter(names.values())
    texts = {key: f"{name} {key}" if counts[name] > 1 else name for key, name in names.items()}
    by_text = slugs(texts.values())
    return Shelf(by_spot, {key: by_text[text] for key, text in texts.items()})


def label(path: str, inside: str) -> str:
    """A piece of evidence as authors write it: ``amd/runs.md#finding-2``, without the folder of all evidence."""
    return path.removeprefix("evidence/") + (f"#{inside}" if inside else "")
