"""`claims serve`: the live preview, until it is interrupted; it writes nothing."""

from __future__ import annotations

import os
import signal
import sys
import threading
import webbrowser
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from site_builder.cli import ALL_IS_WELL, printing
from site_builder.cli.calling import judging_options, project_option, the_root
from site_builder.pipeline import Options
from site_builder.preview.build import Workshop
from site_builder.preview.server import DEFAULT_PORT
from site_builder.preview.session import Opened, Rebuilt, preview
from site_builder.problems import visible

_SHOWN_PATHS = 3


@click.command("serve")
@project_option
@judging_options
@click.option(
    "--port",
    "-p",
    type=click.IntRange(1, 65_535),
    default=None,
    help=f"The port to listen on (default: {DEFAULT_PORT}, or the next that is free).",
)
@click.option(
    "--poll",
    is_flag=True,
    help="Look for changes again and again, where the system does not tell of them; "
    "on network and container mounts this is found out.",
)
@click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open the page of the claim edited last in a browser (default: on a terminal with a display).",
)
def COMMAND(  # noqa: N802
    folder: Path | None, seconds: float, jobs: int | None, port: int | None, poll: bool, opens: bool | None
) -> int:
    """Show the site in a browser while you write, and keep it up to date. Nothing is written to site/.

    The tab that is opened shows the claim or report whose file was modified last, and goes to the page of the one
    that you edit next; other tabs stay where they are and are kept up to date. A mistake is shown over the last good
    page until it is gone. Ctrl-C ends it.
    """
    root = the_root(folder).resolve()
    signal.signal(signal.SIGTERM, _interrupt)
    workshop = Workshop(root, Options(seconds, jobs))
    try:
        printing.say("building the site")
        preview(
            root,
            workshop.rebuild,
            port=port,
            poll=poll,
            on_open=partial(_opened, opens=_wants_browser() if opens is None else opens),
            on_built=_built,
        )
    except KeyboardInterrupt:
        printing.say("stopped")
    finally:
        workshop.close()
    return ALL_IS_WELL


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _wants_browser() -> bool:
    """Whether somebody sits there: a browser in a terminal would take it over."""
    has_display = sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return sys.stdout.isatty() and has_display


def _opened(opened: Opened, *, opens: bool) -> None:
    if not opened.is_usual_port:
        printing.say(f"port {DEFAULT_PORT} is taken, so another is used")
    if opened.is_polling:
        printing.say("the system does not tell of changes here: they are looked for")
    printing.say(f"look at it: {opened.latest}")
    printing.say("Ctrl-C ends it")
    if opens:
        threading.Thread(target=webbrowser.open, args=(opened.latest,), daemon=True).start()


def _built(built: Rebuilt) -> None:
    for mistake in built.build.mistakes:
        printing.say(f"{mistake}\n")
    if built.build.outcome is not None:
        printing.bugs(built.build.outcome)
    if built.build.trace:
        printing.bug(built.build.trace)
    names = list(built.changed[:_SHOWN_PATHS])
    more = len(built.changed) - len(names)
    what = visible(", ".join(names)) + (f" and {more} more" if more else "")
    outcome = built.build.outcome
    summary = printing.summary(outcome.decisions) if outcome else "nothing was built"
    kept = "" if built.is_served or not built.changed else "; the last good build is still shown"
    printing.say(f"{what}{': ' if what else ''}{summary}, in {built.seconds:.2f} s{kept}")
