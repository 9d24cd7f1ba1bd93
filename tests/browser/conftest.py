"""A browser, pages in it, and the site of this repository, built once a session."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
SITE_SOURCES = ("claims", "evidence", "templates", "pyproject.toml", "claims.lock", "claims.toml")
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BUILD_TIMEOUT_SECONDS = 600


class PageFactory(Protocol):
    """Opens an empty page of its own: no cookies, no storage, nothing shared with another page."""

    def __call__(
        self,
        width: int = 1280,
        height: int = 800,
        colour_scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
    ) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window; Playwright's own download is never used."""
    executable = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    if executable is None:
        pytest.fail("no Chromium on the PATH: run `make chromium`, or pytest with -m 'not browser'")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[PageFactory]:
    """Opens pages: `page(width=390, colour_scheme="dark").goto(url)`; they are closed after the test."""
    contexts: list[BrowserContext] = []

    def open_page(
        width: int = 1280,
        height: int = 800,
        colour_scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colour_scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe_violations() -> Callable[[Page], list[str]]:
    """Runs axe-core on a page; a line for each element that breaks a rule: `rule (impact): selector`."""
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(script)
        found: list[dict[str, Any]] = page.evaluate(
            "axe.run({resultTypes: ['violations']}).then(results => results.violations)"
        )
        return [
            f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}"
            for rule in found
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this repository's own site, built from a copy of its claims, evidence and templates."""
    project = tmp_path_factory.mktemp("project")
    for name in SITE_SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, symlinks=True)
        elif source.is_file():
            shutil.copy2(source, project / name)
    output = tmp_path_factory.mktemp("built") / "site"
    build = subprocess.run(
        [sys.executable, "-P", "-m", "site_builder", "build", "--output", str(output)],
        cwd=project,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1767225600"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=BUILD_TIMEOUT_SECONDS,
        check=False,
    )
    if build.returncode != 0:
        pytest.fail(f"the build ended with {build.returncode}:\n{build.stdout}{build.stderr}")
    return output
