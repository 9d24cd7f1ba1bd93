"""The server: this machine only, one request a connection, streams that end when the preview does."""

from __future__ import annotations

import socket
import socketserver
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from site_builder.preview.answers import HEADERS, Answer, answer, page_asked, refused
from site_builder.preview.guard import refusal
from site_builder.preview.stage import Stage
from site_builder.problems import Mistake

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_PORTS_TRIED = 20
MOST_CONNECTIONS = 200
# How long a request's head, and each piece of an answer, may take.
HEAD_SECONDS, SEND_SECONDS = 5.0, 10.0
_SWEEP_SECONDS = 0.1
_BEAT_SECONDS = 15.0
_STREAM = Answer(HTTPStatus.OK, "text/event-stream; charset=utf-8")


class Server(socketserver.ThreadingTCPServer):
    """Answers requests from a stage, each connection in a thread of its own, which ends with the process."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers share a port
    allow_reuse_port = False
    request_queue_size = 64

    def __init__(self, stage: Stage, port: int) -> None:
        self.stage = stage
        self._heads: dict[Any, float] = {}
        self._open: set[Any] = set()
        self._lock = threading.Lock()
        super().__init__((HOST, port), _Handler)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self.server_address[1]

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Whether there is room for one more connection."""
        with self._lock:
            if len(self._open) >= MOST_CONNECTIONS:
                return False
            self._open.add(request)
            self._heads[request] = time.monotonic() + HEAD_SECONDS
            return True

    def has_head(self, request: Any) -> None:
        """The request's head has come; it is no longer waited for."""
        with self._lock:
            self._heads.pop(request, None)

    def service_actions(self) -> None:
        """End connections whose head is late: a byte now and then would hold a thread for ever."""
        now = time.monotonic()
        with self._lock:
            late = [request for request, deadline in self._heads.items() if deadline < now]
        for request in late:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._lock:
            self._open.discard(request)
            self._heads.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error; anything else is a bug, and is told with its trace."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request, checked before anything of it is used."""

    server: Server
    timeout = SEND_SECONDS

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        self.server.has_head(self.request)
        status = refusal(self.command, self.path, self.request_version, self.headers, self.server.port)
        if status is not None:
            self._send(refused(status))
        return status is None

    def do_GET(self) -> None:
        page = page_asked(self.path)
        if page is not None and self.command == "GET":
            self._stream(page)
        else:
            self._send(_STREAM if page is not None else answer(self.path, self.server.stage.scene))

    do_HEAD = do_GET  # noqa: N815

    def handle_expect_100(self) -> bool:
        return True  # nothing that would be sent is wanted

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library refuses, in our words: its own would repeat what was asked for."""
        self.command = getattr(self, "command", None) or "GET"
        self._send(refused(HTTPStatus(code)))

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _send(self, told: Answer) -> None:
        self._head(told, {"Content-Length": str(len(told.body))})
        if self.command != "HEAD":
            self.wfile.write(told.body)

    def _head(self, told: Answer, more: dict[str, str]) -> None:
        headers = {"Content-Type": told.type, "Connection": "close", **HEADERS, **told.headers, **more}
        lines = [f"HTTP/1.1 {told.status.value} {told.status.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.close_connection = True
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def _stream(self, page: str) -> None:
        """An event whenever what there is to tell of the page has changed, and a beat that finds out who left."""
        self._head(_STREAM, {})
        self.wfile.write(b"retry: 500\n\n")
        number, last = -1, ""
        while (found := self.server.stage.wait(number, _BEAT_SECONDS)) is not None:
            number, scene = found
            told = scene.told_to(page)
            self.wfile.write(f"data: {told}\n\n".encode() if told != last else b": still here\n\n")
            last = told


@contextmanager
def serving(stage: Stage, port: int | None = None) -> Iterator[Server]:
    """A server on this port, or, when none is named, on the first free one from 8000; it ends within a second.

    Raises Mistake E-PORT when the port named is taken.
    """
    server = _bound(stage, port)
    thread = threading.Thread(target=server.serve_forever, args=(_SWEEP_SECONDS,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stage.close()
        server.shutdown()
        server.server_close()


def _bound(stage: Stage, port: int | None) -> Server:
    if port is not None:
        try:
            return Server(stage, port)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            hint = "name another with --port, or none: then a free one is found"
            raise Mistake("E-PORT", f"port {port} cannot be listened on: {reason}", None, hint) from None
    for wanted in (*range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED), 0):
        with suppress(OSError):
            return Server(stage, wanted)
    raise Mistake("E-PORT", f"nothing can be listened on at {HOST}", None, "name a port with --port")
