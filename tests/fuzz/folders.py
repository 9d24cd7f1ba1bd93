"""Folders for fuzzing: the repository's own, and one of temporary files that lasts as long as the process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REGRESSIONS = Path(__file__).parent / "regressions"


def scratch(files: Mapping[str, bytes]) -> Path:
    """A project's folder that holds these files and nothing else but what the same paths held before."""
    root = _root()
    for path, data in files.items():
        (root / path).write_bytes(data)
    return root


@cache
def _root() -> Path:
    root = Path(tempfile.mkdtemp(prefix="fuzz-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    (root / "evidence").mkdir()
    return root
