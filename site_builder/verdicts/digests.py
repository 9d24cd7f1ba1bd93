"""Digests: what tells one JSON value from another without comparing all of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest_of(value: Any) -> str:
    """A digest of a JSON value; equal values have equal digests, whatever the order of their keys."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Digests:
    """The digests of some values, each worked out once; those that are known already are told."""

    def __init__(self) -> None:
        self._known: dict[
            int, tuple[Any, str]
        ] = {}  # with the value itself, since an `id` lasts as long as it

    def tell(self, value: Any, digest: str) -> None:
        """Say what the digest of a value is."""
        self._known[id(value)] = (value, digest)

    def of(self, value: Any) -> str:
        """The digest of a value, which must not change any more."""
        if id(value) not in self._known:
            self.tell(value, digest_of(value))
        return self._known[id(value)][1]
