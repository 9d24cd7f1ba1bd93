"""YAML files."""

from __future__ import annotations

import pytest

from site_builder.evidence.options import Options
from site_builder.evidence.readers.yaml_document import lists, read
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake

RUNS = """\
- model: QwQ + Haiku
  edit: no
  pass_rate: 54.10
- model: 8B
  edit: "yes"
  pass_rate: 71.4
"""


def sheet(text: str, inside: str = "") -> Sheet:
    return read(SourceFile("evidence/a.yml", text.encode(), ""), inside, Options())


def test_the_mappings_are_rows() -> None:
    found = sheet(RUNS)
    assert found.header == ("model", "edit", "pass_rate")
    assert found.cells == (("QwQ + Haiku", "8B"), ("no", "yes"), ("54.10", "71.4"))
    assert found.natives == (None, None, "number")
    assert found.lines == [1, 4]


def test_a_mapping_of_mappings_at_a_place() -> None:
    found = sheet("models:\n  8B: {acc: 1}\n  3B: {acc: 2}\n", "$.models")
    assert (found.header, found.cells) == (("key", "acc"), (("8B", "3B"), ("1", "2")))


def test_an_anchor_is_refused() -> None:
    with pytest.raises(Mistake, match="anchor"):
        sheet("a: &x [1]\n")


def test_the_places_are_listed() -> None:
    assert lists(SourceFile("a.yml", b"runs:\n- 1\n", ""), Options()) == ("#$.runs[*] (1 items)",)
