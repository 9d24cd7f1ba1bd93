"""Every function of the language by name, collected from the families; two owners of one name are refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from site_builder.language.function import Function
from site_builder.language.functions import (
    aggregates,
    agreement,
    contingency,
    correlations,
    counting,
    design,
    effects,
    elementwise,
    ends,
    extremes,
    fits,
    joining,
    matching,
    means,
    ordering,
    places,
    ranksums,
    resampling,
    rows,
    series,
    significance,
    spoken,
    student,
    survival,
    trends,
    truths,
)

_FAMILIES = (
    rows,
    ordering,
    joining,
    matching,
    counting,
    aggregates,
    extremes,
    means,
    elementwise,
    places,
    truths,
    trends,
    agreement,
    spoken,
    ends,
    fits,
    correlations,
    effects,
    student,
    ranksums,
    significance,
    resampling,
    series,
    contingency,
    survival,
    design,
)


@cache
def functions() -> Mapping[str, Function]:
    """Functions by name, in the order `claims help` lists them."""
    found: dict[str, Function] = {}
    for family in _FAMILIES:
        for function in family.FUNCTIONS:
            if function.name in found:
                raise RuntimeError(f"two functions are called {function.name!r}")
            found[function.name] = function
    return MappingProxyType(found)
