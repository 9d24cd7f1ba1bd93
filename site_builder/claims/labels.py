"""Numerals that the words around them make labels: versions, sizes of models, levels, numbers of things."""

from __future__ import annotations

import re

from site_builder.claims import naming_words as words
from site_builder.claims.numerals import Numeral, next_word, prior_word

_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_NEWER = re.compile(r"\+?,? (?:or|and) (?:newer|later|older|earlier|up)\b|\.[x*]", re.IGNORECASE)
_COMPARISONS = ("=", "<", ">", "≥", "≤", "^", "~")
_REQUIRED = re.compile(r"(?P<word>[A-Za-z][\w-]*)[ \]]*(?:[=~<>!]=|[<>≥≤^~])\s*\Z")


def is_version(numeral: Numeral) -> bool:
    """``1.2.3``, ``Python ≥ 3.11``, ``torch==2.0``, ``3.11 or newer``."""
    if _VERSION.fullmatch(numeral.digits):
        return not _THOUSANDS.fullmatch(numeral.digits)
    if not re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", numeral.digits) or numeral.unit.strip("+"):
        return False
    if "." in numeral.digits + numeral.after[:1] and (
        _NEWER.match(numeral.after) or numeral.before.endswith("==")
    ):
        return True
    if "." in numeral.digits and next_word(numeral.after).casefold() in words.RELEASES:
        return True
    lead = (numeral.before + numeral.sign)[-40:]
    required = _REQUIRED.search(lead) if lead.rstrip().endswith(_COMPARISONS) else None
    return required is not None and required["word"].casefold() in words.PRODUCTS


_RESOLUTIONS = frozenset("2458")
_SIZE = re.compile(r"\d{1,4}(?:\.\d)?")


def is_size(numeral: Numeral) -> bool:
    """The size by which a model is called: ``8B``, ``the 120M model``, but not ``8B tokens`` or ``$8B``."""
    following = next_word(numeral.after).casefold()
    if numeral.sign or not all(
        _SIZE.fullmatch(part.rstrip("bBM")) for part in re.split(r"[-–/]", numeral.digits)
    ):
        return False
    if numeral.unit == "B":
        return following not in words.BILLIONS
    if numeral.unit == "K" and numeral.digits in _RESOLUTIONS:
        return following not in words.BILLIONS
    is_named = following in words.SIZED or numeral.after[:2] in ("-p", "-I", "-m")
    return numeral.unit in ("M", "K") and is_named


def is_level(numeral: Numeral) -> bool:
    """The level that an interval is named by: ``95% CI``."""
    is_named = re.match(r"[ -](?:CI|HDI|confidence|credible|prediction)\b", numeral.after)
    return numeral.unit.strip() == "%" and is_named is not None


def is_label(numeral: Numeral) -> bool:
    """A numeral behind the noun that it numbers: ``Table 2``, ``Step 50``, ``Python 3.11``, ``Windows 11``."""
    if (
        not re.fullmatch(r"\d{1,5}(?:\.\d{1,3})*(?:[-–/]\d{1,5}(?:\.\d{1,3})?)*", numeral.digits)
        or numeral.sign
    ):
        return False
    is_enclosed = numeral.before.endswith("(") and numeral.after.startswith(")")
    prior = prior_word(numeral.before.removesuffix("(") if is_enclosed else numeral.before)
    if not prior.word or numeral.unit.strip("+"):
        return False
    noun = _singular(prior.word.casefold())
    if noun in words.POINTERS:
        return _points(prior.word, noun) and _agrees(numeral, prior.word, noun)
    if prior.word.endswith(".") or is_enclosed:
        return False
    if not any(letter.isupper() for letter in prior.word):
        return noun in words.LOWER_PRODUCTS
    if noun in words.METRICS or prior.word[-1].isdigit() or prior.word.casefold() in words.COMMON:
        return False
    names = words.LABELS | words.PRODUCTS
    return noun in names or prior.word.casefold() in names or _is_proper(numeral, prior.word, prior.is_first)


def _points(word: str, noun: str) -> bool:
    """Whether a pointing noun points; ``no 5`` and ``in sec 5`` are other words."""
    return (
        noun not in words.UNDOTTED
        or word.endswith(".")
        or word[0].isupper()
        or word in ("v", "ver", "fig", "eq")
    )


_FURTHER = re.compile(r",? ?(?:and |or |to |& |, ?)?\d|,? (?:and|or|to|&)\s")


def _agrees(numeral: Numeral, word: str, noun: str) -> bool:
    """Whether a plural points at more than one: ``pages 12–19``, but not ``it issues 40 warnings``."""
    is_plural = noun != word.rstrip(".").casefold()
    return (
        not is_plural or not numeral.digits.replace(".", "").isdigit() or bool(_FURTHER.match(numeral.after))
    )


def _singular(word: str) -> str:
    word = word.rstrip(".")
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


_MONTH_DAY = r"(?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12]\d|3[01])"
_NUMBERED = re.compile(rf"\d{{1,5}}|[1-9]\d?\.\d{{1,2}}(?:[/–-][1-9]\d?\.\d{{1,2}})*|{_MONTH_DAY}")


def _is_proper(numeral: Numeral, word: str, is_first: bool) -> bool:
    """Whether a capital letter tells a name, with a number that versions and models have."""
    if not _NUMBERED.fullmatch(numeral.digits) or _is_counted(numeral):
        return False
    has_inner = any(letter.isupper() or letter.isdigit() for letter in word[1:])
    return has_inner or not (is_first or _is_title(numeral))


def _is_counted(numeral: Numeral) -> bool:
    return next_word(numeral.after).casefold() in words.COUNTED


def _is_title(numeral: Numeral) -> bool:
    """Whether the line is written with capitals throughout, so that they tell no names."""
    line = numeral.before.rpartition("\n")[2] + " " + numeral.after.partition("\n")[0]
    long = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.7 * len(long)
