"""A build in memory, and the mistakes that stand in its way: the one place where the preview calls the pipeline."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.pipeline import Options, Outcome, made
from site_builder.problems import Mistake, Problem
from site_builder.project import open_project

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


def rebuild(root: Path, options: Options) -> Build:
    """The project as it is now, its settings read anew."""
    try:
        outcome, files = made(open_project(root), options)
    except Mistake as mistake:
        problem = mistake.problem
        return Build({}, (problem.render(),), frozenset([problem.place.path if problem.place else ""]))
    except Exception:
        # The author goes on writing, and what comes next may well be built.
        problem = Problem(
            "E-BUG", "a bug in the tool, not in what you wrote", None, "its trace is in the terminal"
        )
        return Build({}, (problem.render(),), frozenset([""]), None, traceback.format_exc())
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
