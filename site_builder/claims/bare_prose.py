"""A Markdown text with everything blanked that isn't prose, every character still at its offset.

What breaks a sentence (code, bindings, addresses) becomes `GONE`, what merely dresses it (the targets of links,
the marks of lists and footnotes) becomes blanks. Every pattern reads each character a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.claims.bindings import brace_regions
from site_builder.claims.claim import Text
from site_builder.claims.prose import code_regions

GONE = "\ufffc"
"""Stands for a character of something that is no prose; it belongs to no word and is no blank."""
LITERAL = re.compile(r"\[([^\[\]\n]{1,200})\]\{\.literal\}")
"""A span that is meant as it is typed."""
_Region = tuple[int, int, str]

_ATTRIBUTE = r"""\s++[A-Za-z_:@][\w:.@-]*+(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'=<>`]++))?+"""
_TARGET = r"<?[^\s()<>]*+(?:\([^\s()]*+\)[^\s()<>]*+)*+>?"
_INTEGERS = r"\d{1,3}(?:[,;–-] ?\d{1,3}){0,20}"
_MARKUP = re.compile(
    "|".join(
        (
            rf"(?P<gone>{LITERAL.pattern}"
            rf"|<sup>[^<>\n]{{0,40}}</sup>|</?[A-Za-z][\w-]*+(?:{_ATTRIBUTE})*+\s*+/?>"
            r"|<(?:https?|mailto):[^<>\s]*+>|(?:https?|ftp)://[^\s<>()\[\]\ufffc]++|\bwww\.[^\s<>()\[\]]++"
            r"|\{[#.][^{}\n]{0,200}\}|\[@[^\[\]\n]{1,200}\]"
            r"|\\(?:cite|ref|eqref|label|autoref)[a-z]{0,8}\{[^{}\n]{0,200}\})",
            rf"(?P<blank>(?<=\])\({_TARGET}(?:\s++(?:\"[^\"\n]*+\"|'[^'\n]*+'))?+\s*+\)"
            r"|(?<=\])\[[^\[\]\n]{1,200}\]|\[\^[^\[\]\s]{1,200}\]:?|&#?\w{1,10};)",
            rf"\[(?P<cited>{_INTEGERS})\]",
        )
    )
)
_HIDDEN = (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"))
_ENUMERATOR = re.compile(r"(?<![^\s(\[{*_])(?:\((?P<both>\d{1,2})\)|(?P<right>\d{1,2})\))(?=[*_]{0,2}\s)")
_INTERVAL = re.compile(
    r"(?:=|\b(?:ci|intervals?|range|ranges|values?|within|between|of|is|are|in))[ :]?\Z", re.I
)
_QUOTED = re.compile(r"(?: {0,3}>)++ ?")
_MARKER = re.compile(r"[ \t]*+(?:[-*+][ \t]++)?(?P<number>(?P<digits>\d{1,9})[.)])(?=[ \t]|$)")
_BULLET = re.compile(r"[ \t]*+(?P<number>[-*+])(?=[ \t]|$)")
_ORDINAL = re.compile(
    r" {0,3}#{1,6}[ \t]++(?P<number>(?:\d{1,4}(?:\.\d{1,4})*+(?:[.):]|(?= +[A-Z]))|\(\d{1,4}\)))[ \t]"
)
_DEFINITION = re.compile(r" {0,3}\[[^\^\[\]\n][^\[\]\n]{0,200}\]:[ \t]*+\S")
_NUMBERED_ROW = re.compile(r"[ \t]*+\|?[ \t]*+(?P<number>#?\d{1,6}\.?)[ \t]*+\|")
_COUNTER = frozenset({"#", "no", "no.", "nr", "nr.", "id", "idx", "index", "row", "№"})


def bare(text: Text, is_report: bool = False) -> str:
    """The prose of a text, as long as the text itself; `is_report` where lines may be directives."""
    value = text.value
    regions = [(start, end, GONE) for start, end in code_regions(value)]
    regions += [(start, end, GONE) for start, end in brace_regions(text)]
    value = _blanked(value, [*regions, *_comments(value)])
    value = _blanked(value, _LineReader(is_report).regions(value))
    value = _MARKUP.sub(_unmarked, value)
    return _blanked(value, _enumerators(value))


def plain(value: str) -> str:
    """A text that isn't Markdown, such as a title, as readers see it: literal spans lose their marks."""
    return LITERAL.sub(r"\1", value) if "{.literal}" in value else value


def _blanked(value: str, regions: Iterable[_Region]) -> str:
    """The value with each region filled; line ends stay, and a region inside an earlier one changes nothing."""
    pieces, at = [], 0
    for start, end, fill in sorted(regions):
        if end > at:
            pieces += [value[at:start], _filled(value[max(at, start) : end], fill)]
            at = end
    return "".join([*pieces, value[at:]])


def _filled(text: str, fill: str) -> str:
    return "\n".join(fill * len(line) for line in text.split("\n")) if "\n" in text else fill * len(text)


def _comments(value: str) -> Iterator[_Region]:
    """HTML comments, scripts and styles; what isn't closed is text."""
    for opening, closing in _HIDDEN:
        start = value.find(opening)
        while start >= 0 and (end := value.find(closing, start)) >= 0:
            yield start, end + len(closing), GONE
            start = value.find(opening, end)


def _unmarked(found: re.Match[str]) -> str:
    """What a piece of markup leaves; integers in brackets are citations unless the words speak of an interval."""
    if found["gone"]:
        return _filled(found.group(), GONE)
    cited = found["cited"]
    if cited and not _is_citation(found, cited):
        return found.group()
    return _filled(found.group(), " ")


def _is_citation(found: re.Match[str], cited: str) -> bool:
    lead = found.string[max(0, found.start() - 20) : found.start()]
    if cited.isdigit():
        return not lead.endswith("=")
    numbers = [int(number) for number in re.findall(r"\d+", cited)]
    return numbers == sorted(numbers) and numbers[0] > 0 and not _INTERVAL.search(lead)


def _enumerators(value: str) -> Iterator[_Region]:
    """The marks of an enumeration in running text, ``(1)``, ``(2)``, as long as they count on from one."""
    expected = 1
    for found in _ENUMERATOR.finditer(value):
        number = int(found["both"] or found["right"])
        if number in (1, expected):
            yield found.start(), found.end(), " "
            expected = number + 1


@dataclass(slots=True)
class _LineReader:
    """Finds what is no prose at the beginning of lines; remembers whether a list or a numbered table is open."""

    is_report: bool
    is_after_blank: bool = True
    is_in_list: bool = False
    table: str = ""

    def regions(self, value: str) -> Iterator[_Region]:
        """Marks of lists and headings, definitions of links, indented code, numbers of table rows."""
        offset = 0
        for line in value.split("\n"):
            quoted = _QUOTED.match(line)
            at = quoted.end() if quoted else 0
            yield from self._line(line[at:], offset + at)
            offset += len(line) + 1

    def _line(self, line: str, offset: int) -> Iterator[_Region]:
        if not line.strip():
            self.is_after_blank, self.table = True, ""
            return
        whole = (offset, offset + len(line), GONE)
        marked = self._marked(line)
        if _DEFINITION.match(line) or self._is_code(line):
            yield whole
        elif marked:
            yield offset + marked.start("number"), offset + marked.end("number"), " "
        self.is_after_blank = False

    def _marked(self, line: str) -> re.Match[str] | None:
        """The number before a list item, a heading or a table row."""
        item = _MARKER.match(line)
        if item and (self.is_after_blank or self.is_in_list or item["digits"] == "1"):
            self.is_in_list = True
            return item
        bullet = _BULLET.match(line)
        if bullet:
            self.is_in_list = True
            return bullet
        if self.is_after_blank and not line.startswith((" ", "\t")):
            self.is_in_list = False
        return self._row(line) if "|" in line else _ORDINAL.match(line)

    def _row(self, line: str) -> re.Match[str] | None:
        """The number of a row in a table whose first column is said to count its rows."""
        if self.table:
            return _NUMBERED_ROW.match(line) if self.table in _COUNTER else None
        self.table = line.strip().lstrip("|").partition("|")[0].strip(" *`").casefold() or "-"
        return None

    def _is_code(self, line: str) -> bool:
        """Whether the line is indented code of a report; the texts of a claim have no such blocks."""
        return (
            self.is_report and self.is_after_blank and not self.is_in_list and line.startswith(("    ", "\t"))
        )
