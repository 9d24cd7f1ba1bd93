"""`claims build`: the site, whatever the verdicts are; it fails only on what is broken."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cache.standing import Standing
from site_builder.cli import BROKEN, BUG, printing
from site_builder.cli.calling import (
    exit_code,
    judging_options,
    project_option,
    remembering,
    running_options,
    the_project,
)
from site_builder.outcome import Built
from site_builder.project import build_date, check_target

_FAILURES = {
    BROKEN: ": the site is written, and something is broken",
    BUG: ": the site is written, and the tool has a bug",
}


@click.command("build")
@project_option
@judging_options
@running_options
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Where the site goes (default: site/).",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.option(
    "--probe", is_flag=True, help="Nudge cells and drop rows too, and show how firmly each verdict stands."
)
def COMMAND(  # noqa: N802
    folder: Path | None,
    seconds: float,
    jobs: int | None,
    no_cache: bool,
    profile: bool,
    output: Path | None,
    form: str,
    probe: bool,
) -> int:
    """Evaluate every claim and write the whole site."""
    project = the_project(folder)
    target = output.absolute() if output is not None else project.site_dir
    check_target(project, target)
    words = ("build", seconds, probe, form, str(target), build_date(project.root), str(Path.cwd()))
    with remembering(project, no_cache=no_cache) as store:
        standing = Standing(store, words, project.inputs, target)
        known = standing.result() if form != "json" and not profile else None
        if known is not None:
            return printing.again(known)
        from site_builder.pipeline import (  # all that it takes to build, which takes time to import
            Options,
            build,
        )

        with printing.progress() as progress:
            options = Options(seconds, jobs, progress, probe, store)
            built = build(project, target, options)
        code = exit_code(built.outcome, gate=False)
        _tell(built, target, form, code)
        with printing.recorded() as told:
            _tell(built.again(), target, form, code)
        standing.keep({"told": told, "code": code})
    if profile:
        printing.timing(options.timing)
    return code


def _tell(built: Built, target: Path, form: str, code: int) -> None:
    """What was found out and written."""
    if form == "json":
        printing.say((target / "claims.json").read_text(encoding="utf-8").rstrip("\n"))
        printing.problems(built.outcome, to_stderr=True)
        return
    if form == "github":
        printing.github(built.outcome)
    else:
        printing.findings(built.outcome, verdicts=("broken",))
    printing.say(
        f"wrote {printing.relative(target)}/: {built.written} files new or changed, {built.unchanged} as before, "
        f"{built.removed} removed"
    )
    printing.say(f"look at it: open {printing.relative(target / 'index.html')} in a browser")
    printing.say(f"{printing.summary(built.outcome.decisions)}{_FAILURES.get(code, '')}")
