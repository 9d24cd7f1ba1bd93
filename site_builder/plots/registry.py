"""The kinds of plot there are, found once, by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from site_builder.plots.kind import Kind
from site_builder.problems import Mistake, did_you_mean


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name, in alphabetical order. Raises ValueError if two modules claim one name."""
    import site_builder.plots.kinds as room

    found: dict[str, Kind] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(room.__path__)):
        kind: Kind = importlib.import_module(f"{room.__name__}.{module}").KIND
        if kind.name in found:
            raise ValueError(f"two kinds of plot are named {kind.name!r}")
        found[kind.name] = kind
    return MappingProxyType(dict(sorted(found.items())))


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises `Mistake`, with the nearest name and the list, if there is none."""
    kind = kinds().get(name)
    if kind is not None:
        return kind
    listing = f"it can be {', '.join(kinds())}"
    guess = did_you_mean(name, kinds(), listing="")
    hint = f"{guess} {listing}" if guess.startswith("did you mean") else listing
    raise Mistake("E-PLOT-KIND", f"there is no kind of plot {name[:60]!r}", hint=hint)
