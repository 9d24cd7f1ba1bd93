"""Options that commands share, and the exit code that a run deserves."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from site_builder.cache.store import Store, disk_store
from site_builder.cli import ALL_IS_WELL, BROKEN, BUG, REFUTED
from site_builder.project import Project, find_project, open_project

if TYPE_CHECKING:  # a run that changes nothing finds nothing out
    from site_builder.outcome import Outcome

_Command = TypeVar("_Command", bound=Callable[..., Any])


def project_option(command: _Command) -> _Command:
    """``--project DIR``: the folder that holds ``claims/``; the nearest one upwards when not given."""
    return click.option(
        "--project", "-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None,
        help="The folder that holds claims/ and evidence/ (default: here, or the nearest one above).",
    )(command)  # fmt: skip


def _number(_: click.Context, __: click.Parameter, value: float) -> float:
    if math.isnan(value):
        raise click.BadParameter("it is no number")
    return value


def judging_options(command: _Command) -> _Command:
    """``--seconds`` and ``--jobs``: what judging may cost."""
    command = click.option(
        "--seconds",
        type=click.FloatRange(min=0.1),
        default=5.0,
        show_default=True,
        callback=_number,
        help="Time limit for one claim.",
    )(command)
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1),
        default=None,
        help="Processes that judge (default: by the cores).",
    )(command)


def cache_option(command: _Command) -> _Command:
    """``--no-cache``: find everything out anew."""
    return click.option(
        "--no-cache", "no_cache", is_flag=True, help="Neither use nor keep what earlier runs found out."
    )(command)


def remembering(project: Project, *, no_cache: bool = False) -> AbstractContextManager[Store | None]:
    """The store of what earlier runs found out, in the project's folder for caches; None if it is not wanted."""
    return nullcontext() if no_cache else disk_store(project.root / ".cache")


def the_project(folder: Path | None) -> Project:
    """The project a command is about; raises `Mistake` if there is none."""
    return (
        open_project(folder)
        if folder is not None and (folder / "claims").is_dir()
        else find_project(folder or Path.cwd())
    )


def claim_id(text: str) -> str:
    """An id from an id, or from the path of a claim file."""
    text = text.removeprefix("./").removeprefix("claims/").rstrip("/")
    for ending in (".yaml", ".yml"):
        text = text.removesuffix(ending)
    return text


def exit_code(outcome: Outcome, *, gate: bool, strict: bool = False) -> int:
    """3 for a bug, 2 for anything broken, then, for a gate, 1 for what is refuted (strict: or less than validated)."""
    verdicts = {d["verdict"] for d in outcome.decisions}
    if outcome.bugs:
        return BUG
    if "broken" in verdicts or outcome.problems or (gate and not outcome.decisions):
        return BROKEN
    failing = {"refuted", "undetermined", "corrected"} if strict else {"refuted"}
    return REFUTED if gate and verdicts & failing else ALL_IS_WELL
