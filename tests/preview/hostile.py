"""Requests that the preview must not answer with anything of worth: the status it may give, then the raw bytes.

`PORT` stands for the port that is listened on. Status 0 is a connection that is closed without a word.
"""

from __future__ import annotations

HOST = "Host: 127.0.0.1:PORT"


def raw(first: str, *headers: str) -> bytes:
    """A request as bytes, its head ended."""
    return "\r\n".join([first, *headers, "", ""]).encode("latin-1")


def get(target: str, *headers: str) -> bytes:
    """A request that is well formed but for its target or the headers added."""
    return raw(f"GET {target} HTTP/1.1", HOST, *headers)


CLIMBS = (
    "/../secret.txt",
    "/../../../../../../etc/passwd",
    "/claims/../../secret.txt",
    "/./../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/%2e%2e%5c%2e%2e%5csecret.txt",
    "/..%252fsecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/..%c0%afsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%uff0e%uff0e/secret.txt",
    "/..;/secret.txt",
    "/....//secret.txt",
    "/..\\secret.txt",
    "/..//..//secret.txt",
    "//etc/passwd",
    "///etc/passwd",
    "/etc/passwd",
    "/%2fetc%2fpasswd",
    "/C:/Windows/win.ini",
    "/c%3a%5cwindows%5cwin.ini",
    "/claims/first.html/../../secret.txt",
    "/claims/first.yaml",
    "/pyproject.toml",
    "/.git/config",
    "/.git/HEAD",
    "/secret.txt",
    "/site/index.html",
    "/claims/",
    "/claims",
    "/index.html/",
    "/index.html/x",
    "/INDEX.HTML",
    "/index.html%20",
    "/index.html.",
    "/index.html::$DATA",
    "/assets/../../secret.txt",
    "/_preview/../secret.txt",
    "/_preview/../assets/site.css",
    "/_preview/%2e%2e/server.py",
    "/_preview/..%2fserver.py",
    "/_preview/follow.js/../../server.py",
    "/_preview/assets/follow.js",
    "/_preview/follow.js%00.css",
    "/_preview/",
    "/_preview",
    "/_preview/nothing",
    "/~root/",
    "/cgi-bin/test.cgi",
    "/proc/self/environ",
)

BAD_TARGETS = (
    "/index.html%00",
    "/%00",
    "/index%00.html",
    "/%0d%0aSet-Cookie:%20a=b",
    "/%0aX-Injected:%20yes",
    "/%1b[31m",
    "/%7f",
    "/%ff%fe",
    "/%ed%a0%80",
    "/%e2%80%ae",
    "/\x00",
    "/\x80\xff",
    "/\x1b[31m",
    "index.html",
    "*",
    "http://127.0.0.1:PORT/index.html",
    "http://evil.example/index.html",
    "https://127.0.0.1:PORT/index.html",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "127.0.0.1:PORT",
    "?x=/index.html",
    "#",
)

HOSTS = (
    (),
    ("Host:",),
    ("Host: evil.example",),
    ("Host: evil.example:PORT",),
    ("Host: 127.0.0.1",),
    ("Host: localhost",),
    ("Host: localhost:1",),
    ("Host: 127.0.0.1:PORT0",),
    ("Host: 127.0.0.1:PORT.evil.example",),
    ("Host: 127.0.0.1.evil.example:PORT",),
    ("Host: localhost.evil.example:PORT",),
    ("Host: evil-localhost:PORT",),
    ("Host: evil.example@127.0.0.1:PORT",),
    ("Host: 127.0.0.1:PORT@evil.example",),
    ("Host: 127.0.0.1:PORT, evil.example",),
    ("Host: evil.example, 127.0.0.1:PORT",),
    ("Host: http://127.0.0.1:PORT",),
    ("Host: 127.0.0.1:PORT/",),
    ("Host: 127.0.0.1:PORT\x00",),
    ("Host: 127.0.0.1 :PORT",),
    ("Host: 0.0.0.0:PORT",),
    ("Host: 127.1:PORT",),
    ("Host: 127.0.0.2:PORT",),
    ("Host: 2130706433:PORT",),
    ("Host: 0x7f000001:PORT",),
    ("Host: 017700000001:PORT",),
    ("Host: [::]:PORT",),
    ("Host: [::ffff:127.0.0.1]:PORT",),
    ("Host: ::1:PORT",),
    ("Host: [::1]",),
    ("Host: [::1%25lo]:PORT",),
    ("Host: localhost.:PORT",),
    ("Host: 169.254.169.254:PORT",),
    ("Host: \xe9vil.example:PORT",),
    (HOST, HOST),
    (HOST, "Host: evil.example"),
    ("Host: evil.example", HOST),
    ("X-Forwarded-Host: 127.0.0.1:PORT",),
    ("Host: evil.example", "X-Forwarded-Host: 127.0.0.1:PORT"),
    ("Host: 127.0.0.1:PORT\r\n evil.example",),
)

ORIGINS = (
    "null",
    "http://evil.example",
    "https://evil.example",
    "http://evil.example:PORT",
    "https://127.0.0.1:PORT",
    "http://127.0.0.1",
    "http://localhost",
    "http://127.0.0.1:1",
    "http://localhost:3000",
    "http://127.0.0.1:PORT.evil.example",
    "http://127.0.0.1:PORT0",
    "http://localhost.evil.example:PORT",
    "http://evil.example@127.0.0.1:PORT",
    "http://127.0.0.1:PORT/",
    "http://[::1]",
    "http://[::1]:1",
    "file://",
    "chrome-extension://abcdefghijklmnop",
    "http://127.0.0.1:PORT http://evil.example",
    "",
)

ELSEWHERE = (
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
    ("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"),
    ("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: embed"),
    ("Sec-Fetch-Site: cross-site",),
    ("Sec-Fetch-Site: nonsense",),
)

METHODS = (
    "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "GETT", "<script>", "G" * 200,
    "__init__", "send_error",
)  # fmt: skip

BODIES = (
    ("Content-Length: 5",),
    ("Content-Length: -1",),
    ("Content-Length: 99999999999999999999",),
    ("Content-Length: 0x10",),
    ("Content-Length: 0", "Content-Length: 5"),
    ("Content-Length: 5", "Content-Length: 5"),
    ("Content-Length: 0,5",),
    ("Transfer-Encoding: chunked",),
    ("Transfer-Encoding: identity",),
    ("Transfer-Encoding: chunked", "Content-Length: 5"),
    ("Transfer-Encoding:\tchunked",),
)

BROKEN = (
    (400, b"GET\r\n\r\n"),
    (0, b"\r\n\r\n"),
    (0, b""),
    (400, b"\x00\x00\x00\x00"),
    (400, b"GARBAGE GARBAGE GARBAGE GARBAGE\r\n\r\n"),
    (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40 + b"\r\n\r\n"),
    (400, b"PRI * HTTP/2.0 x\r\n\r\nSM\r\n\r\n"),
    (505, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    (505, b"GET /index.html\r\n\r\n"),
    (505, b"GET /secret.txt\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (505, b"GET /index.html HTTP/0.9\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (505, b"GET /index.html HTTP/1.2\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (505, b"GET /index.html HTTP/2\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (505, b"GET /index.html HTTP/3.0\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (400, b"GET /index.html HTTP/1.1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (400, b"GET /index.html HTTP/-1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (400, b"GET /index.html HTTP/one\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (400, b"GET /index.html FTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (400, b"GET /index .html HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (421, b"GET /index.html HTTP/1.0\r\n\r\n"),
    (421, b"GET /index.html HTTP/1.1\r\nHost : 127.0.0.1:PORT\r\n\r\n"),
    (400, b"GET /index.html HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nno colon\r\nOrigin: http://evil.example\r\n\r\n"),
    (421, b"GET /index.html HTTP/1.1\r\n\tHost: 127.0.0.1:PORT\r\n\r\n"),
    (414, b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (414, b"GET /" + b"a" * 3_000 + b" HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
    (431, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: " + b"a" * 70_000 + b"\r\n\r\n"),
    (431, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n" + b"X: y\r\n" * 500 + b"\r\n"),
    (404, b"GET /nothing HTTP/1.1\nHost: 127.0.0.1:PORT\n\n"),
    (505, b"GET /_preview/events\r\n\r\n"),
)  # fmt: skip

REQUESTS: tuple[tuple[frozenset[int], bytes], ...] = (
    *((frozenset((400, 404)), get(target)) for target in CLIMBS),
    *((frozenset((400, 404)), get(target, "Accept: text/event-stream")) for target in BAD_TARGETS),
    *((frozenset((400, 421)), raw("GET /index.html HTTP/1.1", *hosts)) for hosts in HOSTS),
    *((frozenset((400, 421)), raw("GET /_preview/events HTTP/1.1", *hosts)) for hosts in HOSTS[:8]),
    *((frozenset((403,)), get("/index.html", f"Origin: {origin}")) for origin in ORIGINS),
    *(
        (frozenset((403,)), get("/_preview/events?page=index.html", f"Origin: {origin}"))
        for origin in ORIGINS
    ),
    (frozenset((403,)), get("/index.html", "Origin: http://127.0.0.1:PORT", "Origin: http://evil.example")),
    *((frozenset((403,)), get("/index.html", *headers)) for headers in ELSEWHERE),
    *((frozenset((403,)), get("/_preview/events", *headers)) for headers in ELSEWHERE),
    *((frozenset((405,)), raw(f"{method} /index.html HTTP/1.1", HOST)) for method in METHODS),
    *((frozenset((405,)), raw(f"{method} /_preview/events HTTP/1.1", HOST)) for method in METHODS[:4]),
    *((frozenset((400,)), get("/index.html", *headers)) for headers in BODIES),
    *((frozenset((status, 400) if status else (0,)), request) for status, request in BROKEN),
)
