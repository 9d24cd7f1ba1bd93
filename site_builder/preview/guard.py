"""Which requests are answered at all: those that a browser on this machine makes for the preview's own pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from email.message import Message
from http import HTTPStatus

METHODS = ("GET", "HEAD")
_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_VERSIONS = ("HTTP/1.0", "HTTP/1.1")
_LONGEST_TARGET = 2_000


def refusal(method: str, target: str, version: str, headers: Message, port: int) -> HTTPStatus | None:
    """Why a request is not answered; None when it is.

    A page of another site may send requests here, and a name that it owns may lead here: so Host must be a name of
    this machine with our port, and Origin, where there is one, the same.
    """
    if version not in _VERSIONS:
        return HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
    if (
        headers.defects
        or _all(headers, "Transfer-Encoding")
        or _all(headers, "Content-Length") not in ([], ["0"])
    ):
        return HTTPStatus.BAD_REQUEST
    if not _is_host(_all(headers, "Host"), port):
        return HTTPStatus.MISDIRECTED_REQUEST
    if not _is_ours(_all(headers, "Origin"), port) or not _is_asked_from_here(headers):
        return HTTPStatus.FORBIDDEN
    if method not in METHODS:
        return HTTPStatus.METHOD_NOT_ALLOWED
    if len(target) > _LONGEST_TARGET:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if not target.startswith("/") or not (target.isascii() and target.isprintable()) or " " in target:
        return HTTPStatus.BAD_REQUEST
    return None


def _all(headers: Message, name: str) -> list[str]:
    return [str(value).strip(" \t") for value in headers.get_all(name, [])]


def _names(port: int) -> Iterable[str]:
    for host in _HOSTS:
        yield f"{host}:{port}"
        if port == 80:
            yield host


def _is_host(hosts: Sequence[str], port: int) -> bool:
    return len(hosts) == 1 and hosts[0].lower() in _names(port)


def _is_ours(origins: Sequence[str], port: int) -> bool:
    """Whether there is no Origin, or only our own: a page of ours on any of this machine's names."""
    return all(origin.lower() in {f"http://{name}" for name in _names(port)} for origin in origins)


def _is_asked_from_here(headers: Message) -> bool:
    """Whether a browser that says so asks for one of our pages, or follows a link to one."""
    if set(_all(headers, "Sec-Fetch-Site")) <= {"same-origin", "none"}:
        return True
    return _all(headers, "Sec-Fetch-Mode") == ["navigate"] and _all(headers, "Sec-Fetch-Dest") == ["document"]
