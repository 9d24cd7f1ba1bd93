"""The documentation names everything that there is: functions, keys, options, formats, words, files."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import get_args

import click
import pytest

from site_builder.claims import links, schema
from site_builder.claims.directives import FILTERS
from site_builder.cli import program
from site_builder.evidence.datapackage import KINDS
from site_builder.evidence.engine import built_in as engines
from site_builder.evidence.options import FIELD_TYPES, NAMES
from site_builder.evidence.reader import built_in
from site_builder.evidence.sql_words import AGGREGATES, SCALARS, WINDOWS
from site_builder.outputs.twin import Twin
from site_builder.plots.registry import kinds
from site_builder.quantities.units import is_scaled
from site_builder.tables import REASONS
from site_builder.verdicts.decision import (
    AssertionJson,
    CorrectionOutcome,
    Decision,
    NumberJson,
    NumberOutcome,
    TruthOutcome,
    Verdict,
)
from tests.docs.pages import PAGES, ROOT, decide, text_of


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def missing_words(words: object, page: str) -> list[str]:
    """The words that a page does not have as code."""
    text = text_of(page)
    code = " ".join(re.findall(r"`([^`\n]+)`", text)) + " ".join(re.findall(r"```.*?```", text, re.DOTALL))
    assert isinstance(words, (list, tuple, set, frozenset, dict))
    return [word for word in words if word and not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", code)]


def test_the_function_reference_is_the_one_made_from_the_functions() -> None:
    page = text_of("docs/language.md")
    assert generator().with_reference(page) == page, "run  python docs/generate.py"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("docs/claim-format.md", set(schema._claim_keys(schema.PLOT_KINDS).known)),
        ("docs/claim-format.md", set(schema._CORRECTION_KEYS.known)),
        ("docs/claim-format.md", set(kinds())),
        ("docs/claim-format.md", set(schema.FITS)),
        ("docs/claim-format.md", set(FILTERS)),
        ("docs/claim-format.md", set(get_args(Verdict))),
        ("docs/claim-format.md", set(get_args(CorrectionOutcome))),
        ("docs/evidence.md", set(links.KEYS.known)),
        ("docs/evidence.md", set(links.QUERY_KEYS.known)),
        (
            "docs/evidence.md",
            {word for word in AGGREGATES | SCALARS | WINDOWS if word[0].isalpha()} - {"count_star"},
        ),
        ("docs/evidence.md", set(engines())),
        ("docs/evidence.md", set(NAMES)),
        ("docs/evidence.md", set(FIELD_TYPES)),
        ("docs/evidence.md", set(KINDS)),
        ("docs/evidence.md", {suffix for reader in built_in() for suffix in reader.suffixes}),
        ("docs/evidence.md", {reader.name for reader in built_in()}),
        ("docs/language.md", set(REASONS) - {"missing-engine"}),
        ("docs/outputs.md", set(get_args(NumberOutcome)) | set(get_args(TruthOutcome))),
    ],
)
def test_a_page_names_all_there_are(page: str, words: set[str]) -> None:
    assert missing_words(words, page) == []


def test_every_command_and_option_is_documented() -> None:
    group = click.Context(program)
    commands = {name: program.get_command(group, name) for name in program.list_commands(group)}
    assert missing_words([f"claims {name}" for name in commands], "docs/outputs.md") == []
    options = {
        option for command in commands.values() if command for p in command.params for option in p.opts
    }
    missing = [
        option for option in options if option.startswith("--") and f"`{option}" not in _options_text()
    ]
    assert missing == []


def _options_text() -> str:
    """The page on outputs with the commands taken off its options."""
    return re.sub(r"`(?:check|build|list|serve) (?=--)", "`", text_of("docs/outputs.md"))


def test_every_field_of_the_twin_is_named() -> None:
    fields = {
        *Twin.__annotations__,
        *Decision.__annotations__,
        *NumberJson.__annotations__,
        *AssertionJson.__annotations__,
    }
    listing = text_of("docs/outputs.md")
    assert [field for field in sorted(fields) if not re.search(rf"\b{field}\b", listing)] == []


def test_the_units_named_are_known() -> None:
    line = next(line for line in text_of("docs/language.md").split("\n\n") if line.startswith("Known units"))
    symbols = " ".join(re.findall(r"`([^`]+)`", " ".join(line.split()).partition(", with")[0])).split()
    assert [symbol for symbol in symbols if not is_scaled(symbol)] == []


@pytest.mark.parametrize(
    ("expression", "limit"),
    [
        ("1" + " + 1" * 1_200, "4,000 characters"),
        (f"max([{'1, ' * 600}1])", "500 parts"),
        ("(" * 60 + "1" + ")" * 60, "50"),
    ],
)
def test_the_limits_named_are_those_that_hold(tmp_path: Path, expression: str, limit: str) -> None:
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    problems = decide(tmp_path, {"long": {"assertion": f"{expression} > 0"}})["long"]["problems"]
    assert limit.split()[0] in problems[0]["message"]
    assert limit in text_of("docs/language.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)", text_of(page))
    here = (ROOT / page).parent
    assert [target for target in targets if not (here / target).exists()] == []


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_lines_are_short_enough_to_read(page: str) -> None:
    text = re.sub(r"<!-- functions: begin -->.*?<!-- functions: end -->", "", text_of(page), flags=re.DOTALL)
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert [line for line in text.splitlines() if len(line) > 120 and not line.startswith(("|", "!"))] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_make_targets_named_exist(page: str) -> None:
    named = set(re.findall(r"(?:`|\$ )make ([a-z]+)", text_of(page)))
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    assert named
    assert named <= targets


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs/images").iterdir()}
    assert sizes
    assert max(sizes.values()) < 250_000


def test_the_rooms_are_all_named_with_their_job() -> None:
    inside = [p for p in (ROOT / "site_builder").iterdir() if not p.name.startswith(("_", "."))]
    rooms = {p.name + "/" if p.is_dir() else p.name for p in inside}
    table = [line for line in text_of("CONTRIBUTING.md").splitlines() if line.startswith("| `")]
    named = {name for line in table for name in re.findall(r"`([^`]+)`", line.split("|")[1])}
    assert named == rooms


def test_the_rooms_stand_in_the_order_that_is_enforced() -> None:
    layers = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    enforced = [re.findall(r"\w+", layer) for layer in layers]
    table = [line for line in text_of("CONTRIBUTING.md").splitlines() if line.startswith("| `")]
    named = [
        [re.sub(r"/|\.py", "", name) for name in re.findall(r"`([^`]+)`", line.split("|")[1])]
        for line in table
    ]
    assert named == enforced
