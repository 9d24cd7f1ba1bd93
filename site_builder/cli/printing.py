"""What the terminal, a pipe and GitHub are told: the only place that prints."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.problems import visible
from site_builder.verdicts.other_readings import sentence
from site_builder.verdicts.verdict import WORST_FIRST

if TYPE_CHECKING:  # a run that changes nothing finds nothing out
    from site_builder.outcome import Outcome, Progress
    from site_builder.verdicts.decision import CellUse, Decision, NumberJson, Step, Verdict

_COLOURS = {
    "validated": "green", "corrected": "yellow", "refuted": "red", "undetermined": "blue", "broken": "magenta",
}  # fmt: skip
_GITHUB_LEVELS = {"broken": "error", "refuted": "error", "corrected": "warning", "undetermined": "notice"}


_record: list[tuple[str, bool]] | None = None


def say(text: str = "", *, to_stderr: bool = False) -> None:
    """One line to standard output, or to where errors go."""
    if _record is None:
        click.echo(text, err=to_stderr)
    else:
        _record.append((text, to_stderr))


@contextmanager
def recorded() -> Iterator[list[tuple[str, bool]]]:
    """What is said inside is not printed; lines, and whether each goes to where errors go, to be said later."""
    global _record
    before, _record = _record, []
    try:
        yield _record
    finally:
        _record = before


def again(known: dict[str, Any]) -> int:
    """Say what was recorded, and give the exit code that goes with it."""
    for text, to_stderr in known["told"]:
        say(text, to_stderr=to_stderr)
    return int(known["code"])


def lines(texts: Iterable[str]) -> None:
    """Lines that belong together, and an empty one after them."""
    told = "\n".join(visible(text) for text in texts)
    if told:
        say(told + "\n")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows as CSV; a cell that a spreadsheet would run as a formula is defused."""
    from site_builder.outputs.downloads import csv_bytes

    click.echo(csv_bytes(header, rows), nl=False)


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda verb, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        tasks: dict[str, object] = {}

        def tell(verb: str, done: int, total: int) -> None:
            if verb not in tasks:
                tasks[verb] = bar.add_task(verb, total=total)
            bar.update(tasks[verb], completed=done, total=total)  # type: ignore[arg-type]

        yield tell


def summary(decisions: Sequence[Decision]) -> str:
    """The counts in words: ``81 claims: 40 validated, 2 refuted``."""
    counts = Counter(d["verdict"] for d in decisions)
    parts = [f"{counts[v]} {v}" for v in reversed(WORST_FIRST) if counts[v]]
    return f"{len(decisions)} {'claim' if len(decisions) == 1 else 'claims'}: {', '.join(parts) or 'none'}"


def findings(outcome: Outcome, *, verdicts: Sequence[Verdict]) -> None:
    """Every problem, and the claims of these verdicts with their reasons, in the order given."""
    problems(outcome)
    for verdict in verdicts:
        for decision in outcome.decisions:
            if decision["verdict"] == verdict:
                _finding(decision)
    _bugs(outcome)


def broken_aside(outcome: Outcome) -> None:
    """What is broken, beside an output that another program reads."""
    problems(outcome, to_stderr=True)
    for decision in outcome.decisions:
        for found in decision["problems"]:
            say(found["text"], to_stderr=True)
    _bugs(outcome)


def problems(outcome: Outcome, *, to_stderr: bool = False) -> None:
    """Every problem that belongs to no claim: of reports, file names and settings."""
    for problem in outcome.problems:
        say(problem.render() + "\n", to_stderr=to_stderr)


def warnings(outcome: Outcome, *, every: bool) -> None:
    """Numbers typed by hand and bound to nothing: each of them, or how many there are and where the first stands."""
    told = [warning["text"] for decision in outcome.decisions for warning in decision["warnings"]]
    told += [warning.render() for warning in outcome.warnings]
    if every:
        lines(told)
    elif told:
        first = told[0].splitlines()[0].partition("  ")[0]
        noun = "number is" if len(told) == 1 else "numbers are"
        say(
            f"{len(told)} {noun} typed by hand into prose and bound to nothing, the first at {first}; -v lists them"
        )


def _finding(decision: Decision) -> None:
    verdict = decision["verdict"]
    label = click.style(f"{verdict:<13}", fg=_COLOURS[verdict], bold=True)
    say(f"{label} {visible(decision['id'])}")
    if verdict == "broken":
        for problem in decision["problems"]:
            say(_indented(problem["text"], 4))
        return
    word = f"{decision['reason']}: " if decision["reason"] else ""
    say(f"    {visible(word + decision['why'])}")
    for said in filter(None, map(sentence, decision["numbers"])):
        say(visible(f"    {said}"))
    for note in dict.fromkeys(note for evidence in decision["evidence"] for note in evidence["notes"]):
        say(visible(f"    note: {note}"))


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


def _bugs(outcome: Outcome) -> None:
    for claim_id, trace in outcome.bugs.items():
        say(f"a bug in the tool, met while judging {claim_id}:\n{trace}", to_stderr=True)


def github(outcome: Outcome) -> None:
    """Annotations that GitHub shows beside the lines of a change."""
    for problem in outcome.problems:
        place = problem.place
        _annotation(
            "error", problem.code, problem.render(), place.path if place else "", place.line if place else 0
        )
    for decision in outcome.decisions:
        level = _GITHUB_LEVELS.get(decision["verdict"])
        if level is None:
            continue
        if decision["problems"]:
            for found in decision["problems"]:
                _annotation(
                    level, found["code"], found["text"], found["path"] or decision["path"], found["line"] or 0
                )
        else:
            text = f"{decision['id']}: {decision['why']}"
            _annotation(level, decision["verdict"], text, decision["path"], 1)


def _annotation(level: str, title: str, text: str, path: str, line: int) -> None:
    """One workflow command; what strangers wrote cannot start another."""
    where = [f"title={_property(title)}"]
    where += [f"file={_property(path)}"] if path else []
    where += [f"line={line}"] if line else []
    message = visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    say(f"::{level} {','.join(where)}::{message}")


def _property(text: str) -> str:
    escapes = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
    return "".join(escapes.get(c, c) for c in visible(text))


def explanation(decision: Decision) -> None:
    """One claim's arithmetic, step by step, with the cells each value came from."""
    verdict = decision["verdict"]
    say(click.style(visible(decision["title"]), bold=True))
    say(f"{click.style(verdict, fg=_COLOURS[verdict], bold=True)}: {visible(decision['why'])}")
    for problem in decision["problems"]:
        say("\n" + problem["text"])
    parts = [("", decision["assertions"], decision["numbers"])]
    if decision["correction"] is not None:
        fix = decision["correction"]
        parts.append((f"correction ({fix['outcome']}: {fix['detail']})", fix["assertions"], fix["numbers"]))
    for heading, assertions, numbers in parts:
        if heading:
            say(f"\n{click.style(visible(heading), bold=True)}")
        for number in numbers:
            detail = f"; {number['detail']}" if number["detail"] else ""
            outcome = number["outcome"] + (f" ({number['reason']})" if number["reason"] else "")
            say(
                visible(
                    f"\n{number['name']}: stated {number['stated']}, computed {number['shown']}: {outcome}{detail}"
                )
            )
            _steps(number["steps"])
            _readings(number)
            _cells(number["cells"])
        for assertion in assertions:
            outcome = assertion["outcome"] + (f" ({assertion['reason']})" if assertion["reason"] else "")
            detail = f"; {assertion['detail']}" if assertion["detail"] else ""
            say(visible(f"\nassertion {assertion['expression']}: {outcome}{detail}"))
            _steps(assertion["steps"])
            _cells(assertion["cells"])
    _evidence(decision)


def _readings(number: NumberJson) -> None:
    """The other readings of the same two numbers, one a line, where the stated figure is one of them."""
    for one in number["readings"]:
        mark = f": {number['stated']} would be met" if one["meets"] else ""
        say(visible(f"    as the {one['name']}: {one['formula']} = {one['shown']}{mark}"))


def _steps(steps: list[Step]) -> None:
    for step in steps:
        name = f"{step['name']} = " if step["name"] else ""
        say(visible(f"    {name}{step['expression']}"))
        for filled in step["filled"]:
            say(visible(f"    {' ' * max(0, len(name) - 2)}= {filled}"))
        if step["value"] != step["expression"]:
            say(visible(f"    {' ' * max(0, len(name) - 2)}= {step['value']}"))


def _cells(cells: list[CellUse]) -> None:
    for use in cells:
        role = "" if use["role"] == "value" else " (to choose rows)"
        say(visible(f"      from {use['evidence']}.{use['column']}, {_rows(use)}{role}"))


def _rows(use: CellUse) -> str:
    """Rows as ranges: ``rows 1-4, 7``."""
    ranges: list[list[int]] = []
    for row in use["rows"]:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in ranges[:12]]
    more = f" … ({use['count']:,} in all)" if len(ranges) > 12 or use["count"] > len(use["rows"]) else ""
    return f"{'row' if use['count'] == 1 else 'rows'} {', '.join(shown)}{more}"


def _evidence(decision: Decision) -> None:
    if decision["evidence"]:
        say("\nevidence")
    for evidence in decision["evidence"]:
        inside = f"#{evidence['inside']}" if evidence["inside"] else ""
        kind = f", {evidence['kind']}" if evidence["kind"] else ""
        where = f"{evidence['path']}{inside}, {evidence['rows']} rows{kind}"
        say(visible(f"    {evidence['name']}: {where}, sha256 {evidence['sha256']}"))
        for line in evidence["query"].strip().splitlines():
            say(visible(f"      | {line}"))
        for note in evidence["notes"]:
            say(visible(f"      note: {note}"))


def relative(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
