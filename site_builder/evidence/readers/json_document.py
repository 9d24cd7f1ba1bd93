"""JSON: the objects at a place as rows, numbers with the digits they were typed with."""

from __future__ import annotations

from site_builder.evidence import nested
from site_builder.evidence.decoding import decode
from site_builder.evidence.json_text import loads
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader
from site_builder.evidence.selection import places, select
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake


def read(source: SourceFile, inside: str, options: Options) -> Sheet:
    """The values at a JSONPath such as ``$.results[*]`` as rows; without one, the whole document."""
    root = loads(decode(source, options), source.path)
    nodes = select(root, inside, source.path) if inside else [root]
    return nested.rows(nodes, is_chosen=bool(inside), options=options, path=source.path)


def lists(source: SourceFile, options: Options) -> tuple[str, ...]:
    """The lists and objects near the top."""
    try:
        return places(loads(decode(source, options), source.path))
    except Mistake:
        return ()


READER = Reader(
    name="json",
    title="JSON",
    suffixes=(".json",),
    read=read,
    lists=lists,
    options=("names",),
)
