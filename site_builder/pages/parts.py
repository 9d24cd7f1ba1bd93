"""Parts: a list too long for one page, over several that lead to one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page's share of a list: its items, and the pages of the whole, of which this is number `number`."""

    items: tuple[T, ...]
    number: int
    pages: tuple[str, ...]

    @property
    def path(self) -> str:
        """The path of this page."""
        return self.pages[self.number - 1]


def parts(items: Sequence[T], path: str, most: int) -> tuple[Part[T], ...]:
    """The list in shares of at most `most`, one where it is empty.

    The first stands at `path`, the others beside it as ``name.2.html``: no slug has a dot, so no other page is there.
    """
    stem = path.removesuffix(".html")
    count = max(1, -(-len(items) // most))
    pages = (path, *(f"{stem}.{number}.html" for number in range(2, count + 1)))
    return tuple(
        Part(tuple(items[(number - 1) * most : number * most]), number, pages)
        for number in range(1, count + 1)
    )
