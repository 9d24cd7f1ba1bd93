"""The verdict of a claim: the worst of its parts, with the word and the sentence that say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # commands that find nothing out need only the names of verdicts
    from site_builder.verdicts.decision import AssertionJson, CorrectionJson, NumberJson, Reason, Verdict

WORST_FIRST: tuple[Verdict, ...] = ("broken", "refuted", "corrected", "undetermined", "validated")


def verdict_of(
    assertions: list[AssertionJson],
    numbers: list[NumberJson],
    correction: CorrectionJson | None,
    has_problems: bool,
    awaits: str,
) -> tuple[Verdict, Reason | None, str]:
    """The verdict, the reason when it is undetermined, and a sentence on why."""
    false = [a for a in assertions if a["outcome"] == "false"]
    differing = [n for n in numbers if n["outcome"] == "differs"]
    unsure = [
        *(a for a in assertions if a["outcome"] == "unknown"),
        *(n for n in numbers if n["outcome"] == "undecided"),
    ]
    holds = correction is not None and correction["outcome"] == "holds"
    if has_problems:
        return "broken", None, "the claim could not be evaluated; see the problems below"
    if false and not holds:
        return "refuted", None, _refuted(false, len(assertions)) + _rejected(correction)
    if false or differing:
        return "corrected", None, _corrected(false, differing, holds) + _rejected(correction)
    if awaits:
        return "undetermined", "awaited", f"awaits {awaits}" + _rejected(correction)
    if unsure:
        return (
            "undetermined",
            unsure[0]["reason"],
            (unsure[0]["detail"] or "a part cannot be decided") + _rejected(correction),
        )
    return "validated", None, _validated(assertions, numbers) + _rejected(correction)


def _refuted(false: list[AssertionJson], count: int) -> str:
    first = false[0]
    of = f" ({len(false)} of {count} assertions fail)" if count > 1 else ""
    detail = f": {first['detail']}" if first["detail"] else ""
    return f"the evidence contradicts {first['expression']}{detail}{of}"


def _corrected(false: list[AssertionJson], differing: list[NumberJson], holds: bool) -> str:
    if false and holds:
        return "as stated it fails; its correction holds"
    several = len(differing) > 1
    named = [(f"{n['name']}: " if several else "", n) for n in differing[:3]]
    said = "; ".join(f"{name}stated {n['stated']}, computed {n['shown']}" for name, n in named)
    more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
    return said + more


def _rejected(correction: CorrectionJson | None) -> str:
    return (
        "; its correction is rejected"
        if correction is not None and correction["outcome"] == "rejected"
        else ""
    )


def _validated(assertions: list[AssertionJson], numbers: list[NumberJson]) -> str:
    parts = []
    if assertions:
        pieces = (piece for a in assertions if a["detail"] for piece in a["detail"].split("; "))
        details = "; ".join(dict.fromkeys(pieces))
        held = (
            "the assertion is true" if len(assertions) == 1 else f"all {len(assertions)} assertions are true"
        )
        parts.append(f"{held} ({details})" if details else held)
    if numbers:
        parts.append("the number matches" if len(numbers) == 1 else f"all {len(numbers)} numbers match")
    reads = any(part["cells"] for part in (*assertions, *numbers))
    return " and ".join(parts) + ("" if reads else "; no evidence was read: this is its own arithmetic only")
