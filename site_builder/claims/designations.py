"""Numerals that name and don't count: dates, versions, names with digits in them, labels, ordinals.

The rules stand in `RULES` in the order in which they are tried; each looks at no more than the words around.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from site_builder.claims import naming_words as words
from site_builder.claims.bare_prose import GONE
from site_builder.claims.calendar_words import date_end, is_day, is_decade, is_time, is_year
from site_builder.claims.numerals import Numeral, next_word, prior_word

Rule = Callable[[Numeral], bool]


@dataclass(frozen=True, slots=True)
class Designation:
    """Why a numeral is none that could be bound: the rule's name, and where the named thing ends."""

    kind: str
    end: int


_REST = re.compile(r"[\w@#]*+(?:[-.+‑]++\w++)*+")
_WHOLE_WORD = re.compile(r"[^\s|\ufffc]*+")


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
        return re.fullmatch(r"(?:1[5-9]|20)\d\d|[0-3]?\d", numeral.digits) is not None and _counts_nothing(numeral)
    return numeral.is_plain and _counts_nothing(numeral) and (gap != ", " or _ends_or_goes_on(numeral))


def _ends_or_goes_on(numeral: Numeral) -> bool:
    """Whether no further word but a conjunction follows, as in a list of labels: ``Tables 2, 3 and 5``."""
    return next_word(numeral.after) in ("", "and", "or", "to")


def _counts_nothing(numeral: Numeral) -> bool:
    if numeral.unit:
        return False
    following = next_word(numeral.after)
    return following.casefold() not in words.COUNTED


def _is_name(numeral: Numeral) -> bool:
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


def _is_method(numeral: Numeral) -> bool:
    """``10-fold cross-validation``, whose number belongs to the method's name."""
    return numeral.unit.strip("- ") == "fold" and next_word(numeral.after).casefold().startswith("cross")


def _is_letter(character: str) -> bool:
    """Whether it is a letter of a script that parts words by blanks; ideographs stand right beside numbers."""
    return character.isalpha() and character.lower() != character.upper()


_ORDINALS = ("st", "nd", "rd", "th")


def _is_ordinal(numeral: Numeral) -> bool:
    """``1st``, ``90th``."""
    tail = _TAIL.match(numeral.after)
    return tail is not None and not tail["hyphen"] and tail["word"].casefold() in _ORDINALS and numeral.is_whole


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
    found = _WHOLE_WORD.match(after)
    return found[0] if found else ""


def _is_path(numeral: Numeral) -> bool:
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


_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_NEWER = re.compile(r"\+?,? (?:or|and) (?:newer|later|older|earlier|up)\b|\.[x*]", re.IGNORECASE)
_COMPARISONS = ("=", "<", ">", "≥", "≤", "^", "~")
_REQUIRED = re.compile(r"(?P<word>[A-Za-z][\w-]*)[ \]]*(?:[=~<>!]=|[<>≥≤^~])\s*\Z")


def _is_version(numeral: Numeral) -> bool:
    """``1.2.3``, ``Python ≥ 3.11``, ``torch==2.0``, ``3.11 or newer``."""
    if _VERSION.fullmatch(numeral.digits):
        return not _THOUSANDS.fullmatch(numeral.digits)
    if not re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", numeral.digits) or numeral.unit.strip("+"):
        return False
    if "." in numeral.digits + numeral.after[:1] and (_NEWER.match(numeral.after) or numeral.before.endswith("==")):
        return True
    if "." in numeral.digits and next_word(numeral.after).casefold() in words.RELEASES:
        return True
    lead = (numeral.before + numeral.sign)[-40:]
    required = _REQUIRED.search(lead) if lead.rstrip().endswith(_COMPARISONS) else None
    return required is not None and required["word"].casefold() in words.PRODUCTS


_RESOLUTIONS = frozenset("2458")
_SIZE = re.compile(r"\d{1,4}(?:\.\d)?")


def _is_size(numeral: Numeral) -> bool:
    """The size by which a model is called: ``8B``, ``the 120M model``, but not ``8B tokens`` or ``$8B``."""
    following = next_word(numeral.after).casefold()
    if numeral.sign or not all(_SIZE.fullmatch(part.rstrip("bBM")) for part in re.split(r"[-–/]", numeral.digits)):
        return False
    if numeral.unit == "B":
        return following not in words.BILLIONS
    if numeral.unit == "K" and numeral.digits in _RESOLUTIONS:
        return following not in words.BILLIONS
    is_named = following in words.SIZED or numeral.after[:2] in ("-p", "-I", "-m")
    return numeral.unit in ("M", "K") and is_named


def _is_level(numeral: Numeral) -> bool:
    """The level that an interval is named by: ``95% CI``."""
    is_named = re.match(r"[ -](?:CI|HDI|confidence|credible|prediction)\b", numeral.after)
    return numeral.unit.strip() == "%" and is_named is not None


def _is_label(numeral: Numeral) -> bool:
    """A numeral behind the noun that it numbers: ``Table 2``, ``Step 50``, ``Python 3.11``, ``Windows 11``."""
    if not re.fullmatch(r"\d{1,5}(?:\.\d{1,3})*(?:[-–/]\d{1,5}(?:\.\d{1,3})?)*", numeral.digits) or numeral.sign:
        return False
    is_enclosed = numeral.before.endswith("(") and numeral.after.startswith(")")
    prior = prior_word(numeral.before.removesuffix("(") if is_enclosed else numeral.before)
    if not prior.word or numeral.unit.strip("+"):
        return False
    noun = _singular(prior.word.casefold())
    if noun in words.POINTERS:
        return _points(prior.word, noun)
    if prior.word.endswith(".") or is_enclosed:
        return False
    if not any(letter.isupper() for letter in prior.word):
        return noun in words.LOWER_PRODUCTS
    if noun in words.METRICS or prior.word[-1].isdigit() or prior.word.casefold() in words.COMMON:
        return False
    return noun in words.LABELS | words.PRODUCTS or _is_proper(numeral, prior.word, prior.is_first)


def _points(word: str, noun: str) -> bool:
    """Whether a pointing noun points; ``no 5`` and ``in sec 5`` are other words."""
    return noun not in words.UNDOTTED or word.endswith(".") or word[0].isupper() or word in ("v", "ver", "fig", "eq")


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


_IDIOMS = re.compile(r"24/7|9/11|0\d{1,11}|0[1-9][-/](?:0[1-9]|[12]\d|3[01])|1[0-2][-/]0[1-9]")


def _is_idiom(numeral: Numeral) -> bool:
    """``24/7``, and digits that begin with a zero: an identifier, or a month and a day."""
    return not numeral.sign and not numeral.unit and _IDIOMS.fullmatch(numeral.digits) is not None


RULES: tuple[tuple[str, Rule], ...] = (
    ("path", _is_path),
    ("name", _is_name),
    ("ordinal", _is_ordinal),
    ("version", _is_version),
    ("size", _is_size),
    ("level", _is_level),
    ("method", _is_method),
    ("day", is_day),
    ("time", is_time),
    ("decade", is_decade),
    ("year", is_year),
    ("label", _is_label),
    ("idiom", _is_idiom),
)
_ENDS_WITH = {"name": _REST, "path": _WHOLE_WORD, "ordinal": _REST, "version": _REST, "size": _REST}
