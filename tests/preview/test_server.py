"""The server on the wire: who is answered, with what, for how long, and how it ends."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from site_builder.preview import server as server_module
from site_builder.preview.server import HOST, MOST_CONNECTIONS, Server, serving
from site_builder.preview.stage import Scene, Stage
from site_builder.problems import Mistake
from tests.preview.conftest import PAGE, SCENE, Ask, asked, connected, whole
from tests.preview.hostile import REQUESTS, get, raw


def test_the_table_of_hostile_requests_is_long() -> None:
    assert len(REQUESTS) == len({request for _, request in REQUESTS})
    assert len(REQUESTS) >= 200


@pytest.fixture(scope="module")
def one_server() -> Iterator[Server]:
    """A server that all hostile requests go to, one after another."""
    with serving(Stage(SCENE)) as server:
        yield server


@pytest.mark.parametrize(
    ("statuses", "request_bytes"), REQUESTS, ids=[repr(request[:70]) for _, request in REQUESTS]
)
def test_a_hostile_request_gets_nothing(
    one_server: Server, statuses: frozenset[int], request_bytes: bytes
) -> None:
    reply = asked(one_server, request_bytes)
    assert reply.status in statuses
    assert b"hello" not in reply.body
    assert b"root:" not in reply.body
    assert b"Traceback" not in reply.body
    for header in ("Access-Control-Allow-Origin", "Set-Cookie", "X-Injected", "Server"):
        assert reply.header(header) is None
    if reply.status:
        assert reply.header("X-Content-Type-Options") == "nosniff"
        assert reply.header("Cache-Control") == "no-store"
    assert asked(one_server, get("/")).status == 200


@pytest.mark.parametrize("word", ["zebra", "%7Aebra", "claims/zebra.html"])
def test_a_refusal_does_not_repeat_what_was_asked(ask: Ask, word: str) -> None:
    odd = (raw(f"{word} / HTTP/1.1", "Host: x"), get(f"/\x01{word}"), get("/", f"Host: {word}"))
    for request in (get(f"/{word}"), *odd):
        reply = ask(request)
        assert reply.status >= 400
        assert b"ebra" not in reply.head + reply.body


@pytest.mark.parametrize(
    "request_bytes",
    [
        raw("GET / HTTP/1.1", "Host: localhost:PORT"),
        raw("GET / HTTP/1.1", "host: LOCALHOST:PORT"),
        raw("GET / HTTP/1.1", "Host: [::1]:PORT"),
        raw("GET / HTTP/1.0", "Host: 127.0.0.1:PORT"),
        get("/", "Origin: http://127.0.0.1:PORT"),
        get("/", "Origin: http://localhost:PORT"),
        get("/", "Sec-Fetch-Site: none"),
        get("/", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"),
        get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
        get("/", "Content-Length: 0"),
        get("/", "Expect: 100-continue"),
        get("/?follow"),
        get("/index.html?x=%00"),
    ],
)
def test_a_request_from_this_machine_is_answered(ask: Ask, request_bytes: bytes) -> None:
    reply = ask(request_bytes)
    assert (reply.status, b"hello" in reply.body) == (200, True)


def test_only_the_loopback_is_listened_on(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_head_alone_is_the_same_without_the_body(ask: Ask) -> None:
    whole_reply, head = (
        ask(get("/claims.json")),
        ask(raw("HEAD /claims.json HTTP/1.1", "Host: localhost:PORT")),
    )
    assert (head.head, head.body) == (whole_reply.head, b"")
    stream = ask(raw("HEAD /_preview/events HTTP/1.1", "Host: localhost:PORT"))
    assert (stream.status, stream.body) == (200, b"")


def test_one_request_a_connection_whatever_follows_it(ask: Ask) -> None:
    reply = ask(get("/claims.json") + get("/index.html") + raw("GET /odd.bin HTTP/1.1", "Host: evil.example"))
    assert (reply.status, reply.body) == (200, b"{}")
    assert reply.header("Connection") == "close"


def test_a_head_that_comes_too_slowly_is_not_waited_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "HEAD_SECONDS", 0.3)
    start = time.monotonic()
    with connected(server) as connection, suppress(OSError):
        for byte in get("/", "X: " + "a" * 1_000):
            connection.sendall(bytes([byte]))
            time.sleep(0.05)
    assert time.monotonic() - start < 3


def test_a_client_that_does_not_read_is_not_waited_for(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module._Handler, "timeout", 0.3)
    stage.show(Scene({"index.html": b"x" * 30_000_000}))
    with serving(stage) as server, connected(server) as connection:
        connection.sendall(get("/").replace(b"PORT", str(server.port).encode()))
        deadline = time.monotonic() + 5
        while len(server._open) == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        while server._open and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not server._open


def test_more_connections_than_there_is_room_for_are_closed_and_the_others_served(
    server: Server, ask: Ask
) -> None:
    with ExitStack() as stack:
        held = [stack.enter_context(connected(server)) for _ in range(MOST_CONNECTIONS)]
        deadline = time.monotonic() + 10
        while len(server._open) < MOST_CONNECTIONS and time.monotonic() < deadline:
            time.sleep(0.01)
        assert ask(get("/")).status == 0
        held[0].close()
        while len(server._open) == MOST_CONNECTIONS and time.monotonic() < deadline:
            time.sleep(0.01)
        assert ask(get("/")).status == 200


class Stream:
    """An open stream of events."""

    def __init__(self, server: Server, page: str = "index.html") -> None:
        self.connection = connected(server)
        self.connection.sendall(
            get(f"/_preview/events?page={page}").replace(b"PORT", str(server.port).encode())
        )
        self.lines = self._lines()

    def _lines(self) -> Iterator[str]:
        with self.connection.makefile("r", encoding="utf-8") as text:
            yield from text

    def next(self) -> dict[str, object]:
        """The next event."""
        told: dict[str, object] = json.loads(
            next(line for line in self.lines if line.startswith("data: "))[6:]
        )
        return told


def test_a_stream_tells_what_there_is_and_then_what_changed(server: Server, stage: Stage) -> None:
    stream = Stream(server, "claims%2Ffirst.html")
    first = stream.next()
    assert first["edited"] == {"path": "claims/first.yaml", "page": "/claims/first.html", "mark": "first"}
    assert (first["page"], first["mistakes"]) == (SCENE.print_of("claims/first.html"), [])
    stage.show(Scene(SCENE.files, ("it is <wrong>",), SCENE.edited))
    second = stream.next()
    assert (second["page"], second["mistakes"]) == (first["page"], ["it is <wrong>"])
    stage.show(Scene({**SCENE.files, "claims/first.html": b"other"}, (), SCENE.edited))
    third = stream.next()
    assert (third["page"] != first["page"], third["mistakes"]) == (True, [])
    stream.connection.close()


def test_nothing_new_is_not_told_twice(server: Server, stage: Stage) -> None:
    stream = Stream(server)
    first = stream.next()
    stage.show(Scene(SCENE.files, (), SCENE.edited))
    stage.show(Scene(SCENE.files, ("now",), SCENE.edited))
    assert stream.next() == {**first, "mistakes": ["now"]}
    stream.connection.close()


def test_it_ends_within_a_second_with_streams_open(stage: Stage) -> None:
    with serving(stage) as server:
        streams = [Stream(server) for _ in range(5)]
        idle = connected(server)
        assert all(stream.next() for stream in streams)
        start = time.monotonic()
    assert all(list(stream.lines) for stream in streams)
    assert time.monotonic() - start < 1
    idle.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, server.port), timeout=1)


def test_a_stream_that_nobody_listens_to_ends(server: Server, stage: Stage) -> None:
    before = threading.active_count()
    for _ in range(20):
        stream = Stream(server)
        stream.next()
        stream.connection.shutdown(socket.SHUT_RDWR)
        stream.connection.close()
    deadline = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < deadline:
        stage.show(Scene({"index.html": str(time.monotonic()).encode()}))
        time.sleep(0.05)
    assert threading.active_count() <= before


def test_a_free_port_is_found_and_a_named_one_that_is_taken_is_a_mistake(stage: Stage) -> None:
    with serving(stage) as first, serving(Stage(SCENE)) as second:
        assert first.port != second.port
        with (
            pytest.raises(Mistake, match=f"port {first.port} cannot be listened on"),
            serving(stage, first.port),
        ):
            pass


def test_a_page_is_not_cut(server: Server, stage: Stage) -> None:
    page = PAGE.replace(b"hello", b"hello" * 400_000)
    stage.show(Scene({"index.html": page}))
    with connected(server) as connection:
        connection.sendall(get("/").replace(b"PORT", str(server.port).encode()))
        received = whole(connection)
    assert received.count(b"hello") == 400_000
