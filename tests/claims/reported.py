"""What the check for unbound numbers reports, as values and as spans."""

from __future__ import annotations

from site_builder.claims.claim import Report
from site_builder.claims.prose import report_text
from site_builder.claims.unbound import unbound_numbers

Span = tuple[int, int]


def values(value: str, is_report: bool = False) -> list[str]:
    """The unbound numbers of a text, as they are typed."""
    text = report_text(Report("notes", "claims/notes.md", "", "Notes", value))
    return [number.value for number in unbound_numbers(text, is_report)]


def spans(value: str) -> list[Span]:
    """The spans of the unbound numbers in a report of this text."""
    text = report_text(Report("notes", "claims/notes.md", "", "Notes", value))
    starts = {line: offset for offset, line, _, _ in text.spans}
    found = []
    for number in unbound_numbers(text, is_report=True):
        start = starts[number.place.line] + number.place.column - 1
        found.append((start, start + len(number.value)))
    return found
