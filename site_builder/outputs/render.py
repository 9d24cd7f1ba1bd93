"""Rendering: pages and templates in, the site's files in memory out."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from site_builder.cache.tool import tool_digest
from site_builder.outputs.output import Output, key_of, ready
from site_builder.pages.page import Page
from site_builder.problems import Mistake, Place
from site_builder.templating.environment import environment, shipped_templates

ASSETS = "assets"


def render(pages: Iterable[Page], templates: Path | None = None) -> dict[str, bytes]:
    """Path below the site → bytes, for all pages and the style and script that they share; see `rendered`."""
    return {output.path: output.make() for output in rendered(pages, templates)}


def rendered(pages: Iterable[Page], templates: Path | None = None) -> Iterator[Output]:
    """All pages, and the style and script that they share, rendered when they are made.

    `templates` is the project's own folder, whose files come before the shipped ones of the same name. Making one
    raises Mistake E-TEMPLATE when a template cannot be read or names what its page does not hold.
    """
    folders = [templates] if templates is not None and templates.is_dir() else []
    yield from (ready(path, data) for path, data in _assets(folders).items())
    common = key_of(tool_digest(), *_texts(folders))
    loaded = partial(_environment, common, *folders)
    for page in pages:
        key = key_of(common, page.template, page.needs)
        yield Output(page.url, key, partial(_shown, page, loaded, templates))


@lru_cache(maxsize=2)
def _environment(common: str, *folders: Path) -> Environment:
    """The templates in these folders, as long as none of them changes: `common` tells."""
    linecache.checkcache()
    return environment(*folders)


def _texts(folders: list[Path]) -> Iterator[str]:
    """Every template there is: its path and its text."""
    for folder in (shipped_templates(), *folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix == ".html":
                yield path.relative_to(folder).as_posix()
                yield path.read_text(encoding="utf-8", errors="surrogateescape")


def _shown(page: Page, loaded: Callable[[], Environment], templates: Path | None) -> bytes:
    try:
        return loaded().get_template(page.template).render(page.context).encode("utf-8", "replace")
    except Mistake:
        raise
    except Exception as error:
        place = _place(error, templates)
        if place is None and not isinstance(error, (TemplateError, UnicodeDecodeError)):
            raise
        message = str(error) or type(error).__name__
        if not isinstance(error, TemplateSyntaxError):
            message = f"{page.url}: {message}"
        hint = "compare it with the template of the same name that comes with the tool"
        place = place or Place(f"templates/{page.template}")
        raise Mistake("E-TEMPLATE", message.splitlines()[0], place, hint) from error


def _place(error: Exception, templates: Path | None) -> Place | None:
    """The line of a template of the project's own that was being read or rendered last."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if templates is not None and Path(frame.filename).is_relative_to(templates):
            line = linecache.getline(frame.filename, frame.lineno or 0).rstrip()
            path = Path(frame.filename).relative_to(templates).as_posix()
            indent = len(line) - len(line.lstrip())
            return Place(f"templates/{path}", frame.lineno or 0, indent + 1, len(line) - indent, line)
    return None


def _assets(folders: list[Path]) -> Mapping[str, bytes]:
    """The files that pages load: flat, under their own names, a project's before the shipped ones."""
    found: dict[str, bytes] = {}
    for folder in (shipped_templates(), *folders):
        assets = folder / ASSETS
        for path in sorted(assets.iterdir()) if assets.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                found[f"{ASSETS}/{path.name}"] = path.read_bytes()
    return found
