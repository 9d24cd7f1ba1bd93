"""`claims help [NAME]`: the functions of the assertion language."""

from __future__ import annotations

import textwrap
from itertools import groupby

import click

from site_builder.cli import printing
from site_builder.language.function import Function
from site_builder.language.library import functions
from site_builder.problems import Mistake, did_you_mean


@click.command("help")
@click.argument("name", required=False)
def COMMAND(name: str | None) -> None:  # noqa: N802
    """Print the functions of the assertion language, or all about the one called NAME."""
    if name is None:
        for group, members in groupby(functions().values(), key=lambda f: f.group):
            printing.say(click.style(group, bold=True))
            for function in members:
                printing.say(f"  {function.signature}")
        printing.say("\n`claims help NAME` tells more of one.")
        return
    if name not in functions():
        raise Mistake(
            "E-FUNCTION",
            f"there is no function {name!r}",
            hint=did_you_mean(name, functions(), "functions: "),
        )
    _print(functions()[name])


def _print(function: Function) -> None:
    printing.say(click.style(function.signature, bold=True))
    for text in (
        function.summary,
        function.unknowns,
        f"Source: {function.source}" if function.source else "",
    ):
        for line in textwrap.wrap(text, 96):
            printing.say(f"  {line}")
    printing.say(f"  For example, {function.example[0]} gives {function.example[1]}.")
