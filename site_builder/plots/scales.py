"""A scale: what lies along an axis, as fractions of its length, with its ticks."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.plots.numerals import log_tick_text, tick_texts

_PADDING: Final = 0.05
_LARGEST: Final = sys.float_info.max
# Below this width a range is as good as a point: its step would vanish among the floats.
_NARROWEST: Final = 1e-290


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the scale and its text."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The shown range; on a logarithmic scale `low` and `high` are decimal logarithms."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    log: bool = False
    slots: int = 0

    def at(self, value: float) -> float:
        """Where the value lies: 0 at the low end, 1 at the high end, and beyond outside of the range.

        On a logarithmic scale zero and negative values lie at minus infinity.
        """
        if self.log:
            if value <= 0:
                return -math.inf
            value = math.log10(value)
        # Halves, because the distance of two finite floats may not be finite.
        return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)

    def clamped(self, value: float) -> float:
        """Where the value lies, no further out than the ends."""
        return min(1.0, max(0.0, self.at(value)))


def slots(names: Sequence[str]) -> Scale:
    """A scale of categories: the n-th has its middle at n, and a tick each."""
    ticks = tuple(Tick(float(index), name) for index, name in enumerate(names))
    return Scale(-0.5, len(names) - 0.5, ticks, slots=len(names))


def linear(values: Sequence[float], most_ticks: int, *, from_zero: bool = False) -> Scale:
    """A linear scale that shows all values; one that must, or nearly does, starts at zero."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    grounded = from_zero or 0 <= low <= 0.3 * high
    if grounded:
        low, high = min(low, 0.0), max(high, 0.0)
    if _is_a_point(low, high):
        low, high = (0.0, 1.0) if from_zero else _opened(low, high)
    else:
        low, high = _padded(low, high, grounded)
    values = linear_ticks(low, high, most_ticks)
    return Scale(low, high, tuple(map(Tick, values, tick_texts(values))))


def _is_a_point(low: float, high: float) -> bool:
    return high / 2 - low / 2 <= max(_NARROWEST, 1e-12 * max(abs(low), abs(high)))


def _opened(low: float, high: float) -> tuple[float, float]:
    """A range about a single value, which lies in its middle; about zero, where there is no size to go by."""
    reach = abs(low) * 0.1 if abs(low) > 1e-280 else 1.0
    return max(low - reach, -_LARGEST), min(high + reach, _LARGEST)


def _padded(low: float, high: float, grounded: bool) -> tuple[float, float]:
    """The range with some air at its ends, but none beyond a zero that it stands on."""
    pad = min((high / 2 - low / 2) * 2 * _PADDING, _LARGEST / 4) if high / 2 - low / 2 < _LARGEST / 4 else 0.0
    below = 0.0 if grounded and low == 0 else pad
    above = 0.0 if grounded and high == 0 else pad
    return max(low - below, -_LARGEST), min(high + above, _LARGEST)


def linear_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """At most about `most` round values inside of the range, evenly spaced."""
    step = _round_step(high / most - low / most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(float(f"{index * step:.12g}") for index in range(first, min(last, first + 2 * most) + 1))


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    step = next((power * factor for factor in (1, 2, 2.5, 5) if power * factor >= least * 0.999), power * 10)
    return min(step, 1e308)


def logarithmic(values: Sequence[float], most_ticks: int) -> Scale:
    """A logarithmic scale that shows all values, which must be greater than zero."""
    low, high = math.log10(min(values, default=1.0)), math.log10(max(values, default=10.0))
    reach = max((high - low) * _PADDING, 0.01) if high - low > 0.001 else 0.15
    low, high = low - reach, high + reach
    ticks = tuple(Tick(value, log_tick_text(value)) for value in _log_ticks(low, high, most_ticks))
    return Scale(low, high, ticks, log=True)


def _log_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Powers of ten, not every one where they are many; with 2 and 5, or finer, where they are few."""
    powers = range(math.ceil(low), math.floor(high) + 1)
    if len(powers) >= 3:
        every = -(-len(powers) // most)
        return tuple(float(f"1e{power}") for power in powers if power % every == 0 and -300 < power <= 308)
    steps = [(power, factor) for power in range(math.floor(low), math.ceil(high) + 1) for factor in (1, 2, 5)]
    inside = (
        float(f"{factor}e{power}") for power, factor in steps if low <= math.log10(factor) + power <= high
    )
    ticks = tuple(value for value in inside if 0 < value < math.inf)
    if len(ticks) >= 2 or not -300 < low <= high < 300:
        return ticks
    return tuple(value for value in linear_ticks(10**low, 10**high, most) if value > 0)
