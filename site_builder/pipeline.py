"""The verbs in order: gather, judge (parse, bind, load and judge in killable processes), present, render, write.

`check` is the first two; `made` is all but the last; `build` is all of them with a folder as its end.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from site_builder import __version__
from site_builder.claims.bindings import find_bindings
from site_builder.claims.claim import Report
from site_builder.claims.ids import assign_ids
from site_builder.claims.prose import report_text
from site_builder.claims.reading import read_report
from site_builder.claims.unbound import check_report
from site_builder.pages.references import report_problems
from site_builder.problems import Mistake, Problem, did_you_mean
from site_builder.project import Gathered, Project, gather
from site_builder.verdicts.broken import broken
from site_builder.verdicts.decision import Decision, SheetJson
from site_builder.verdicts.jury import CLAIM_SECONDS, Case, judge_all
from site_builder.verdicts.resting import rested

Progress = Callable[[str, int, int], None]
"""Told the verb, how many are done, and of how many."""


def _silent(verb: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: seconds a claim may take, processes that judge (None: by the number of cores), progress, probes."""

    seconds: float = CLAIM_SECONDS
    jurors: int | None = None
    progress: Progress = _silent
    probes: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found out.

    `problems` are those that belong to no claim (reports, settings, file names), `warnings` are on reports and break
    nothing; `bugs` are tracebacks by claim id.
    """

    decisions: tuple[Decision, ...]
    sheets: tuple[SheetJson, ...]
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    bugs: dict[str, str]
    warnings: tuple[Problem, ...] = ()


def check(
    project: Project, options: Options | None = None, *, sheets: bool = False, only: Collection[str] = ()
) -> Outcome:
    """Gather and judge; nothing is written. `only` names the claims to judge, by id or folder; all of them when empty.

    Raises `Mistake` for an id that no claim has.
    """
    options = options or Options()
    gathered = gather(project)
    ids, id_problems = assign_ids([s.path.removeprefix("claims/") for s in gathered.sources])
    by_path = {p.place.path: p for p in id_problems if p.place}
    _check_ids(only, {i for path, i in ids.items() if not path.endswith(".md")})
    cases, spoiled = _cases(gathered, ids, by_path, only)
    total = len(cases)
    judged = judge_all(
        project.root,
        cases,
        sheets=sheets,
        probes=options.probes,
        seconds=options.seconds,
        jurors=options.jurors,
        on_done=lambda done: options.progress("judging", done, total),
    )
    reports, report_faults = _reports(gathered, ids)
    ordered = sorted((*judged.decisions, *spoiled), key=lambda d: (d["id"], d["path"]))
    decisions = rested(ordered, {i for path, i in ids.items() if not path.endswith(".md")})
    claim_paths = {d["path"] for d in decisions}
    others = [p for path, p in by_path.items() if path not in claim_paths]
    problems = (
        *gathered.problems,
        *others,
        *report_faults,
        *(() if only else report_problems(reports, decisions)),
    )
    warnings = () if only else tuple(warning for report in reports for warning in check_report(report))
    return Outcome(decisions, tuple(judged.sheets.values()), reports, problems, judged.bugs, warnings)


def _check_ids(only: Collection[str], known: Collection[str]) -> None:
    for wanted in only:
        if wanted not in known and not any(claim_id.startswith(f"{wanted}/") for claim_id in known):
            raise Mistake(
                "E-ID", f"there is no claim {wanted!r}", hint=did_you_mean(wanted, known, "claims: ")
            )


def _is_wanted(claim_id: str, only: Collection[str]) -> bool:
    """Whether a claim, or a folder that it stands in, is named."""
    return any(claim_id == wanted or claim_id.startswith(f"{wanted}/") for wanted in only)


def _cases(
    gathered: Gathered, ids: dict[str, str], faulty: dict[str, Problem], only: Collection[str]
) -> tuple[list[Case], list[Decision]]:
    """Claim files to judge, and decisions on those whose name is at fault."""
    cases: list[Case] = []
    spoiled: list[Decision] = []
    for source in gathered.sources:
        claim_id = ids[source.path.removeprefix("claims/")]
        if source.path.endswith(".md") or (only and not _is_wanted(claim_id, only)):
            continue
        if source.path in faulty:
            spoiled.append(broken(claim_id, source.path, source.sha256, "", [faulty[source.path]]))
        else:
            cases.append(Case(claim_id, source.path, source.data, source.sha256))
    return cases, spoiled


def _reports(gathered: Gathered, ids: dict[str, str]) -> tuple[tuple[Report, ...], list[Problem]]:
    reports: list[Report] = []
    problems: list[Problem] = []
    for source in gathered.sources:
        if source.path.endswith(".md"):
            report, found = read_report(source.path, ids[source.path.removeprefix("claims/")], source.data)
            problems += found
            if report is not None:
                reports.append(report)
                problems += find_bindings(report_text(report), is_report=True)[1]
    return tuple(reports), problems


@dataclass(frozen=True, slots=True)
class Built:
    """What a build found out and wrote: files written, unchanged and removed."""

    outcome: Outcome
    written: int
    unchanged: int
    removed: int


def build(project: Project, target: Path | None = None, options: Options | None = None) -> Built:
    """Check everything and write the whole site, whatever the verdicts are; raises `Mistake` where it cannot."""
    from site_builder.outputs.folder import write

    options = options or Options()
    _check_target(project, target or project.site_dir)
    outcome, files = made(project, options)
    options.progress("writing", 0, 1)
    written = write(files, target or project.site_dir)
    return Built(outcome, len(written.written), len(written.kept), len(written.removed))


def made(project: Project, options: Options) -> tuple[Outcome, dict[str, bytes]]:
    """What a check of everything found out, and the whole site in memory: path → bytes; nothing is written."""
    from site_builder.outputs.files import site_files
    from site_builder.pages.site import Site

    outcome = check(project, options, sheets=True)
    if not outcome.decisions:
        message = f"no claims in {project.root.name}/claims: there is nothing to build"
        raise Mistake(
            "E-EMPTY", message, hint="write a claim, such as claims/first.yaml; the README shows one"
        )
    site = Site(
        project.settings,
        outcome.decisions,
        outcome.sheets,
        outcome.reports,
        build_date(project.root),
        __version__,
    )
    options.progress("rendering", 0, 1)
    return outcome, site_files(site, project.templates_dir)


def _check_target(project: Project, target: Path) -> None:
    """Refuse to write a site over, into or around what it is made from."""
    target = target.resolve()
    for source in (project.claims_dir, project.evidence_dir, project.templates_dir):
        source = source.resolve()
        if target == source or source in target.parents or target in source.parents:
            message = f"the site cannot be written to {target}: {source.name}/ is what it is made from"
            raise Mistake("E-OUTPUT", message, hint="name a folder of its own with --output, such as site/")


def build_date(root: Path) -> str:
    """The date that pages bear, never the clock's: `SOURCE_DATE_EPOCH`, else the commit's, else none."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        epoch = _commit_time(root)
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdigit() else ""
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch[:40]}, which is no time that a calendar has"
        raise Mistake("E-SETTINGS", message, hint="set it to seconds since 1970, or unset it") from None


def _commit_time(root: Path) -> str:
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
