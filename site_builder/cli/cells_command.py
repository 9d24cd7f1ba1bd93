"""`claims cells`: the map from claims to the cells they rest on, as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli import printing
from site_builder.cli.calling import claim_id, exit_code, judging_options, project_option, the_project
from site_builder.pipeline import Options, check
from site_builder.verdicts.cellmap import HEADER, cell_map


@click.command("cells")
@click.argument("claims", nargs=-1)
@project_option
@judging_options
def COMMAND(  # noqa: N802
    claims: tuple[str, ...], folder: Path | None, seconds: float, jobs: int | None
) -> int:
    """Print, as CSV, every cell that every claim (or the CLAIMS named) rests on."""
    with printing.progress() as progress:
        only = frozenset(map(claim_id, claims))
        outcome = check(the_project(folder), Options(seconds, jobs, progress, lists_all=True), only=only)
    printing.table(HEADER, cell_map(outcome.decisions))
    printing.broken_aside(outcome)
    return exit_code(outcome, gate=False)
