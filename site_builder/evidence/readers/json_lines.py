"""JSON Lines: one value a line, blank lines aside."""

from __future__ import annotations

from site_builder.evidence import nested
from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.json_text import loads_lines
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.selection import places, select
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """A row a line; a place is looked for in the list of all lines, such as ``$[?@.seed == 8]``."""
    root = _values(source, options)
    nodes = select(root, inside, source.path) if inside else [root]
    return nested.rows(nodes, is_chosen=bool(inside), options=options, path=source.path)


def lists(source: SourceFile, options: Options) -> tuple[str, ...]:
    """The list of all lines."""
    try:
        return places(_values(source, options))
    except Mistake:
        return ()


def _values(source: SourceFile, options: Options) -> list[object]:
    return loads_lines(split_lines(decode(source, options)), source.path)


READER = Reader(
    name="jsonl",
    title="JSON Lines",
    suffixes=(".jsonl", ".ndjson"),
    read=read,
    lists=lists,
    options=("names",),
)
