"""A claim put together from values that the schema has checked; nothing is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.claims.claim import (
    Claim,
    Correction,
    Mark,
    PlotSpec,
    Source,
    StatedNumber,
    TableSpec,
    Text,
)

_Values = Mapping[str, Any]


def assemble(values: _Values, path: str, claim_id: str, sha256: str) -> Claim:
    """The claim of a file; `values` are those of `check_claim`, found without a problem."""
    correction, source = values.get("correction"), values.get("source")
    return Claim(
        id=claim_id,
        path=path,
        sha256=sha256,
        title=values["title"],
        statement=values["statement"],
        tags=values.get("tags", ()),
        source=Source(**source) if source else None,
        evidence=values.get("evidence", ()),
        lets=tuple((name.value, text) for name, text in values.get("let", ())),
        numbers=_numbers(values),
        assertions=values.get("assertion", ()),
        correction=_correction(correction) if correction else None,
        tables=tuple(TableSpec(**table) for table in values.get("tables", ())),
        plots=tuple(_plot(plot) for plot in values.get("plots", ())),
        notes=values.get("notes"),
        awaits=values.get("awaits"),
        depends=values.get("depends") or (),
    )


def _numbers(values: _Values) -> tuple[StatedNumber, ...]:
    return tuple(StatedNumber(name.value, **number) for name, number in values.get("numbers", ()))


def _correction(values: _Values) -> Correction:
    assertions = values.get("assertion", ())
    return Correction(values["statement"], values["reason"], assertions, _numbers(values))


def _plot(values: _Values) -> PlotSpec:
    log: Text | None = values.get("log")
    marks = tuple(_mark(mark) for mark in values.get("marks", ()))
    return PlotSpec(**{**values, "log": log.value if log else "", "marks": marks})


def _mark(values: _Values) -> Mark:
    kind = next(key for key in values if key != "text")
    return Mark(kind, values[kind], values.get("text"))
