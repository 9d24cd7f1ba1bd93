"""Which two numbers an expression compares, found through names, signs and rounding."""

from __future__ import annotations

import pytest

from site_builder.verdicts.decision import ReadingJson
from tests.verdicts.test_judging import Judged, judged  # noqa: F401

LETS = (
    "let: {before: 54%, after: 37%, one: before, gap: after - before, share: gap / before, many: '[1, 2]'}\n"
)


def _readings(judged: Judged, stated: str, computed: str) -> list[ReadingJson]:  # noqa: F811
    decision = judged(f"{LETS}numbers: {{n: {{stated: '{stated}', computed: '{computed}'}}}}\n")
    assert decision["problems"] == []
    return decision["numbers"][0]["readings"]


@pytest.mark.parametrize(
    ("computed", "stated", "met"),
    [
        ("after - before", "-17%", "difference"),
        ("before - after", "17%", "difference"),
        ("gap", "-17%", "difference"),
        ("-gap", "-17%", "difference"),
        ("abs(gap)", "-17%", "difference"),
        ("points(before, after)", "-17%", "difference"),
        ("points(before=before, after=after)", "-17%", "difference"),
        ("change(before, after)", "-17%", "difference"),
        ("change(after=after, before=before)", "-17 pp", "difference"),
        ("ratio(after, before)", "-31.5%", "relative change"),
        ("ratio(base=before, value=after)", "-31.5%", "relative change"),
        ("after / before", "-31.5%", "relative change"),
        ("100 * after / before", "-31.5%", "relative change"),
        ("100 * (after / before)", "-31.5%", "relative change"),
        ("(after - before) / before", "-17%", "difference"),
        ("(after - before) / one", "-17%", "difference"),
        ("gap / before", "-17%", "difference"),
        ("share", "-17%", "difference"),
        ("share * 100", "-17%", "difference"),
        ("(after - before) / after", "17%", "difference"),
        ("after / before - 1", "-17%", "difference"),
        ("1 - after / before", "-17%", "difference"),
        ("ratio(after, before) - 1", "-17%", "difference"),
        ("round(after / before, 2)", "-31.5%", "relative change"),
    ],
)
def test_the_two_numbers_are_found(judged: Judged, computed: str, stated: str, met: str) -> None:  # noqa: F811
    found = _readings(judged, stated, computed)
    assert [one["name"] for one in found if one["meets"]] == [met]


@pytest.mark.parametrize(
    "computed",
    ["before", "max(runs.accuracy)", "before + after", "before * after", "gap - 1", "before - after - gap"],
)
def test_what_compares_no_two_numbers_has_no_readings(judged: Judged, computed: str) -> None:  # noqa: F811
    assert _readings(judged, "-99%", computed) == []


def test_a_quotient_by_a_third_number_reads_its_own_two_sides(judged: Judged) -> None:  # noqa: F811
    found = _readings(judged, "17%", "(max(runs.minutes) - min(runs.minutes)) / 120")  # 115 / 120 = 95.8 %
    assert found == []
    found = _readings(judged, "115%", "(max(runs.minutes) - min(runs.minutes)) / max(runs.minutes)")
    assert [(one["name"], one["formula"]) for one in found if one["meets"]] == [("decrease", "120 − 5")]


def test_the_verdict_does_not_move(judged: Judged) -> None:  # noqa: F811
    decision = judged(LETS + "numbers: {n: {stated: -17%, computed: 'change(before, after)'}}\n")
    assert (decision["verdict"], decision["numbers"][0]["outcome"]) == ("corrected", "differs")


def test_a_number_that_matches_or_is_undecided_has_no_readings(judged: Judged) -> None:  # noqa: F811
    assert _readings(judged, "-31.5%", "change(before, after)") == []
    assert _readings(judged, "909x", 'ratio(quantity("10,000+"), 11)') == []
