"""The preview in a real browser: pages follow their sources, mistakes come and go, nothing else moves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from site_builder.outputs.files import site_files
from site_builder.preview.server import Server, serving
from site_builder.preview.stage import Edited, Scene, Stage
from tests.browser.conftest import PageFactory
from tests.cli.test_commands import GOOD, RUNS
from tests.cli.test_serve_command import serving as process_serving
from tests.conftest import MakeProject
from tests.pages import fakes

FIRST, SECOND = "claims/amd-hackathon/model-switching.html", "claims/memorization/advantage.html"
MISTAKES = (
    "claims/typo.yaml:4:45  E-COLUMN  no column '<img src=x onerror=alert(1)>' in runs; it has approach, kind\n"
    "  | numbers: {best: {stated: 92%, computed: max(runs.acuracy)}} # " + "long " * 40 + "\n"
    "  |                                             ^^^^^^^^^^^^\n"
    "  did you mean 'accuracy'?",
    "pyproject.toml:2:1  E-SETTINGS  there is no setting 'titel' in [tool.claims]",
)
MARKED = "window.untouched = document.body.untouched = true"
IS_UNTOUCHED = "document.body.untouched === true"
IS_LOADED_ANEW = "window.untouched === undefined"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return site_files(fakes.site())


@pytest.fixture
def stage(files: dict[str, bytes]) -> Stage:
    return Stage(Scene(files, (), Edited("claims/amd-hackathon/model-switching.yaml", FIRST, "1")))


@pytest.fixture
def server(stage: Stage) -> Iterator[Server]:
    with serving(stage) as server:
        yield server


@pytest.fixture
def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/"


def changed(scene: Scene, path: str, word: str, **more: object) -> Scene:
    """The scene after this page has got another heading."""
    page = scene.files[path].replace(
        b'<main id="content"', f"<h2>{word}</h2>".encode() + b'<main id="content"'
    )
    return replace(scene, files={**scene.files, path: page}, **more)  # type: ignore[arg-type]


def until(page: Page, expression: str) -> None:
    """Wait until this is true on the page; Playwright's own waiting would break the page's policy."""
    deadline = time.monotonic() + 15
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(50)


def follows(page: Page) -> None:
    """Wait until the page has heard from the preview."""
    until(page, "sessionStorage.getItem('claims-seen') !== null")


def test_a_page_follows_and_says_nothing_on_the_console(
    page: PageFactory, server: Server, stage: Stage, address: str
) -> None:
    opened = page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(address + FIRST)
    stage.show(changed(stage.scene, FIRST, "Another heading"))
    expect(opened.get_by_text("Another heading")).to_be_visible()
    assert said == []


def test_a_changed_style_is_seen_and_an_unchanged_page_is_left_alone(
    page: PageFactory, server: Server, stage: Stage, address: str
) -> None:
    opened = page()
    opened.goto(address + FIRST)
    follows(opened)
    opened.evaluate(MARKED)
    stage.show(changed(stage.scene, SECOND, "Elsewhere"))
    stage.show(replace(stage.scene, files={**stage.scene.files, "claims.json": b"{}"}))
    opened.wait_for_timeout(500)
    assert opened.evaluate(IS_UNTOUCHED)
    style = stage.scene.files["assets/site.css"] + b"body { background: rgb(1, 2, 3) !important }"
    stage.show(replace(stage.scene, files={**stage.scene.files, "assets/site.css": style}))
    expect(opened.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)")


def test_a_changed_page_takes_the_place_of_the_old_one_and_its_tables_still_sort(
    page: PageFactory, stage: Stage, address: str
) -> None:
    opened = page()
    opened.goto(address)
    follows(opened)
    opened.evaluate(MARKED)
    for word in ("First change", "Second change"):
        front = stage.scene.files["index.html"].replace(b"<title>", f"<title>{word} ".encode())
        stage.show(
            changed(
                replace(stage.scene, files={**stage.scene.files, "index.html": front}), "index.html", word
            )
        )
        expect(opened.get_by_text(word)).to_be_visible()
    assert not opened.evaluate(IS_LOADED_ANEW)
    assert opened.title().startswith("Second change")
    button = opened.locator(".findings th button").first
    button.click()
    assert opened.locator(".findings th").first.get_attribute("aria-sort") == "ascending"
    assert opened.locator(".findings th").first.locator("button").count() == 1


def test_a_page_with_a_script_of_the_projects_own_is_loaded_anew(
    page: PageFactory, stage: Stage, address: str
) -> None:
    files = {**stage.scene.files, "assets/tables.js": b"window.runs = (window.runs || 0) + 1"}
    stage.show(replace(stage.scene, files=files))
    opened = page()
    opened.goto(address + FIRST)
    follows(opened)
    opened.evaluate(MARKED)
    stage.show(changed(stage.scene, FIRST, "Another heading"))
    expect(opened.get_by_text("Another heading")).to_be_visible()
    assert opened.evaluate(IS_LOADED_ANEW)
    assert opened.evaluate("window.runs") == 1


def test_a_page_that_changes_and_one_that_was_edited_are_both_told(
    page: PageFactory, stage: Stage, address: str
) -> None:
    opened = page()
    opened.goto(address)
    follows(opened)
    edited = Edited("claims/memorization/advantage.yaml", SECOND, "2")
    stage.show(changed(stage.scene, "index.html", "Changed too", edited=edited, mistakes=MISTAKES))
    expect(opened.get_by_text("Changed too")).to_be_visible()
    expect(opened.get_by_role("alertdialog", name="2 mistakes")).to_be_visible()
    opened.reload()
    stage.show(changed(stage.scene, "index.html", "Once more", edited=replace(edited, mark="3"), mistakes=()))
    expect(opened.get_by_text("Once more")).to_be_visible()
    expect(opened.get_by_role("link", name="was edited: show its page")).to_be_visible()


def test_the_scroll_position_stays(page: PageFactory, server: Server, stage: Stage, address: str) -> None:
    opened = page(height=400)
    for target in (FIRST, f"{FIRST}#content"):
        opened.goto(address + target)
        opened.evaluate("window.scrollTo(0, 700)")
        until(opened, "window.scrollY === 700")
        word = f"Version {time.monotonic()}"
        page_bytes = stage.scene.files[FIRST].replace(b"</main>", f"<p>{word}</p></main>".encode())
        stage.show(replace(stage.scene, files={**stage.scene.files, FIRST: page_bytes}))
        expect(opened.get_by_text(word)).to_be_attached()
        until(opened, "window.scrollY === 700")


def test_two_tabs_follow(page: PageFactory, server: Server, stage: Stage, address: str) -> None:
    tabs = [page(), page()]
    for tab in tabs:
        tab.goto(address + FIRST)
    stage.show(changed(stage.scene, FIRST, "For both"))
    for tab in tabs:
        expect(tab.get_by_text("For both")).to_be_visible()


def test_mistakes_are_shown_over_the_page_and_clear(
    page: PageFactory, server: Server, stage: Stage, address: str
) -> None:
    opened = page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address + FIRST)
    good = stage.scene
    stage.show(replace(good, mistakes=MISTAKES))
    overlay = opened.get_by_role("alertdialog", name="2 mistakes")
    expect(overlay).to_be_visible()
    for text in MISTAKES:
        for line in text.splitlines():
            assert line.strip() in overlay.inner_text()
    assert overlay.locator("img").count() == 0
    assert not [url for url in asked if url.endswith("/x")]
    expect(opened.locator("h1")).to_be_visible()
    stage.show(replace(good, mistakes=MISTAKES[1:]))
    expect(opened.get_by_role("alertdialog", name="1 mistake", exact=True)).to_be_visible()
    stage.show(good)
    expect(opened.get_by_role("alertdialog")).to_have_count(0)


def test_the_caret_stands_below_what_is_wrong(page: PageFactory, stage: Stage, address: str) -> None:
    opened = page()
    stage.show(replace(stage.scene, mistakes=MISTAKES))
    opened.goto(address)
    lines = opened.locator("#claims-preview pre").first
    assert lines.inner_text() == "\n".join(MISTAKES[0].split("\n")[1:])
    assert "mono" in lines.evaluate("it => getComputedStyle(it).fontFamily").lower()
    assert lines.evaluate("it => getComputedStyle(it).whiteSpace") == "pre"


def test_the_keyboard_hides_them_and_brings_them_back(
    page: PageFactory, server: Server, stage: Stage, address: str
) -> None:
    opened = page()
    opened.goto(address + FIRST)
    opened.locator(".site-name").focus()
    stage.show(replace(stage.scene, mistakes=MISTAKES))
    overlay = opened.get_by_role("alertdialog")
    expect(overlay).to_be_focused()
    opened.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    expect(opened.locator(".site-name")).to_be_focused()
    opened.reload()
    button = opened.get_by_role("button", name="Show 2 mistakes")
    expect(button).to_be_visible()
    expect(overlay).to_have_count(0)
    button.focus()
    opened.keyboard.press("Enter")
    expect(overlay).to_be_focused()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    expect(button).to_be_visible()
    stage.show(replace(stage.scene, mistakes=MISTAKES[:1]))
    expect(opened.get_by_role("alertdialog", name="1 mistake")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_mistakes_are_accessible_and_no_wider_than_the_screen(
    page: PageFactory,
    stage: Stage,
    address: str,
    axe_violations: Callable[[Page], list[str]],
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    stage.show(replace(stage.scene, mistakes=MISTAKES))
    opened = page(width=width, colour_scheme=scheme)
    opened.goto(address + FIRST)
    overlay = opened.get_by_role("alertdialog")
    expect(overlay).to_be_visible()
    assert axe_violations(opened) == []
    box = overlay.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, width)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert overlay.evaluate("it => it.scrollWidth <= it.clientWidth")
    is_dark = overlay.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(29, 26, 27)"
    assert is_dark is (scheme == "dark")
    opened.keyboard.press("Escape")
    expect(opened.get_by_role("button", name="Show 2 mistakes")).to_be_visible()
    assert axe_violations(opened) == []


def test_with_nothing_built_yet_the_mistakes_are_shown_and_the_page_comes(
    page: PageFactory, stage: Stage, address: str
) -> None:
    good = stage.scene
    stage.show(Scene({}, MISTAKES))
    opened = page()
    opened.goto(address)
    expect(opened.get_by_role("alertdialog")).to_be_visible()
    expect(opened.get_by_text("Nothing to show yet")).to_be_visible()
    stage.show(good)
    expect(opened.locator(".findings").first).to_be_visible()
    expect(opened.get_by_role("alertdialog")).to_have_count(0)


def test_the_tab_that_was_opened_goes_where_the_author_goes(
    page: PageFactory, server: Server, stage: Stage, address: str
) -> None:
    following, staying = page(), page()
    following.goto(f"{address}_preview/latest")
    assert following.url == address + FIRST
    staying.goto(address)
    follows(staying)
    staying.evaluate(MARKED)
    stage.show(replace(stage.scene, edited=Edited("claims/memorization/advantage.yaml", SECOND, "2")))
    following.wait_for_url(address + SECOND)
    pointer = staying.get_by_role("link", name="claims/memorization/advantage.yaml was edited: show its page")
    expect(pointer).to_be_visible()
    assert staying.evaluate(IS_UNTOUCHED)
    pointer.click()
    staying.wait_for_url(address + SECOND)
    following.goto(address)
    follows(following)
    assert following.url == address
    stage.show(replace(stage.scene, edited=Edited("claims/memorization/advantage.yaml", SECOND, "3")))
    following.wait_for_url(address + SECOND)


def test_a_page_that_nobody_sees_holds_no_connection_and_catches_up(
    page: PageFactory, server: Server, stage: Stage, address: str
) -> None:
    opened = page()
    opened.goto(address + FIRST)
    follows(opened)

    def turn(state: str) -> None:
        opened.evaluate(
            "state => { Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});"
            " document.dispatchEvent(new Event('visibilitychange')) }",
            state,
        )

    turn("hidden")
    opened.wait_for_timeout(300)
    stage.show(changed(stage.scene, FIRST, "While away"))
    opened.wait_for_timeout(300)
    stage.show(replace(stage.scene))
    opened.wait_for_timeout(300)
    assert opened.get_by_text("While away").count() == 0
    assert len(server._open) == 0
    turn("visible")
    expect(opened.get_by_text("While away")).to_be_visible()


def test_a_page_finds_its_preview_again(page: PageFactory, stage: Stage) -> None:
    opened = page()
    with ExitStack() as stack:
        server = stack.enter_context(serving(stage))
        opened.goto(f"http://127.0.0.1:{server.port}/{FIRST}")
        follows(opened)
        opened.evaluate(MARKED)
    with serving(Stage(stage.scene), server.port) as again:
        deadline = time.monotonic() + 15
        while not again._open and time.monotonic() < deadline:
            opened.wait_for_timeout(100)
        opened.wait_for_timeout(300)
        assert opened.evaluate(IS_UNTOUCHED)
        again.stage.show(changed(stage.scene, FIRST, "After the pause"))
        expect(opened.get_by_text("After the pause")).to_be_visible()


def test_another_site_cannot_read_the_preview(page: PageFactory, server: Server, address: str) -> None:
    """A page of another port of this machine, and of another name that leads to it."""
    with serving(Stage(Scene({"index.html": b"<title>other</title>"}))) as other:
        opened = page()
        opened.goto(f"http://localhost:{other.port}/index.html")
        reached = opened.evaluate(
            """async address => {
                const got = [];
                for (const mode of ['cors', 'no-cors']) {
                    const path = address + 'claims.json';
                    await fetch(path, {mode}).then(answer => answer.text()).then(text => got.push(text), () => {});
                }
                const picture = new Image();
                picture.src = address + 'assets/icon.svg';
                await picture.decode().then(() => got.push('picture'), () => {});
                const stream = new EventSource(address + '_preview/events?page=index.html');
                await new Promise(done => { stream.onmessage = event => { got.push(event.data); done() };
                                            stream.onerror = done });
                return got.filter(Boolean);
            }""",
            address,
        )
        assert reached == []


def test_from_the_save_to_the_browser(page: PageFactory, make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "claims/b.yaml": GOOD, "evidence/runs.csv": RUNS})
    opened = page()
    claim = project.root / "claims/a.yaml"
    good = claim.read_text()
    with process_serving(project) as preview:
        opened.goto(f"{preview.address}_preview/latest")
        claim.write_text(good.replace("The best is", "The top is"))
        expect(opened.locator("h1")).to_have_text("The top is 92", timeout=30_000)
        assert opened.url == f"{preview.address}claims/a.html"
        claim.write_text(good.replace("runs.accuracy)", "runs.acuracy)"))
        overlay = opened.get_by_role("alertdialog", name="1 mistake")
        expect(overlay).to_be_visible(timeout=30_000)
        assert "claims/a.yaml:4:46" in overlay.inner_text()
        assert "did you mean 'accuracy'?" in overlay.inner_text()
        expect(opened.locator("h1")).to_have_text("The top is 92")
        claim.write_text(good.replace("stated: '92'", "stated: '93'"))
        expect(overlay).to_have_count(0, timeout=30_000)
        expect(opened.locator(".verdict-panel").first).to_contain_text("Corrected")
        assert not (project.root / "site").exists()
