"""Claims that rest on claims."""

from __future__ import annotations

from site_builder.pipeline import check
from site_builder.verdicts.decision import Decision
from tests.conftest import MakeProject

FALSE = "title: A\nstatement: s\nevidence: {t: t.csv}\nassertion: max(t.x) > 5\n"
TRUE = FALSE.replace("> 5", "< 5")


def decided(make_project: MakeProject, **claims: str) -> dict[str, Decision]:
    project = make_project(
        {"evidence/t.csv": "x\n1\n", **{f"claims/{k}.yaml": text for k, text in claims.items()}}
    )
    return {d["id"]: d for d in check(project).decisions}


def test_a_headline_says_that_its_component_is_refuted(make_project: MakeProject) -> None:
    found = decided(make_project, a=FALSE, b=TRUE + "depends: [a]\n")["b"]
    assert (found["verdict"], found["depends"][0]["verdict"]) == ("validated", "refuted")
    assert "rests on a, which is refuted" in found["why"]


def test_what_is_refuted_far_below_is_said_too(make_project: MakeProject) -> None:
    found = decided(make_project, a=FALSE, b=TRUE + "depends: a\n", c=TRUE + "depends: [b]\n")["c"]
    assert "rests on a, which is refuted" in found["why"]


def test_a_sound_component_is_not_worth_a_word(make_project: MakeProject) -> None:
    assert "rests on" not in decided(make_project, a=TRUE, b=TRUE + "depends: [a]\n")["b"]["why"]


def test_an_unknown_component_breaks_the_claim_and_offers_the_nearest(make_project: MakeProject) -> None:
    found = decided(make_project, first=TRUE, b=TRUE + "depends: [frist]\n")["b"]
    assert (found["verdict"], found["problems"][0]["line"]) == ("broken", 5)
    assert "did you mean 'first'?" in found["problems"][0]["text"]


def test_a_circle_breaks_every_claim_in_it(make_project: MakeProject) -> None:
    found = decided(make_project, a=TRUE + "depends: [b]\n", b=TRUE + "depends: [a]\n", c=TRUE)
    assert {k: d["verdict"] for k, d in found.items()} == {"a": "broken", "b": "broken", "c": "validated"}
