"""What a JSON parser's complaint means: what was found where, what was expected, and the next step.

The parser's own words and places differ from one version of Python to the next; these do not.
"""

from __future__ import annotations

import re

from site_builder.problems import name_of

_COMMENT = ("//", "/*", "#")
_PYTHON = {"True": "true", "False": "false", "None": "null"}
_WORD = re.compile(r"[A-Za-z]+")
_MEND = "mend the file, or write it again with a program that makes JSON"
_NUMBERS = "write numbers such as 1052, -0.5 or 2e-4, and texts in double quotes"


def explain(text: str, complaint: str, at: int) -> tuple[str, str, int]:
    """A message, a hint and the offset that they are about, from the parser's complaint and its offset."""
    before = text[:at].rstrip()
    found = _found(text, at)
    if "trailing comma" in complaint or (before.endswith(",") and text[at : at + 1] in ("]", "}")):
        comma = at if text[at : at + 1] == "," else len(before) - 1
        closing = text[comma + 1 :].lstrip()[:1]
        return f"a comma stands before the closing {closing}", "delete the comma", comma
    if text.startswith(_COMMENT, at):
        return "JSON has no comments", "delete the comment", at
    if complaint.startswith("Expecting value"):
        return f"found {found} where a value was expected", _of_value(text, at), at
    if complaint.startswith("Expecting property name"):
        return f"found {found} where a key in double quotes was expected", 'write {"key": value}', at
    if "':'" in complaint:
        return f"found {found} where ':' was expected", 'write {"key": value}', at
    if "','" in complaint:
        hint = _NUMBERS if before[-1:].isdigit() and text[at : at + 1].isalnum() else _MEND
        return f"found {found} where ',' or the closing bracket was expected", hint, at
    if complaint.startswith("Extra data"):
        return f"found {found} after the end of the value", _of_more(text, at), at
    if complaint.startswith("Unterminated"):
        return "the quote that opens here is never closed", 'close it with "', at
    if complaint.startswith("Invalid control"):
        shown = "a line end" if text[at] in "\r\n" else name_of(text[at])
        return (
            f"a text holds {shown}, which JSON writes as an escape",
            "write \\n for a line end and \\t for a tab",
            at,
        )
    return (
        "a backslash is followed by what is no escape",
        "write \\\\ for a backslash",
        max(0, text.rfind("\\", 0, at + 1)),
    )


def _found(text: str, at: int) -> str:
    rest = text[at : at + 40]
    if not rest.strip():
        return "the end" if not text[at:].strip() else "a blank"
    word = _WORD.match(rest)
    return repr(word[0] if word else rest[0])


def _of_value(text: str, at: int) -> str:
    word = _WORD.match(text, at)
    if word and word[0] in _PYTHON:
        return f"write {_PYTHON[word[0]]}"
    if not text[at:].strip():
        return "the file is empty or cut off; if it is one value over many lines, declare `format: json`"
    return _NUMBERS


def _of_more(text: str, at: int) -> str:
    if text[at] in "{[":
        return "if every line is a value of its own, declare `format: jsonl`; otherwise put the values into one list"
    return "delete it" if text[at] == "," else _MEND
