"""What green means: which changes move a verdict."""

from __future__ import annotations

import pytest

from site_builder.pipeline import Options, check
from site_builder.verdicts.decision import Decision, Probe
from site_builder.verdicts.probing import _by_a_tenth, _by_last_place, nudged
from tests.conftest import MakeProject

CLAIM = "title: A\nstatement: s\nevidence: {t: t.csv}\n"
ROWS = "name,x,y\na,10,1\nb,20,2\nc,30,3\n"


def probed(make_project: MakeProject, rest: str, rows: str = ROWS) -> Probe:
    project = make_project({"evidence/t.csv": rows, "claims/a.yaml": CLAIM + rest})
    found: Decision = check(project, Options(probes=True)).decisions[0]
    assert found["probe"] is not None, found["problems"]
    return found["probe"]


def test_a_sum_stated_exactly_moves_with_every_cell(make_project: MakeProject) -> None:
    found = probed(make_project, "numbers: {s: {stated: '60', computed: sum(t.x)}}\n")
    assert (found["cells"], found["cells_by_last_place"], found["cells_by_tenth"]) == (3, 3, 3)
    assert (found["stated"], found["stated_by_last_place"], found["stated_by_tenth"]) == (1, 1, 1)
    assert [c["row"] for c in found["carried_by"]] == [1, 2, 3]


def test_an_assertion_that_is_far_from_its_edge_never_moves(make_project: MakeProject) -> None:
    found = probed(make_project, "assertion: max(t.x) > 1\n")
    assert (found["cells_by_last_place"], found["cells_by_tenth"], found["carried_by"]) == (0, 0, [])


def test_a_verdict_that_one_row_carries_names_it(make_project: MakeProject) -> None:
    found = probed(make_project, "assertion: max(t.x) > 25\n")
    assert [(c["evidence"], c["row"]) for c in found["carried_by"]] == [("t", 3)]


def test_a_nudge_of_a_tenth_moves_what_one_of_the_last_place_does_not(make_project: MakeProject) -> None:
    found = probed(make_project, "assertion: max(t.x) < 32\n")
    assert (found["cells_by_last_place"], found["cells_by_tenth"]) == (0, 1)


def test_a_table_that_is_tried_cell_by_cell_is_not_called_sampled(make_project: MakeProject) -> None:
    rows = "x\n" + "\n".join(str(i) for i in range(120))
    found = probed(make_project, "assertion: max(t.x) > 25\n", rows)
    assert (found["is_sampled"], found["cells"]) == (False, 120)


def test_a_large_table_is_sampled_and_says_so(make_project: MakeProject) -> None:
    rows = "x\n" + "\n".join(str(i) for i in range(900))
    found = probed(make_project, "assertion: max(t.x) > 25\n", rows)
    assert (found["is_sampled"], found["cells"]) == (True, 120)


@pytest.mark.parametrize(
    ("text", "up", "down"),
    [
        ("73.5%", "73.6%", "73.4%"),
        ("10,000+", "10001+", "9999+"),
        ("61-73 %", "62-74 %", "60-72 %"),
        ("5e-5", "6e-5", "4e-5"),
        ("~40%", "~41%", "~39%"),
        ("$6.32", "$6.33", "$6.31"),
        ("training", None, None),
        ("", None, None),
    ],
)
def test_a_nudge_keeps_how_a_number_is_written(text: str, up: str | None, down: str | None) -> None:
    assert (nudged(text, _by_last_place, 1), nudged(text, _by_last_place, -1)) == (up, down)


def test_a_nudge_of_a_tenth_is_at_least_one_of_the_last_place() -> None:
    assert (nudged("2", _by_a_tenth, 1), nudged("200", _by_a_tenth, 1)) == ("3", "220")
