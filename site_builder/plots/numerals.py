"""Numbers as a figure writes them: plain, short, and alike along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SUFFIXES: Final = ((1e9, "B"), (1e6, "M"), (1e3, "k"))
_HUGE: Final = 1e12
_TINY: Final = 1e-4


def value_text(value: float) -> str:
    """A single value with four significant digits: 73.5, 1234, 12,346, 2.5M, 3e−7."""
    size = abs(value)
    if value == 0:
        return "0"
    if size >= _HUGE or size < _TINY:
        return _scientific(value)
    for unit, suffix in _SUFFIXES[:2]:
        if size >= unit:
            return _signed(f"{value / unit:.4g}") + suffix
    if size >= 1e4:
        return _signed(f"{value:,.0f}")
    return _signed(f"{value:.4g}")


def tick_texts(values: Sequence[float]) -> tuple[str, ...]:
    """The texts of evenly spaced ticks, all with the same number of decimals and the same suffix."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= _HUGE or 0 < largest < _TINY:
        return tuple(_scientific(value) for value in values)
    unit, suffix = next(
        ((unit, suffix) for unit, suffix in _SUFFIXES if largest >= max(unit, 1e4)), (1.0, "")
    )
    if _decimals(values, unit) > 2 and unit > 1:
        unit, suffix = 1.0, ""
    decimals = _decimals(values, unit)
    comma = "," if largest >= 1e4 else ""
    return tuple(
        _signed(f"{value / unit:{comma}.{decimals}f}") + suffix if value else "0" for value in values
    )


def log_tick_text(value: float) -> str:
    """The text of a tick on a logarithmic axis: 0.01, 1, 100, 1k, 20M, 1e15."""
    if value >= _HUGE or value < _TINY:
        return _scientific(value)
    for unit, suffix in _SUFFIXES:
        if value >= unit:
            return f"{value / unit:.10g}{suffix}"
    return f"{value:.10g}"


def _decimals(values: Sequence[float], unit: float) -> int:
    texts = [f"{value / unit:.10g}" for value in values]
    return max((len(text.partition(".")[2]) for text in texts if "e" not in text), default=0)


def _scientific(value: float) -> str:
    mantissa, _, exponent = f"{value:.3e}".partition("e")
    if value == 0:
        return "0"
    return _signed(f"{float(mantissa):g}e{int(exponent)}")


def _signed(text: str) -> str:
    return text.replace("-", "−")
