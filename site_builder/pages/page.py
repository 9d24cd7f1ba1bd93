"""A page: where it stands, which template shows it, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.pages.addresses import Address


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, not rendered yet.

    `address` is its place in the site, such as ``claims/amd/switch.html``; `template` a file below the
    templates folder; `context` what the template may name, plain values and frozen dataclasses only.
    """

    address: Address
    template: str
    context: Mapping[str, object]

    @property
    def url(self) -> str:
        """The path of the page below the site's root."""
        return self.address.path
