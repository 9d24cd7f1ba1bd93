"""`claims explain CLAIM`: the arithmetic of one claim in the terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from site_builder.cli import printing
from site_builder.cli.calling import (
    claim_id,
    exit_code,
    judging_options,
    project_option,
    remembering,
    the_project,
)
from site_builder.pipeline import Options, check


@click.command("explain")
@click.argument("claim")
@project_option
@judging_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def COMMAND(claim: str, folder: Path | None, seconds: float, jobs: int | None, form: str) -> int:  # noqa: N802
    """Print one claim's arithmetic, step by step, with the cells each value came from."""
    project = the_project(folder)
    with remembering(project) as store:
        outcome = check(project, Options(seconds, jobs, store=store), only={claim_id(claim)})
    decision = outcome.decisions[0]
    if form == "json":
        printing.say(json.dumps(decision, ensure_ascii=False, indent=1))
    else:
        printing.explanation(decision)
    return exit_code(replace(outcome, problems=()), gate=False)
