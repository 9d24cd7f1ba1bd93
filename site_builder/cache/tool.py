"""Which tool it is that remembers: its code, its Python and the libraries beside it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_TEMPLATES = _PACKAGE.parent / "templates"  # inside the package where the tool is installed


@cache
def tool_digest() -> str:
    """A digest that differs when the tool, Python or an installed library does."""
    lines = [sys.version, *_code(_PACKAGE), *_code(_TEMPLATES), *_libraries()]
    return hashlib.blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _code(folder: Path) -> Iterator[str]:
    """Every module with its size and time: an edited or upgraded tool remembers nothing of the one before."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            status = os.stat(os.path.join(parent, name))
            yield f"{parent}/{name} {status.st_size} {status.st_mtime_ns}"


def _libraries() -> list[str]:
    """The names of what is installed beside `click`, which bear its versions."""
    import click

    installed = Path(click.__file__).resolve().parents[1]
    return sorted(name for name in os.listdir(installed) if name.endswith((".dist-info", ".egg-info")))
