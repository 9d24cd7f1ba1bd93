"""Claims that rest on claims: what each is told of those it depends on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from site_builder.problems import Place, Problem, did_you_mean
from site_builder.verdicts.broken import problems_json
from site_builder.verdicts.decision import Decision

_TELLING = ("broken", "refuted", "corrected", "undetermined")


def rested(decisions: Sequence[Decision], known: Collection[str]) -> tuple[Decision, ...]:
    """The decisions, each with the titles and verdicts of the claims it depends on.

    A claim keeps its own verdict, and says what it rests on that does not stand, however far below. Naming a claim
    that is not `known`, or going in a circle, breaks it.
    """
    by_id = {decision["id"]: decision for decision in decisions}
    return tuple(
        _rested(decision, by_id, known) if decision["depends"] else decision for decision in decisions
    )


def _rested(decision: Decision, by_id: Mapping[str, Decision], known: Collection[str]) -> Decision:
    problems = [*_unknown(decision, known), *_circle(decision, by_id)]
    below = [by_id[i] for i in _below(decision, by_id) if i != decision["id"]]
    shaky = [(verdict, d["id"]) for verdict in _TELLING for d in below if d["verdict"] == verdict]
    said = "; ".join(f"rests on {claim_id}, which is {verdict}" for verdict, claim_id in shaky[:4])
    more = f" and {len(shaky) - 4} more" if len(shaky) > 4 else ""
    told = Decision(**decision)
    told["depends"] = [
        {**one, "title": by_id[one["id"]]["title"], "verdict": by_id[one["id"]]["verdict"]}
        if one["id"] in by_id
        else one
        for one in decision["depends"]
    ]
    told["why"] = "; ".join(part for part in (decision["why"], said + more) if part)
    if problems:
        told["verdict"], told["reason"] = "broken", None
        told["problems"] = [*decision["problems"], *problems_json(problems)]
    return told


def _unknown(decision: Decision, known: Collection[str]) -> list[Problem]:
    return [
        Problem(
            "E-ID",
            f"depends on {one['id']!r}, and there is no such claim",
            Place(decision["path"], one["line"], one["column"], len(one["id"]), ""),
            did_you_mean(one["id"], known, "claims: "),
        )
        for one in decision["depends"]
        if one["id"] not in known
    ]


def _circle(decision: Decision, by_id: Mapping[str, Decision]) -> list[Problem]:
    if decision["id"] not in _below(decision, by_id):
        return []
    first = decision["depends"][0]
    place = Place(decision["path"], first["line"], first["column"], len(first["id"]), "")
    return [
        Problem(
            "E-CYCLE", "depends on itself, by way of what it depends on", place, "let one of them stand alone"
        )
    ]


def _below(decision: Decision, by_id: Mapping[str, Decision]) -> list[str]:
    """The ids of everything a claim rests on, nearest first; its own if it goes in a circle."""
    found: dict[str, None] = {}
    pending = [one["id"] for one in decision["depends"]]
    while pending:
        claim_id = pending.pop(0)
        if claim_id in by_id and claim_id not in found:
            found[claim_id] = None
            pending += [one["id"] for one in by_id[claim_id]["depends"]]
    return list(found)
