"""Numerals in prose, each as a reader takes it in: sign, digits, unit, and the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_builder.claims import naming_words as words
from site_builder.claims.bare_prose import GONE

BEFORE = 80
AFTER = 80
"""How many characters around a numeral decide what it is; a bound, so that the time stays linear."""

_POWER = r"(?:\^\{?[+−-]?\d{1,9}\}?|[⁺⁻]?[⁰¹²³⁴-⁹]{1,9})"
_RUN = re.compile(
    r"(?:\d++[dhm]\d++(?:\.\d++)?+[hms](?:\d++(?:\.\d++)?+s)?+(?!\w)"
    r"|(?<![\w.,])(?<![^\W\d]-)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,4}(?![\d\w]|[.,]\d{4})(?:[.,]\d++)?+"
    r"|\d++(?:[.,'’]\d++|_\d{3}(?![\d_]))*+[¼½¾⅐-⅞]?+"
    r"|(?<![\w.])\.\d++"
    r"|[¼½¾⅐-⅞])"
    rf"(?:[eE][+−-]?\d++(?!\w)|[ \u00a0]?(?:\\times|\\cdot|[×x·*⋅]) ?10{_POWER}|{_POWER})?+"
)
_SIGN = re.compile(
    r"(?:(?:(?<!~)~|[≈∼≃]|[<>]=?|[≤≥±]|(?<![\w)\]}%.,/–-])[-−–+])[ \u00a0]?)?(?:(?:\b(?:US|AU|CA|A|C))?[$€£¥])?\Z"
)
_JOIN = re.compile(
    r"(?:(?<=\d) [x×] (?=\d)|[-–‑‒/:~]|[ \u00a0]?(?:±|\+/-|\\pm)[ \u00a0]?|[x×](?=\d))[~$€£¥]?(?=\.?\d)"
)
_UNIT = re.compile(
    r"[ \u00a0\u2009\u202f]?+(?:\\?%|‰|×(?! ?\d)|°[CF]?|[€£¥](?!\d))"
    r"|(?P<gap>[ \u00a0\u2009\u202f-]?+)(?P<word>[A-Za-zµμ]++)(?P<more> (?:cent|points?)\b)?+(?!\w)"
)
_PER = re.compile(r" ?/ ?[A-Za-zµμ]{1,12}+(?![\w/])")
_PLUS = re.compile(r"\+(?![\w/+])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral: `start` and `end` span sign, digits and unit; `first` is where its digits begin.

    `digits` is all between sign and unit (``61–73``, ``1,234.5``, ``2e-4``); `before` and `after` are the
    characters around the whole.
    """

    start: int
    first: int
    end: int
    sign: str
    digits: str
    unit: str
    before: str
    after: str

    @property
    def is_plain(self) -> bool:
        """Whether it is digits alone, perhaps with one dot: what a label or a version may look like."""
        return not self.sign and not self.unit and self.digits.replace(".", "", 1).isdigit()

    @property
    def is_whole(self) -> bool:
        """Whether it is an integer without sign and unit."""
        return not self.sign and not self.unit and self.digits.isdigit()


def next_numeral(bare: str, at: int) -> Numeral | None:
    """The first numeral of bare prose at or after an offset, or None."""
    found = _RUN.search(bare, at)
    if found is None:
        return None
    start = _sign_start(bare, max(at, found.start() - 6), found.start())
    end, unit_start = _end(bare, found.end())
    return Numeral(
        start=start,
        first=found.start(),
        end=end,
        sign=bare[start : found.start()],
        digits=bare[found.start() : unit_start],
        unit=bare[unit_start:end],
        before=bare[max(0, start - BEFORE) : start],
        after=bare[end : end + AFTER],
    )


def _sign_start(bare: str, low: int, at: int) -> int:
    found = _SIGN.search(bare, low, at)
    return found.start() if found else at


def _end(bare: str, end: int) -> tuple[int, int]:
    """Where the numeral ends, and where its unit begins; ranges, ratios and shapes are one numeral."""
    unit_start, end = end, _unit_end(bare, end)
    while joined := _JOIN.match(bare, end):
        run = _RUN.match(bare, joined.end())
        if run is None:
            break
        unit_start, end = run.end(), _unit_end(bare, run.end())
    return end, unit_start


def _unit_end(bare: str, at: int) -> int:
    end = _symbol_end(bare, at)
    per = _PER.match(bare, end) if end > at else None
    end = per.end() if per else end
    plus = _PLUS.match(bare, end)
    return plus.end() if plus else end


def _symbol_end(bare: str, at: int) -> int:
    """The end of a unit's symbol or word; `at` where none follows."""
    found = _UNIT.match(bare, at)
    if found is None:
        return at
    word, gap = found["word"], found["gap"]
    if word is None:
        return found.end()
    if word == "x" and gap and bare[found.end() : found.end() + 2].strip(" ").isdigit():
        return at
    if word in ("per", "percentage"):
        return found.end() if gap and found["more"] else at
    is_unit = word in words.SPACED_UNITS if gap else word in words.TOUCHING_UNITS
    return found.end("word") if is_unit else at


_WORD = re.compile(r"[^\W\d_](?:[\w+#’'&.-]*[\w+#])?")
_OPENERS = "([{*_\"'“”‘’>«"
_CLOSERS = "*_\"”’'»"
_ENDS = tuple(".!?:;|\n" + GONE)


@dataclass(frozen=True, slots=True)
class PriorWord:
    """The word that stands right before a numeral, and whether it begins a sentence, a cell or a line of a list.

    `second` is the word before it, in lower case.
    """

    word: str
    is_first: bool
    second: str = ""


NO_WORD = PriorWord("", False)


def prior_word(before: str) -> PriorWord:
    """The word that ends `before`, a blank away from what follows; an empty one where something else stands there."""
    stripped = before.rstrip(" \u00a0\n*_\"“‘'")
    gap = before[len(stripped) :]
    if not gap or not gap.strip("*_\"“‘'") or gap.count("\n") > 1:
        return NO_WORD
    tail = stripped.rstrip(_CLOSERS + ")]")
    cut = max(tail.rfind(mark) for mark in (" ", "\n", "\u00a0", "|", GONE, "—", "(", "[", "/")) + 1
    word = tail[cut:].lstrip(_OPENERS)
    if not _WORD.fullmatch(word.rstrip(".")) or (len(tail) < len(stripped) and stripped[-1] in ")]"):
        return NO_WORD
    return PriorWord(word, _is_beginning(before, tail[:cut], gap), _last_word(tail[:cut]))


def _is_beginning(before: str, lead: str, gap: str) -> bool:
    """Whether the word after `lead` begins something, so that its capital letter says nothing."""
    stripped = lead.rstrip(" \u00a0" + _OPENERS)
    if "\n" in gap and before.rpartition("\n")[0].rpartition("\n")[2].lstrip().startswith("#"):
        return True
    if not stripped:
        return len(before) < BEFORE
    if stripped.endswith("\n"):
        return stripped.endswith("\n\n") or stripped.rstrip("\n").endswith(_ENDS)
    last = stripped.rpartition("\n")[2].strip()
    return stripped.endswith(_ENDS) or not last.strip("#-+*>")


def _last_word(lead: str) -> str:
    found = lead.split()
    return found[-1].strip(_OPENERS + _CLOSERS + ",;").casefold() if found else ""


_NEXT = re.compile(r"[ \u00a0\n*_]+([^\W\d_]+)")


def next_word(after: str) -> str:
    """The word that follows a numeral after a blank, as it is typed; empty where something else does."""
    found = _NEXT.match(after)
    return found[1] if found else ""
