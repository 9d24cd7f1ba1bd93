"""The evaluator: `let` names, the budget, circles, and views that several expressions share."""

from __future__ import annotations

import pytest

from site_builder.language.bind import cycles_among, read_let
from site_builder.language.evaluate import Evaluator
from site_builder.problems import Mistake, Place
from tests.language.evaluated import problem, shown, table, untidy_tables, value


def _place(offset: int, width: int) -> Place:
    return Place("claim.yaml", 1, offset + 1, width)


def test_a_column_shadows_a_let_name_inside_brackets() -> None:
    assert shown("runs[size > 3].name", size="99") == "c, d"


def test_a_let_name_serves_where_no_column_has_it() -> None:
    assert shown("runs[size > limit].name", limit="3") == "c, d"


def test_a_let_that_fails_fails_everyone_who_uses_it_at_its_own_place() -> None:
    found = problem("broken + 1", broken="runs.nope")
    assert found.code == "E-COLUMN"
    assert found.place is not None
    assert found.place.column == 1


def test_the_budget_counts_cells() -> None:
    tables = {"runs": lambda: untidy_tables()["runs"]}
    with pytest.raises(Mistake, match="more work"):
        Evaluator(tables, {"a": read_let("sum(runs.size * runs.minutes)", _place)}, budget=10).named("a")


def test_a_circle_of_lets_is_found_before_evaluation() -> None:
    lets = {name: read_let(text, _place) for name, text in {"a": "b + 1", "b": "c", "c": "a"}.items()}
    assert list(cycles_among(lets)) == [("a", "b", "c", "a")]


def test_a_circle_of_lets_is_a_mistake_for_the_evaluator_too() -> None:
    assert problem("a", a="b + 1", b="a").code == "E-CYCLE"


def test_a_very_long_chain_of_lets_is_a_mistake() -> None:
    chain = {f"a{n}": f"a{n + 1} + 1" for n in range(2_000)}
    assert problem("a0", None, a2000="1", **chain).code == "E-LIMIT"
    lets = {name: read_let(text, _place) for name, text in {**chain, "a2000": "1"}.items()}
    assert list(cycles_among(lets)) == []


def test_two_evaluations_of_one_filter_belong_together() -> None:
    assert shown("runs[size > 1].minutes / runs[size > 1].size") == "3.33333, 3.75, 0.625 min"


def test_two_views_of_equal_length_do_not_mix() -> None:
    assert problem("runs[size > 3].size - runs[size < 4].size").code == "E-SHAPE"


def test_the_cells_of_a_filter_are_told_from_those_of_a_value() -> None:
    found = value("sum(runs[size > 3].minutes)")
    roles = {(leaf.column, leaf.role) for leaf in found.cells.leaves()}  # type: ignore[union-attr]
    assert roles == {("minutes", "value"), ("size", "filter")}


def test_a_join_rests_on_both_tables() -> None:
    found = value('sum(join(runs, sizes, on="name").layers)')
    rested = {(leaf.lineage.evidence, leaf.role) for leaf in found.cells.leaves()}  # type: ignore[union-attr]
    assert rested == {("sizes", "value"), ("runs", "filter"), ("sizes", "filter")}


def test_names_of_columns_that_clash_in_a_join_are_kept_apart() -> None:
    tables = {
        "a": table("a", {"k": [1], "x": [1], "x_b": [2]}),
        "b": table("b", {"k": [1], "x": [3]}),
    }
    assert shown('join(a, b, on="k").x_b_2', tables) == "3"


def test_a_column_is_named_by_its_title_wherever_its_name_is_taken() -> None:
    titles = {"class_": "class", "x": "Size (m)"}
    tables = {"a": table("a", {"class_": ["p", "q", "p"], "x": [1, 5, 3]}, titles)}
    assert shown('sum(a.x, by="class")', tables) == "p: 4, q: 5"
    assert shown('sort(a, "Size (m)", descending=True).x', tables) == "5, 3, 1"
    assert shown('varies_only(a, "Size (m)", among=["class", "Size (m)"])', tables).startswith(
        "false (class_"
    )
    assert problem('sum(a.x, by="klass")', tables).hint == "did you mean 'class_'?"


def test_tables_join_on_a_title() -> None:
    tables = {
        "a": table("a", {"class_": ["p", "q"], "x": [1, 5]}, {"class_": "class"}),
        "b": table("b", {"class_": ["q", "p"], "y": [2, 4]}, {"class_": "class"}),
    }
    assert shown('join(a, b, on="class").y', tables) == "4, 2"


def test_a_clashing_column_of_a_join_is_called_by_the_let_name_of_its_table() -> None:
    lets = {"then": "grid[steps < 8]", "now": "grid[steps > 1]"}
    assert shown('join(then, now, on="steps").family_now', None, **lets) == "x, y"
    assert shown('join(then, now[ok], on="steps").family_now', None, **lets).startswith("unknown") is False
    assert shown('join(grid, grid[steps > 1], on="steps").family_grid') == "x, y, y, y"


def test_a_table_renamed_by_let_still_meets_the_columns_of_its_evidence() -> None:
    assert shown("again.minutes - runs.minutes", again="runs") == "0, 0, 0, 0 min"
    assert shown("sum(again.minutes[again.size > 3])", again="runs[size > 1]") == "20 min"


def test_intervals_that_only_touch_have_an_order() -> None:
    tables = {"t": table("t", {"x": ["~3", "~1", "~2"], "k": ["c", "a", "b"]})}
    assert shown('sort(t, "x").k', tables) == "a, b, c"
