"""Changes to the sources as they happen: events make a look come at once, and what a look finds is what counts.

Reading a file is an event too, saving one is several, and some are lost; so an event only names where to look. Now
and then everything is looked at, and where the system tells of no changes this is the only way.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from site_builder.preview.sources import FOLDERS, Sources

# A look waits until nothing more has come for so long, and no longer than the second of these.
QUIET_SECONDS, LONGEST_SECONDS = 0.02, 0.5
# Everything is looked at as often as this, but for at most a fiftieth of the time; a tenth where it is all there is.
WATCHED_SECONDS, POLLED_SECONDS = 2.0, 0.3
_WATCHED_SHARE, _POLLED_SHARE = 50, 10
_TELLING = frozenset(("created", "modified", "moved", "deleted", "closed"))


class Watch:
    """The sources of a project while they are watched; `is_polling` when the system is not asked to tell of changes."""

    def __init__(self, root: Path, *, poll: bool = False) -> None:
        self.is_polling = poll
        self._root = root
        self._heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._observer: BaseObserver | None = None
        self._watched: dict[str, tuple[ObservedWatch, tuple[int, int]]] = {}
        self._next_look = 0.0
        self._is_over = False
        if not poll:
            self._observe()
        self.sources = Sources(root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over = True
        self._heard.put("")  # wakes whoever waits
        self._stop()

    def changes(self) -> Iterator[frozenset[str]]:
        """The paths that changed, each time that some did, until the watch ends."""
        while not self._is_over:
            where = self._awaited()
            start = time.monotonic()
            changed = self.sources.look(where or None)
            if not where:
                self._attend()
                self._plan(time.monotonic() - start)
            if changed:
                yield changed

    def _awaited(self) -> set[str]:
        """Where something happened; empty when it is time to look everywhere."""
        try:
            heard = {self._heard.get(timeout=max(0.0, self._next_look - time.monotonic()))}
        except queue.Empty:
            return set()
        latest = time.monotonic() + LONGEST_SECONDS
        while (left := min(QUIET_SECONDS, latest - time.monotonic())) > 0:
            try:
                heard.add(self._heard.get(timeout=left))
            except queue.Empty:
                break
        if came_or_went := heard & {*FOLDERS}:
            for folder in came_or_went:
                self._leave(folder)
            self._attend()
        return heard

    def _plan(self, took: float) -> None:
        least, share = (
            (POLLED_SECONDS, _POLLED_SHARE) if self.is_polling else (WATCHED_SECONDS, _WATCHED_SHARE)
        )
        self._next_look = time.monotonic() + max(least, took * share)

    def _observe(self) -> None:
        self._observer = Observer()
        self._observer.daemon = True
        self._observer.start()
        self._attend()

    def _attend(self) -> None:
        """Watch each folder that is there, and anew one that was put in another's place; else poll from now on."""
        if self._observer is None:
            return
        try:
            for folder in ("", *FOLDERS):
                self._attend_to(self._observer, folder)
        except OSError:
            # The system watches no more folders for this user.
            self._stop()
            self.is_polling = True

    def _attend_to(self, observer: BaseObserver, folder: str) -> None:
        identity = _identity(self._root / folder)
        watched = self._watched.get(folder)
        if watched is not None and watched[1] != identity:
            self._leave(folder)
        if identity is not None and folder not in self._watched:
            ears = _Ears(self._root, self._heard)
            watch = observer.schedule(ears, str(self._root / folder), recursive=folder != "")
            self._watched[folder] = (watch, identity)

    def _leave(self, folder: str) -> None:
        if self._observer is not None and folder in self._watched:
            self._observer.unschedule(self._watched.pop(folder)[0])

    def _stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(timeout=0.5)
            self._observer = None


class _Ears(FileSystemEventHandler):
    """Puts the path below the root of whatever changed into a queue; hidden names and other folders are not heard."""

    def __init__(self, root: Path, heard: queue.SimpleQueue[str]) -> None:
        self._prefix = f"{root}{os.sep}"
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _TELLING or (event.is_directory and event.event_type == "modified"):
            return
        for path in (event.src_path, event.dest_path):
            below = os.fsdecode(path).removeprefix(self._prefix).replace(os.sep, "/")
            if below and not below.startswith("/"):
                self._heard.put(below)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return (status.st_dev, status.st_ino)
