"""The published schema describes the published document, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from jsonschema import Draft7Validator

from site_builder.outputs.schema import claims_schema, schema_json
from site_builder.outputs.twin import claims_json
from site_builder.verdicts.decision import Decision
from tests.pages import fakes

KEPT = Path(__file__).parents[2] / "docs" / "claims.schema.json"


def errors(document: object) -> list[str]:
    validator: Any = Draft7Validator(claims_schema())
    return [error.message for error in validator.iter_errors(document)]


def document() -> Any:
    return json.loads(claims_json(fakes.site().decisions, "1"))


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(claims_schema())


def test_a_whole_site_s_document_is_valid() -> None:
    assert errors(document()) == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda made: made.pop("tool"),
        lambda made: made.update(schema_version=2),
        lambda made: made["claims"][0].update(verdict="true"),
        lambda made: made["claims"][0].update(unknown=1),
        lambda made: made["claims"][0].pop("why"),
        lambda made: made["claims"][0]["evidence"][0].update(rows="5"),
        lambda made: made["claims"][0]["numbers"][0].update(outcome="right"),
    ],
)
def test_a_document_that_is_wrong_is_refused(break_it: Any) -> None:
    made = document()
    break_it(made)
    assert errors(made) != []


def test_every_part_of_a_decision_is_described() -> None:
    described = claims_schema()["definitions"]["Decision"]["properties"]
    assert described.keys() == get_type_hints(Decision).keys()


def test_the_identifier_holds_on_any_host() -> None:
    assert "//" not in claims_schema()["$id"]
    assert "version=1" in claims_schema()["$id"]


def test_the_kept_schema_is_the_current_one() -> None:
    assert KEPT.read_bytes() == schema_json(), "write schema_json() to docs/claims.schema.json"
