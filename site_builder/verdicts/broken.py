"""The decision on what could not be judged, and problems as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.problems import Problem
from site_builder.verdicts.decision import Decision, ProblemJson


def broken(claim_id: str, path: str, sha256: str, title: str, problems: Iterable[Problem]) -> Decision:
    """The decision on a claim that could not be read, or that took down what judged it."""
    listed = list(problems)
    count = f"{len(listed)} {'problem' if len(listed) == 1 else 'problems'}"
    return Decision(
        id=claim_id,
        path=path,
        sha256=sha256,
        title=title or claim_id,
        statement="",
        notes="",
        tags=[],
        group=group_of(claim_id),
        source={},
        awaits="",
        verdict="broken",
        reason=None,
        why=f"the claim could not be judged: {count} in {path}",
        assertions=[],
        numbers=[],
        correction=None,
        values={},
        evidence=[],
        tables=[],
        plots=[],
        problems=problems_json(listed),
        warnings=[],
        probe=None,
        depends=[],
    )


def group_of(claim_id: str) -> str:
    """The first folder of an id, empty for a claim that stands in none."""
    return claim_id.partition("/")[0] if "/" in claim_id else ""


def problems_json(problems: Iterable[Problem]) -> list[ProblemJson]:
    """Problems in the order of their places; the one that counts those left out comes last."""
    ordered = sorted(
        problems,
        key=lambda p: (p.code == "E-MORE", *((p.place.line, p.place.column) if p.place else (0, 0))),
    )
    return [p.to_json() for p in ordered]  # type: ignore[misc]
