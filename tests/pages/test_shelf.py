"""Each piece of evidence has a page of its own, named after its path."""

from __future__ import annotations

from site_builder.pages.shelf import label, shelf
from tests.pages import fakes


def test_a_page_is_named_after_path_and_place() -> None:
    on = shelf([fakes.sheet("k", "evidence/a/b.md", inside="finding-2")])
    assert on.page_of(on.by_key["k"]) == "evidence/a-b-md-finding-2.html"


def test_two_readings_of_one_file_have_two_pages() -> None:
    on = shelf([fakes.sheet("one"), fakes.sheet("two")])
    assert on.page_of(on.by_key["one"]) != on.page_of(on.by_key["two"])


def test_paths_that_look_alike_have_pages_of_their_own() -> None:
    on = shelf([fakes.sheet("1", "evidence/a b.csv"), fakes.sheet("2", "evidence/a-b.csv")])
    assert on.page_of(on.by_key["1"]) != on.page_of(on.by_key["2"])


def test_a_claim_s_evidence_finds_its_sheet() -> None:
    on = shelf([fakes.sheet(), fakes.long_sheet()])
    found = on.sheet_of(fakes.evidence())
    assert found is not None
    assert found["key"] == "approaches"


def test_evidence_without_a_sheet_has_no_page() -> None:
    assert shelf([]).sheet_of(fakes.evidence()) is None


def test_a_label_is_what_the_author_wrote() -> None:
    assert label("evidence/a/b.md", "finding-2") == "a/b.md#finding-2"
