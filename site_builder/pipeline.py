"""The verbs in order: gather, judge (parse, bind, load and judge in killable processes), present, render, write.

`check` is the first two; `site_outputs` presents; `build` is all of them with a folder as its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from site_builder import __version__
from site_builder.cache.recall import Recall
from site_builder.cache.store import Store
from site_builder.cache.tool import tool_digest
from site_builder.cache.tree import scan
from site_builder.claims.bindings import find_bindings
from site_builder.claims.claim import Report
from site_builder.claims.ids import assign_ids
from site_builder.claims.prose import report_text
from site_builder.claims.reading import read_report
from site_builder.files import walk
from site_builder.outcome import Built, Outcome, Progress
from site_builder.outputs.output import Output
from site_builder.pages.references import report_problems
from site_builder.problems import Mistake, Problem, did_you_mean
from site_builder.project import Gathered, Project, build_date, check_target, gather
from site_builder.timing import Timing
from site_builder.verdicts.broken import broken
from site_builder.verdicts.coverage import coverage
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.digests import Digests
from site_builder.verdicts.jury import CLAIM_SECONDS, Case, judge_all
from site_builder.verdicts.resting import rested
from site_builder.verdicts.seat import Spares


def _silent(verb: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: seconds a claim may take, processes that judge (None: by the number of cores), progress, probes.

    `store` remembers what earlier runs found, and `spares` has processes that are ready to judge. `lists_all` names
    every cell that a claim rests on, however many there are. `timing` is told where the time went.
    """

    seconds: float = CLAIM_SECONDS
    jurors: int | None = None
    progress: Progress = _silent
    probes: bool = False
    store: Store | None = None
    spares: Spares | None = None
    lists_all: bool = False
    timing: Timing = field(default_factory=Timing)


def check(
    project: Project, options: Options | None = None, *, sheets: bool = False, only: Collection[str] = ()
) -> Outcome:
    """Gather and judge; no site is written. `only` names the claims to judge, by id or folder; all of them when empty.

    Raises `Mistake` for an id that no claim has.
    """
    options = options or Options()
    with options.timing.verb("gather"):
        gathered = gather(project)
    ids, id_problems = assign_ids([s.path.removeprefix("claims/") for s in gathered.sources])
    by_path = {p.place.path: p for p in id_problems if p.place}
    _check_ids(only, {i for path, i in ids.items() if not path.endswith(".md")})
    cases, spoiled = _cases(gathered, ids, by_path, only)
    total = len(cases)
    digests = Digests()
    with options.timing.verb("recall"):
        recall = _recall(project, options, digests, sheets=sheets)
    with options.timing.verb("judge"):
        judged = judge_all(
            project.root,
            cases,
            sheets=sheets,
            probes=options.probes,
            lists_all=options.lists_all,
            seconds=options.seconds,
            jurors=options.jurors,
            memory=recall,
            spares=options.spares,
            timing=options.timing,
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
    warnings = () if only else _warnings(reports)
    shown = tuple(judged.sheets.values()) if sheets else ()
    covered = coverage(decisions, shown, judged.rows_used, _evidence_files(project)) if sheets else None
    return Outcome(decisions, shown, reports, problems, judged.bugs, warnings, covered, digests)


def _recall(project: Project, options: Options, digests: Digests, *, sheets: bool) -> Recall | None:
    """What earlier runs found, if it is to be remembered: what pages need serves where only verdicts are wanted."""
    if options.store is None:
        return None
    common = f"{tool_digest()} {options.seconds} {options.probes} {options.lists_all}"
    setups = [f"{common} pages"] if sheets else [f"{common} verdicts", f"{common} pages"]
    return Recall(options.store, scan(project.root, ("evidence",), options.store), setups, digests)


def _evidence_files(project: Project) -> list[str]:
    return [entry.path for entry in walk(project.root, "evidence") if entry.kind == "file"]


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


def _warnings(reports: tuple[Report, ...]) -> tuple[Problem, ...]:
    """What reports state by hand; many projects have none, and the patterns take time to get ready."""
    if not reports:
        return ()
    from site_builder.claims.unbound import check_report

    return tuple(warning for report in reports for warning in check_report(report))


def build(project: Project, target: Path | None = None, options: Options | None = None) -> Built:
    """Check everything and write the whole site, whatever the verdicts are; raises `Mistake` where it cannot."""
    from site_builder.outputs.folder import write_outputs

    options = options or Options()
    check_target(project, target or project.site_dir)
    outcome = check(project, options, sheets=True)
    options.progress("rendering", 0, 1)
    with options.timing.verb("present"):
        outputs = list(site_outputs(project, outcome, options))
    with options.timing.verb("render and write"):
        written = write_outputs(outputs, target or project.site_dir, options.store, options.jurors)
    return Built(outcome, len(written.written), len(written.kept), len(written.removed))


def site_outputs(project: Project, outcome: Outcome, options: Options) -> Iterator[Output]:
    """The files of the site that says what was found out; raises `Mistake` where there is nothing to say."""
    from site_builder.outputs.drawings import remembered
    from site_builder.outputs.files import outputs_of
    from site_builder.pages.site import Site

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
        outcome.coverage,
        outcome.digests,
    )
    return outputs_of(site, project.templates_dir, remembered(options.store))
