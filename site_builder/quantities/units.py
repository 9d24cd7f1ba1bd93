"""Units: what a number counts, how two units compare, and what products and quotients of them are.

A unit is a product of symbols. Symbols of one dimension convert (150 s is 2.5 min); any other word is a dimension
of its own, so `ep` adds to `ep` and to nothing else. Numbers with no symbol come in four kinds, which differ only
in how they meet a percentage: a bare number takes the other side's unit, a count or share (pure) is a fraction, a
quotient of bare numbers is a fraction that may turn out to be meant otherwise, and a bare number that was
multiplied by a literal 100 is meant in per cent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Kind = Literal["bare", "hundred", "quotient", "pure", "named"]

_PER_CENT = Fraction(1, 100)
_DIMENSIONLESS = {"%": _PER_CENT, "pp": _PER_CENT, "x": Fraction(1)}
_TIME = {
    "ns": Fraction(1, 10**9),
    "µs": Fraction(1, 10**6),
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86400),
    "wk": Fraction(604_800),
}
_BYTES = {f"{prefix}B": Fraction(1000**power) for power, prefix in enumerate("kMGTP", 1)} | {
    f"{prefix}iB": Fraction(1024**power) for power, prefix in enumerate("KMGTP", 1)
}
_BYTES["byte"] = Fraction(1)
_SCALES: dict[str, tuple[str, Fraction]] = {
    **{symbol: ("share", factor) for symbol, factor in _DIMENSIONLESS.items()},
    **{symbol: ("time", factor) for symbol, factor in _TIME.items()},
    **{symbol: ("information", factor) for symbol, factor in _BYTES.items()},
}
_SPELLINGS = {
    "us": "µs",
    "μs": "µs",
    "sec": "s",
    "secs": "s",
    "second": "s",
    "seconds": "s",
    "mins": "min",
    "minute": "min",
    "minutes": "min",
    "hr": "h",
    "hrs": "h",
    "hour": "h",
    "hours": "h",
    "day": "d",
    "days": "d",
    "week": "wk",
    "weeks": "wk",
    "percent": "%",
    "per cent": "%",
    "percentage points": "pp",
    "percentage point": "pp",
    "points": "pp",
    "% points": "pp",
    "%-points": "pp",
    "percent points": "pp",
    "p.p.": "pp",
    "ppt": "pp",
    "pct": "%",
    "×": "x",
    "X": "x",
    "times": "x",
    "fold": "x",
    "-fold": "x",
    "KB": "kB",
    "bytes": "byte",
}
_WORD = re.compile(r"[^\W\d_][\w.-]*|[%$€£¥×]|°[CF]?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of (symbol, exponent) pairs, or, with no symbol, one of the unnamed kinds."""

    parts: tuple[tuple[str, int], ...] = ()
    kind: Kind = "bare"

    def __str__(self) -> str:
        over = "·".join(_power(s, e) for s, e in self.parts if e > 0)
        under = "/".join(_power(s, -e) for s, e in self.parts if e < 0)
        return f"{over or '1'}/{under}" if under else over

    @property
    def symbol(self) -> str:
        """The unit's only symbol where it is one symbol to the first power, else the empty string."""
        return self.parts[0][0] if len(self.parts) == 1 and self.parts[0][1] == 1 else ""


BARE = Unit()
HUNDRED = Unit(kind="hundred")
QUOTIENT = Unit(kind="quotient")
PURE = Unit(kind="pure")


class UnitClash(Exception):  # noqa: N818
    """Two units that cannot be compared or added; the message says why, in words."""


def named(*parts: tuple[str, int]) -> Unit:
    """The unit of these symbols, or a pure number when there are none."""
    return Unit(tuple(parts), "named") if parts else PURE


PERCENT = named(("%", 1))
PP = named(("pp", 1))
TIMES = named(("x", 1))
SECOND = named(("s", 1))
MINUTE = named(("min", 1))
DAY = named(("d", 1))


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """The unit a text names, such as ``%/min`` or ``tokens/s``; None if it names none; empty is bare."""
    text = text.strip()
    if not text or text == "1":
        return PURE if text else BARE
    parts: dict[str, int] = {}
    for position, group in enumerate(re.split(r"\s*(?:/|\bper\b(?! cent))\s*", text)):
        sign = 1 if position == 0 else -1
        if group == "1" and position == 0:
            continue
        for piece in re.split(r"\s*[·*]\s*", group):
            symbol, exponent = _read_symbol(piece)
            if symbol is None:
                return None
            parts[symbol] = parts.get(symbol, 0) + sign * exponent
    return named(*((s, e) for s, e in parts.items() if e))


def _read_symbol(piece: str) -> tuple[str | None, int]:
    match = re.fullmatch(r"(.+?)(?:\^(-?\d)|(²)|(³))?", piece.strip())
    if not match:
        return None, 1
    exponent = int(match[2]) if match[2] else 2 if match[3] else 3 if match[4] else 1
    word = _SPELLINGS.get(match[1]) or _folded(match[1]) or match[1]
    if word in _SCALES or all(_WORD.fullmatch(w) for w in word.split(" ")):
        return word, exponent
    return None, 1


def _folded(word: str) -> str | None:
    """The unit of a spelt-out word whatever its case; short symbols mean what they are (`US` is no microsecond)."""
    return _SPELLINGS.get(word.lower()) if len(word) > 2 else None


def is_scaled(symbol: str) -> bool:
    """Whether a symbol is one we know the size of, rather than a word that only counts itself."""
    return symbol in _SCALES


def multiply(a: Unit, b: Unit) -> tuple[Unit, Fraction]:
    """The unit of a product and the factor that its number is to be multiplied by."""
    if not a.parts and not b.parts:
        return _PRODUCTS.get((a.kind, b.kind), BARE), Fraction(1)
    return _merge(a, b, 1)


def divide(a: Unit, b: Unit) -> tuple[Unit, Fraction]:
    """The unit of a quotient and the factor that its number is to be multiplied by."""
    if not a.parts and not b.parts:
        return _QUOTIENTS.get((a.kind, b.kind), QUOTIENT), Fraction(1)
    return _merge(a, b, -1)


_PRODUCTS: dict[tuple[Kind, Kind], Unit] = {
    ("quotient", "quotient"): QUOTIENT,
    ("quotient", "pure"): QUOTIENT,
    ("pure", "quotient"): QUOTIENT,
    ("pure", "pure"): PURE,
    ("hundred", "pure"): HUNDRED,
    ("hundred", "quotient"): HUNDRED,
    ("pure", "hundred"): HUNDRED,
    ("quotient", "hundred"): HUNDRED,
}
_QUOTIENTS: dict[tuple[Kind, Kind], Unit] = {
    ("pure", "pure"): PURE,
    ("hundred", "bare"): HUNDRED,
    ("hundred", "pure"): HUNDRED,
    ("hundred", "quotient"): HUNDRED,
}


def times_hundred(unit: Unit) -> Unit:
    """The unit of a number multiplied by a literal 100: an unnamed number is now meant in per cent."""
    return unit if unit.parts else HUNDRED


def _merge(a: Unit, b: Unit, sign: int) -> tuple[Unit, Fraction]:
    factor = Fraction(1)
    parts = dict(a.parts)
    for symbol, exponent in b.parts:
        mine = _same_dimension(symbol, parts)
        parts[mine] = parts.get(mine, 0) + sign * exponent
        factor *= _conversion(symbol, mine) ** (sign * exponent)
    parts = {s: e for s, e in parts.items() if e}
    return _fold_shares(parts, factor, a.kind if not a.parts else b.kind)


def _same_dimension(symbol: str, parts: dict[str, int]) -> str:
    if symbol in parts or symbol not in _SCALES:
        return symbol
    dimension = _SCALES[symbol][0]
    return next((s for s in parts if s in _SCALES and _SCALES[s][0] == dimension), symbol)


def _conversion(old: str, new: str) -> Fraction:
    return Fraction(1) if old == new else _SCALES[old][1] / _SCALES[new][1]


def _fold_shares(parts: dict[str, int], factor: Fraction, other: Kind) -> tuple[Unit, Fraction]:
    """Turn shares into plain factors where they are not what the number counts: 92 % of 50 ep is 46 ep."""
    shares = {s: e for s, e in parts.items() if s in _DIMENSIONLESS}
    rest = {s: e for s, e in parts.items() if s not in _DIMENSIONLESS}
    for symbol, exponent in shares.items():
        keeps = exponent >= 1 and all(e < 0 for e in rest.values()) and (symbol != "x" or not rest)
        if keeps:
            factor *= _DIMENSIONLESS[symbol] ** (exponent - 1)
            return named((symbol, 1), *rest.items()), factor
        factor *= _DIMENSIONLESS[symbol] ** exponent
    if rest:
        return named(*rest.items()), factor
    return (QUOTIENT if other in ("bare", "quotient") and not shares else PURE), factor


def common(a: Unit, b: Unit, *, adding: bool) -> tuple[Unit, Fraction, Fraction]:
    """The unit in which a and b meet, and the factors that bring each side's number to it.

    Raises `UnitClash` where they don't. `adding` tells sums, where points adjust a percentage, from comparisons.
    """
    one = Fraction(1)
    if a == b:
        return a, one, one
    if not a.parts and not b.parts:
        return _MEETINGS.get(frozenset((a.kind, b.kind)), BARE), one, one
    if not a.parts:
        return b, _unnamed_to(a, b), one
    if not b.parts:
        return a, one, _unnamed_to(b, a)
    if a.symbol in ("%", "pp") and b.symbol in ("%", "pp"):
        if not adding:
            raise UnitClash("a percentage and a difference in percentage points are two things")
        return PERCENT, one, one
    return a, one, _convert(b, a)


_MEETINGS: dict[frozenset[Kind], Unit] = {
    frozenset(("bare", "quotient")): QUOTIENT,
    frozenset(("bare", "pure")): PURE,
    frozenset(("quotient", "pure")): QUOTIENT,
}


def _unnamed_to(unnamed: Unit, unit: Unit) -> Fraction:
    if unnamed.kind in ("bare", "hundred"):
        return Fraction(1)
    if unit.symbol in _DIMENSIONLESS:
        return 1 / _DIMENSIONLESS[unit.symbol]
    if unnamed.kind == "pure" and any(s in _SCALES for s, _ in unit.parts):
        raise UnitClash(f"a count or share has no place on a scale of {unit}")
    return Fraction(1)


def _convert(b: Unit, a: Unit) -> Fraction:
    """The factor from unit b to unit a."""
    factor = Fraction(1)
    left = dict(a.parts)
    for symbol, exponent in b.parts:
        mine = _same_dimension(symbol, left)
        if left.pop(mine, None) != exponent:
            raise UnitClash(f"{b} and {a} measure different things")
        both_shares = {symbol, mine} <= {"%", "pp"}
        factor *= Fraction(1) if both_shares else _conversion(symbol, mine) ** exponent
    if left:
        raise UnitClash(f"{b} and {a} measure different things")
    return factor


def difference(unit: Unit) -> Unit:
    """The unit of a difference of two numbers in `unit`: percentages differ by points."""
    return PP if unit == PERCENT else unit


def _power(symbol: str, exponent: int) -> str:
    return symbol if exponent == 1 else f"{symbol}^{exponent}"
