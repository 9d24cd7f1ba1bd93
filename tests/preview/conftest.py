"""A server in this process, and requests to it byte by byte."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from site_builder.preview.server import HOST, Server, serving
from site_builder.preview.stage import Edited, Scene, Stage

PAGE = b'<!DOCTYPE html><html><head><title>t</title><link href="assets/site.css"></head><body>hello</body></html>'
SCENE = Scene(
    {
        "index.html": PAGE,
        "claims/first.html": PAGE.replace(b"assets", b"../assets"),
        "assets/site.css": b"body { color: red }",
        "assets/a picture.png": b"\x89PNG",
        "claims.json": b"{}",
        "odd.bin": b"\x00",
    },
    (),
    Edited("claims/first.yaml", "claims/first.html", "first"),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status (0 for nothing), the head and the body, as bytes."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str | None:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b": ")
            if key.lower() == name.lower().encode():
                return value.decode()
        return None


Ask = Callable[[bytes], Reply]


@pytest.fixture
def stage() -> Stage:
    return Stage(SCENE)


@pytest.fixture
def server(stage: Stage) -> Iterator[Server]:
    with serving(stage, None) as server:
        yield server


def connected(server: Server) -> socket.socket:
    return socket.create_connection((HOST, server.port), timeout=20)


def whole(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    received = b""
    try:
        while piece := connection.recv(1 << 16):
            received += piece
    except ConnectionResetError:
        pass  # it closed while more was on its way to it
    return received


@pytest.fixture
def ask(server: Server) -> Ask:
    """Sends bytes and gives what comes back, as `asked` does."""
    return partial(asked, server)


def asked(server: Server, request: bytes) -> Reply:
    """What comes back for these bytes, `PORT` in them replaced, when nothing more is sent."""
    with connected(server) as connection:
        try:
            connection.sendall(request.replace(b"PORT", str(server.port).encode()))
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # refused before all of it was sent
        head, _, body = whole(connection).partition(b"\r\n\r\n")
    return Reply(int(head.split()[1]) if head else 0, head, body)
