"""Directives of a report: what a line such as ``{{ verdicts tag=roi }}`` asks to be shown in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.claims.claim import Text
from site_builder.claims.ids import is_id, is_label
from site_builder.problems import Mistake, Place, did_you_mean

VERDICTS = ("validated", "corrected", "refuted", "undetermined", "broken")
FILTERS = ("tag", "verdict", "group")
_FORMS: Mapping[str, str] = {
    "claim": "claim ID",
    "plot": "plot ID/NAME",
    "table": "table ID/NAME",
    "verdicts": "verdicts, or with filters  verdicts tag=roi verdict=refuted group=finding-1",
    "corrections": "corrections",
}
_TARGETED = re.compile(r"(?:claim|plot|table)\s+[\w./-]*\w", re.ASCII)
_FILTERED = re.compile(r"verdicts\s+\w+\s*=(?!=)", re.ASCII)
_WORD = re.compile(r"""(?P<key>[^\s="]+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))|(?P<other>\S+)""")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: `kind` is claim, plot, table, verdicts or corrections.

    `target` is the claim's id and `name` the plot's or table's; `filters` are pairs such as
    ``("tag", "roi")``. `start` and `end` are the offsets of the braces in the text, `place` is that of what
    stands between them.
    """

    kind: str
    start: int
    end: int
    place: Place
    target: str = ""
    name: str = ""
    filters: tuple[tuple[str, str], ...] = ()


def is_directive(content: str, is_alone: bool) -> bool:
    """Whether what stands in braces can only be a directive; a lone word is one on a report's own line."""
    if _TARGETED.match(content) or _FILTERED.match(content):
        return True
    return is_alone and content.split()[0] in _FORMS and not re.match(r"\w+\s*[^\w\s]", content)


def directive(content: Text, start: int, end: int, is_alone: bool, is_report: bool) -> Directive:
    """The directive between the braces; `Mistake` where it can't stand or isn't written as it should be."""
    kind, _, rest = content.value.partition(" ")
    kind, rest = kind.strip(), rest.strip()
    if not is_report:
        raise Mistake(
            "E-DIRECTIVE", f"'{kind}' is for reports only", content.place, "bind a number:  {{ name }}"
        )
    if not is_alone:
        raise Mistake(
            "E-DIRECTIVE", f"'{kind}' stands beside other text", content.place, "give it a line of its own"
        )
    if kind == "verdicts":
        return Directive(kind, start, end, content.place, filters=_filters(rest, content.place))
    target, name = _target(kind, rest, content.place)
    return Directive(kind, start, end, content.place, target, name)


def _target(kind: str, rest: str, place: Place) -> tuple[str, str]:
    """The id of a claim, and the name of its plot or table, as the kind wants them."""
    target, _, name = rest.rpartition("/") if kind in ("plot", "table") else (rest, "", "")
    is_whole = not rest if kind == "corrections" else is_id(target) and (kind == "claim" or is_label(name))
    if not is_whole:
        shown = f"{rest[:60]!r} is not what follows '{kind}'" if rest else f"nothing follows '{kind}'"
        raise Mistake("E-DIRECTIVE", shown, place, f"write  {{{{ {_FORMS[kind]} }}}}")
    return target, name


def _filters(rest: str, place: Place) -> tuple[tuple[str, str], ...]:
    filters = []
    for word in _WORD.finditer(rest):
        key, value = word["key"], word["quoted"] if word["quoted"] is not None else word["plain"]
        if not key or not value:
            message = f"{word.group()[:60]!r} is not a filter"
            raise Mistake("E-DIRECTIVE", message, place, f"write  {_FORMS['verdicts']}")
        if key not in FILTERS:
            raise Mistake("E-DIRECTIVE", f"no filter is called {key!r}", place, did_you_mean(key, FILTERS))
        if key == "verdict" and value not in VERDICTS:
            raise Mistake(
                "E-DIRECTIVE", f"no verdict is called {value!r}", place, did_you_mean(value, VERDICTS)
            )
        filters.append((key, value))
    return tuple(filters)
