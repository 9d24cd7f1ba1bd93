"""What two numbers can be said to give, with values worked out by hand."""

from __future__ import annotations

import pytest

from site_builder.quantities.quantity import Quantity
from site_builder.quantities.reading import read_quantity
from site_builder.verdicts.decision import NumberJson
from site_builder.verdicts.other_readings import sentence
from site_builder.verdicts.readings import Pair, readings, relative_change
from tests.pages.fakes import number


def _quantity(text: str) -> Quantity:
    return read_quantity(text).meant


def _read(stated: str, base: str, value: str, computes: str = "") -> dict[str, tuple[str, str, bool]]:
    found = readings(read_quantity(stated), Pair(_quantity(base), _quantity(value), computes))
    return {one["name"]: (one["formula"], one["shown"], one["meets"]) for one in found}


@pytest.mark.parametrize(
    ("stated", "base", "value", "met"),
    [
        # 54 → 37: −17 points, −17/54 = −31.48 %, 17/37 = 45.9 %, 37/54 = 0.685, 54/37 = 1.459
        ("-17%", "54%", "37%", {"difference": "−17 pp"}),
        ("17%", "54%", "37%", {"decrease": "17 pp"}),
        ("17 pp", "54%", "37%", {"decrease": "17 pp"}),
        ("-31.5%", "54%", "37%", {"relative change": "−31.48 %"}),
        ("31.5 pp", "54%", "37%", {"relative decrease": "31.48 %"}),
        ("46%", "54%", "37%", {"relative change seen from the second number": "45.9 %"}),
        ("-46%", "54%", "37%", {"relative decrease seen from the second number": "−45.9 %"}),
        ("0.685x", "54%", "37%", {"ratio": "0.6852x"}),
        ("68.5%", "54%", "37%", {"ratio in per cent": "68.52 %"}),
        ("1.46x", "54%", "37%", {"inverse ratio": "1.459x"}),
        ("146%", "54%", "37%", {"inverse ratio in per cent": "145.9 %"}),
        ("146x", "54%", "37%", {"inverse ratio in per cent": "145.9 %"}),
        # 2 s → 78 s: 39 times, which is 38 times more and 3,800 % more
        ("38x", "2 s", "78 s", {"relative change in multiples": "38x"}),
        ("39x", "2 s", "78 s", {"ratio": "39x"}),
        ("3,800%", "2 s", "78 s", {"relative change": "3,800 %"}),
        ("3,900%", "2 s", "78 s", {"ratio in per cent": "3,900 %"}),
        ("76 s", "2 s", "78 s", {"difference": "76 s"}),
        ("39%", "2 s", "78 s", {"ratio": "39x"}),
        # 100 → 300: a ratio of 300 %, which is 200 % more; the bare difference is 200 too
        ("300%", "100", "300", {"ratio in per cent": "300 %"}),
        ("200%", "100", "300", {"difference": "200", "relative change": "200 %"}),
        # units that convert: 120 s → 5 min is 2.5 times
        ("2.5x", "120 s", "5 min", {"ratio": "2.5x"}),
        ("150%", "120 s", "5 min", {"relative change": "150 %"}),
        # a negative base: from −2 to 6 is +8; 8 / −2 = −400 %; 6 / −2 = −3
        ("-400%", "-2", "6", {"relative change": "−400 %"}),
        ("-3x", "-2", "6", {"ratio": "−3x"}),
        ("8", "-2", "6", {"difference": "8"}),
        # nothing to divide by: the difference is all that is left, and from the other side 0 / 5
        ("5", "0", "5", {"difference": "5"}),
        ("0x", "0", "5", {"inverse ratio": "0x", "inverse ratio in per cent": "0 %"}),
        # stated without a unit: a multiple stays bare
        ("2.5", "2", "5", {"ratio": "2.5"}),
    ],
)  # fmt: skip
def test_a_stated_figure_is_met_by_these_readings(
    stated: str, base: str, value: str, met: dict[str, str]
) -> None:
    found = _read(stated, base, value)
    assert {name: shown for name, (_, shown, meets) in found.items() if meets} == met


@pytest.mark.parametrize(
    ("stated", "base", "value"),
    [
        ("12%", "54%", "37%"),
        ("7x", "0", "5"),  # no base
        ("17 s", "54%", "37%"),  # seconds are no points
        ("-17%", "54%", "37 min"),  # nothing in common
        ("more than 10%", "54%", "37%"),  # bounds equal nothing
        ("at most 90%", "54%", "37%"),
        ("37%", "0", "0"),
    ],
)
def test_no_reading_is_claimed_where_none_meets(stated: str, base: str, value: str) -> None:
    assert _read(stated, base, value) == {}


@pytest.mark.parametrize(
    ("stated", "base", "value", "met"),
    [
        # 10 to 20 and 41: a ratio of 2.05 to 4.1, at 2.73 in the middle: 3x matches, 10x is out
        ("3x", "10-20", "41", ["ratio"]),
        # less one, 1.05 to 3.1 at 1.73: 2x matches that, and is undecided as the ratio
        ("2x", "10-20", "41", ["relative change in multiples"]),
        ("10x", "10-20", "41", []),
        # 10 to 10.1 and 41: a ratio of 4.059 to 4.1, inside what 4x and 4.1x allow
        ("4x", "10-10.1", "41", ["ratio"]),
        ("31", "10-10.1", "41", ["difference"]),
        # at least 10,000 against 11: at least 909.09 times, so 909x is undecided
        ("909%", "11", "10,000+", []),
        # the base may be nothing: the ratio has no bounds
        ("4x", "0-20", "41", []),
    ],
)
def test_bounds_are_carried_and_a_reading_meets_only_where_it_must(
    stated: str, base: str, value: str, met: list[str]
) -> None:
    found = _read(stated, base, value)
    assert [name for name, (_, _, meets) in found.items() if meets] == met


def test_bounds_are_shown_where_an_operand_or_a_reading_has_them() -> None:
    formula, shown, _ = _read("4x", "10-10.1", "41")["ratio"]
    assert (formula, shown) == ("41 / (10 to 10.1)", "4.06 to 4.1x")


def test_a_relative_change_of_bounds_is_as_tight_as_the_ratio() -> None:
    change = relative_change(Pair(_quantity("10-20"), _quantity("40")))
    assert change is not None
    assert (change.low, change.high) == (100, 300)  # 40/20 − 1 and 40/10 − 1


def test_what_was_computed_and_what_the_unit_says_are_worked_out_beside() -> None:
    found = _read("17%", "54%", "37%", "difference")
    assert list(found) == ["decrease", "difference", "relative decrease"]
    assert found["relative decrease"] == ("(54 % − 37 %) / 54 %", "31.5 %", False)


def test_operands_with_a_sign_stand_in_parentheses() -> None:
    assert _read("8", "-2", "6")["difference"][0] == "6 − (−2)"


def test_the_sentence_says_that_a_reading_is_possible_and_works_the_other_out() -> None:
    found = readings(read_quantity("17%"), Pair(_quantity("37%"), _quantity("54%"), "difference"))
    stated: NumberJson = {**number("gap", stated="17%"), "readings": found}
    assert sentence(stated) == (
        "17% would be met as the difference, 54 % − 37 % = 17 pp; "
        "the relative change is (54 % − 37 %) / 37 % = 45.9 %"
    )
    assert sentence({**stated, "readings": []}) == ""
