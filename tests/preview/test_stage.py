"""Fingerprints of pages, what tabs are told, and waiting for a change."""

from __future__ import annotations

import json
import threading

import pytest

from site_builder.preview.stage import Edited, Scene, Stage
from site_builder.templating.environment import shipped_templates

PAGE = b"""<head><link rel="canonical" href="https://example.org/claims/a.html">
<link rel='stylesheet' href='../assets/site.css?1'><script src="../assets/tables.js" defer></script></head>
<a href="../claims.json">x</a><img alt="" src="../plots/a%20b.svg#x">"""
FILES = {
    "claims/a.html": PAGE,
    "claims/b.html": b"b",
    "claims.json": b"{}",
    "assets/site.css": b"1",
    "assets/tables.js": b"1",
    "assets/other.js": b"1",
    "plots/a b.svg": b"1",
}


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("claims/a.html", True),
        ("assets/site.css", True),
        ("assets/tables.js", True),
        ("plots/a b.svg", True),
        ("assets/other.js", False),
        ("claims/b.html", False),
        ("claims.json", False),
    ],
)
def test_a_page_is_another_when_it_or_what_it_loads_is(path: str, changes: bool) -> None:
    before, after = (
        Scene(FILES).print_of("claims/a.html"),
        Scene({**FILES, path: b"2"}).print_of("claims/a.html"),
    )
    assert (before != after) is changes
    assert before == Scene(dict(FILES), ("a mistake",)).print_of("claims/a.html")


SHIPPED = (shipped_templates() / "assets/tables.js").read_bytes()


@pytest.mark.parametrize(
    ("page", "script", "plain"),
    [
        (PAGE, SHIPPED, True),
        (PAGE, SHIPPED + b" ", False),
        (b"no script at all", b"", True),
        (PAGE + b'<script src="../assets/other.js"></script>', SHIPPED, False),
        (PAGE + b"<SCRIPT>alert(1)</SCRIPT>", SHIPPED, False),
        (PAGE + b'<script src="https://example.org/assets/tables.js"></script>', SHIPPED, False),
        (PAGE + b"<noscript>x</noscript>", SHIPPED, False),
    ],
)
def test_a_page_is_plain_when_it_runs_only_the_script_of_the_tool(
    page: bytes, script: bytes, plain: bool
) -> None:
    files = {**FILES, "claims/a.html": page, "assets/tables.js": script}
    assert Scene(files).is_plain("claims/a.html") is plain


def test_the_fingerprint_tells_the_page_from_what_it_loads() -> None:
    def prints(**changed: bytes) -> list[str]:
        return Scene({**FILES, **changed}).print_of("claims/a.html").split("-")

    before = prints()
    other_page, other_style = prints(**{"claims/a.html": PAGE + b"x"}), prints(**{"assets/site.css": b"2"})
    assert (other_page[0] != before[0], other_page[1]) == (True, before[1])
    assert (other_style[0], other_style[1] != before[1]) == (before[0], True)


def test_what_is_not_there_has_no_fingerprint() -> None:
    assert Scene(FILES).print_of("nothing.html") == ""


def test_a_tab_is_told_of_its_page_the_mistakes_and_the_last_edit() -> None:
    scene = Scene(FILES, ("wrong",), Edited("claims/b.yaml", "claims/b.html", "mark"))
    told = json.loads(scene.told_to("claims/a.html"))
    assert told == {
        "page": scene.print_of("claims/a.html"),
        "plain": False,
        "mistakes": ["wrong"],
        "behind": False,
        "edited": {"path": "claims/b.yaml", "page": "/claims/b.html", "mark": "mark"},
    }
    assert json.loads(Scene(FILES).told_to("x"))["edited"] is None


def test_what_is_told_stays_on_one_line() -> None:
    told = Scene(FILES, ("a\nb\r\u2028c",)).told_to("claims/a.html")
    assert len(told.splitlines()) == 1


def test_those_who_wait_are_woken_by_a_change_and_at_the_end() -> None:
    stage = Stage(Scene())
    number, _ = stage.wait(-1, 5) or (0, None)
    assert stage.wait(number, 0.01) == (number, Scene())
    threading.Timer(0.05, stage.show, [Scene(FILES)]).start()
    assert stage.wait(number, 5) == (number + 1, Scene(FILES))
    threading.Timer(0.05, stage.close).start()
    assert stage.wait(number + 1, 5) is None
    assert stage.wait(-1, 5) is None
