"""An engine: what answers a query over tables of evidence, and where the engines are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from site_builder.evidence import engines
from site_builder.evidence.sheet import Sheet
from site_builder.problems import Place

Holding = Literal["number", "text", "truth", "date"]


@dataclass(frozen=True, slots=True)
class GivenColumn:
    """A column as an engine gets it: plain decimals, texts, ``true`` and ``false``, or ISO dates; None is missing."""

    name: str
    holds: Holding
    cells: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A table as an engine gets it, column by column, since a query may read few of many.

    `column` gives one of its `names`, or raises `Mistake` with the reason why no engine may know that column.
    """

    name: str
    rows: int
    names: tuple[str, ...]
    column: Callable[[str], GivenColumn]


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the tables that it may read; ``at(offset, width)`` is the place of its characters."""

    text: str
    tables: tuple[GivenTable, ...]
    at: Callable[[int, int], Place]


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine's name, what people call it, and how it answers; it raises `Mistake` and nothing else."""

    name: str
    title: str
    answer: Callable[[Question], Sheet]


def built_in() -> Mapping[str, Engine]:
    """The `ENGINE` of every module in the engines' room, by its name."""
    names = sorted(info.name for info in pkgutil.iter_modules(engines.__path__))
    found = (importlib.import_module(f"{engines.__name__}.{name}").ENGINE for name in names)
    return {engine.name: engine for engine in found}
