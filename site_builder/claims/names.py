"""Names that an author gives to evidence, values and numbers: which may be used, and which get mixed up."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable

from site_builder.claims.claim import Text
from site_builder.claims.findings import Findings
from site_builder.problems import name_of

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_LONGEST = 60


def folded(name: str) -> str:
    """What two names share that look alike: compatibility forms and case are folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def spelled_plainly(name: str) -> str:
    """The name in ASCII, without its accents; empty where a letter has no such spelling."""
    split = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    kept = "".join(c for c in split if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return kept if kept.isascii() else ""


def check_name(name: Text, findings: Findings) -> bool:
    """Whether an expression can use the name; reports why it can't."""
    reason = _fault(name.value)
    if reason:
        findings.add(
            "E-IDENTIFIER", f"the name '{name.value[:60]}' {reason}", name.place, _suggestion(name.value)
        )
    return not reason


def check_apart(groups: Iterable[tuple[str, Iterable[Text]]], findings: Findings) -> None:
    """Report names that clash: one name for evidence and a value, or two that differ only in looks.

    `groups` are pairs of a group's key (``evidence``, ``let``, ``numbers``) and its names. A number may have
    the name of the value that it shows.
    """
    seen: dict[str, tuple[str, Text]] = {}
    for group, names in groups:
        for name in names:
            earlier = seen.setdefault(folded(name.value), (group, name))
            if earlier[1] is not name:
                _check_pair(earlier, (group, name), findings)


def _check_pair(earlier: tuple[str, Text], later: tuple[str, Text], findings: Findings) -> None:
    (first_group, first), (group, name) = earlier, later
    if first.value != name.value:
        message = f"{name.value!r} looks like {first.value!r} on line {first.place.line}"
        findings.add("E-CLASH", message, name.place, "give them names that differ in more than case")
    elif first_group != group and (first_group, group) != ("let", "numbers"):
        message = f"{name.value!r} is already the name of {first_group} on line {first.place.line}"
        findings.add(
            "E-CLASH", message, name.place, "rename one of them: an expression couldn't tell them apart"
        )


def _fault(name: str) -> str:
    if keyword.iskeyword(name):
        return "is a reserved word of the expression language"
    alien = next((c for c in name if not c.isascii()), "")
    if alien:
        return f"holds {name_of(alien)}; letters a-z, digits and _ only, beginning with a letter"
    if name.startswith("_"):
        return "begins with an underscore"
    if len(name) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    if not _IDENTIFIER.fullmatch(name):
        return "can't be used in an expression: letters a-z, digits and _ only, beginning with a letter"
    return ""


def _suggestion(name: str) -> str:
    plain = spelled_plainly(name[:_LONGEST])
    plain = re.sub(r"\W+", "_", plain, flags=re.ASCII).strip("_")
    if keyword.iskeyword(plain) or plain[:1].isdigit():
        plain = f"{plain}_value" if keyword.iskeyword(plain) else f"n{plain}"
    return f"call it  {plain}" if plain and plain != name else "choose another name, such as  runs"
