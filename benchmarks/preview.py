"""How long the preview takes to follow: ``python -m benchmarks.preview N``.

A claim of a generated project of N claims is saved 15 times, each time with another title. Timed from the save: until
the new page is served (it is asked for every 5 ms), and until Chromium shows it. Medians, with the fastest and the
slowest; below each, what is left when the time that the preview says the build took is taken off.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from benchmarks.pages import Page
from benchmarks.peers import OURS, ROOT

EDITS = 15
PATIENCE_SECONDS = 600.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

Edit = tuple[float, float]
"""Seconds until it is seen, and seconds that building took."""


class Preview:
    """A preview at work on a project: its address, and what it has printed."""

    def __init__(self, root: Path, log: Path) -> None:
        self.root, self._log = root, log
        self.address = self._address()

    def _address(self) -> str:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = re.search(
                r"^look at it: (\S+/)_preview", self._log.read_text(encoding="utf-8"), re.MULTILINE
            )
            if found:
                return found[1]
            time.sleep(0.05)
        raise TimeoutError("the preview does not start")

    def build_seconds(self) -> float:
        """How long the last build took."""
        return float(re.findall(r", in (\S+) s", self._log.read_text(encoding="utf-8"))[-1])

    def edit(self, claim: str, number: int) -> str:
        """Save a claim with a title of its own; the title."""
        file = self.root / "claims" / f"{claim}.yaml"
        title = f"Edit {number} of {time.monotonic_ns()}"
        text = re.sub(r"^title: .*$", f"title: {title}", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        beside = file.with_name(".saving")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
        return title


@contextmanager
def running(root: Path) -> Iterator[Preview]:
    """The preview of a project, in a process of its own."""
    log = root / "preview.log"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with log.open("w") as output:
        command = [sys.executable, "-m", "site_builder", "serve", "--no-open"]
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield Preview(root, log)
    finally:
        process.terminate()
        process.wait()


def timed(preview: Preview, claim: str, waited: Callable[[str], None]) -> list[Edit]:
    """Seconds from each save of a claim until what is waited for, after one that is not counted."""
    took: list[Edit] = []
    for number in range(EDITS + 1):
        start = time.perf_counter()
        waited(preview.edit(claim, number))
        end = time.perf_counter()
        time.sleep(0.3)
        took.append((end - start, preview.build_seconds()))
    return took[1:]


def served(preview: Preview, claim: str) -> list[Edit]:
    """Seconds until the new page is served."""

    def waited(title: str) -> None:
        while True:
            with urlopen(f"{preview.address}claims/{claim}.html", timeout=60) as reply:
                if title.encode() in reply.read():
                    return
            time.sleep(0.005)

    return timed(preview, claim, waited)


def shown(preview: Preview, claim: str, browser: str) -> list[Edit]:
    """Seconds until Chromium shows the new page."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page()
        page.goto(f"{preview.address}claims/{claim}.html")
        page.wait_for_timeout(500)

        def waited(title: str) -> None:
            # Playwright's own waiting looks twice a second after a while, which is too coarse here.
            while True:
                with suppress(Error):  # it is being loaded anew
                    if title in page.evaluate("document.querySelector('h1')?.textContent ?? ''"):
                        return
                time.sleep(0.005)

        took = timed(preview, claim, waited)
        chromium.close()
        return took


def tell(name: str, edits: list[Edit]) -> None:
    """Two lines: the median, the fastest and the slowest, in milliseconds; and the same without building."""
    for said, took in (
        (name, [whole for whole, _ in edits]),
        ("  beside building", [a - b for a, b in edits]),
    ):
        middle, least, most = (1_000 * f(took) for f in (statistics.median, min, max))
        print(f"{said:<42} {middle:8.0f} ms   ({least:.0f} to {most:.0f})")


def main() -> None:
    """Generate, serve, edit, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    number = count // 2
    claim = f"g{number // 100}/c{number}"
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory(prefix="claims-bench-") as folder:
        root = Path(folder)
        OURS.write(root, [Page(number) for number in range(count)])
        with running(root) as preview:
            tell(f"saved to served, {count:,} claims", served(preview, claim))
            if browser is not None:
                tell(f"saved to shown in Chromium, {count:,} claims", shown(preview, claim, browser))


if __name__ == "__main__":
    main()
