"""A build in memory, and the mistakes that stand in its way: the one place where the preview calls the pipeline."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.cache.store import MemoryStore
from site_builder.outcome import Outcome
from site_builder.outputs.making import made
from site_builder.outputs.output import Output
from site_builder.pipeline import Options, check, site_outputs
from site_builder.problems import Mistake, Problem
from site_builder.project import open_project
from site_builder.verdicts.seat import Spares

Rebuild = Callable[[], "Build"]


@dataclass(frozen=True, slots=True)
class Build:
    """One build: path → bytes of the site, the mistakes as they are shown, and the files that they are in.

    `files` is empty and `outcome` None when a mistake left nothing to serve. A claim that is merely refuted is no
    mistake. `trace` is of a bug in the tool.
    """

    files: Mapping[str, bytes]
    mistakes: tuple[str, ...] = ()
    faulty: frozenset[str] = frozenset()
    outcome: Outcome | None = None
    trace: str = ""

    def replaces(self, served: Build) -> bool:
        """Whether it is served from now on: it has files, and no file that was well before has a mistake."""
        return bool(self.files) and (not served.files or self.faulty <= served.faulty)


NOTHING = Build({})


class Workshop:
    """Builds a project in memory again and again: what is made from the same is not made again."""

    def __init__(self, root: Path, options: Options) -> None:
        self._root = root
        self._spares = Spares(root, sheets=True)
        self._options = replace(options, store=MemoryStore(), spares=self._spares)
        self._made: dict[str, tuple[str, bytes]] = {}

    def rebuild(self) -> Build:
        """The project as it is now, its settings read anew."""
        try:
            outcome, files = self._current()
        except Mistake as mistake:
            problem = mistake.problem
            return Build({}, (problem.render(),), frozenset([problem.place.path if problem.place else ""]))
        except Exception:
            # The author goes on writing, and what comes next may well be built.
            problem = Problem(
                "E-BUG", "a bug in the tool, not in what you wrote", None, "its trace is in the terminal"
            )
            return Build({}, (problem.render(),), frozenset([""]), None, traceback.format_exc())
        finally:
            self._spares.prepare(1)
        return _build(outcome, files)

    def close(self) -> None:
        """End the processes that wait for work."""
        self._spares.close()

    def _current(self) -> tuple[Outcome, dict[str, bytes]]:
        project = open_project(self._root)
        outcome = check(project, self._options, sheets=True)
        outputs = list(site_outputs(project, outcome, self._options))
        stale = [output for output in outputs if self._made.get(output.path, ("",))[0] != output.key]
        workers = 1 if threading.active_count() > 1 else None  # a fork would copy what other threads hold
        fresh = {path: (key, data) for path, key, data in made(stale, _kept, workers=workers)}
        self._made = {output.path: fresh.get(output.path) or self._made[output.path] for output in outputs}
        return outcome, {path: data for path, (_, data) in self._made.items()}


def _kept(output: Output, data: bytes) -> tuple[str, str, bytes]:
    return output.path, output.key, data


def _build(outcome: Outcome, files: Mapping[str, bytes]) -> Build:
    """A build, and the mistakes in what was found out."""
    broken = [decision for decision in outcome.decisions if decision["verdict"] == "broken"]
    mistakes = [
        *(problem.render() for problem in outcome.problems),
        *(problem["text"] for decision in broken for problem in decision["problems"]),
    ]
    faulty = [
        *(problem.place.path if problem.place else "" for problem in outcome.problems),
        *(decision["path"] for decision in broken),
    ]
    return Build(files, tuple(dict.fromkeys(mistakes)), frozenset(faulty), outcome)
