"""Where the time of a run went: by verb, and by claim."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timing:
    """Seconds. `verbs` are waited for; `judging` is processor time by what a claim's judging did, `claims` in all."""

    verbs: dict[str, float] = field(default_factory=dict)
    judging: dict[str, float] = field(default_factory=dict)
    claims: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def verb(self, name: str) -> Iterator[None]:
        """Count what happens inside under a verb."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.verbs[name] = self.verbs.get(name, 0.0) + time.perf_counter() - start

    def judged(self, claim_id: str, seconds: Mapping[str, float]) -> None:
        """Count what judging a claim took."""
        self.claims[claim_id] = sum(seconds.values())
        for name, took in seconds.items():
            self.judging[name] = self.judging.get(name, 0.0) + took

    def slowest(self, count: int) -> list[tuple[str, float]]:
        """The claims that took longest, longest first."""
        return sorted(self.claims.items(), key=lambda pair: (-pair[1], pair[0]))[:count]
