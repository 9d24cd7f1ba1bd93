"""What green means: totals, what never moves, and what no verdict rests on."""

from __future__ import annotations

from site_builder.pages.firmness import Nudge
from site_builder.pages.green import Green, green
from site_builder.pages.shelf import shelf
from site_builder.verdicts.decision import Decision
from tests.pages import fakes

STILL = fakes.probe(cells_by_tenth=0, stated_by_tenth=0, carried_by=[])


def made(*decisions: Decision) -> Green:
    return green(decisions, fakes.coverage(), shelf([fakes.sheet()]))


def test_small_changes_are_added_up() -> None:
    probed = made(fakes.decision("a", probe=fakes.probe()), fakes.decision("b", probe=STILL)).probed
    assert probed is not None
    assert probed.nudges[1] == Nudge("A cell that was read, by a tenth", 22, 2)


def test_claims_that_never_move_are_linked_to_what_was_tried() -> None:
    probed = made(fakes.decision("a", probe=fakes.probe()), fakes.decision("b", probe=STILL)).probed
    assert probed is not None
    assert [one.target for one in probed.still] == ["claims/b.html#firmness"]


def test_the_most_fragile_claims_come_first() -> None:
    sturdy = fakes.probe(rows=50)
    probed = made(fakes.decision("a", probe=sturdy), fakes.decision("b", probe=fakes.probe())).probed
    assert probed is not None
    assert [(one.target, one.rows) for one in probed.carried] == [
        ("claims/b.html#firmness", "2 of 5"),
        ("claims/a.html#firmness", "2 of 50"),
    ]


def test_long_lists_are_cut_and_counted() -> None:
    probed = made(*(fakes.decision(f"c{i}", probe=STILL) for i in range(130))).probed
    assert probed is not None
    assert (len(probed.still), probed.still_count) == (100, 130)


def test_unused_rows_and_columns_are_named() -> None:
    (unused,) = made().unused or ()
    assert (unused.rows, unused.which, unused.columns) == ("3 of 5 rows", "2, 4–5", ("Time",))
    assert unused.page == "evidence/amd-approaches-csv.html"


def test_the_page_in_a_sentence() -> None:
    said = made(fakes.decision("a", probe=fakes.probe()), fakes.decision("b", probe=STILL)).lead
    assert said == (
        "1 of 2 verdicts never moved when a number was nudged; 0 hang on a single row; "
        "1 of 1 evidence table is not used in full"
    )


def test_what_was_not_found_out_is_not_said() -> None:
    page = green([fakes.decision()], None, shelf([]))
    assert (page.probed, page.unused, page.lead) == (None, None, "")


def test_long_lists_of_evidence_are_cut_and_counted() -> None:
    table = fakes.coverage()["tables"][0]
    files = [f"evidence/{place}.csv" for place in range(300)]
    page = green([], fakes.coverage(tables=[table] * 250, files_unused=files), shelf([fakes.sheet()]))
    assert (len(page.unused or ()), page.unused_count) == (200, 250)
    assert (len(page.files_unused), page.files_count) == (200, 300)
