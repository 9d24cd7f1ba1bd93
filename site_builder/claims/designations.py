"""Numerals that name and don't count: dates, versions, names with digits in them, labels, ordinals.

The rules stand in `RULES` in the order in which they are tried; each looks at no more than the words around.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from site_builder.claims import naming_words as words
from site_builder.claims.calendar_words import date_end, is_day, is_decade, is_time, is_year
from site_builder.claims.labels import is_label, is_level, is_size, is_version
from site_builder.claims.numerals import Numeral, next_word
from site_builder.claims.spelled_names import WHOLE_WORD, is_method, is_name, is_ordinal, is_path

Rule = Callable[[Numeral], bool]


@dataclass(frozen=True, slots=True)
class Designation:
    """Why a numeral is none that could be bound: the rule's name, and where the named thing ends."""

    kind: str
    end: int


_REST = re.compile(r"[\w@#]*+(?:[-.+‑]++\w++)*+")


def designation(bare: str, numeral: Numeral, previous: Designation | None) -> Designation | None:
    """What a numeral designates; None for one that counts or measures.

    `previous` is the designation of the numeral before, which a list carries on: ``Tables 2, 3 and 5``.
    """
    dated = date_end(bare, numeral)
    if dated is not None:
        return Designation("date", max(dated, numeral.end))
    kind = next((kind for kind, rule in RULES if rule(numeral)), "")
    if not kind and previous is not None and _carries_on(bare, numeral, previous):
        kind = previous.kind
    rest = _ENDS_WITH.get(kind)
    end = rest.match(bare, numeral.end) if rest else None
    return Designation(kind, end.end() if end else numeral.end) if kind else None


_CONNECTION = re.compile(r",? ?(?:and|or|to|through|&|vs\.?|versus)?[ \n]|[–/+&-]|, ?")
_CARRIED = frozenset({"label", "version", "year", "day", "date"})


def _carries_on(bare: str, numeral: Numeral, previous: Designation) -> bool:
    """Whether the numeral is a further one in a list or span of labels, versions, days or years."""
    gap = bare[previous.end : numeral.start]
    if previous.kind not in _CARRIED or len(gap) > 12 or not _CONNECTION.fullmatch(gap):
        return False
    if previous.kind in ("day", "date", "year"):
        return re.fullmatch(r"(?:1[5-9]|20)\d\d|[0-3]?\d", numeral.digits) is not None and _counts_nothing(
            numeral
        )
    return numeral.is_plain and _counts_nothing(numeral) and (gap != ", " or _ends_or_goes_on(numeral))


def _ends_or_goes_on(numeral: Numeral) -> bool:
    """Whether no further word but a conjunction follows, as in a list of labels: ``Tables 2, 3 and 5``."""
    return next_word(numeral.after) in ("", "and", "or", "to")


def _counts_nothing(numeral: Numeral) -> bool:
    if numeral.unit:
        return False
    following = next_word(numeral.after)
    return following.casefold() not in words.COUNTED


_IDIOMS = re.compile(r"24/7|9/11|0\d{1,11}|0[1-9][-/](?:0[1-9]|[12]\d|3[01])|1[0-2][-/]0[1-9]")


def _is_idiom(numeral: Numeral) -> bool:
    """``24/7``, and digits that begin with a zero: an identifier, or a month and a day."""
    return not numeral.sign and not numeral.unit and _IDIOMS.fullmatch(numeral.digits) is not None


RULES: tuple[tuple[str, Rule], ...] = (
    ("path", is_path),
    ("name", is_name),
    ("ordinal", is_ordinal),
    ("version", is_version),
    ("size", is_size),
    ("level", is_level),
    ("method", is_method),
    ("day", is_day),
    ("time", is_time),
    ("decade", is_decade),
    ("year", is_year),
    ("label", is_label),
    ("idiom", _is_idiom),
)
_ENDS_WITH = {"name": _REST, "path": WHOLE_WORD, "ordinal": _REST, "version": _REST, "size": _REST}
