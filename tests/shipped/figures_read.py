"""The shipped evidence read with pandas and a few lines of parsing of our own: nothing here comes from the tool."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "evidence"
CLAIMS = ROOT / "claims"
ABSENT = ("", "pending", "n/a")
_NUMBER = r"[+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?"
_MINUTES = {"h": 60.0, "min": 1.0}


@dataclass(frozen=True, slots=True)
class Range:
    """What a printed figure may be: its nominal value and the bounds, which are the same for an exact one."""

    nominal: float
    low: float
    high: float

    def __add__(self, other: Range) -> Range:
        return Range(self.nominal + other.nominal, self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.nominal - other.nominal, self.low - other.high, self.high - other.low)

    def __truediv__(self, other: Range) -> Range:
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(self.nominal / other.nominal, min(ends), max(ends))

    def times(self, factor: float) -> Range:
        return Range(self.nominal * factor, self.low * factor, self.high * factor)


def exact(number: float) -> Range:
    """A figure without bounds."""
    return Range(number, number, number)


def digits(text: str) -> float:
    """The number in a text that has nothing else but separators of thousands, a unit or a sign."""
    found = re.search(_NUMBER, text)
    assert found, text
    return float(found[0].replace(",", ""))


def last_place(text: str) -> float:
    """One unit of the last decimal: 0.015 gives 0.001, 18 gives 1."""
    decimals = re.search(r"\.(\d+)", text)
    return 10.0 ** -(len(decimals[1]) if decimals else 0)


def rounded(text: str) -> Range:
    """A figure that was typeset: half a unit of its last decimal to either side."""
    half = last_place(text) / 2
    return Range(digits(text), digits(text) - half, digits(text) + half)


def figure(text: str) -> Range | None:
    """A cell as a person reads it: ``~40%``, ``0-3%``, ``10,000+``, ``2h``, ``33 min``; nothing where it is absent."""
    if text in ABSENT:
        return None
    if text.startswith("~"):
        significant = re.sub(r"0+$", "", text[1:].rstrip("%"))
        half = 10.0 ** (len(text[1:].rstrip("%")) - len(significant)) / 2
        return Range(digits(text), digits(text) - half, digits(text) + half)
    if span := re.fullmatch(rf"({_NUMBER})-({_NUMBER})%?", text):
        low, high = digits(span[1]), digits(span[2])
        return Range((low + high) / 2, low, high)
    if text.endswith("+"):
        return Range(digits(text), digits(text), math.inf)
    if time := re.fullmatch(rf"({_NUMBER}) ?(h|min)", text):
        return exact(digits(time[1]) * _MINUTES[time[2]])
    return exact(digits(text))


def known(text: str) -> Range:
    """A cell that must have a figure."""
    found = figure(text)
    assert found is not None, text
    return found


def table(name: str) -> pd.DataFrame:
    """A file of evidence as texts, exactly as they stand in it."""
    return pd.read_csv(EVIDENCE / f"{name}.csv", dtype=str, keep_default_na=False)


def row(frame: pd.DataFrame, **wanted: str) -> Mapping[str, str]:
    """The only row with these cells."""
    mask = pd.Series(True, index=frame.index)
    for column, cell in wanted.items():
        mask &= frame[column] == cell
    found = frame[mask]
    assert len(found) == 1, (wanted, len(found))
    return {str(column): str(cell) for column, cell in found.iloc[0].items()}


def log_steps() -> dict[int, dict[str, str]]:
    """The log's figures as texts, by step."""
    text = (EVIDENCE / "hybrid-distillation/llama-seed8.log").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.startswith("Step"))
    return {int(line.split(":")[0].split()[1]): dict(re.findall(r"(\w+)=([\d.]+)", line)) for line in lines}
