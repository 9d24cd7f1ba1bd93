"""An evidence page says which claims rest on which of its cells."""

from __future__ import annotations

from site_builder.pages.evidence_view import SheetView, entry, sheet_view, uses_by_sheet
from site_builder.pages.shelf import shelf
from site_builder.pages.unused import unused_by_key
from site_builder.verdicts.decision import Decision
from tests.pages import fakes


def made(*decisions: Decision) -> SheetView:
    on = shelf([fakes.sheet()])
    return sheet_view(on.by_key["approaches"], on, uses_by_sheet(decisions, on))


def using(claim_id: str, *uses: object) -> Decision:
    return fakes.decision(claim_id, assertions=[fakes.assertion(cells=list(uses))], numbers=[])


def test_claims_are_numbered_by_id() -> None:
    view = made(using("b"), using("a"))
    assert [(user.number, user.target) for user in view.users] == [
        (1, "claims/a.html"),
        (2, "claims/b.html"),
    ]


def test_a_row_names_its_users() -> None:
    view = made(
        using("a", fakes.use("runs", "roi", [1, 2])),
        using("b", fakes.use("runs", "kind", [2], "filter")),
    )
    assert [row.users for row in view.grid.rows] == [(1,), (1, 2), (), (), ()]


def test_a_column_names_its_users() -> None:
    view = made(
        using("a", fakes.use("runs", "roi", [1])), using("b", fakes.use("runs", "kind", [2], "filter"))
    )
    assert [column.users for column in view.columns] == [(), (2,), (), (), (1,)]


def test_a_user_says_how_many_cells_it_used() -> None:
    view = made(using("a", fakes.use("runs", "roi", [1, 2]), fakes.use("runs", "kind", [1], "filter")))
    assert view.users[0].cells == "2 cells read and 1 cell that chose rows"


def test_a_claim_that_names_a_sheet_twice_is_one_user() -> None:
    decision = fakes.decision(evidence=[fakes.evidence("one"), fakes.evidence("two")])
    assert len(made(decision).users) == 1


def test_a_file_without_a_title_is_called_by_its_path() -> None:
    on = shelf([fakes.sheet(title="")])
    assert sheet_view(on.by_key["approaches"], on, {}).title == "amd/approaches.csv"


def test_the_list_of_evidence_counts_claims() -> None:
    on = shelf([fakes.sheet()])
    uses = uses_by_sheet([fakes.decision("a"), fakes.decision("b")], on)
    assert entry(on.by_key["approaches"], on, uses).claims == 2


def test_the_list_of_evidence_says_what_is_not_used() -> None:
    on = shelf([fakes.sheet()])
    unused = unused_by_key(fakes.coverage(), on)["approaches"]
    assert entry(on.by_key["approaches"], on, {}, unused).unused == "3 of 5 rows, 1 column"


def test_the_page_names_the_columns_and_rows_that_no_verdict_rests_on() -> None:
    on = shelf([fakes.sheet()])
    unused = sheet_view(
        on.by_key["approaches"], on, {}, unused_by_key(fakes.coverage(), on)["approaches"]
    ).unused
    assert unused is not None
    assert (unused.columns, unused.rows, unused.which) == (("Time",), "3 of 5 rows", "2, 4–5")


def test_cells_that_are_too_many_to_list_are_not_counted_as_if_they_were_all() -> None:
    cells = [fakes.use("runs", "accuracy", [1, 2, 3], count=200_000)]
    decision = fakes.decision(assertions=[fakes.assertion(cells=cells)], numbers=[])
    assert made(decision).users[0].cells == "more than 3 cells read"
