"""The machine-readable twin: `claims.json` holds all that the pages say of every claim."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from site_builder.verdicts.decision import CoverageJson, Decision, FirmnessJson, Verdict
from site_builder.verdicts.firmness import firmness_of

TOOL = "claims"
SCHEMA_VERSION = 1
SCHEMA_FILE = "claims.schema.json"
TWIN_FILE = "claims.json"


class Twin(TypedDict):
    """The whole document: who wrote it, in which version of the schema, how many claims got which verdict.

    `firmness` is there when verdicts were probed by small changes, `coverage` when a site is built or it was asked for.
    """

    tool: str
    version: str
    schema_version: int
    verdicts: dict[str, int]
    firmness: FirmnessJson | None
    coverage: CoverageJson | None
    claims: list[Decision]


VERDICT_ORDER: tuple[Verdict, ...] = ("validated", "corrected", "refuted", "undetermined", "broken")


def twin(decisions: Sequence[Decision], version: str, coverage: CoverageJson | None = None) -> Twin:
    """The document as data, its claims sorted by id."""
    ordered = sorted(decisions, key=lambda decision: (decision["id"], decision["path"]))
    counts = Counter(decision["verdict"] for decision in decisions)
    return {
        "tool": TOOL,
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "verdicts": {verdict: counts[verdict] for verdict in VERDICT_ORDER},
        "firmness": firmness_of(ordered),
        "coverage": coverage,
        "claims": ordered,
    }


def claims_json(decisions: Sequence[Decision], version: str, coverage: CoverageJson | None = None) -> bytes:
    """The document as bytes: UTF-8, keys sorted, the same for the same decisions whatever their order."""
    return json_bytes(twin(decisions, version, coverage))


def json_bytes(document: object) -> bytes:
    """JSON with sorted keys, one item a line; NaN and infinity are refused, since JSON has none."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    # A lone surrogate has no UTF-8; as `\udc80` it is valid JSON still.
    return (text + "\n").encode("utf-8", "backslashreplace")
