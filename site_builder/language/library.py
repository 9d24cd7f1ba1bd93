"""Every function of the language by name, collected from the families; two owners of one name are refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from site_builder.language.function import Function
from site_builder.language.functions import (
    aggregates,
    correlations,
    counting,
    design,
    elementwise,
    extremes,
    fits,
    joining,
    ordering,
    places,
    rows,
    spoken,
    trends,
    truths,
)

_FAMILIES = (
    rows,
    ordering,
    joining,
    counting,
    aggregates,
    extremes,
    elementwise,
    places,
    truths,
    trends,
    spoken,
    fits,
    correlations,
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
