"""The problems found in one file so far: all of them up to a limit, then only their count."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.problems import Place, Problem, did_you_mean

LIMIT = 30
"""More problems than this in one file help nobody, and a hostile file could make a hundred thousand."""


class Findings:
    """Collects a file's problems; whoever finds one adds it and goes on reading."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._left_out = 0

    def __bool__(self) -> bool:
        return bool(self._problems)

    def add(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Keep one problem, or count it when the file has too many."""
        self.keep(Problem(code, message, place, hint))

    def keep(self, problem: Problem) -> None:
        """Keep a problem that a `Mistake` carried here, or count it."""
        if len(self._problems) < LIMIT:
            self._problems.append(problem)
        else:
            self._left_out += 1

    def unlike(self, code: str, message: str, place: Place, found: str, known: Iterable[str]) -> None:
        """Keep a problem about a word that is not among the known ones, with the nearest one as the hint."""
        is_kept = len(self._problems) < LIMIT
        self.add(code, message, place, did_you_mean(found[:80], known) if is_kept else "")

    def mention(self, problem: Problem) -> bool:
        """Whether a problem of the same line is known, of which this one may be a mere consequence."""
        line = problem.place and problem.place.line
        return any(known.place is not None and known.place.line == line for known in self._problems)

    def sorted(self) -> tuple[Problem, ...]:
        """The problems in the file's order, and one that counts those left out."""
        problems = sorted(self._problems, key=_position)
        if self._left_out:
            place = problems[0].place
            message = f"and {self._left_out} more problems in this file"
            problems.append(Problem("E-MORE", message, place and Place(place.path), "correct these first"))
        return tuple(problems)


def _position(problem: Problem) -> tuple[int, int]:
    return (problem.place.line, problem.place.column) if problem.place else (0, 0)
