"""The whole map of provenance: one row for each cell that each part of each claim rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.verdicts.decision import AssertionJson, CellUse, Decision, EvidenceJson, NumberJson

HEADER = ("claim", "verdict", "part", "outcome", "evidence", "place", "column", "row", "role")


def cell_map(decisions: Iterable[Decision]) -> Iterator[tuple[str, ...]]:
    """Rows of texts under `HEADER`; data rows are counted from 1.

    Where a part rests on more cells of a column than are listed, a last row says how many more, as ``+998000``.
    """
    for decision in decisions:
        evidence = {one["name"]: one for one in decision["evidence"]}
        for name, part in _parts(decision):
            for use in part["cells"]:
                yield from _rows(decision, name, part["outcome"], use, evidence.get(use["evidence"]))


def _parts(decision: Decision) -> Iterator[tuple[str, AssertionJson | NumberJson]]:
    yield from ((number["name"], number) for number in decision["numbers"])
    yield from ((f"assertion {i}", one) for i, one in enumerate(decision["assertions"], 1))
    correction = decision["correction"]
    if correction is not None:
        yield from ((f"correction {number['name']}", number) for number in correction["numbers"])
        yield from ((f"correction assertion {i}", one) for i, one in enumerate(correction["assertions"], 1))


def _rows(
    decision: Decision, part: str, outcome: str, use: CellUse, evidence: EvidenceJson | None
) -> Iterator[tuple[str, ...]]:
    path, inside = (evidence["path"], evidence["inside"]) if evidence else (use["evidence"], "")
    start = (decision["id"], decision["verdict"], part, outcome, path, inside, use["column"])
    yield from ((*start, str(row), use["role"]) for row in use["rows"])
    if use["count"] > len(use["rows"]):
        yield (*start, f"+{use['count'] - len(use['rows'])}", use["role"])
