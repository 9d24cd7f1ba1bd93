"""The shipped claims against numbers computed without the tool, and against verdicts worked out by hand."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shipped.expected import EXPECTED, OUTCOMES, long_id
from tests.shipped.figures_read import CLAIMS, EVIDENCE, ROOT, Range
from tests.shipped.recomputed import recompute
from tests.shipped.recomputed_truths import recompute_truths
from tests.shipped.seed_figures import IN_THE_DATA, IN_WORDS, STATED, figures

Claim = dict[str, Any]
RECOMPUTED = recompute()


def claims_command(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "site_builder", *words, "--project", str(project)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


@cache
def shipped() -> dict[str, Claim]:
    """Every shipped claim as ``check --format json`` prints it, by id."""
    printed = claims_command(ROOT, "check", "--format", "json").stdout
    return {claim["id"]: claim for claim in json.loads(printed)["claims"]}


def number_of(key: str) -> Claim:
    """The number that a key of the recomputation names."""
    claim_name, _, name = key.partition(".")
    claim = shipped()[long_id(claim_name)]
    numbers = claim["correction"]["numbers"] if name.startswith("correction.") else claim["numbers"]
    return next(n for n in numbers if n["name"] == name.removeprefix("correction."))


def keys_of(claim_id: str, claim: Claim) -> set[tuple[str, str]]:
    own = {(claim_id, number["name"]) for number in claim["numbers"]}
    corrections = (claim["correction"] or {}).get("numbers", [])
    return own | {(claim_id, f"correction.{number['name']}") for number in corrections}


def near(found: float | None, wanted: float) -> bool:
    """Whether a JSON number is the recomputed one; None stands for no bound."""
    if math.isinf(wanted):
        return found is None
    return found is not None and math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12)


def test_no_claim_is_forgotten() -> None:
    files = {p.relative_to(CLAIMS).with_suffix("").as_posix() for p in CLAIMS.rglob("*.y*ml")}
    assert set(shipped()) == files == {long_id(short) for short in EXPECTED}


def test_no_shipped_claim_is_broken() -> None:
    assert [c["id"] for c in shipped().values() if c["verdict"] == "broken" or c["problems"]] == []


def test_no_number_is_forgotten() -> None:
    recomputed = {(long_id(key.partition(".")[0]), key.partition(".")[2]) for key in RECOMPUTED}
    assert recomputed == set().union(*(keys_of(claim_id, c) for claim_id, c in shipped().items()))


@pytest.mark.parametrize("key", [key for key, value in RECOMPUTED.items() if value is not None])
def test_a_number_is_what_plain_pandas_computes(key: str) -> None:
    wanted, number = RECOMPUTED[key], number_of(key)
    assert isinstance(wanted, Range)
    assert near(number["low"], wanted.low)
    assert near(number["high"], wanted.high)
    if number["computed"] is not None:
        assert near(number["computed"], wanted.nominal)


def test_only_censored_numbers_lack_a_computed_value() -> None:
    """A number that can be computed is given with its value, unless the evidence has only a bound."""
    without = {key for key, value in RECOMPUTED.items() if value and number_of(key)["computed"] is None}
    assert {number_of(key)["reason"] for key in without} == {"censored"}


@pytest.mark.parametrize("key", [key for key, value in RECOMPUTED.items() if value is None])
def test_a_number_that_cannot_be_computed_is_not(key: str) -> None:
    number = number_of(key)
    assert (number["computed"], number["outcome"], bool(number["reason"])) == (None, "undecided", True)


@pytest.mark.parametrize("short", EXPECTED)
def test_a_verdict_is_what_the_arithmetic_gives(short: str) -> None:
    expected, claim = EXPECTED[short], shipped()[long_id(short)]
    by_name = sorted(claim["numbers"], key=lambda number: str(number["name"]))
    correction = claim["correction"]["outcome"] if claim["correction"] else None
    assert [a["outcome"] for a in claim["assertions"]] == [OUTCOMES[c] for c in expected.assertions]
    assert [n["outcome"] for n in by_name] == [OUTCOMES[c] for c in expected.numbers]
    assert (claim["verdict"], correction) == (expected.verdict, expected.correction)


def test_every_assertion_is_what_plain_pandas_decides() -> None:
    told = {short: expected.assertions for short, expected in EXPECTED.items() if expected.assertions}
    assert recompute_truths() == told


@pytest.mark.parametrize("short", EXPECTED)
def test_what_is_not_validated_has_a_word_on_why(short: str) -> None:
    assert bool(EXPECTED[short].why) is (EXPECTED[short].verdict != "validated")


def test_every_evidence_file_says_how_close_it_is_to_the_measurement() -> None:
    kinds: dict[str, str] = {}
    for package in EVIDENCE.rglob("datapackage.yaml"):
        for resource in yaml.safe_load(package.read_text(encoding="utf-8"))["resources"]:
            kinds[(package.parent / resource["path"]).relative_to(EVIDENCE).as_posix()] = resource["kind"]
    files = [path for path in EVIDENCE.rglob("*") if path.is_file() and path.name != "datapackage.yaml"]
    assert set(kinds) == {path.relative_to(EVIDENCE).as_posix() for path in files}
    assert set(kinds.values()) <= {"transcribed", "derived"}


def test_a_verdict_says_that_it_rests_on_transcribed_figures() -> None:
    kinds = {e["kind"] for claim in shipped().values() for e in claim["evidence"]}
    assert kinds <= {"transcribed", "derived"}


@pytest.mark.parametrize("short", STATED)
def test_a_printed_figure_is_stated_in_its_claim(short: str) -> None:
    claim = shipped()[long_id(short)]
    numbers = [*claim["numbers"], *(claim["correction"] or {}).get("numbers", [])]
    assert set(figures(STATED[short])) <= {number["stated"] for number in numbers}


@pytest.mark.parametrize("path", IN_THE_DATA)
def test_a_printed_figure_is_in_its_table(path: str) -> None:
    text = (EVIDENCE / path).read_text(encoding="utf-8")
    missing = [
        f for f in figures(IN_THE_DATA[path]) if not re.search(rf"(?<![\d.]){re.escape(f)}(?![\d.])", text)
    ]
    assert missing == []


def test_every_table_of_figures_is_used_by_a_claim() -> None:
    used = {e["path"].removeprefix("evidence/") for claim in shipped().values() for e in claim["evidence"]}
    assert set(IN_THE_DATA) - used <= {"memorization/scaling.csv"}, "printed next to what is recomputed"


@pytest.mark.parametrize("short", IN_WORDS)
def test_a_condition_stands_in_the_text_of_its_claim(short: str) -> None:
    text = (CLAIMS / f"{long_id(short)}.yaml").read_text(encoding="utf-8")
    assert IN_WORDS[short] in text


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped claims and evidence in a folder of their own."""
    for folder in (CLAIMS, EVIDENCE):
        shutil.copytree(folder, tmp_path / folder.name)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "before", "after", "claim", "verdicts"),
    [
        ("amd-hackathon/attempts.csv", "4,5e-6", "4,5e-5", "f2/lr-step-10x", "validated corrected"),
        ("memorization/episodes.csv", "10,11,101,6040", "10,11,101,9", "f5/advantage-n10", "validated refuted"),
        ("amd-hackathon/models.csv", "R1-32B,32", "R1-32B,31.5", "f3/size-ratio", "corrected validated"),
        ("hybrid-distillation/kl-before.csv", "0.015", "0.0151", "f2/kl-spike", "undetermined validated"),
        ("hybrid-distillation/llama-seed8.log", "5.4453", "5.4454", "f4/log-and-table-agree", "validated corrected"),
    ],
)  # fmt: skip
def test_a_changed_figure_changes_the_verdicts_that_rest_on_it(
    copied: Path, path: str, before: str, after: str, claim: str, verdicts: str
) -> None:
    file = copied / "evidence" / path
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")
    printed = claims_command(copied, "check", long_id(claim), "--format", "json").stdout
    found = json.loads(printed)["claims"][0]["verdict"]
    assert [shipped()[long_id(claim)]["verdict"], found] == verdicts.split()


def test_a_rebuilt_site_shows_the_new_verdict(copied: Path) -> None:
    assert claims_command(copied, "build").returncode == 0
    page = copied / "site/claims/finding-3-model-switching/size-ratio.html"
    first = page.read_text(encoding="utf-8")
    models = copied / "evidence/amd-hackathon/models.csv"
    models.write_text(
        models.read_text(encoding="utf-8").replace("R1-32B,32", "R1-32B,31.5"), encoding="utf-8"
    )
    assert claims_command(copied, "build").returncode == 0
    twin = json.loads((copied / "site/claims.json").read_text(encoding="utf-8"))
    verdict = next(c["verdict"] for c in twin["claims"] if c["id"].endswith("/size-ratio"))
    assert (verdict, page.read_text(encoding="utf-8") == first) == ("validated", False)
