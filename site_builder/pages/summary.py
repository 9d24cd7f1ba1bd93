"""Summaries: a claim in one row, counts by verdict, and groups of claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from site_builder.pages.addresses import claim_page, slugs
from site_builder.pages.words import OUTCOMES, REASONS, VERDICTS, Term, counted
from site_builder.verdicts.decision import Decision, NumberJson, Verdict

UNGROUPED = "Other findings"


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """The number that a row shows: as stated, as the evidence gives it, and whether the two agree."""

    name: str
    stated: str
    computed: str
    outcome: Term


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in a summary table.

    `parts` says what was checked where there is no number to show, `caveat` which assertions are not true.
    """

    id: str
    title: str
    target: str
    verdict: Term
    why: str
    number: KeyNumber | None
    parts: str
    caveat: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Claims whose ids start alike; `anchor` is unique on a page, `page` lists them alone (empty: no page does)."""

    title: str
    anchor: str
    claims: tuple[Decision, ...]
    page: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """A row for each of its claims."""
        return tuple(map(row, self.claims))

    @property
    def counts(self) -> tuple[tuple[Term, int], ...]:
        """How many of its claims have each verdict, those that none has left out."""
        found = Counter(decision["verdict"] for decision in self.claims)
        return tuple((term, found[verdict]) for verdict, term in VERDICTS.items() if found[verdict])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims have a verdict, and the page that lists them."""

    verdict: Term
    count: int
    target: str


def row(decision: Decision) -> Row:
    """One claim's row."""
    return Row(
        decision["id"],
        title_of(decision),
        claim_page(decision["id"]),
        VERDICTS[decision["verdict"]],
        why(decision),
        key_number(decision),
        _parts(decision),
        _caveat(decision),
        tuple(decision["tags"]),
    )


def title_of(decision: Decision) -> str:
    """The claim's title, or its id where the title could not be read."""
    return decision["title"].strip() or decision["id"]


def why(decision: Decision) -> str:
    """The sentence that says why the verdict is what it is."""
    if decision["why"]:
        return decision["why"]
    reason = decision["reason"]
    return REASONS[reason] if reason else VERDICTS[decision["verdict"]].meaning


def key_number(decision: Decision) -> KeyNumber | None:
    """The first number that differs, else the first one."""
    numbers = decision["numbers"]
    chosen = next((number for number in numbers if number["outcome"] == "differs"), None)
    chosen = chosen or next(iter(numbers), None)
    if chosen is None:
        return None
    return KeyNumber(chosen["name"], chosen["stated"], shown(chosen), OUTCOMES[chosen["outcome"]])


def shown(number: NumberJson) -> str:
    """A computed value as pages write it, or a dash where there is none."""
    return number["shown"] or "—"


def _parts(decision: Decision) -> str:
    outcomes = Counter(assertion["outcome"] for assertion in decision["assertions"])
    total = sum(outcomes.values())
    if not total:
        return "—"
    return f"{outcomes['true']} of {counted(total, 'assertion')} true"


def _caveat(decision: Decision) -> str:
    """How many assertions are false or unknown, where a number stands in the row and would hide it."""
    outcomes = Counter(assertion["outcome"] for assertion in decision["assertions"])
    total = counted(sum(outcomes.values()), "assertion")
    found = [
        f"{outcomes[outcome]} of {total} {outcome}" for outcome in ("false", "unknown") if outcomes[outcome]
    ]
    return ", ".join(found) if decision["numbers"] else ""


def tallies(decisions: Iterable[Decision]) -> tuple[Tally, ...]:
    """Counts by verdict, in the order best to worst; verdicts that nobody got are left in, as zero."""
    counts = Counter(decision["verdict"] for decision in decisions)
    return tuple(
        Tally(term, counts[verdict], verdict_page(verdict) if counts[verdict] else "")
        for verdict, term in VERDICTS.items()
    )


def verdict_page(verdict: Verdict) -> str:
    """The path of the page that lists the claims with a verdict."""
    return f"verdicts/{verdict}.html"


def groups(decisions: Sequence[Decision]) -> tuple[Group, ...]:
    """The claims by the first part of their ids, in the order of ids; those without a folder come last."""
    by_group: dict[str, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda decision: (not decision["group"], decision["id"])):
        by_group.setdefault(decision["group"], []).append(decision)
    names = slugs(name or UNGROUPED for name in by_group)
    return tuple(
        Group(
            _heading(name, by_group),
            f"group-{names[name or UNGROUPED]}",
            tuple(members),
            f"groups/{names[name or UNGROUPED]}.html",
        )
        for name, members in by_group.items()
    )


def group_title(name: str) -> str:
    """A group's folder name in words."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _heading(name: str, by_group: Mapping[str, object]) -> str:
    """A group's title; claims without a folder are the others, or all there are."""
    if name:
        return group_title(name) or name
    return UNGROUPED if len(by_group) > 1 else "All findings"
