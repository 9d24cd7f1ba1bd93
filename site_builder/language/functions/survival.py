"""Survival: how long until half of those who are followed have met an event, when some are lost from sight."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import numpy.typing as npt

from site_builder.language.comparisons import comparison
from site_builder.language.function import Function, Parameter
from site_builder.language.functions.ranksums import dense_places
from site_builder.language.functions.samples import GROUP, STRICT, by_group, inexact, sample_of
from site_builder.language.operands import check_aligned
from site_builder.language.summarising import Names, numbers_of, obstacle
from site_builder.language.values import Scalar, Unknown, Value, kind_of, number
from site_builder.problems import Mistake
from site_builder.quantities.quantity import Quantity, exact
from site_builder.tables import Column, joined

_NEAR = 1e-9
_MOST_FACTORS = 10_000


def _survival_median(time: Column, event: Column, by: Names | None) -> Value:
    event = _as_events(event)
    times = numbers_of(time, "survival_median")
    check_aligned(times, event, "survival_median")
    return by_group((times, event), by, "survival_median", _median)


def _as_events(event: Column) -> Column:
    """A column of truths; one of 0 and 1 says the same. Raises `Mistake` for other columns."""
    if event.kind == "truth":
        return event
    if event.kind == "number" and event.data.is_exact and set(event.data.nominal[event.known()]) <= {0, 1}:
        happened = comparison("==", event, number(exact(1)))
        assert isinstance(happened, Column)
        return happened
    message = f"survival_median takes truths, or 0 and 1, as 'event', and this is {kind_of(event)}"
    raise Mistake("E-KIND", message, hint="write which cells are events, such as table.status == 2")


def _median(times: Column, event: Column) -> Scalar | Unknown:
    name = "survival_median"
    cells = joined(times.cells, event.cells)
    stop = obstacle(times, name) or obstacle(numbers_of(event, name), name) or inexact(name, cells, times)
    if stop is not None:
        return stop
    if event.unknown is not None:
        return Unknown(
            event.why_unknown(), f"{name}: for some rows it is open whether the event happened", cells
        )
    reached = _half_row(times.data, event.data == 1)
    if reached is not None:
        return number(Quantity(sample_of(times.data.take(np.array([reached])))[0], unit=times.unit), cells)
    last = sample_of(times.data.take(np.array([int(np.argmax(dense_places(times.data)))])))[0]
    return number(Quantity(last, last, math.inf, low_open=True, unit=times.unit), cells)


def _half_row(times: Quantity, events: npt.NDArray[np.bool_]) -> int | None:
    """A row with the first time at which the product-limit estimate is one half or less, None if it never is.

    The estimate is the product of (n - d)/n over the times of events: of n who are still followed, d meet it.
    """
    places = dense_places(times)
    leaving = np.bincount(places)
    met = np.bincount(places, weights=events).astype(int)
    followed = len(places) - np.concatenate(([0], np.cumsum(leaving)[:-1]))
    survival = np.cumprod((followed - met) / followed)
    for place in np.flatnonzero(survival < 0.5 + _NEAR).tolist():
        if survival[place] < 0.5 - _NEAR or _is_half(followed[: place + 1], met[: place + 1]):
            return int(np.flatnonzero(places == place)[0])
    return None


def _is_half(followed: npt.NDArray[np.int_], met: npt.NDArray[np.int_]) -> bool:
    """Whether a product of fractions is one half or less: exactly, once their common factors are gone."""
    under = Counter(followed.tolist())
    over = Counter((followed - met).tolist())
    top, bottom = (list((a - b).elements()) for a, b in ((over, under), (under, over)))
    if len(top) > _MOST_FACTORS:
        return math.fsum(map(math.log, bottom)) - math.fsum(map(math.log, top)) >= math.log(2)
    return bool(2 * math.prod(top) <= math.prod(bottom))


_EVENT = Parameter("event", "column", also=("events", "observed"))

FUNCTIONS = (
    Function(
        "survival_median",
        GROUP,
        "The first time at which half have met an event, by Kaplan and Meier; rows without the event are "
        "followed up to "
        "their time.",
        (Parameter("time", "column"), _EVENT, Parameter("by", "names", None)),
        _survival_median,
        ('survival_median(runs.minutes, runs.kind == "training")', "30 min"),
        STRICT
        + "Where more than half never meet the event the median is only known to lie after the last time. "
        "Times with "
        "bounds leave it unknown. Where the curve runs level at one half, this is the start of the level.",
        "E. L. Kaplan and P. Meier, Journal of the American Statistical Association 53 (1958), 457-481, eq. "
        "2b.",
    ),
)
