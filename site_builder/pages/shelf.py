"""The shelf: every piece of evidence that has a page, found by what a claim says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.pages.addresses import slugs
from site_builder.verdicts.decision import EvidenceJson, SheetJson


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sheets, the name of each one's page, and the rows that its page shows, by key."""

    by_key: Mapping[str, SheetJson]
    slugs: Mapping[str, str]
    rows: Mapping[str, frozenset[int]]

    def sheet_of(self, evidence: EvidenceJson) -> SheetJson | None:
        """The sheet that a claim's evidence shows; None where it has no page."""
        return self.by_key.get(evidence["key"])

    def page_of(self, sheet: SheetJson) -> str:
        """The path of a sheet's page."""
        return f"evidence/{self.slugs[sheet['key']]}.html"

    def download_of(self, sheet: SheetJson) -> str:
        """The path of the table that the page shows, as CSV."""
        return f"evidence/{self.slugs[sheet['key']]}.csv"


def shelf(sheets: Sequence[SheetJson]) -> Shelf:
    """A shelf of these sheets; a page's name follows from its path and place, and from nothing else."""
    names = {sheet["key"]: label(sheet["path"], sheet["inside"]) for sheet in sheets}
    counts = Counter(names.values())
    texts = {key: f"{name} {key}" if counts[name] > 1 else name for key, name in names.items()}
    by_text = slugs(texts.values())
    return Shelf(
        {sheet["key"]: sheet for sheet in sheets},
        {key: by_text[text] for key, text in texts.items()},
        {sheet["key"]: frozenset(row["row"] for row in sheet["shown"]) for sheet in sheets},
    )


def label(path: str, inside: str) -> str:
    """A piece of evidence as authors write it, relative to the evidence folder: ``amd/runs.md#finding-2``."""
    return path.removeprefix("evidence/") + (f"#{inside}" if inside else "")
