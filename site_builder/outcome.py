"""What a run found out and did, between the pipeline and those who tell of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from site_builder.claims.claim import Report
from site_builder.problems import Problem
from site_builder.verdicts.decision import CoverageJson, Decision, SheetJson
from site_builder.verdicts.digests import Digests

Progress = Callable[[str, int, int], None]
"""Told the verb, how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found out.

    `problems` are those that belong to no claim (reports, settings, file names), `warnings` are on reports and break
    nothing; `bugs` are tracebacks by claim id. `coverage` is there when sheets were asked for.
    """

    decisions: tuple[Decision, ...]
    sheets: tuple[SheetJson, ...]
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    bugs: dict[str, str]
    warnings: tuple[Problem, ...] = ()
    coverage: CoverageJson | None = None
    digests: Digests = field(default_factory=Digests, compare=False)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build found out and wrote: files written, unchanged and removed."""

    outcome: Outcome
    written: int
    unchanged: int
    removed: int

    def again(self) -> Built:
        """What the same build would come to when nothing has changed."""
        return replace(self, written=0, unchanged=self.written + self.unchanged, removed=0)
