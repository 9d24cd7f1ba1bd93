"""The machine-readable twin: `claims.json` holds all that the pages say of every claim."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from site_builder.verdicts.decision import Decision, Verdict

TOOL = "claims"
SCHEMA_VERSION = 1
SCHEMA_FILE = "claims.schema.json"
TWIN_FILE = "claims.json"


class Twin(TypedDict):
    """The whole document: who wrote it, in which version of the schema, how many claims got which verdict."""

    tool: str
    version: str
    schema_version: int
    verdicts: dict[str, int]
    claims: list[Decision]


VERDICT_ORDER: tuple[Verdict, ...] = ("validated", "corrected", "refuted", "undetermined", "broken")


def twin(decisions: Sequence[Decision], version: str) -> Twin:
    """The document as data, its claims sorted by id."""
    counts = Counter(decision["verdict"] for decision in decisions)
    return {
        "tool": TOOL,
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "verdicts": {verdict: counts[verdict] for verdict in VERDICT_ORDER},
        "claims": sorted(decisions, key=lambda decision: (decision["id"], decision["path"])),
    }


def claims_json(decisions: Sequence[Decision], version: str) -> bytes:
    """The document as bytes: UTF-8, keys sorted, the same for the same decisions whatever their order."""
    return json_bytes(twin(decisions, version))


def json_bytes(document: object) -> bytes:
    """JSON with sorted keys, one item a line; NaN and infinity are refused, since JSON has none."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    # A lone surrogate has no UTF-8; as `\udc80` it is valid JSON still.
    return (text + "\n").encode("utf-8", "backslashreplace")
