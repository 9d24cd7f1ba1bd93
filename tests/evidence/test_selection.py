"""Places in nested values."""

from __future__ import annotations

import pytest

from site_builder.evidence import selection
from site_builder.evidence.selection import places, select
from site_builder.problems import Mistake, Problem

ROOT: dict[str, object] = {
    "results": [{"seed": 8, "loss": 0.5}, {"seed": 9, "loss": 0.25}],
    "models": {"8B": {"acc": 1}},
    "empty": [],
    "name": "x",
}


def problem(inside: str, root: object = ROOT) -> Problem:
    with pytest.raises(Mistake) as caught:
        select(root, inside, "evidence/a.json")
    return caught.value.problem


PLACES: list[tuple[str, object]] = [
    ("$.results[*].seed", [8, 9]),
    ("$.results[0]", [{"seed": 8, "loss": 0.5}]),
    ("$.results[-1].loss", [0.25]),
    ("$.results[?@.seed == 8].loss", [0.5]),
    ("$.results[?@.loss < 0.4].seed", [9]),
    ("$.results[?@.seed == 10]", []),
    ("$..seed", [8, 9]),
    ("$.models['8B'].acc", [1]),
    ("$.empty[*]", []),
    ("$['name']", ["x"]),
    ("$.results[?length(@) == 2].seed", [8, 9]),
]


@pytest.mark.parametrize(("inside", "expected"), PLACES)
def test_a_place_gives_its_values(inside: str, expected: object) -> None:
    assert select(ROOT, inside, "a.json") == expected


def test_the_whole_of_a_single_value() -> None:
    assert select("text", "$", "a.json") == ["text"]


def test_a_text_is_never_taken_for_json() -> None:
    assert select('{"a": 1}', "$.a", "a.json") == []


def test_an_unknown_name_offers_the_nearest() -> None:
    found = problem("$.reslts[*]")
    assert found.code == "E-PLACE"
    assert found.hint == "did you mean 'results'?"


def test_an_unknown_name_further_down() -> None:
    assert problem("$.results[*].sed").hint == "did you mean 'seed'?"


def test_an_index_beyond_the_list() -> None:
    assert "nothing at '$.results[7]'" in problem("$.results[7]").message


def test_a_place_without_its_dollar_is_explained() -> None:
    found = problem("results")
    assert "places begin with $" in found.message
    assert "#$.results[*]" in found.hint


@pytest.mark.parametrize(
    "inside",
    ["$.", "$[", "$.a b", "$[?@.a ==]", "$.a | $.b", "$" + "[" * 400, "$[?(((((@", "$[?@.a == 1e400]"],
)
def test_what_is_no_jsonpath(inside: str) -> None:
    assert problem(inside).code == "E-PLACE"


@pytest.mark.parametrize("inside", ["$[?match(@.name, '(a+)+')]", "$[?search(@.name, 'x')]"])
def test_patterns_are_not_part_of_it(inside: str) -> None:
    assert "is not JSONPath" in problem(inside).message


@pytest.mark.parametrize("inside", ["$..*..*..*", "$" + ".a" * 300])
def test_a_place_has_limits(inside: str) -> None:
    assert "at most" in problem(inside).message


def test_a_place_that_selects_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "_NODE_LIMIT", 100)
    assert "more than 100" in problem("$..*", [[0] * 1000] * 1000).message


def test_the_places_near_the_top_are_listed() -> None:
    assert places(ROOT) == ("#$.results[*] (2 items)", "#$.models (1 items)", "#$.empty[*] (0 items)")
    assert places([1, 2]) == ("#$[*] (2 items)",)
    assert places(3) == ()


def test_a_place_in_a_list_without_names_lists_the_places() -> None:
    assert problem("$.a", [1, 2]).hint == "#$[*] (2 items)"
