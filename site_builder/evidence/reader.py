"""A reader: how one format becomes a sheet, and where the readers are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from site_builder.evidence import readers
from site_builder.evidence.options import Options
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its name, what people call it, and the endings of its files (lower case, with the dot).

    `read` takes the file, the place inside it ("" where none was given) and the options, and gives a Sheet or
    raises Mistake; a Mistake without a place is placed by the caller. `lists` names the places that the file
    has, for hints; it never raises. `options` are the reading options that mean something to it, beside those
    that hold for every format (format, encoding, decimal). A reader that `takes_pattern` holds text, in whose
    lines a `pattern:` may be looked for; `section` gives the first and last line of a place in it.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[SourceFile, str, Options], Sheet]
    lists: Callable[[SourceFile, Options], tuple[str, ...]]
    options: tuple[str, ...] = ()
    takes_pattern: bool = False
    section: Callable[[SourceFile, str, Options], tuple[int, int]] | None = None


def built_in() -> tuple[Reader, ...]:
    """The `READER` of every module in the readers' room, by name of the module."""
    names = sorted(info.name for info in pkgutil.iter_modules(readers.__path__))
    return tuple(importlib.import_module(f"{readers.__name__}.{name}").READER for name in names)
