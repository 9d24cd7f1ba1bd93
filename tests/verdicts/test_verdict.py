"""The verdict that follows from the parts, and its sentence."""

from __future__ import annotations

import pytest

from site_builder.verdicts.decision import (
    AssertionJson,
    CellUse,
    CorrectionJson,
    CorrectionOutcome,
    NumberJson,
    NumberOutcome,
    Reason,
    TruthOutcome,
)
from site_builder.verdicts.verdict import verdict_of


def _assertion(outcome: TruthOutcome, detail: str = "", reason: Reason | None = None) -> AssertionJson:
    return AssertionJson(
        expression="a > b", outcome=outcome, reason=reason, detail=detail, steps=[], cells=_cells()
    )


def _cells() -> list[CellUse]:
    return [CellUse(evidence="t", column="x", rows=[1], count=1, role="value")]


def _number(outcome: NumberOutcome, name: str = "n", reason: Reason | None = None) -> NumberJson:
    return NumberJson(
        name=name,
        stated="4",
        expression="x",
        computed=5.0,
        low=5.0,
        high=5.0,
        unit="",
        shown="5",
        outcome=outcome,
        reason=reason,
        detail="5 against 4" if reason else "",
        readings=[],
        steps=[],
        cells=_cells(),
    )


def _correction(outcome: CorrectionOutcome) -> CorrectionJson:
    return CorrectionJson(outcome=outcome, statement="s", reason="r", detail="", assertions=[], numbers=[])


TRUE, FALSE, OPEN = (
    _assertion("true"),
    _assertion("false"),
    _assertion("unknown", "it overlaps", "too-coarse"),
)
FITS, OFF, COARSE = _number("matches"), _number("differs"), _number("undecided", reason="censored")
Parts = tuple[list[AssertionJson], list[NumberJson]]


@pytest.mark.parametrize(
    ("parts", "verdict", "reason", "why"),
    [
        (([TRUE], []), "validated", None, "the assertion is true"),
        (([TRUE, TRUE], [FITS]), "validated", None, "all 2 assertions are true and the number matches"),
        (([], [FITS, FITS]), "validated", None, "all 2 numbers match"),
        (
            ([_assertion("true", "4 of 4 rows hold")], []),
            "validated",
            None,
            "the assertion is true (4 of 4 rows hold)",
        ),
        (([FALSE], []), "refuted", None, "the evidence contradicts a > b"),
        (
            ([TRUE, _assertion("false", "3 of 4 rows hold")], [OFF]),
            "refuted",
            None,
            "the evidence contradicts a > b: 3 of 4 rows hold (1 of 2 assertions fail)",
        ),
        (
            ([FALSE, FALSE, OPEN], []),
            "refuted",
            None,
            "the evidence contradicts a > b (2 of 3 assertions fail)",
        ),
        (([], [OFF]), "corrected", None, "stated 4, computed 5"),
        (([OPEN], [OFF, FITS]), "corrected", None, "stated 4, computed 5"),
        (([], [OFF, OFF]), "corrected", None, "n: stated 4, computed 5; n: stated 4, computed 5"),
        (([], [OFF] * 3), "corrected", None, "; ".join(["n: stated 4, computed 5"] * 3)),
        (([], [OFF] * 4), "corrected", None, "; ".join(["n: stated 4, computed 5"] * 3) + " and 1 more"),
        (([], [OFF] * 6), "corrected", None, "; ".join(["n: stated 4, computed 5"] * 3) + " and 3 more"),
        (([TRUE, OPEN], [COARSE]), "undetermined", "too-coarse", "it overlaps"),
        (([TRUE], [COARSE]), "undetermined", "censored", "5 against 4"),
        (([_assertion("unknown", "", "no-rows")], []), "undetermined", "no-rows", "a part cannot be decided"),
    ],
)
def test_the_worst_part_decides(parts: Parts, verdict: str, reason: str | None, why: str) -> None:
    assert verdict_of(*parts, None, False, "") == (verdict, reason, why)


@pytest.mark.parametrize("parts", [([TRUE], []), ([FALSE], []), ([OPEN], [OFF])])
def test_a_problem_outweighs_every_part(parts: Parts) -> None:
    assert verdict_of(*parts, _correction("holds"), True, "")[0] == "broken"


def test_what_is_awaited_leaves_a_sound_claim_open() -> None:
    assert verdict_of([TRUE], [], None, False, "the run") == ("undetermined", "awaited", "awaits the run")
    assert verdict_of([FALSE], [], None, False, "the run")[0] == "refuted"
    assert verdict_of([], [OFF], None, False, "the run")[0] == "corrected"


@pytest.mark.parametrize(
    ("parts", "verdict", "why"),
    [
        (([FALSE], []), "corrected", "as stated it fails; its correction holds"),
        (([TRUE], [OFF]), "corrected", "stated 4, computed 5"),
    ],
)
def test_a_correction_that_holds_corrects(parts: Parts, verdict: str, why: str) -> None:
    assert verdict_of(*parts, _correction("holds"), False, "") == (verdict, None, why)


@pytest.mark.parametrize("outcome", ["rejected", "undecided", "unneeded"])
def test_no_other_correction_saves_a_false_claim(outcome: CorrectionOutcome) -> None:
    assert verdict_of([FALSE], [], _correction(outcome), False, "")[0] == "refuted"


@pytest.mark.parametrize("parts", [([TRUE], []), ([FALSE], []), ([OPEN], []), ([], [OFF])])
@pytest.mark.parametrize("awaits", ["", "the run"])
def test_a_rejected_correction_is_told_whatever_the_verdict(parts: Parts, awaits: str) -> None:
    plain = verdict_of(*parts, None, False, awaits)
    told = verdict_of(*parts, _correction("rejected"), False, awaits)
    assert told == (plain[0], plain[1], f"{plain[2]}; its correction is rejected")


def test_a_claim_that_reads_nothing_says_so() -> None:
    bare = AssertionJson(expression="1 < 2", outcome="true", reason=None, detail="", steps=[], cells=[])
    assert verdict_of([bare], [], None, False, "")[2].endswith("this is its own arithmetic only")
