"""What is shown at the moment, and those who wait for it to change."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from site_builder.problems import visible

_LOADED = re.compile(rb"<(?:link|script|img|source)\b[^>]*?\s(?:href|src)=[\"']([^\"'#?]+)", re.IGNORECASE)


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
        """A fingerprint of a page and of the styles, scripts and pictures that it loads; empty where there is none."""
        page = self.files.get(path)
        if page is None:
            return ""
        digest = hashlib.sha256(page)
        for target in sorted(set(_LOADED.findall(page))):
            loaded = self.files.get(_beside(path, target))
            digest.update(hashlib.sha256(loaded or b"").digest())
        return digest.hexdigest()[:20]

    def told_to(self, path: str) -> str:
        """What a tab that shows this page is told, as JSON."""
        edited = self.edited
        told = {
            "page": self.print_of(path),
            "mistakes": self.mistakes,
            "behind": self.is_behind,
            "edited": {"path": visible(edited.path), "page": f"/{edited.page}", "mark": edited.mark}
            if edited.page
            else None,
        }
        return json.dumps(told)


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
