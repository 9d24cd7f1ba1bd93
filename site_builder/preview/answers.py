"""What a request for a path is answered with: a file of the build, a file of the preview's own, or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

from site_builder.preview.stage import Scene

OWN = "_preview/"
LATEST, EVENTS = f"{OWN}latest", f"{OWN}events"
FOLLOW_MARK = "follow"
_ASSETS = Path(__file__).parent / "assets"
_OWN_FILES = ("follow.js", "stream.js", "overlay.css")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_PLAIN = _TYPES[".txt"]
# Added to what the pages themselves say, which stays as published: nobody frames them, other sites load nothing.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
# A worker has a policy of its own: it may open the stream, which the pages may not.
_STREAM_POLICY = "default-src 'none'; connect-src 'self'"
_EMPTY_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body><main><h1>{title}</h1><p>{text}</p></main></body>
</html>
"""
_HEAD_END = re.compile(rb"</head\s*>|<body\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, what the body is, the body, and headers beside those that every answer has."""

    status: HTTPStatus
    type: str = _PLAIN
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def refused(status: HTTPStatus) -> Answer:
    """An answer that says no more than its status."""
    extra = {"Allow": "GET, HEAD"} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
    return Answer(status, body=f"{status.value} {status.phrase}\n".encode(), headers=extra)


def page_asked(target: str) -> str | None:
    """The page that a stream is about, when that is what is asked for."""
    parts = urlsplit(target)
    if parts.path != f"/{EVENTS}":
        return None
    return _decoded(parts.query.removeprefix("page=")) or "index.html"


def answer(target: str, scene: Scene) -> Answer:
    """The answer for a target, such as ``/claims/best.html``: only what the scene names, and our own files."""
    raw = target.partition("#")[0].partition("?")[0]
    path = _decoded(raw.removeprefix("/"))
    if path is None:
        return refused(HTTPStatus.BAD_REQUEST)
    path = path or "index.html"
    if path == LATEST:
        page = scene.edited.page if scene.edited.page in scene.files else ""
        return Answer(HTTPStatus.FOUND, headers={"Location": f"/{page}?{FOLLOW_MARK}"})
    if path.startswith(OWN):
        return _own(path.removeprefix(OWN))
    body = scene.files.get(path)
    if body is None:
        return _missing(path, scene)
    if path.endswith(".html"):
        return Answer(HTTPStatus.OK, _TYPES[".html"], _followed(body, path, scene))
    kind = _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
    return Answer(HTTPStatus.OK, kind, body)


def _decoded(text: str) -> str | None:
    """The path that is written with `%` signs; None where that is no text without control characters."""
    try:
        path = unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return path if path.isprintable() else None


def _own(name: str) -> Answer:
    if name not in _OWN_FILES:
        return refused(HTTPStatus.NOT_FOUND)
    extra = {"Content-Security-Policy": _STREAM_POLICY} if name == "stream.js" else {}
    return Answer(HTTPStatus.OK, _TYPES[PurePosixPath(name).suffix], (_ASSETS / name).read_bytes(), extra)


def _missing(path: str, scene: Scene) -> Answer:
    """A page that follows too, and so is replaced as soon as there is one; it does not repeat what was asked for."""
    if scene.files:
        title, text = "Not here", "This preview has no such page. It appears here as soon as there is one."
    else:
        title, text = "Nothing to show yet", "The site appears here as soon as it can be built."
    page = _EMPTY_PAGE.format(title=title, text=text).encode()
    return Answer(HTTPStatus.NOT_FOUND, _TYPES[".html"], _followed(page, path, scene))


def _followed(page: bytes, path: str, scene: Scene) -> bytes:
    """The page with our script in its head."""
    script = f'<script src="/{OWN}follow.js" data-print="{scene.print_of(path)}" defer></script>\n'.encode()
    found = _HEAD_END.search(page)
    at = found.start() if found else len(page)
    return page[:at] + script + page[at:]
