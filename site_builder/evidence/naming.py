"""Column titles as names that can stand in an expression."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Sequence

_WORDS = {"%": " percent ", "#": " number ", "\u00b5": "u", "\u03bc": "u", "ß": "ss"}
_LITERALS = {"True", "False", "None"}


def identifiers(header: Sequence[str]) -> tuple[str, ...]:
    """One name a column, in order, unique, and usable after a dot: ``table.name``.

    A title that is a name already stays as it is, and is never displaced by a neighbour. Otherwise ``%`` is
    read as percent, ``#`` as number and the micro sign as u; accents are dropped; every run of other
    characters becomes one ``_``, none at the ends; a leading digit gets ``_`` before it; a word of the
    language gets ``_`` after it; what is left empty is called ``column_N``; a second of the same name gets
    ``_2``.

    >>> identifiers(("Time (s)", "vs.", "vs.", "2015", "Top-1 error", "class", "%"))
    ('Time_s', 'vs', 'vs_2', '_2015', 'Top_1_error', 'class_', 'percent')
    """
    first_with = {title: number for number, title in reversed(list(enumerate(header, 1))) if _is_name(title)}
    taken = dict.fromkeys(first_with, 2)  # a name that is taken, and the number to try next for it
    names: list[str] = []
    for number, title in enumerate(header, 1):
        keeps = first_with.get(title) == number
        names.append(title if keeps else _free(_name(title, number), taken))
    return tuple(names)


def _is_name(title: str) -> bool:
    return title.isascii() and title.isidentifier() and not keyword.iskeyword(title)


def _name(title: str, number: int) -> str:
    spelled = "".join(_WORDS.get(c, c) for c in title)
    split = unicodedata.normalize("NFKD", spelled)
    plain = "".join(c for c in split if not unicodedata.combining(c))
    name = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_") or f"column_{number}"
    name = f"_{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in _LITERALS else name


def _free(name: str, taken: dict[str, int]) -> str:
    """The name itself, or with the first number from 2 up that makes it free; it is taken from now on."""
    free = name
    while free in taken:
        free = f"{name}_{taken[name]}"
        taken[name] += 1
    taken[free] = 2
    return free
