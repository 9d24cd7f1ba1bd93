"""Dates, times and years in prose: numerals that say when."""

from __future__ import annotations

import re

from site_builder.claims import naming_words as words
from site_builder.claims.numerals import Numeral, next_word, prior_word

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[5-9]|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?"
_ZONE = r"(?:Z\b|[ ]?(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT)\b|[+-]\d\d:?\d\d)"
_DATE = re.compile(
    rf"(?:{_YEAR}(?P<mark>[-/‑.]){_MONTH_NUMBER}(?P=mark){_DAY}(?:(?:T| at | ){_CLOCK}{_ZONE}?)?"
    rf"|{_YEAR}[-‑](?:0[1-9]|1[0-2])(?![-‑]?\d)"
    rf"|{_DAY}\.{_MONTH_NUMBER}\.{_YEAR}|{_DAY}[/-]{_DAY}[/-]{_YEAR}|{_DAY}/{_DAY}/\d\d"
    rf"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!,\d|\.\d|[ ]?[a-z%])"
    rf"|{_DAY}(?:st|nd|rd|th)?(?:[–-]{_DAY}(?:st|nd|rd|th)?)?(?: of)?[ \u00a0-]{_MONTH}"
    rf"(?:,?[ -]{_YEAR}\b)?"
    rf"|{_CLOCK}(?:{_ZONE}|[ ]?[ap]\.?m\b\.?)|{_DAY}[ ]?[ap]\.?m\b\.?)(?![\w%])",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(rf"\b{_MONTH} ?\Z", re.IGNORECASE)
_TIME = re.compile(_CLOCK)
_STAMP = re.compile(rf"\b{_MONTH} {_DAY},? \Z|\b{_MONTH} {_DAY},? {_CLOCK} \Z", re.IGNORECASE)
_TIME_CUES = frozenset(
    {"at", "by", "from", "until", "till", "since", "to", "before", "after", "around", "time"}
)

_YEARS = re.compile(rf"(?P<first>{_YEAR})(?:[–—/‑-](?:{_YEAR}|\d\d))?")
_SPAN = re.compile(r" (?:to|and|or|through|until) \d,?\d{3}(?!\d)[ -]?([^\W\d_]+)")
_CITED = re.compile(r"(?:et al\.?|[A-Z][\w’'-]+)[,;]? ?\Z")


def date_end(bare: str, numeral: Numeral) -> int | None:
    """Where a date or a time of day ends that begins with the numeral; None where none does."""
    if numeral.sign:
        return None
    found = _DATE.match(bare, numeral.first)
    return found.end() if found else None


def is_day(numeral: Numeral) -> bool:
    """The day or the year after a month's name: ``December 31``, ``Dec 2025``, ``May 3–5``."""
    if numeral.sign or numeral.unit or not _AFTER_MONTH.search(numeral.before[-12:]):
        return False
    first = re.split(r"\D", numeral.digits, maxsplit=1)[0]
    is_bare_word = numeral.before.rstrip().endswith(("may", "march"))
    return not is_bare_word and (1 <= int(first[:5] or 0) <= 31 or len(first) == 4)


def is_time(numeral: Numeral) -> bool:
    """A time of day, ``at 10:30``."""
    if numeral.sign or numeral.unit or not (":" in numeral.digits or len(numeral.digits) == 4):
        return False
    is_clock = _TIME.fullmatch(numeral.digits) is not None
    if _STAMP.search(numeral.before[-26:]):
        return is_clock or numeral.digits.isdigit()
    return is_clock and prior_word(numeral.before).word.casefold() in _TIME_CUES


def is_decade(numeral: Numeral) -> bool:
    """``the 1990s``, ``the mid-90s``, ``'90s``; 30s elsewhere are seconds."""
    if numeral.unit != "s" or not re.fullmatch(r"(?:1[5-9]|20)?\d0", numeral.digits):
        return False
    lead = numeral.before.rstrip().casefold()
    return len(numeral.digits) == 4 or lead.endswith((" the", "mid-", "early", "late", "'", "’"))


def is_year(numeral: Numeral) -> bool:
    """A year or a span of years, where the words around say so; ``2000 samples`` is a count."""
    years = _YEARS.fullmatch(numeral.digits)
    if years is None or numeral.sign or numeral.unit or _counts(numeral.after):
        return False
    return len(numeral.digits) > 4 or _is_dated(numeral)


def _counts(after: str) -> bool:
    """Whether the next word, or the one after the other end of a span, is a thing counted."""
    span = _SPAN.match(after)
    return (span[1] if span else next_word(after)).casefold() in words.COUNTED


def _is_dated(numeral: Numeral) -> bool:
    before, after = numeral.before, numeral.after
    if before.endswith(("©", "© ", "(c) ", "pre-", "post-", "mid-", "’", "'")) or after.startswith(
        ("’s", "'s")
    ):
        return True
    if _is_enclosed(before, numeral.digits, after) or _CITED.search(before[-30:]):
        return True
    prior = prior_word(before)
    word = prior.word.casefold().rstrip(".")
    if word == "of":
        return prior.second in words.MOMENTS
    if word == "by":
        return prior.second not in words.CHANGES
    return word in words.YEAR_CUES or (word in words.DETERMINERS and bool(next_word(after)))


def _is_enclosed(before: str, digits: str, after: str) -> bool:
    """A year alone in parentheses, in a table's cell, or at the end of a citation in parentheses."""
    left, right = before.rstrip(" *_"), after.lstrip(" *_")
    if left.endswith("|"):
        return right.startswith("|") and digits[:2] in ("19", "20")
    if left.endswith("("):
        return right[:1] in (")", ",", ";", ":")
    line = left.rpartition("\n")[2]
    return not line.strip(" #*_>") and (not right or right.startswith("\n"))
