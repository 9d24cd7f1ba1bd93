"""What each path is answered with."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import pytest

from site_builder.preview.answers import answer, page_asked
from site_builder.preview.stage import Edited, Scene
from site_builder.templating.environment import shipped_templates
from tests.preview.conftest import PAGE, SCENE


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html?x", "text/html; charset=utf-8"),
        ("/claims/first.html", "text/html; charset=utf-8"),
        ("/claims/%66irst.html", "text/html; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/a%20picture.png", "image/png"),
        ("/claims.json", "application/json; charset=utf-8"),
        ("/odd.bin", "application/octet-stream"),
        ("/_preview/follow.js", "text/javascript; charset=utf-8"),
        ("/_preview/stream.js?page=x", "text/javascript; charset=utf-8"),
        ("/_preview/overlay.css", "text/css; charset=utf-8"),
    ],
)
def test_a_file_has_its_type(target: str, kind: str) -> None:
    told = answer(target, SCENE)
    assert (told.status, told.type, bool(told.body)) == (HTTPStatus.OK, kind, True)


def test_a_page_is_as_published_but_for_our_script() -> None:
    body = answer("/index.html", SCENE).body
    before, script, after = body.partition(b'<script src="/_preview/follow.js"')
    rest = after.partition(b"</script>\n")[2]
    assert (script != b"", before + rest) == (True, PAGE)
    assert rest.startswith(b"</head>")
    assert SCENE.print_of("index.html").encode() in after


@pytest.mark.parametrize("page", [b"no head at all", b"", b"<BODY>x", b"<head>x</HEAD ><body>"])
def test_a_page_of_any_form_gets_the_script_once(page: bytes) -> None:
    assert answer("/x.html", Scene({"x.html": page})).body.count(b"/_preview/follow.js") == 1


def test_nothing_else_than_pages_is_changed() -> None:
    for path, body in SCENE.files.items():
        if not path.endswith(".html"):
            assert answer(f"/{path}".replace(" ", "%20"), SCENE).body == body


def test_a_missing_page_follows_too_and_says_no_path() -> None:
    told = answer("/claims/zebra.html", SCENE)
    assert told.status == HTTPStatus.NOT_FOUND
    assert b"follow.js" in told.body
    assert b"zebra" not in told.body
    assert b"as soon as it can be built" in answer("/", Scene()).body


def test_the_latest_is_the_page_of_the_claim_edited_last() -> None:
    assert answer("/_preview/latest", SCENE).headers["Location"] == "/claims/first.html?follow"
    gone = Scene(SCENE.files, (), Edited("claims/gone.yaml", "claims/gone.html", "m"))
    assert answer("/_preview/latest", gone).headers["Location"] == "/?follow"


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("/_preview/events?page=claims%2Fa.html", "claims/a.html"),
        ("/_preview/events", "index.html"),
        ("/_preview/events?page=%ff", "index.html"),
        ("/_preview/eventsx", None),
        ("/index.html?page=_preview/events", None),
    ],
)
def test_a_stream_is_about_a_page(target: str, page: str | None) -> None:
    assert page_asked(target) == page


def test_only_the_worker_may_open_a_connection() -> None:
    assert "connect-src 'self'" in answer("/_preview/stream.js", SCENE).headers["Content-Security-Policy"]
    assert "Content-Security-Policy" not in answer("/", SCENE).headers


def test_what_is_the_previews_own_is_in_no_built_site() -> None:
    names = {path.name for path in Path(shipped_templates() / "assets").iterdir()}
    assert not names & {"follow.js", "stream.js", "overlay.css"}
