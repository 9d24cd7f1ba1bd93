"""What in a Markdown text is prose and what is code, seen without rendering it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from site_builder.claims.claim import Report, Text
from site_builder.problems import Place

Region = tuple[int, int]

_FENCE = re.compile(r"[ \t>]*+(?:[-*+]|\d{1,9}[.)])?[ \t]*+(?P<mark>`{3,}+|~{3,}+)(?P<info>.*)")
_TICKS = re.compile(r"`++")
_SETEXT = re.compile(r" {0,3}=++[ \t]*+")


def report_text(report: Report) -> Text:
    """A report's body as a `Text` whose offsets lead to the lines of its file."""
    spans, offset = [], 0
    for number, line in enumerate(report.body.split("\n"), 1):
        spans.append((offset, number, 1, line))
        offset += len(line) + 1
    return Text(report.body, Place(report.path, 1, 1, 1, spans[0][3]), tuple(spans))


def code_regions(value: str) -> tuple[Region, ...]:
    """The spans of fenced code blocks and inline code, as sorted pairs of offsets."""
    if "`" not in value and "~~~" not in value:
        return ()
    regions: list[Region] = []
    paragraph = -1
    for start, end, is_prose in _blocks(value):
        if is_prose:
            paragraph = start if paragraph < 0 else paragraph
            continue
        if paragraph >= 0:
            regions += _inline_code(value, paragraph, start)
            paragraph = -1
        if value[start:end].strip():
            regions.append((start, end))
    if paragraph >= 0:
        regions += _inline_code(value, paragraph, len(value))
    return tuple(regions)


def is_within(regions: tuple[Region, ...], offset: int) -> Region | None:
    """The region that holds an offset, if one does."""
    index = bisect_right(regions, offset, key=lambda region: region[0]) - 1
    return regions[index] if index >= 0 and offset < regions[index][1] else None


def first_heading(value: str) -> str:
    """The text of the first level-1 heading, with its markup; empty when there is none."""
    above = ""
    for start, end, is_prose in _blocks(value):
        line = value[start:end] if is_prose else ""
        stripped = line.strip()
        if stripped.startswith(("# ", "#\t")) and len(line) - len(line.lstrip(" ")) < 4:
            return stripped[1:].strip().rstrip("#").strip()
        if above and _SETEXT.fullmatch(line):
            return above
        above = stripped
    return ""


def _blocks(value: str) -> Iterator[tuple[int, int, bool]]:
    """Each line outside fences as (start, end, whether it holds prose); a fenced block as one without."""
    offset, opened, fence = 0, -1, ""
    for line in value.split("\n"):
        end = offset + len(line)
        found = _FENCE.fullmatch(line)
        if opened >= 0:
            if found and found["mark"].startswith(fence) and not found["info"].strip():
                yield opened, end, False
                opened = -1
        elif found and not (found["mark"][0] == "`" and "`" in found["info"]):
            opened, fence = offset, found["mark"]
        else:
            yield offset, end, bool(line.strip())
        offset = end + 1
    if opened >= 0:
        yield opened, len(value), False


def _inline_code(value: str, start: int, end: int) -> Iterator[Region]:
    """Code between two equally long runs of backticks, as far as they stand in one paragraph."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(value, start, end)]
    last = {stop - at: at for at, stop in runs}
    code_end = start
    opener: tuple[int, int] | None = None
    for at, stop in runs:
        if opener is not None:
            if stop - at == opener[1] - opener[0]:
                yield opener[0], stop
                opener, code_end = None, stop
        elif last[stop - at] > at and not _is_escaped(value, at, code_end):
            opener = (at, stop)


def _is_escaped(value: str, offset: int, start: int) -> bool:
    """Whether an odd number of backslashes stands before an offset."""
    at = offset
    while at > start and value[at - 1] == "\\":
        at -= 1
    return (offset - at) % 2 == 1
