"""Pages in a real browser: from the file system, on a phone and a desk, in light and dark, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from site_builder.outputs.files import site_files
from site_builder.outputs.folder import write
from tests.browser.conftest import PageFactory
from tests.pages import fakes

KINDS = (
    "index.html",
    "claims/amd-hackathon/model-switching.html",
    "claims/benchmarks/a-wide-table-with-many-columns.html",
    "claims/memorization/advantage.html",
    "claims/typo.html",
    "claims/hostile/everything.html",
    "evidence/amd-approaches-csv.html",
    "evidence.html",
    "corrections.html",
    "gallery.html",
    "reports/angles/selection.html",
    "reports.html",
    "tags/roi.html",
    "verdicts/refuted.html",
    "reading.html",
    "404.html",
)
IN_THE_DARK = (
    *KINDS[:2],
    "evidence/amd-approaches-csv.html",
    "corrections.html",
    "reports/angles/selection.html",
)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one claim of every kind, in a folder whose path needs quoting, as a sub-path would."""
    target = tmp_path_factory.mktemp("with space") / "sub" / "site"
    write(site_files(fakes.site()), target)
    return target


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_are_accessible(
    page: PageFactory,
    site: Path,
    axe_violations: Callable[[Page], list[str]],
    scheme: Literal["light", "dark"],
) -> None:
    opened = page(colour_scheme=scheme)
    found: list[str] = []
    for url in KINDS if scheme == "light" else IN_THE_DARK:
        opened.goto((site / url).as_uri())
        found += [f"{url}: {violation}" for violation in axe_violations(opened)]
    assert found == []


@pytest.mark.parametrize("width", [320, 768])
def test_pages_are_no_wider_than_the_screen(page: PageFactory, site: Path, width: int) -> None:
    opened = page(width=width)
    wide: list[str] = []
    for url in KINDS:
        opened.goto((site / url).as_uri())
        if opened.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(url)
    assert wide == []


def test_pages_obey_their_own_policy_and_ask_for_nothing_but_our_files(page: PageFactory, site: Path) -> None:
    opened = page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    for url in KINDS:
        opened.goto((site / url).as_uri())
    assert said == []
    assert [url for url in asked if not url.startswith(site.as_uri())] == []
    assert any(url.endswith("site.css") for url in asked)


def test_the_style_is_applied_from_the_file_system(page: PageFactory, site: Path) -> None:
    opened = page()
    opened.goto((site / "claims/amd-hackathon/model-switching.html").as_uri())
    family = opened.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Charter" in family


@pytest.mark.parametrize("scheme", SCHEMES)
def test_plots_take_the_colours_of_the_page(
    page: PageFactory, site: Path, scheme: Literal["light", "dark"]
) -> None:
    opened = page(colour_scheme=scheme)
    opened.goto((site / "claims/amd-hackathon/model-switching.html").as_uri())
    paper = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    assert opened.evaluate("getComputedStyle(document.querySelector('svg.plot > rect')).fill") == paper


def test_without_scripts_everything_is_there(page: PageFactory, site: Path) -> None:
    opened = page(javascript=False)
    opened.goto((site / "index.html").as_uri())
    assert opened.locator(".findings tbody tr").count() == 7
    assert opened.locator("input, button").count() == 0


def test_a_column_sorts_by_its_numbers(page: PageFactory, site: Path) -> None:
    opened = page()
    opened.goto((site / "evidence/amd-approaches-csv.html").as_uri())
    head = opened.locator(".grid th", has_text="Accuracy").first
    head.locator("button").click()
    shown = opened.locator(".grid tbody td:nth-child(6)").all_inner_texts()
    assert shown == ["0-3%", "0%", "2%", "73.5%", "92%"]
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"


def test_the_keyboard_sorts_too(page: PageFactory, site: Path) -> None:
    opened = page()
    opened.goto((site / "index.html").as_uri())
    button = opened.locator(".findings th button").first
    button.focus()
    opened.keyboard.press("Enter")
    assert opened.locator(".findings th").first.get_attribute("aria-sort") == "ascending"


def test_a_long_table_can_be_narrowed(page: PageFactory, site: Path) -> None:
    opened = page()
    opened.goto((site / "evidence/memorization-episodes-csv.html").as_uri())
    opened.get_by_label("Show rows with").fill("97,000")
    assert opened.locator(".grid tbody tr:visible").count() == 1
    assert opened.get_by_role("status").inner_text() == "1 of 1000"


def test_groups_that_have_nothing_left_are_hidden(page: PageFactory, tmp_path: Path) -> None:
    claims = [
        fakes.decision(f"group-{place % 3}/claim-{place}", title=f"Claim {place}") for place in range(12)
    ]
    write(site_files(fakes.site(*claims, reports=())), tmp_path / "site")
    opened = page()
    opened.goto((tmp_path / "site" / "index.html").as_uri())
    opened.get_by_label("Show findings with").fill("claim 11")
    assert opened.locator(".group:visible").count() == 1
    opened.get_by_label("Show findings with").fill("")
    assert opened.locator(".group:visible").count() == 3


def test_the_first_tab_skips_to_the_content(page: PageFactory, site: Path) -> None:
    opened = page()
    opened.goto((site / "reading.html").as_uri())
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the content"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "content"


def test_a_number_in_prose_leads_to_its_cells(page: PageFactory, site: Path) -> None:
    opened = page()
    opened.goto((site / "index.html").as_uri())
    opened.locator("a.value", has_text="1,266x").first.click()
    assert opened.url.endswith("model-switching.html#number-roi_ratio")
    opened.locator("#number-total_minutes").get_by_role("link", name="1–4", exact=True).click()
    assert opened.url.endswith("#runs-r1-c3")
    assert opened.locator(":target").inner_text() == "2h"


def test_print_shows_no_navigation(page: PageFactory, site: Path) -> None:
    opened = page()
    opened.goto((site / "claims/amd-hackathon/model-switching.html").as_uri())
    opened.emulate_media(media="print")
    assert not opened.locator(".masthead nav").is_visible()
    assert opened.locator("h1").is_visible()


def test_the_built_site_s_pages_are_accessible(
    page: PageFactory, built_site: Path, axe_violations: Callable[[Page], list[str]]
) -> None:
    opened = page()
    found: list[str] = []
    for url in ("index.html", "corrections.html", "gallery.html", "evidence.html"):
        opened.goto((built_site / url).as_uri())
        found += [f"{url}: {violation}" for violation in axe_violations(opened)]
    assert found == []
