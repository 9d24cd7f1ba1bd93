"""Resampling: how much a statistic moves when the sample is drawn again from itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from site_builder.language.function import Function, Parameter, whole
from site_builder.language.functions.samples import GROUP, STRICT, censored
from site_builder.language.summarising import numbers_of, obstacle
from site_builder.language.values import Unknown, Value, number
from site_builder.problems import Mistake
from site_builder.quantities import aggregate
from site_builder.quantities.quantity import Quantity
from site_builder.tables import Column

Integers = npt.NDArray[np.int64]
_MOST_DRAWS = 40_000_000
_DRAWS_AT_ONCE = 1_000_000
_GRID_BITS = 40
_LARGEST_SEED = 2**63


@dataclass(frozen=True, slots=True)
class Draws:
    """How a sample of `count` is drawn again: the seed, how many times, and which sorted results are the ends."""

    count: int
    seed: int
    samples: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Numbers as whole multiples of a step, so that sums do not depend on their order; `slack` is what that moved."""

    multiples: Integers
    step: Fraction
    slack: Fraction

    def at(self, place: int) -> Fraction:
        """The number at a place."""
        return int(self.multiples[place]) * self.step


@dataclass(frozen=True, slots=True)
class Statistic:
    """What is taken of each sample drawn: of a matrix of whole numbers, one a row, in parts of `parts`."""

    of_rows: Callable[[Integers], Integers]
    parts: Callable[[int], int]
    of_column: Callable[[Quantity], Quantity]


def _bootstrap_ci(
    column: Column, statistic: str, level: Quantity | None, seed: Quantity | None, samples: Quantity | None
) -> Value:
    name = "bootstrap_ci"
    numbers = numbers_of(column, name)
    stop = obstacle(numbers, name) or censored(name, numbers.cells, numbers)
    if stop is not None:
        return stop
    if len(numbers) < 2:
        return Unknown("undefined", f"{name} needs at least 2 numbers", numbers.cells)
    draws = _draws(len(numbers), level, seed, samples)
    of = _STATISTICS[statistic]
    nominal = of.of_column(numbers.data).nominal
    below = _results(numbers.data.lowest, draws, of)
    above = below if numbers.data.is_exact else _results(numbers.data.highest, draws, of)
    low = below.at(draws.end - 1) - below.slack
    high = above.at(draws.samples - draws.end) + above.slack
    ends = min(low, nominal), max(high, nominal)
    return number(Quantity(nominal, *ends, unit=numbers.unit), numbers.cells)


def _draws(count: int, level: Quantity | None, seed: Quantity | None, samples: Quantity | None) -> Draws:
    """The draws that the arguments ask for; raises `Mistake` for those that make no interval."""
    times = 9_999 if samples is None else whole(samples, "bootstrap_ci", "samples")
    start = 0 if seed is None else whole(seed, "bootstrap_ci", "seed")
    if not 0 <= start < _LARGEST_SEED:
        raise Mistake("E-CALL", "bootstrap_ci takes a seed from 0 to 2^63", hint="0, 1, 2 …")
    if times < 1 or times * count > _MOST_DRAWS:
        message = (
            f"bootstrap_ci draws {times:,} samples of {count:,}; at most {_MOST_DRAWS:,} numbers are drawn"
        )
        raise Mistake("E-LIMIT", message, hint="give fewer samples, such as samples=999")
    end = math.floor((times + 1) * (1 - _share(level)) / 2)
    if end < 1:
        message = f"bootstrap_ci: {times:,} samples are too few for this level"
        raise Mistake("E-CALL", message, hint="give more samples, such as samples=9999")
    return Draws(count, start, times, end)


def _share(level: Quantity | None) -> Fraction:
    if level is None:
        return Fraction(95, 100)
    share = level.nominal / 100 if level.unit.symbol == "%" else level.nominal
    if not level.is_exact or not 0 < share < 1:
        raise Mistake("E-CALL", "bootstrap_ci takes a level between 0 and 1", hint='0.95, or quantity("95%")')
    return Fraction(share)


def _results(values: npt.NDArray[Any], draws: Draws, statistic: Statistic) -> Grid:
    """The statistic of every sample drawn, in rising order."""
    grid = _grid(values)
    results = np.concatenate([statistic.of_rows(grid.multiples[rows]) for rows in _rows_drawn(draws)])
    return Grid(np.sort(results), grid.step / statistic.parts(draws.count), grid.slack)


def _rows_drawn(draws: Draws) -> Iterator[npt.NDArray[np.int64]]:
    """Row numbers, a matrix of samples at a time: the high half of each word of the generator, scaled to the count.

    The words of the PCG64 bit generator are the same on every platform and in every version of numpy, which its
    ready-made distributions are not.
    """
    generator = np.random.PCG64(draws.seed)
    at_once = max(1, _DRAWS_AT_ONCE // draws.count)
    for start in range(0, draws.samples, at_once):
        samples = min(at_once, draws.samples - start)
        words = generator.random_raw(samples * draws.count) >> np.uint64(32)
        rows = (words * np.uint64(draws.count)) >> np.uint64(32)
        yield rows.astype(np.int64).reshape(samples, draws.count)


def _grid(values: npt.NDArray[Any]) -> Grid:
    """Exact decimals on their own step; anything finer on a step of 2^-40 of the largest."""
    exact = list(Quantity(values).rows_exactly(np.arange(len(values))).nominal)
    largest = max(abs(v) for v in exact)
    common = 1
    for value in exact:
        common = math.lcm(common, value.denominator)
        if common > 2**62:
            break
    if common * largest * len(exact) < 2**62:
        return Grid(
            np.array([int(v * common) for v in exact], dtype=np.int64), Fraction(1, common), Fraction(0)
        )
    bits = min(_GRID_BITS, 60 - len(exact).bit_length())
    step = largest / 2**bits
    return Grid(np.array([round(v / step) for v in exact], dtype=np.int64), step, step)


def _middle(rows: Integers) -> Integers:
    """Twice the median of each row."""
    count = rows.shape[1]
    places = ((count - 1) // 2, count // 2)
    ordered = np.partition(rows, places, axis=1)
    return np.asarray(ordered[:, places[0]] + ordered[:, places[1]])


_STATISTICS = {
    "mean": Statistic(lambda rows: rows.sum(axis=1), lambda count: count, aggregate.mean),
    "median": Statistic(_middle, lambda count: 2, lambda q: aggregate.quantile(q, Fraction(1, 2))),
}

FUNCTIONS = (
    Function(
        "bootstrap_ci",
        GROUP,
        "The bootstrap interval of a mean or median: what it is in the middle 95 % of samples drawn from the "
        "column with "
        "replacement, as a range around the column's own.",
        (
            Parameter("column", "column"),
            Parameter("statistic", "choice", "mean", also=("stat",), choices=tuple(_STATISTICS)),
            Parameter("level", "number", None, also=("confidence", "confidence_level")),
            Parameter("seed", "number", None),
            Parameter("samples", "number", None, also=("n", "n_resamples", "resamples")),
        ),
        _bootstrap_ci,
        ('bootstrap_ci(runs.accuracy) > quantity("50%")', "true"),
        STRICT + "level is 0.95, seed 0 and samples 9999 unless given. The same seed gives the same interval "
        "everywhere: the "
        "high 32 bits of PCG64's words times n, over 2^32. Bounds of cells widen it to true bounds; a "
        "censored cell leaves it "
        "unknown.",
        "B. Efron, Annals of Statistics 7 (1979), 1-26; percentile interval: A. C. Davison and D. V. "
        "Hinkley, Bootstrap "
        "Methods and their Application (1997), eq. 5.18.",
    ),
)
