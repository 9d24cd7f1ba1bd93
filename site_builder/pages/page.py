"""A page: where it stands, which template shows it, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_builder.pages.addresses import Address


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, not rendered yet.

    `address` is its place in the site, such as ``claims/amd/switch.html``; `template` a file below the
    templates folder; `say` gives what the template may name, plain values and frozen dataclasses only. `needs` tells
    what `say` makes of: pages at one address with equal needs say the same.
    """

    address: Address
    template: str
    say: Callable[[], Mapping[str, object]]
    needs: str

    @property
    def url(self) -> str:
        """The path of the page below the site's root."""
        return self.address.path

    @property
    def context(self) -> Mapping[str, object]:
        """What the template may name."""
        return self.say()


def page_of(address: Address, template: str, context: Mapping[str, object]) -> Page:
    """A page whose context is there already."""
    return Page(address, template, lambda: context, repr(sorted(context.items())))
