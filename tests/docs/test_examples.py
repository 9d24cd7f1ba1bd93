"""Every example of the documentation does what the page says that it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from site_builder.pipeline import check
from site_builder.project import open_project
from site_builder.verdicts.decision import Decision, NumberJson
from tests.docs.pages import (
    FILES,
    KINDS,
    PAGES,
    Block,
    blocks,
    blocks_of_kind,
    decide,
    is_as_shown,
    make_project,
    text_of,
    typed,
)


def parted(line: str) -> tuple[str, str]:
    """What stands before and after the arrow."""
    before, arrow, after = line.partition("→")
    assert arrow, line
    return before.strip(), after.strip()


def found_text(decision: Decision) -> str:
    """What the value named `found` is, or the first problem."""
    if decision["problems"]:
        return f"error: {decision['problems'][0]['message']}"
    return decision["values"]["found"]["text"]


def as_far_as(text: str, shown: str) -> str:
    """The text, cut where the one shown is cut by an ellipsis."""
    return f"{text[: len(shown) - 1]}…" if shown.endswith("…") else text


def bounds_text(number: NumberJson) -> str:
    """What a cell may be: one number, two bounds or one, or missing."""
    unit = f" {number['unit']}" if number["unit"] else ""
    low, high = (None if end is None else f"{end:.10g}" for end in (number["low"], number["high"]))
    if low == high:
        return "missing" if low is None else f"{low}{unit}"
    if low is None or high is None:
        return f"up to {high}{unit}" if low is None else f"{low}{unit} and up"
    return f"{low} to {high}{unit}"


@pytest.mark.parametrize("page", PAGES)
def test_every_mark_is_one_we_know_and_has_its_block(page: str) -> None:
    marks = re.findall(r"^<!-- ((?:[a-z]+)(?:: \S+)?) -->\n```", text_of(page), re.MULTILINE)
    assert len(marks) == len(list(blocks(page)))
    assert {block.kind for block in blocks(page)} <= KINDS | FILES


@pytest.mark.parametrize("block", blocks_of_kind("run"), ids=str)
def test_a_command_prints_what_is_shown(tmp_path: Path, block: Block) -> None:
    make_project(tmp_path, block)
    for command, shown, output in typed(tmp_path, block.text):
        assert is_as_shown(shown, output), f"{block}: $ {command}\n{output}"


@pytest.mark.parametrize("block", blocks_of_kind("gives"), ids=str)
def test_an_expression_gives_what_is_shown(tmp_path: Path, block: Block) -> None:
    make_project(tmp_path, block)
    pairs = [parted(line) for line in block.lines]
    claims = {
        f"e{number}": {
            "evidence": {"runs": "runs.csv"},
            "let": {"found": expression},
            "assertion": "count(runs) > 0",
        }
        for number, (expression, _) in enumerate(pairs)
    }
    decisions = decide(tmp_path, claims)  # type: ignore[arg-type]
    found = [found_text(decisions[name]) for name in claims]
    assert [as_far_as(text, value) for text, (_, value) in zip(found, pairs, strict=True)] == [
        value for _, value in pairs
    ]


@pytest.mark.parametrize("block", blocks_of_kind("matches"), ids=str)
def test_a_stated_number_is_met_as_shown(tmp_path: Path, block: Block) -> None:
    make_project(tmp_path, block)
    pairs = [parted(line) for line in block.lines]
    claims: dict[str, dict[str, object]] = {}
    for number, (both, _) in enumerate(pairs):
        stated, _, computed = (part.strip() for part in both.partition("|"))
        claims[f"e{number}"] = {"numbers": {"it": {"stated": stated, "computed": computed}}}
    decisions = decide(tmp_path, claims)
    outcomes = [
        decisions[name]["numbers"][0]["outcome"] if not decisions[name]["problems"] else "error"
        for name in claims
    ]
    assert outcomes == [value for _, value in pairs]


@pytest.mark.parametrize("block", blocks_of_kind("reads"), ids=str)
def test_a_cell_is_read_as_shown(tmp_path: Path, block: Block) -> None:
    make_project(tmp_path, block)
    pairs = [parted(line) for line in block.lines]
    claims: dict[str, dict[str, object]] = {}
    for number, (cell, _) in enumerate(pairs):
        quoted = cell.replace('"', '""')
        (tmp_path / f"evidence/cell{number}.csv").write_text(f'it\n"{quoted}"\n', encoding="utf-8")
        claims[f"e{number}"] = {
            "evidence": {"cells": {"file": f"cell{number}.csv", "columns": {"it": "quantity"}}},
            "numbers": {"it": {"stated": "0", "computed": "one(cells).it"}},
        }
    decisions = decide(tmp_path, claims)
    assert [bounds_text(decisions[name]["numbers"][0]) for name in claims] == [value for _, value in pairs]


@pytest.mark.parametrize("block", blocks_of_kind("evidence"), ids=str)
def test_evidence_loads_as_declared(tmp_path: Path, block: Block) -> None:
    make_project(tmp_path, block)
    entries = yaml.load(block.text, Loader=yaml.BaseLoader)
    claims: dict[str, dict[str, object]] = {
        name: {"evidence": {name: entry}, "assertion": f"count({name}) > 0"}
        for name, entry in entries.items()
    }
    decisions = decide(tmp_path, claims)
    found = {name: (d["verdict"], [p["text"] for p in d["problems"]]) for name, d in decisions.items()}
    assert found == {name: ("validated", []) for name in entries}


@pytest.mark.parametrize(
    "block",
    [b for kind in FILES for b in blocks_of_kind(kind) if re.fullmatch(r"claims/.*\.yaml", b.path)],
    ids=str,
)
def test_a_claim_on_a_page_is_broken_only_where_the_page_says_so(tmp_path: Path, block: Block) -> None:
    outcome = check(open_project(make_project(tmp_path, block)))
    problems = [p["text"] for d in outcome.decisions for p in d["problems"] if d["path"] == block.path]
    assert (bool(problems), outcome.problems) == (block.kind == "mistake", ()), problems
