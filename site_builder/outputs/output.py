"""An output: a file of the site that is made only if what it is made from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site: its path, the key of all that it is made from, and what makes its bytes.

    Equal keys mean equal bytes; an empty key is equal to none.
    """

    path: str
    key: str
    make: Callable[[], bytes]


def key_of(*parts: str) -> str:
    """One key of several."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def ready(path: str, data: bytes) -> Output:
    """An output that is there already."""
    return Output(path, hashlib.blake2b(data, digest_size=16).hexdigest(), lambda: data)
