"""The manifest: the list that tells a folder of ours from anybody else's."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from site_builder.problems import Mistake

MANIFEST = ".claims-site.json"
MOST_NAMED = 5
# What file managers leave in any folder that was looked at.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def manifest_bytes(hashes: Mapping[str, str]) -> bytes:
    """The manifest of files: path → SHA-256, sorted."""
    return (json.dumps({"tool": "claims", "files": dict(sorted(hashes.items()))}, indent=1) + "\n").encode()


def listed(folder: Path) -> frozenset[str] | None:
    """The paths that the folder's manifest lists, or None where there is no manifest of ours.

    Raises OSError where there is one and it cannot be read.
    """
    try:
        document = json.loads((folder / MANIFEST).read_bytes())
        paths = document["files"]
        return frozenset(paths) if document["tool"] == "claims" and isinstance(paths, dict) else None
    except (FileNotFoundError, IsADirectoryError, ValueError, KeyError, TypeError, RecursionError):
        return None


def present(folder: Path) -> frozenset[str]:
    """The paths of all files in a folder, litter left out; links are listed, not followed.

    Raises OSError where a folder in it cannot be looked into.
    """
    found: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=_raise):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        for name in (*names, *links):
            if name not in LITTER:
                found.append(os.path.relpath(os.path.join(parent, name), folder).replace(os.sep, "/"))
    return frozenset(found)


def _raise(error: OSError) -> None:
    raise error


def check_ours(target: Path) -> frozenset[str]:
    """The paths of a site that an earlier build wrote to `target`; empty when it is absent or empty.

    Raises Mistake E-OUTPUT when it is not a folder, or holds anything that this tool did not make, and OSError
    when that cannot be told.
    """
    if not os.path.lexists(target):
        return frozenset()
    if target.is_symlink() or not target.is_dir():
        what = "a link" if target.is_symlink() else "a file"
        raise Mistake("E-OUTPUT", f"{target} is {what}, not a folder", None, NEXT)
    there = present(target)
    ours = listed(target)
    foreign = sorted(there if ours is None else there - ours - {MANIFEST})
    if foreign:
        named = ", ".join(foreign[:MOST_NAMED]) + (" and more" if len(foreign) > MOST_NAMED else "")
        message = f"{target} holds files that this tool did not make: {named}"
        raise Mistake("E-OUTPUT", message, None, NEXT)
    return there


NEXT = "name another folder with --output, or move those files away; nothing was changed"
