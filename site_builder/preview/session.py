"""A preview from start to end: build, serve, and at each change build again and show the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from site_builder.pages.addresses import page_of_source
from site_builder.preview.answers import LATEST
from site_builder.preview.build import NOTHING, Build, Rebuild
from site_builder.preview.mounts import tells_changes
from site_builder.preview.server import DEFAULT_PORT, HOST, serving
from site_builder.preview.sources import Sources
from site_builder.preview.stage import Edited, Scene, Stage
from site_builder.preview.watch import Watch


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the preview is, and the address that leads to the page of the claim edited last and stays with it."""

    address: str
    latest: str
    is_usual_port: bool
    is_polling: bool


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A build: which files had changed (none for the first), whether it is served, and how long it took."""

    build: Build
    changed: tuple[str, ...]
    is_served: bool
    seconds: float


def preview(
    root: Path,
    rebuild: Rebuild,
    *,
    port: int | None,
    poll: bool,
    on_open: Callable[[Opened], None],
    on_built: Callable[[Rebuilt], None],
) -> None:
    """Serve the project's site until interrupted; nothing is written. Raises Mistake E-PORT."""
    with Watch(root, poll=poll or not tells_changes(root)) as watch:
        first = _timed(rebuild, frozenset(), NOTHING)
        served = first.build if first.is_served else NOTHING
        edited = _edited(watch.sources, watch.sources.latest())
        stage = Stage(Scene(served.files, first.build.mistakes, edited))
        with serving(stage, port) as server:
            address = f"http://{HOST}:{server.port}/"
            is_usual = port is not None or server.port == DEFAULT_PORT
            on_built(first)
            on_open(Opened(address, address + LATEST, is_usual, watch.is_polling))
            for changed in watch.changes():
                built = _timed(rebuild, changed, served)
                served = built.build if built.is_served else served
                edited = _followed(watch.sources, changed, edited)
                shown = edited if edited.page in served.files else Edited()
                stage.show(Scene(served.files, built.build.mistakes, shown, not built.is_served))
                on_built(built)


def _timed(rebuild: Rebuild, changed: frozenset[str], served: Build) -> Rebuilt:
    start = perf_counter()
    build = rebuild()
    return Rebuilt(build, tuple(sorted(changed)), build.replaces(served), perf_counter() - start)


def _followed(sources: Sources, changed: frozenset[str], edited: Edited) -> Edited:
    """The last edit: of the one claim or report that changed, if it was one and is still there."""
    written = [path for path in changed if page_of_source(path) and sources.mark(path)]
    return _edited(sources, written[0]) if len(written) == 1 else edited


def _edited(sources: Sources, path: str) -> Edited:
    return Edited(path, page_of_source(path), sources.mark(path)) if path else Edited()
