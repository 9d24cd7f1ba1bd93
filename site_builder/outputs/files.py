"""The files of a whole site: pages, downloads, the machine-readable twin and its schema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from site_builder.outputs.downloads import downloads
from site_builder.outputs.output import Output, key_of, ready
from site_builder.outputs.render import rendered
from site_builder.outputs.schema import schema_json
from site_builder.outputs.twin import SCHEMA_FILE, TWIN_FILE, claims_json
from site_builder.pages.figure import Draw, drawn_by_plots, drawn_once
from site_builder.pages.site import Site, present
from site_builder.verdicts.digests import digest_of


def outputs_of(site: Site, templates: Path | None = None, draw: Draw = drawn_by_plots) -> Iterator[Output]:
    """Everything that a build publishes, each file made when it is asked for."""
    once = drawn_once(draw)
    yield from downloads(site, once)  # first, so that the pages find plots drawn
    yield from rendered(present(site, once), templates)
    yield _twin(site)
    yield ready(SCHEMA_FILE, schema_json())


def _twin(site: Site) -> Output:
    claims = [site.digests.of(decision) for decision in site.decisions]
    key = key_of(site.version, digest_of(site.coverage), *claims)
    return Output(TWIN_FILE, key, partial(claims_json, site.decisions, site.version, site.coverage))


def site_files(site: Site, templates: Path | None = None, draw: Draw = drawn_by_plots) -> dict[str, bytes]:
    """Path → bytes of everything that a build publishes; the same for the same site."""
    return {output.path: output.make() for output in outputs_of(site, templates, draw)}
