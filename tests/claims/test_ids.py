"""Ids from paths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.ids import assign_ids, is_id
from site_builder.problems import Problem


def problems(*paths: str) -> tuple[Problem, ...]:
    return assign_ids(paths)[1]


@pytest.mark.parametrize("path", ["a/b-c.yaml", "a/b-c.yml", "a/b-c.md"])
def test_id_is_the_path_without_its_ending(path: str) -> None:
    assert assign_ids([path]) == ({path: "a/b-c"}, ())


@pytest.mark.parametrize("text", ["a", "a/b", "a_b-c/0"])
def test_well_written_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "/a", "a/", "a//b", "A", "a.b", "a b", "é", "a\n", "٢"])
def test_badly_written_id(text: str) -> None:
    assert not is_id(text)


def test_bad_characters_are_named_with_a_better_file_name() -> None:
    (found,) = problems("Model Switching.yaml")
    assert found.message == "the id 'Model Switching' has 'M', ' ', 'S'; an id has a-z, 0-9, _ and - only"
    assert found.hint == "rename the file to  model-switching.yaml"
    assert str(found.place) == "claims/Model Switching.yaml"


@pytest.mark.parametrize(("first", "second"), [("a.yaml", "a.yml"), ("a.md", "a.yaml")])
def test_two_files_of_one_id_are_named_both(first: str, second: str) -> None:
    (found,) = problems(second, first)
    assert found.message == f"claims/{second} has the same id as claims/{first}"


@pytest.mark.parametrize("alike", ["A.yaml", "\uff41.yaml"])
def test_files_that_look_alike_are_named_both(alike: str) -> None:
    found = problems(alike, "a.yaml")
    assert f"claims/{alike} has an id that looks like that of claims/a.yaml" in [
        each.message for each in found
    ]


def test_name_that_is_only_an_ending_has_an_empty_part() -> None:
    (found,) = problems("a/.yaml")
    assert "has an empty part" in found.message


def test_first_of_two_files_keeps_the_id() -> None:
    assert assign_ids(["a.yml", "a.yaml"])[0] == {"a.yaml": "a", "a.yml": "a-2"}


def test_makeshift_id_is_never_one_that_a_file_has() -> None:
    ids, _ = assign_ids(["A B.yaml", "a-b.yaml", "a-b-2.yaml"])
    assert ids == {"A B.yaml": "a-b-3", "a-b.yaml": "a-b", "a-b-2.yaml": "a-b-2"}


PATHS = st.lists(
    st.text(alphabet="aAb\uff42ß./- é\u202e", min_size=1, max_size=6).map(lambda name: f"{name}.yaml"),
    unique=True,
)


@settings(deadline=None)
@given(PATHS, st.randoms())
def test_ids_are_well_written_and_unlike_in_any_order(paths: list[str], order: st.DataObject) -> None:
    ids, found = assign_ids(paths)
    assert all(is_id(claim_id) for claim_id in ids.values())
    assert len(set(ids.values())) == len(paths)
    assert assign_ids(reversed(paths)) == (ids, found)


@settings(deadline=None)
@given(PATHS)
def test_id_that_is_not_the_path_has_a_problem(paths: list[str]) -> None:
    ids, found = assign_ids(paths)
    faulty = {problem.place.path for problem in found if problem.place}
    assert faulty == {f"claims/{path}" for path in paths if f"{ids[path]}.yaml" != path}
