"""Uses of cells lead to the cells."""

from __future__ import annotations

from site_builder.pages.uses import EvidenceTargets, references, roles_in, uses_of
from tests.pages import fakes

TARGETS = {
    "runs": EvidenceTargets(
        page="evidence/runs.html",
        columns={"kind": 1, "accuracy": 2},
        rows_there=frozenset(range(1, 6)),
        rows_here=frozenset({1, 2}),
        here="#runs-",
    )
}


def test_neighbouring_rows_are_one_link() -> None:
    (reference,) = references([fakes.use("runs", "accuracy", [1, 2, 3, 5])], TARGETS)
    assert [link.label for link in reference.links] == ["1–3", "5"]


def test_a_cell_in_the_excerpt_is_linked_on_the_page() -> None:
    (reference,) = references([fakes.use("runs", "accuracy", [2])], TARGETS)
    assert reference.links[0].target == "#runs-r2-c2"


def test_a_cell_beyond_the_excerpt_is_linked_on_the_evidence_page() -> None:
    (reference,) = references([fakes.use("runs", "accuracy", [5])], TARGETS)
    assert reference.links[0].target == "evidence/runs.html#r5-c2"


def test_a_cell_beyond_what_is_shown_leads_to_the_page() -> None:
    (reference,) = references([fakes.use("runs", "accuracy", [5000])], TARGETS)
    assert reference.links[0].target == "evidence/runs.html"


def test_values_come_before_filters() -> None:
    made = references([fakes.use("runs", "kind", [1], "filter"), fakes.use("runs", "accuracy", [1])], TARGETS)
    assert [reference.role for reference in made] == ["value", "filter"]


def test_many_runs_are_cut_and_said_to_be() -> None:
    (reference,) = references([fakes.use("runs", "accuracy", list(range(1, 100, 2)))], TARGETS)
    assert reference.has_more
    assert reference.count == "50 cells"


def test_a_count_beyond_the_listed_rows_is_kept() -> None:
    (reference,) = references([fakes.use("runs", "accuracy", [1, 2], count=12_345)], TARGETS)
    assert reference.has_more
    assert reference.count == "12,345 cells"


def test_one_column_used_twice_is_one_reference() -> None:
    uses = [fakes.use("runs", "accuracy", [1]), fakes.use("runs", "accuracy", [2])]
    (reference,) = references(uses, TARGETS)
    assert [link.label for link in reference.links] == ["1–2"]


def test_unknown_evidence_and_columns_are_not_linked_to_cells() -> None:
    (nowhere,) = references([fakes.use("other", "x", [1])], TARGETS)
    (column,) = references([fakes.use("runs", "x", [1])], TARGETS)
    assert nowhere.links[0].target == ""
    assert column.links[0].target == "evidence/runs.html"


def test_a_cell_that_was_read_and_filtered_on_was_read() -> None:
    uses = [fakes.use("runs", "kind", [1]), fakes.use("runs", "kind", [1, 2], "filter")]
    assert roles_in(uses, "runs") == {1: {"kind": "value"}, 2: {"kind": "filter"}}


def test_the_correction_s_cells_count_too() -> None:
    correction = fakes.correction(assertions=[fakes.assertion(cells=[fakes.use("runs", "roi", [1])])])
    columns = {use["column"] for use in uses_of(fakes.decision(correction=correction))}
    assert columns == {"roi"}
