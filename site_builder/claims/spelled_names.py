"""Numerals that are part of a name's spelling: ``v1.2``, ``GPT-4``, ``1080p``, ``run-5.json``, ``90th``."""

from __future__ import annotations

import re

from site_builder.claims import naming_words as words
from site_builder.claims.bare_prose import GONE
from site_builder.claims.numerals import Numeral, next_word

WHOLE_WORD = re.compile(r"[^\s|\ufffc]*+")
"""The rest of a word, up to a blank."""


def is_name(numeral: Numeral) -> bool:
    """Digits that are part of a word: ``v1.2``, ``H100``, ``GPT-4``, ``x_1``, ``4o``, ``run_7``, ``7-Zip``."""
    return _hangs_on(numeral) or _runs_on(numeral)


def _hangs_on(numeral: Numeral) -> bool:
    """Whether letters stand right before the digits, perhaps with a mark between."""
    before = numeral.before
    last = before[-1:]
    if numeral.sign or not last or last.isspace():
        return False
    if _is_letter(last):
        return not _is_factor(numeral)
    if last == "_":
        return before[-2:-1].isalnum()
    if last == "-" and before.endswith(" --"):
        return True
    if last in "-‑.":
        return _hangs_on_prefix(before[:-1])
    if last == "/":
        return _ACRONYM.search(before) is not None
    return last in "@#§¶№" or _is_index(before)


_ACRONYM = re.compile(r"\b[A-Z]{2,}/\Z")
_PREFIX = re.compile(r"[^\W_]*\Z")
_INDEX = re.compile(r"(?:[^\W\d][)\]}]?(?:\^\{?|_\{|\*\*)|[)\]}](?:\^\{?|_\{))\Z")
_FASTER = re.compile(r" (?:faster|slower|more|less|better|larger|smaller|cheaper|longer|shorter|speed)")


def _is_factor(numeral: Numeral) -> bool:
    """``x10 faster``: the letter is a sign of multiplication."""
    is_sign = numeral.before.endswith("x") and not numeral.before[-2:-1].isalnum()
    return is_sign and _FASTER.match(numeral.after) is not None


def _hangs_on_prefix(lead: str) -> bool:
    """Whether a word stands before the hyphen or dot that makes a name of what follows."""
    if not _is_letter(lead[-1:]) and not lead[-1:].isdigit() and lead[-1:] not in ")_":
        return False
    prefix = _PREFIX.search(lead[-12:])
    return prefix is None or prefix[0].casefold() not in words.COUNTING_PREFIXES


def _is_index(before: str) -> bool:
    """An exponent or index of a symbol: ``x^2``, ``x^{2}``, ``x_{1}``, ``n**2``."""
    return before[-1:] in "^{*" and _INDEX.search(before[-6:]) is not None


_SHAPE = re.compile(r"\d+(?:[x×]\d+)+|\d+(?: [x×] \d+){2,}")
_TAIL = re.compile(r"(?P<hyphen>[-‑]?)(?P<word>[^\W\d_]+)(?P<more>[\w]?)")


def _runs_on(numeral: Numeral) -> bool:
    """Whether letters that are no unit stand right behind the digits: ``4o``, ``3D``, ``1080p``, ``7-Zip``."""
    after = numeral.after
    if _SHAPE.fullmatch(numeral.digits):
        return not numeral.unit
    if numeral.unit or not after or (numeral.digits.startswith("10.") and after.startswith("/")):
        return after.startswith("/") and numeral.digits.startswith("10.") and not numeral.unit
    if after.startswith("_") and after[1:2].isalnum():
        return True
    tail = _TAIL.match(after)
    if tail is None or not _is_letter(tail["word"][0]):
        return False
    return _is_kind(tail["word"]) if tail["hyphen"] else tail["word"].casefold() not in _ORDINALS


def _is_kind(word: str) -> bool:
    return word.casefold() in words.KINDS or word[0].isupper()


def is_method(numeral: Numeral) -> bool:
    """``10-fold cross-validation``, whose number belongs to the method's name."""
    return numeral.unit.strip("- ") == "fold" and next_word(numeral.after).casefold().startswith("cross")


def _is_letter(character: str) -> bool:
    """Whether it is a letter of a script that parts words by blanks; ideographs stand right beside numbers."""
    return character.isalpha() and character.lower() != character.upper()


_ORDINALS = ("st", "nd", "rd", "th")


def is_ordinal(numeral: Numeral) -> bool:
    """``1st``, ``90th``."""
    tail = _TAIL.match(numeral.after)
    return (
        tail is not None and not tail["hyphen"] and tail["word"].casefold() in _ORDINALS and numeral.is_whole
    )


_FILE = re.compile(r"[\w./\\~%-]*\.(\w{1,11})[)\]}*_,.;:!?\"'’”]*\Z")
_FLAG = re.compile(r"\W{0,2}--[a-z\d]")
_ADDRESS = re.compile(r"(?:arxiv|doi|isbn|issn|pmid|orcid|localhost|rfc|urn|pypi):", re.IGNORECASE)


def _last_part(before: str) -> str:
    """What stands right before a numeral, up to a blank."""
    if before[-1:].isspace():
        return ""
    parts = before.replace(GONE, " ").replace("|", " ").rsplit(None, 1)
    return parts[-1] if parts and not before.endswith(("|", GONE)) else ""


def _first_part(after: str) -> str:
    found = WHOLE_WORD.match(after)
    return found[0] if found else ""


def is_path(numeral: Numeral) -> bool:
    """Part of a path, a file name, a command's option or an identifier with a scheme."""
    lead, tail = _last_part(numeral.before), _first_part(numeral.after)
    if not lead and not tail:
        return False
    if _FLAG.match(lead + numeral.sign + numeral.digits) or _ADDRESS.search(lead):
        return True
    word = lead + numeral.sign + numeral.digits + numeral.unit + tail
    if word.lstrip("([").startswith(("./", "../", "~/")) or (word.startswith("/") and word.count("/") > 1):
        return True
    if word.count("/") > 1 and re.search(r"[^\W\d_]{2,}/", word) and not numeral.unit:
        return True
    file = _FILE.match(word.lstrip("([*_\"'“"))
    return file is not None and file[1].casefold() in words.EXTENSIONS and _is_letter(file[1][0])
