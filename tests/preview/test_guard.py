"""Why a request is refused, rule by rule; the whole table is tried on the wire in `test_server.py`."""

from __future__ import annotations

from email.message import Message
from http import HTTPStatus

import pytest

from site_builder.preview.guard import refusal

HOST = "127.0.0.1:8000"


def refused(
    method: str = "GET",
    target: str = "/",
    *headers: str,
    host: str = HOST,
    version: str = "HTTP/1.1",
    port: int = 8000,
) -> int:
    """The status of the refusal, or 0."""
    message = Message()
    for header in (f"Host: {host}", *headers):
        name, _, value = header.partition(": ")
        message[name] = value
    return int(refusal(method, target, version, message, port) or 0)


@pytest.mark.parametrize("host", [HOST, "localhost:8000", "[::1]:8000", "LocalHost:8000"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_name_of_this_machine_with_our_port_is_let_in(host: str, method: str) -> None:
    assert refused(method, host=host) == 0
    assert refused(method, "/", f"Origin: http://{host}", host=host) == 0


def test_the_usual_port_may_be_left_out_where_it_is_ours() -> None:
    assert refused("GET", "/", "Origin: http://localhost", port=80, host="localhost") == 0
    assert refused(port=81, host="localhost") == HTTPStatus.MISDIRECTED_REQUEST


def test_the_first_rule_that_is_broken_is_told() -> None:
    assert refused("POST", version="HTTP/0.9") == HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
    assert refused("POST", "/", "Content-Length: 1", host="evil.example") == HTTPStatus.BAD_REQUEST
    assert refused("POST", "/", "Origin: null", host="evil.example") == HTTPStatus.MISDIRECTED_REQUEST
    assert refused("POST", "/", "Origin: null") == HTTPStatus.FORBIDDEN
    assert refused("POST", "/" + "a" * 2_000) == HTTPStatus.METHOD_NOT_ALLOWED
    assert refused("GET", "/" + "a" * 2_000) == HTTPStatus.REQUEST_URI_TOO_LONG
    assert refused("GET", f"http://{HOST}/") == HTTPStatus.BAD_REQUEST


def test_a_link_on_another_site_may_be_followed_and_nothing_else() -> None:
    def asked(mode: str, destination: str, *more: str) -> int:
        said = (f"Sec-Fetch-Mode: {mode}", f"Sec-Fetch-Dest: {destination}")
        return refused("GET", "/", "Sec-Fetch-Site: cross-site", *said, *more)

    assert asked("navigate", "document") == 0
    assert asked("cors", "document") == asked("navigate", "iframe") == HTTPStatus.FORBIDDEN
    assert asked("navigate", "document", "Origin: http://evil.example") == HTTPStatus.FORBIDDEN
