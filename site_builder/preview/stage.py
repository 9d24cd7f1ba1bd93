"""What is shown at the moment, and those who wait for it to change."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from site_builder.problems import visible
from site_builder.templating.environment import shipped_templates

_LOADED = re.compile(rb"<(?:link|script|img|source)\b[^>]*?\s(?:href|src)=[\"']([^\"'#?]+)", re.IGNORECASE)

_SCRIPTS = re.compile(rb"<script\b[^>]*?\ssrc=[\"']([^\"'#?]+)", re.IGNORECASE)
_SCRIPT_TAG = re.compile(rb"<script\b", re.IGNORECASE)
_SCRIPT = "assets/tables.js"


@dataclass(frozen=True, slots=True)
class Edited:
    """The claim or report that was edited last: its file, its page, and a mark that a later edit changes."""

    path: str = ""
    page: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Path → bytes of the site that is served, the mistakes in the sources as they are now, the last edit.

    `is_behind` when the site is of an earlier state of the sources, which had not these mistakes.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()
    edited: Edited = Edited()
    is_behind: bool = False

    def print_of(self, path: str) -> str:
        """A fingerprint of a page, then `-` and one of what it loads: styles, scripts, pictures; empty for no page."""
        page = self.files.get(path)
        if page is None:
            return ""
        loads = hashlib.sha256()
        for target in sorted(_loaded(path, page)):
            loads.update(f"{target}\n".encode() + hashlib.sha256(self.files.get(target, b"")).digest())
        return f"{hashlib.sha256(page).hexdigest()[:16]}-{loads.hexdigest()[:16]}"

    def is_plain(self, path: str) -> bool:
        """Whether a page runs nothing but the script that comes with the tool, which may be run on it again."""
        page = self.files.get(path, b"")
        scripts = [_beside(path, target) for target in _SCRIPTS.findall(page)]
        is_ours = all(target == _SCRIPT and self.files.get(target) == _shipped_script() for target in scripts)
        return is_ours and len(scripts) == len(_SCRIPT_TAG.findall(page)) and b"<noscript" not in page

    def told_to(self, path: str) -> str:
        """What a tab that shows this page is told, as JSON."""
        edited = self.edited
        last = {"path": visible(edited.path), "page": f"/{edited.page}", "mark": edited.mark}
        told = {
            "page": self.print_of(path),
            "plain": self.is_plain(path),
            "mistakes": self.mistakes,
            "behind": self.is_behind,
            "edited": last if edited.page else None,
        }
        return json.dumps(told)


def _loaded(path: str, page: bytes) -> set[str]:
    """The paths in the site of what a page loads."""
    return {_beside(path, target) for target in _LOADED.findall(page)}


@cache
def _shipped_script() -> bytes:
    return (shipped_templates() / _SCRIPT).read_bytes()


def _beside(path: str, target: bytes) -> str:
    """The path in the site of what a page at `path` calls `target`."""
    return posixpath.normpath(
        posixpath.join(posixpath.dirname(path), unquote(target.decode("utf-8", "replace")))
    )


class Stage:
    """The scene that is shown, for threads that serve it and one that changes it."""

    def __init__(self, scene: Scene) -> None:
        self._changed = threading.Condition()
        self._scene = scene
        self._number = 0
        self._is_closed = False

    @property
    def scene(self) -> Scene:
        """The scene at the moment."""
        return self._scene

    def show(self, scene: Scene) -> None:
        """Show this scene from now on, and wake all who wait."""
        with self._changed:
            self._scene = scene
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Send everybody home."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def wait(self, known: int, seconds: float) -> tuple[int, Scene] | None:
        """The scene and its number, as soon as that is not `known` or the time is up; None when all is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._number != known, timeout=seconds)
            return None if self._is_closed else (self._number, self._scene)
