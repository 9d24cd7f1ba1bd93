"""HTML text taken apart into tags and text, in one pass and in time linear in its length."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Possessive, so that nothing is tried twice: a quote counts only after `=`, as browsers have it.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'>/=]++)\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'>]++))"
)
_RAW = ("script", "style", "textarea", "title", "noscript", "template", "xmp", "iframe")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_ATTRIBUTES_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, or text between tags. `name` is the tag's in lower case, with ``/`` before it if it closes, and ""
    for text; `offset` is where it begins.
    """

    name: str
    offset: int
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)


def tokens(text: str) -> Iterator[Token]:
    """The tags and texts of an HTML text in order, comments and the insides of scripts and styles left out.

    What is cut off in the middle of a tag or comment is dropped to the end, as browsers do.
    """
    at = 0
    while at < len(text):
        opening = text.find("<", at)
        if opening != at:
            end = opening if opening >= 0 else len(text)
            yield Token("", at, html.unescape(text[at:end]))
            at = end
            continue
        skipped = _comment_end(text, at)
        if skipped is not None:
            at = skipped
            continue
        tag = _TAG.match(text, at)
        if tag is None and not text[at + 1 : at + 2].isalpha() and text[at + 1 : at + 2] != "/":
            yield Token("", at, "<")
            at += 1
            continue
        if tag is None:
            return
        name = tag["close"] + tag["name"].lower()
        yield Token(name, at, "", _attributes(tag["rest"]))
        at = _raw_end(text, name, tag.end()) if name in _RAW else tag.end()


def _comment_end(text: str, at: int) -> int | None:
    """Where a comment, declaration or instruction that begins here ends; None if none begins here."""
    for opening, closing in (("<!--", "-->"), ("<!", ">"), ("<?", ">")):
        if text.startswith(opening, at):
            end = text.find(closing, at + len(opening))
            return len(text) if end < 0 else end + len(closing)
    if text.startswith("</", at) and not text[at + 2 : at + 3].isalpha():
        end = text.find(">", at)
        return len(text) if end < 0 else end + 1
    return None


def _raw_end(text: str, name: str, at: int) -> int:
    found = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def _attributes(rest: str) -> Mapping[str, str]:
    if "=" not in rest:
        return _NO_ATTRIBUTES
    found = _ATTRIBUTE.finditer(rest[:_ATTRIBUTES_LIMIT])
    return {m["name"].lower(): html.unescape(m["double"] or m["single"] or m["bare"] or "") for m in found}
