"""Entries of `evidence:`, short (``runs.csv#place``) and long, checked for kind and spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from site_builder.claims.claim import EvidenceLink, QueryLink, Text
from site_builder.claims.findings import Findings
from site_builder.claims.shapes import (
    Key,
    Keys,
    Shape,
    Spot,
    listed,
    named,
    one_of,
    one_or_more,
    record,
    string,
    text,
    typed,
)
from site_builder.claims.yaml_tree import Entries, Items, Node
from site_builder.problems import Place

COLUMN_TYPES = ("number", "text", "quantity", "reported", "date", "truth")
_QUERY_KEYS = ("query", "tables", "engine")


def links(node: Node, spot: Spot, findings: Findings) -> tuple[EvidenceLink, ...] | None:
    """The entries of `evidence:` in their order."""
    entries: Shape[tuple[tuple[Text, Node], ...]] = named(
        _as_it_is, "evidence: with names and paths below it, such as  runs: folder/runs.csv"
    )
    found = entries(node, spot, findings) or ()
    linked = [_link(name, entry, spot.below(name), findings) for name, entry in found]
    return tuple(entry for entry in linked if entry is not None)


def _as_it_is(node: Node, spot: Spot, findings: Findings) -> Node:
    return node


def _link(name: Text, node: Node, spot: Spot, findings: Findings) -> EvidenceLink | None:
    """The evidence of one name, or None once its problems are reported."""
    if isinstance(node, Entries):
        return _long(name, node, spot, findings)
    if isinstance(node, Items):
        message = f"{spot.subject} must be a path or a mapping, not a list"
        findings.add(
            "E-SHAPE", message, node.place, "several files of one kind are a pattern, such as  runs/*.csv"
        )
        return None
    found = text(node, spot, findings)
    return _linked(name, found, {}, spot, findings) if found else None


def _long(name: Text, node: Entries, spot: Spot, findings: Findings) -> EvidenceLink | None:
    if any(node.get(key) is not None for key in _QUERY_KEYS):
        return _queried(name, node, spot, findings)
    values = _ENTRY(node, spot, findings)
    if values is None or values.get("file") is None:
        return None
    link = _linked(name, values.pop("file"), values, spot, findings)
    return link and replace(link, places={key.value: value.place for key, value in node.pairs})


def _queried(name: Text, node: Entries, spot: Spot, findings: Findings) -> EvidenceLink | None:
    """The evidence that a query makes of its tables."""
    values = _QUERY(node, spot, findings)
    if values is None or not values.get("query") or not values.get("tables"):
        return None
    options = {key: values[key] for key in ("columns", "units", "missing") if values.get(key) is not None}
    query = QueryLink(values["tables"], values.get("engine"))
    return EvidenceLink(name.value, values["query"], "", options, name.place, query=query)


def _tables(node: Node, spot: Spot, findings: Findings) -> tuple[EvidenceLink, ...] | None:
    """The tables of a query: files as in `evidence:`, under names that tell them apart in SQL."""
    found = links(node, spot, findings) or ()
    seen: dict[str, str] = {}
    for link in found:
        place = link.place or spot.place
        if link.query is not None:
            message = f"'{spot.name}.{link.name}' must be a file: a query reads files, not queries"
            findings.add("E-OPTION", message, place, "write both as one query, with WITH")
        if seen.setdefault(link.name.casefold(), link.name) is not link.name:
            message = (
                f"two of '{spot.name}' are called {link.name!r}: SQL takes capital letters for small ones"
            )
            findings.add("E-DUPLICATE", message, place, "give one of them another name")
        if _TABLE_NAME.fullmatch(link.name) is None:
            message = f"'{spot.name}' can't have the name {link.name[:60]!r}: letters, digits and _ only"
            findings.add("E-IDENTIFIER", message, place, "it is what the query calls the table")
    return found


def _linked(
    name: Text, file: Text, values: Mapping[str, Any], spot: Spot, findings: Findings
) -> EvidenceLink | None:
    """The link with its path and the place inside the file taken apart at the first ``#``."""
    path, mark, inside = file.value.strip().partition("#")
    declared = values.get("inside") or ""
    if mark and (declared or not inside):
        message = "the place inside the file is given twice" if declared else "no place is named after the #"
        findings.add(
            "E-OPTION",
            f"{spot.subject}: {message}",
            _mark_place(file),
            "write  file.csv#place  or leave out #",
        )
        return None
    if not path:
        findings.add(
            "E-EMPTY",
            f"{spot.subject} names no file before the #",
            file.place,
            "write  folder/file.csv#place",
        )
        return None
    options = {key: value for key, value in values.items() if key != "inside" and value is not None}
    return EvidenceLink(name.value, _cut(file, path), inside or declared, options, name.place)


def _mark_place(file: Text) -> Place:
    return file.at(file.value.index("#"))


def _cut(file: Text, path: str) -> Text:
    """The path's own text, without the place after it and blanks around it."""
    start = file.at(file.value.index(path), len(path))
    return Text(path, start, ())


def _whole_number(node: Node, spot: Spot, findings: Findings) -> str | None:
    found = string(node, spot, findings)
    if found is None or (found.isascii() and found.isdigit() and len(found) <= 7):
        return found
    message = f"{spot.subject} must be a whole number of lines, not {found[:60]!r}"
    findings.add("E-OPTION", message, node.place, "0 means none")
    return None


def _plain(shape: Shape[Text]) -> Shape[str]:
    def check(node: Node, spot: Spot, findings: Findings) -> str | None:
        found = shape(node, spot, findings)
        return found.value if found else None

    return check


def _texts_by_name(shape: Shape[str], example: str) -> Shape[dict[str, str]]:
    pairs = named(shape, example)

    def check(node: Node, spot: Spot, findings: Findings) -> dict[str, str] | None:
        found = pairs(node, spot, findings)
        return None if found is None else {key.value: value for key, value in found}

    return check


def _missing(node: Node, spot: Spot, findings: Findings) -> tuple[str, ...] | None:
    """One text or several that stand for a missing cell; the empty one may be among them."""
    nodes = node.items if isinstance(node, Items) else (node,)
    found = [item.value if isinstance(item, Text) else string(item, spot, findings) for item in nodes]
    return tuple(value for value in found if value is not None)


def _cell(node: Node, spot: Spot, findings: Findings) -> str | dict[str, str] | None:
    """One pattern for every column, or one for each of the columns named."""
    if isinstance(node, Entries):
        return _texts_by_name(_plain(typed), _CELL_EXAMPLE)(node, spot, findings)
    return _plain(typed)(node, spot, findings)


_CELL_EXAMPLE = "cell: {time: '([0-9.]+) s'}"
KEYS = Keys(
    {
        "file": Key(text, True, "file: folder/file.csv"),
        "inside": Key(string),
        "pattern": Key(_plain(typed)),
        "columns": Key(_texts_by_name(_plain(one_of(COLUMN_TYPES)), "columns: {minutes: number}")),
        "missing": Key(_missing),
        "cell": Key(_cell),
        "units": Key(_texts_by_name(string, "units: {minutes: min}")),
        "format": Key(string),
        "delimiter": Key(_plain(typed)),
        "encoding": Key(string),
        "header": Key(_whole_number),
        "names": Key(listed(_plain(typed), "names: [model, minutes]")),
        "skip": Key(_whole_number),
        "comment": Key(_plain(typed)),
        "decimal": Key(_plain(one_of((",", ".")))),
        "quote": Key(_plain(typed)),
        "ragged": Key(_plain(one_of(("pad",)))),
        "trim": Key(_plain(one_of(("true", "false")))),
        "under": Key(one_or_more(_plain(typed))),
    },
    {
        "path": "file",
        "url": "file",
        "source": "file",
        "at": "inside",
        "place": "inside",
        "sheet": "inside",
        "table": "inside",
        "jsonpath": "inside",
        "regex": "pattern",
        "regexp": "pattern",
        "types": "columns",
        "dtype": "columns",
        "schema": "columns",
        "na": "missing",
        "na_values": "missing",
        "nulls": "missing",
        "null": "missing",
        "sep": "delimiter",
        "separator": "delimiter",
        "charset": "encoding",
        "header_rows": "header",
        "skiprows": "skip",
        "skip_rows": "skip",
        "quotechar": "quote",
        "unit": "units",
        "cells": "cell",
        "strip": "trim",
        "headings": "under",
        "type": "format",
    },
)
_TABLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
QUERY_KEYS = Keys(
    {
        "query": Key(text, True, "query: SELECT model, avg(accuracy) AS accuracy FROM runs GROUP BY model"),
        "tables": Key(_tables, True, "tables: {runs: folder/runs.csv}"),
        "engine": Key(text),
        "columns": KEYS.known["columns"],
        "units": KEYS.known["units"],
        "missing": KEYS.known["missing"],
    },
    {
        "sql": "query",
        "select": "query",
        "from": "tables",
        "table": "tables",
        "file": "tables",
        "files": "tables",
    },
)
_QUERY = record(QUERY_KEYS, "by_model: {query: SELECT …, tables: {runs: folder/runs.csv}}")
_ENTRY = record(KEYS, "runs: {file: folder/file.csv, missing: n/a}")
