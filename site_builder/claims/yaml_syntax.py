"""What a YAML parser's complaint means to the file's author: what was found, and how to write it instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import yaml

from site_builder.claims.file_text import FileText
from site_builder.problems import Place, Problem

_KEYED = re.compile(r"^\s*(?:- +)*(?P<key>[^\s:#'\"{}\[\]][^:]{0,60}):[ \t]+(?P<value>\S.*)$")
_CLOSE_COLON = re.compile(r"^(?P<key>\s*\w+):(?P<value>\S.*)$")
_SHOWN = 60
_TORN = ("<<<<<<< ", ">>>>>>> ")
_TORN_HINT = "choose one of the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_IN_BRACKETS = "inside { } and [ ] quote every text with , [ ] { } > or ': ' in it, or write one key a line"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the parser stopped: its line, that line's key and value, and the place that began what failed."""

    source: FileText
    place: Place
    began: Place | None
    key: str
    value: str
    value_column: int

    @property
    def found(self) -> str:
        """The character at the place, or what stands for one."""
        rest = self.place.text[self.place.column - 1 :]
        return {"": "the end of the line", "\t": "a tab"}.get(rest[:1], repr(rest[:1]))


_Explanation = Callable[[_Spot], tuple[str, str, Place]]


def explain(source: FileText, error: yaml.MarkedYAMLError) -> Problem:
    """One problem that says what was found where, what was expected, and the next step."""
    torn = next((n for n, line in enumerate(source.lines) if line.startswith(_TORN)), None)
    if torn is not None:
        place = source.place(torn, 0, len(source.lines[torn]))
        return Problem("E-YAML", "the file holds the marks of an unfinished merge", place, _TORN_HINT)
    spot = _spot(source, error)
    complaint = f"{error.context or ''}; {error.problem or ''}"
    for pattern, explanation in _EXPLANATIONS:
        if re.search(pattern, complaint):
            message, hint, place = explanation(spot)
            return Problem("E-YAML", message, place, hint)
    message = f"this is not YAML: {error.problem or 'the file ends too soon'}"
    return Problem("E-YAML", message, spot.place, _quoted(spot))


def _spot(source: FileText, error: yaml.MarkedYAMLError) -> _Spot:
    place = _place(source, error.problem_mark) or _place(source, error.context_mark) or Place(source.path)
    keyed = _KEYED.match(place.text)
    began = _place(source, error.context_mark)
    if keyed is None:
        return _Spot(source, place, began, "", "", 0)
    return _Spot(source, place, began, keyed["key"].strip(), keyed["value"].strip(), keyed.start("value") + 1)


def _place(source: FileText, mark: yaml.Mark | None) -> Place | None:
    return source.place(mark.line, mark.column) if mark is not None else None


def _quoted(spot: _Spot) -> str:
    """How the value of the line is written so that YAML reads it as one text."""
    if not spot.key:
        return (
            "write  key: value  with nested keys indented by two spaces; quote texts with : # { } [ ] in them"
        )
    if len(spot.value) > _SHOWN:
        return f"put the whole text in quotes, or on the line below '{spot.key}: >', indented by two spaces"
    is_apostrophe = spot.value.count("'") % 2 == 1 and spot.value[0] == spot.value[-1] == "'"
    value = (spot.value[1:-1] if is_apostrophe else spot.value).replace("'", "''")
    return f"quote the text: {spot.key}: '{value}'"


def _colon(spot: _Spot) -> tuple[str, str, Place]:
    if spot.key and spot.place.column > spot.value_column:
        return "a text with ': ' in it must be quoted", _quoted(spot), spot.place
    if spot.place.text.startswith((" ", "-")):
        message = "this key is indented under a line that already has a value"
        return (
            message,
            "indent it like the keys beside it, or quote a text that runs over several lines",
            spot.place,
        )
    return _no_colon(replace(spot, began=_line_above(spot)))


def _line_above(spot: _Spot) -> Place:
    """The line that was taken for the beginning of this one's key."""
    for line in range(spot.place.line - 2, -1, -1):
        text = spot.source.lines[line]
        if text.strip() and not text.startswith((" ", "#")):
            return spot.source.place(line, 0, len(text.rstrip()))
    return spot.place


def _first_character(spot: _Spot) -> tuple[str, str, Place]:
    if spot.found == "a tab":
        return _tab(spot)
    hint = _IN_BRACKETS if spot.value[:1] in ("{", "[") else _quoted(spot)
    return f"a text can't begin with {spot.found} unless it is quoted", hint, spot.place


def _tab(spot: _Spot) -> tuple[str, str, Place]:
    return "a tab indents this line; YAML wants spaces", "replace the tab by two spaces", spot.place


def _unclosed_quote(spot: _Spot) -> tuple[str, str, Place]:
    place = spot.began or spot.place
    quote = place.text[place.column - 1 : place.column]
    hint = f'close it with {quote}; inside \'…\' an apostrophe is written twice, inside "…" a quote as \\"'
    return f"the quote {quote} that opens here is never closed", hint, place


def _escape(spot: _Spot) -> tuple[str, str, Place]:
    text, place = spot.place.text, spot.place
    place = replace(place, column=max(0, text.rfind("\\", 0, place.column)) + 1)
    if _SURROGATE.match(text, place.column - 1):
        return "half of a surrogate pair is not a character", "write the character itself", place
    hint = "write \\\\ for a backslash, or use '…' instead of \"…\": backslashes mean nothing there"
    return 'a backslash in "…" is followed by what is no escape', hint, place


def _unclosed_bracket(spot: _Spot) -> tuple[str, str, Place]:
    if spot.began and spot.source.place_of(len(spot.source.text)) == replace(spot.place, width=1):
        close = "}" if "{" in _at(spot.began) else "]"
        message = f"the '{_at(spot.began)}' that opens here is never closed"
        return message, f"close it with {close}, or quote a text that begins with it", spot.began
    opened = f" opened on line {spot.began.line}" if spot.began and spot.began.line != spot.place.line else ""
    close = "}" if "{" in _at(spot.began) else "]"
    message = f"found {spot.found} where ',' or '{close}' was expected, in the '{_at(spot.began)}'{opened}"
    return message, _IN_BRACKETS, spot.place


def _at(place: Place | None) -> str:
    return place.text[place.column - 1 : place.column] if place else "["


def _expected_key(spot: _Spot) -> tuple[str, str, Place]:
    if spot.key and spot.value.startswith("{{"):
        place = Place(spot.place.path, spot.place.line, spot.value_column, 2, spot.place.text)
        return "a text that begins with {{ is read as a mapping", _quoted(spot), place
    if spot.key and spot.value[0] in "'\"[{" and spot.place.column > spot.value_column:
        message = f"found {spot.found} after the closing {_closing(spot)} of the value"
        is_surplus = spot.found in ("'}'", "']'")
        return message, "delete it: every bracket is closed" if is_surplus else _quoted(spot), spot.place
    if spot.found == "'-'":
        hint = "indent the list below its key, every item in the same column"
        return "a list item stands where a key was expected", hint, spot.place
    message = f"found {spot.found} where a key was expected"
    return message, "keys that belong together begin in the same column; write  key: value", spot.place


def _closing(spot: _Spot) -> str:
    return {"[": "]", "{": "}"}.get(spot.value[0], spot.value[0])


def _block_header(spot: _Spot) -> tuple[str, str, Place]:
    sign = _at(spot.began)
    message = f"{sign} at the beginning of a value opens a block of text, which begins on the next line"
    return message, _quoted(spot), spot.began or spot.place


def _inline_list(spot: _Spot) -> tuple[str, str, Place]:
    hint = f"{_quoted(spot)}; a list begins on the line below its key" if spot.key else _quoted(spot)
    return "'- ' begins a list item, which can't stand here", hint, spot.place


def _no_colon(spot: _Spot) -> tuple[str, str, Place]:
    place = spot.began or spot.place
    close = _CLOSE_COLON.match(place.text)
    if close:
        return "no space after the colon", f"write  {close['key']}: {close['value'][:_SHOWN]}", place
    return "this line has no ':' after its key", "write  key: value  and indent a text that runs on", place


def _reserved(spot: _Spot) -> tuple[str, str, Place]:
    place = spot.began or spot.place
    return f"a text can't begin with {_at(place)!r} unless it is quoted", _quoted(spot), place


def _second_document(spot: _Spot) -> tuple[str, str, Place]:
    message = f"found {spot.found} after the end of the claim"
    return message, "begin every top-level key in the same column as the first; one claim a file", spot.place


def _directive(spot: _Spot) -> tuple[str, str, Place]:
    place = replace(spot.place, column=1)
    return "a line that begins with % is a YAML directive", "quote the text, or delete the line", place


_EXPLANATIONS: tuple[tuple[str, _Explanation], ...] = (
    ("mapping values are not allowed", _colon),
    ("tab character", _tab),
    ("cannot start any token|mapping keys are not allowed", _first_character),
    ("quoted scalar; .*(end of stream|document indicator)", _unclosed_quote),
    ("escape|did not find expected hexdecimal", _escape),
    (r"flow (sequence|mapping)", _unclosed_bracket),
    ("scanning a block scalar", _block_header),
    ("block sequence entries", _inline_list),
    ("expected '-' indicator|did not find expected key", _expected_key),
    ("expected ':'", _no_colon),
    ("scanning an? (anchor|alias|tag)|parsing a tag", _reserved),
    ("expected node content", _first_character),
    ("directive|incompatible", _directive),
    ("document start", _second_document),
)
