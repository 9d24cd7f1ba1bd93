"""The files of a whole site, in memory: pages, downloads, the machine-readable twin and its schema."""

from __future__ import annotations

from pathlib import Path

from site_builder.outputs.downloads import downloads
from site_builder.outputs.render import render
from site_builder.outputs.schema import schema_json
from site_builder.outputs.twin import SCHEMA_FILE, TWIN_FILE, claims_json
from site_builder.pages.figure import Draw, drawn_by_plots, drawn_once
from site_builder.pages.site import Site, present


def site_files(site: Site, templates: Path | None = None, draw: Draw = drawn_by_plots) -> dict[str, bytes]:
    """Path → bytes of everything that a build publishes; the same for the same site."""
    once = drawn_once(draw)
    return {
        **render(present(site, once), templates),
        **downloads(site, once),
        TWIN_FILE: claims_json(site.decisions, site.version, site.coverage),
        SCHEMA_FILE: schema_json(),
    }
