"""`claims list`: every claim with its verdict, one a line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from site_builder.cli import printing
from site_builder.cli.calling import exit_code, judging_options, project_option, remembering, the_project
from site_builder.pipeline import Options, check
from site_builder.problems import visible
from site_builder.verdicts.verdict import WORST_FIRST


@click.command("list")
@project_option
@judging_options
@click.option("--tag", default=None, help="Only claims with this tag.")
@click.option(
    "--verdict",
    type=click.Choice(list(reversed(WORST_FIRST))),
    default=None,
    help="Only claims with this verdict.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def COMMAND(  # noqa: N802
    folder: Path | None, seconds: float, jobs: int | None, tag: str | None, verdict: str | None, form: str
) -> int:
    """List every claim with its verdict and title."""
    project = the_project(folder)
    with printing.progress() as progress, remembering(project) as store:
        outcome = check(project, Options(seconds, jobs, progress, store=store))
    chosen = [
        d
        for d in outcome.decisions
        if (tag is None or tag in d["tags"]) and (verdict is None or d["verdict"] == verdict)
    ]
    if form == "json":
        keys = ("id", "path", "verdict", "reason", "title", "tags")
        printing.say(json.dumps([{k: d[k] for k in keys} for d in chosen], ensure_ascii=False, indent=1))  # type: ignore[literal-required]
    else:
        width = max((len(d["id"]) for d in chosen), default=0)
        for d in chosen:
            printing.say(f"{d['verdict']:<13} {visible(d['id']):<{width}}  {visible(d['title'])}")
        printing.say(printing.summary(chosen))
    return exit_code(outcome, gate=False)
