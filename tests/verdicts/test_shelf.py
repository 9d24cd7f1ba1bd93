"""What the shelf keeps between claims."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from site_builder.claims.claim import EvidenceLink, Text
from site_builder.evidence.loading import Loader
from site_builder.evidence.record import MissingEvidence
from site_builder.problems import Mistake, Place
from site_builder.verdicts.shelf import Shelf
from tests.conftest import MakeProject


def link(file: str) -> EvidenceLink:
    return EvidenceLink("t", Text(file, Place("claims/a.yaml", 1, 1)))


def test_a_file_that_cannot_be_read_leaves_nothing_behind(make_project: MakeProject) -> None:
    long = b"x\n" + b"1\n" * 300_000 + b"1,2\n"
    shelf = Shelf(Loader(make_project({"evidence/s.csv": "x\n1,2\n", "evidence/t.csv": long}).root))
    with pytest.raises(Mistake):
        shelf.get(link("s.csv"))  # imports what is imported late
    tracemalloc.start()
    with pytest.raises(Mistake):
        shelf.get(link("t.csv"))
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < len(long) / 4


def test_a_mistake_is_told_each_time(make_project: MakeProject) -> None:
    shelf = Shelf(Loader(make_project({"evidence/t.csv": "x\n1,2\n"}).root))
    for _ in range(3):
        with pytest.raises(Mistake, match="2 cells"):
            shelf.get(link("t.csv"))


def test_evidence_that_is_missing_is_told_each_time(make_project: MakeProject) -> None:
    package = "resources:\n  - path: t.csv\n"
    shelf = Shelf(Loader(make_project({"evidence/datapackage.yaml": package}).root))
    for _ in range(3):
        with pytest.raises(MissingEvidence, match=r"t\.csv"):
            shelf.get(link("t.csv"))
