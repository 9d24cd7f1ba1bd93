"""The documentation's own examples: its pages, the marked blocks on them, and projects made of those blocks.

A comment before a fenced block says what it is: ``file: PATH`` is a file of the page's project and ``mistake: PATH``
a claim that must be broken; ``run`` is commands typed in the project, ``evidence`` entries of `evidence:` that must
load, ``gives`` lines ``expression → value``, ``matches`` lines ``stated | computed → outcome``, and ``reads`` lines
``cell → quantity``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from site_builder.pipeline import check
from site_builder.project import open_project
from site_builder.verdicts.decision import Decision

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md"))))
KINDS = frozenset(("run", "evidence", "gives", "matches", "reads"))
FILES = frozenset(("file", "mistake"))
_BLOCK = re.compile(r"<!-- ([a-z]+)(?:: (\S+))? -->\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A marked block: where it stands, what it is, the path of a file, and its text."""

    page: str
    line: int
    kind: str
    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def lines(self) -> list[str]:
        """Its lines that say something."""
        return [line for line in self.text.splitlines() if line.strip()]


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> Iterator[Block]:
    """The marked blocks of a page, in order."""
    text = text_of(page)
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(page, line, found[1], found[2] or "", found[3])


def blocks_of_kind(kind: str) -> list[Block]:
    """All blocks of one kind, on every page."""
    return [block for page in PAGES for block in blocks(page) if block.kind == kind]


def make_project(root: Path, block: Block) -> Path:
    """A project with the page's files that stand above a block; a later version of a file replaces the earlier."""
    for folder in ("claims", "evidence"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for above in blocks(block.page):
        if above.kind in FILES and above.line <= block.line:
            target = root / above.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(above.text, encoding="utf-8")
    return root


def decide(root: Path, claims: dict[str, dict[str, object]]) -> dict[str, Decision]:
    """The decisions on claims given as data, by name, in a project whose own claims are left out."""
    for old in (root / "claims").rglob("*"):
        if old.is_file():
            old.unlink()
    for name, claim in claims.items():
        whole = {"title": name, "statement": "An example.", **claim}
        (root / f"claims/{name}.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return {decision["id"]: decision for decision in check(open_project(root)).decisions}


def typed(root: Path, text: str) -> Iterator[tuple[str, str, str]]:
    """Each command that is typed, with the output shown below it and the output that it has.

    ``claims`` is the tool, whether it is installed or not; a line ``...`` stands for any number of lines.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        script = f'claims() {{ "{sys.executable}" -m site_builder "$@"; }}\n{command}'
        ran = subprocess.run(
            ["bash", "-c", script], cwd=root, env=environment, capture_output=True, text=True
        )
        yield command, shown.rstrip("\n"), (ran.stdout + ran.stderr).rstrip("\n")


def is_as_shown(shown: str, output: str) -> bool:
    """Whether an output is the one shown, where ``...`` on a line of its own stands for any lines."""
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^\s*\.\.\.$", shown, flags=re.MULTILINE)]
    return re.fullmatch(".*".join(parts), output, re.DOTALL) is not None
