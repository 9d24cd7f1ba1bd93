"""Words become one call, a report and an exit code: 0 all is well, 1 refuted, 2 broken or a wrong call, 3 a bug."""

from __future__ import annotations

import errno
import importlib
import sys
from collections.abc import Sequence

import click

from site_builder import __version__
from site_builder.problems import Mistake, Problem

_COMMANDS = {
    "build": "Evaluate every claim and write the whole site.",
    "cells": "Print, as CSV, every cell that every claim rests on.",
    "check": "Evaluate every claim and say whether they hold; write no site.",
    "explain": "Print one claim's arithmetic, with the cells it came from.",
    "help": "Print the functions of the assertion language.",
    "list": "List every claim with its verdict and title.",
    "serve": "Show the site in a browser while you write, and keep it up to date.",
}
# What is wrong with the machine, not with the tool: it lacks something, or fails.
_MACHINE = frozenset(
    getattr(errno, name) for name in "ENOSPC EDQUOT EIO EROFS EMFILE ENFILE ENOMEM EAGAIN".split()
)
ALL_IS_WELL, REFUTED, BROKEN, BUG = 0, 1, 2, 3


class _Commands(click.Group):
    """Commands, each in a module of its own that is imported only when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f"site_builder.cli.{name}_command")
        command: click.Command = module.COMMAND
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from site_builder.problems import did_you_mean

        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"no command {args[0]!r}; {did_you_mean(args[0], _COMMANDS, 'commands: ')}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="claims")
def program() -> None:
    """Check written claims against their evidence, and publish the verdicts as a static site."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    try:
        result = program.main(
            args=None if args is None else list(args), prog_name="claims", standalone_mode=False
        )
        return int(result or ALL_IS_WELL)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return BROKEN
    except click.ClickException as error:
        error.show()
        return BROKEN
    except Mistake as mistake:
        click.echo(mistake.problem.render(), err=True)
        return BROKEN
    except BrokenPipeError:
        return ALL_IS_WELL
    except OSError as error:
        if error.errno not in _MACHINE:
            return _bug()
        click.echo(_machine(error).render(), err=True)
        return BROKEN
    except Exception:
        return _bug()


def _bug() -> int:
    """Print the exception being handled; the exit code."""
    import traceback

    click.echo(traceback.format_exc(), err=True)
    click.echo(
        "This is a bug in the tool, not in your claims. Please report it with the lines above.", err=True
    )
    return BUG


def _machine(error: OSError) -> Problem:
    about = f": {error.filename}" if isinstance(error.filename, str) else ""
    message = f"the system refuses: {error.strerror}{about}"
    return Problem("E-MACHINE", message, hint="free what it lacks (disk, memory, open files), then try again")
