"""The benchmark measures what was made, and says so where a tool made nothing or took too long."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.pages import Page
from benchmarks.peers import OURS, Tool, peers
from benchmarks.run import print_tables
from benchmarks.timing import COLD, EDIT, SAME, Course, LimitError, ToolError, run

COPIES = """\
import pathlib
for source in pathlib.Path("in").glob("*"):
    pathlib.Path("out").mkdir(exist_ok=True)
    pathlib.Path("out", source.name).write_bytes(source.read_bytes())
"""


def course(root: Path, script: str, pages: int = 3) -> Course:
    """A tool that is a Python script, on a project that is written."""
    tool = Tool(
        "Copy",
        (sys.executable, "-c", script),
        lambda pages: (),
        lambda page: [(f"in/{page.name}", page.markdown)],
        lambda page: f"out/{page.name}",
        ("out",),
    )
    written = [Page(number) for number in range(pages)]
    tool.write(root, written)
    return Course(tool, root, written)


def test_a_round_measures_each_step_once_and_edits_another_page_each_time(tmp_path: Path) -> None:
    measured = course(tmp_path, COPIES)
    measured.round(0)
    measured.round(1)
    assert {step: len(runs) for step, runs in measured.runs.items()} == {COLD: 2, SAME: 2, EDIT: 2}
    assert not measured.ended
    assert "Revision a." in (tmp_path / "out/c0").read_text()
    assert "Revision b." in (tmp_path / "out/c1").read_text()
    assert (measured.middle(COLD, "wall") or 0) > 0


def test_a_tool_that_makes_no_pages_has_no_figures_that_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = course(tmp_path, "pass")
    measured.round(0)
    measured.round(1)
    assert measured.ended == "failed: 3 of 3 pages were not made"
    print_tables([measured], {"Other": "there is no such tool"}, 1.0)
    told = capsys.readouterr().out
    assert "Copy: failed: 3 of 3 pages were not made; 0 of 3 rounds" in told
    assert "Other is absent: there is no such tool" in told


def test_a_tool_that_passes_over_the_edit_fails(tmp_path: Path) -> None:
    measured = course(tmp_path, f"import os\nif not os.path.exists('out'):\n    exec({COPIES!r})")
    measured.round(0)
    assert measured.ended == "failed: the page that was edited is as it was"


def test_a_tool_that_fails_is_told_of_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no such page"):
        run((sys.executable, "-c", "import sys; sys.exit('no such page')"), tmp_path)


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(LimitError):
        run((sys.executable, "-c", "import time; time.sleep(60)"), tmp_path, 0.2)
    measured = course(tmp_path / "late", "import time; time.sleep(60)")
    measured.left = 0.2
    measured.round(0)
    assert measured.ended.startswith("> ")


def test_our_pages_are_claims_that_hold_and_an_edit_shows(tmp_path: Path) -> None:
    pages = [Page(number) for number in range(2)]
    root = tmp_path / "project"
    OURS.write(root, pages)
    measured = Course(replace(OURS, settles=0.0), root, pages)
    measured.round(0)
    assert not measured.ended
    told = json.loads((root / "site/claims.json").read_text())
    assert [(claim["verdict"], claim["warnings"]) for claim in told["claims"]] == [("validated", [])] * 2


@pytest.mark.parametrize("tool", [OURS, *peers()], ids=lambda tool: tool.name)
def test_every_tool_has_every_page_once_with_its_whole_table(tmp_path: Path, tool: Tool) -> None:
    pages = [Page(number) for number in range(101)]
    tool.write(tmp_path, pages)
    texts = [path.read_text() for path in tmp_path.rglob("c*.*") if path.stem[1:].isdigit()]
    assert len(texts) == len({tool.shown(page) for page in pages}) == 101
    tables = [path.read_text() for path in tmp_path.rglob("r*.csv")] if tool is OURS else texts
    assert all(all(f"{kind}" in table for kind in ("trained", "base")) for table in tables)
    assert all("the best of the trained" in text.casefold() for text in texts)
