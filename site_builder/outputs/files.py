"""The files of a whole site, in memory: pages, downloads, the machine-readable twin and its schema."""

from __future__ import annotations

from pathlib import Path

from site_builder.outputs.downloads import downloads
from site_builder.outputs.render import render
from site_builder.outputs.schema import schema_json
from site_builder.outputs.twin import SCHEMA_FILE, TWIN_FILE, claims_json
from site_builder.pages.figure import Draw
from site_builder.pages.site import Site, present


def site_files(site: Site, templates: Path | None = None, draw: Draw | None = None) -> dict[str, bytes]:
    """Path → bytes of everything that a build publishes; the same for the same site."""
    return {
        **render(present(site, draw), templates),
        **downloads(site, draw),
        TWIN_FILE: claims_json(site.decisions, site.version),
        SCHEMA_FILE: schema_json(),
    }
