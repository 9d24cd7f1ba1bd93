"""`claims check`: the gate. Everything is evaluated, and no site is written."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder import __version__
from site_builder.cache.standing import Standing
from site_builder.cli import ALL_IS_WELL, BROKEN, BUG, REFUTED, printing, scrutiny
from site_builder.cli.calling import (
    claim_id,
    exit_code,
    judging_options,
    project_option,
    remembering,
    running_options,
    the_project,
)
from site_builder.outcome import Outcome
from site_builder.verdicts.verdict import WORST_FIRST

_WORDS = {
    ALL_IS_WELL: "all is well",
    REFUTED: "the check fails",
    BROKEN: "the check fails: something is broken",
    BUG: "the check fails: the tool has a bug",
}


@click.command("check")
@click.argument("claims", nargs=-1)
@project_option
@judging_options
@running_options
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Fail on undetermined and corrected claims too.")
@click.option(
    "--mutate", is_flag=True, help="Nudge each cited cell and stated number: which verdicts never move?"
)
@click.option(
    "--fragility", is_flag=True, help="Drop each evidence row in turn: how many rows carry each verdict?"
)
@click.option(
    "--coverage", "covers", is_flag=True, help="Which evidence files, columns and rows does no claim use?"
)
@click.option("--verbose", "-v", is_flag=True, help="List validated claims too.")
def COMMAND(  # noqa: N802
    claims: tuple[str, ...],
    folder: Path | None,
    seconds: float,
    jobs: int | None,
    no_cache: bool,
    profile: bool,
    form: str,
    strict: bool,
    mutate: bool,
    fragility: bool,
    covers: bool,
    verbose: bool,
) -> int:
    """Evaluate every claim (or the CLAIMS named) and say whether they hold. No site is written.

    Exit code: 0 all is well, 1 a claim is refuted, 2 something is broken, 3 a bug in the tool.
    """
    project = the_project(folder)
    asked = (seconds, form, strict, mutate, fragility, covers, verbose, sorted(claims))
    with remembering(project, no_cache=no_cache) as store:
        standing = Standing(store, ("check", *asked), project.inputs)
        known = standing.result() if not profile else None
        if known is not None:
            return printing.again(known)
        from site_builder.pipeline import (  # all that it takes to judge, which takes time to import
            Options,
            check,
        )

        only = frozenset(map(claim_id, claims))
        with printing.progress() as progress:
            options = Options(seconds, jobs, progress, probes=mutate or fragility, store=store)
            outcome = check(project, options, sheets=covers, only=only)
        code = exit_code(outcome, gate=True, strict=strict)
        with printing.recorded() as told:
            _tell(outcome, form, code, strict=strict, mutate=mutate, fragility=fragility, verbose=verbose)
        if form != "json":
            standing.keep({"told": told, "code": code})
    printing.again({"told": told, "code": code})
    if profile:
        printing.timing(options.timing)
    return code


def _tell(
    outcome: Outcome, form: str, code: int, *, strict: bool, mutate: bool, fragility: bool, verbose: bool
) -> None:
    """What was found out."""
    if form == "json":
        from site_builder.outputs.twin import claims_json

        printing.say(claims_json(outcome.decisions, __version__, outcome.coverage).decode().rstrip("\n"))
        printing.problems(outcome, to_stderr=True)
        return
    if form == "github":
        printing.github(outcome)
    else:
        printing.findings(outcome, verdicts=WORST_FIRST if verbose else WORST_FIRST[:-1])
        printing.warnings(outcome, every=verbose)
        printing.lines(scrutiny.mutation_lines(outcome.decisions) if mutate else ())
        printing.lines(scrutiny.fragility_lines(outcome.decisions) if fragility else ())
        printing.lines(scrutiny.coverage_lines(outcome.coverage) if outcome.coverage else ())
    printing.say(_last_line(outcome, code, strict))


def _last_line(outcome: Outcome, code: int, strict: bool) -> str:
    if not outcome.decisions:
        return "no claims: nothing was checked, so the check fails"
    words = _WORDS[code]
    if code == REFUTED and strict:
        words = "the strict check fails"
    return (
        f"{printing.summary(outcome.decisions)}: {words}"
        if code
        else f"{printing.summary(outcome.decisions)}. {words}"
    )
