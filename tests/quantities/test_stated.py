"""Stated numbers against computed ones: matches, differs, or cannot be decided, and why."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quantities import amount
from site_builder.quantities.quantity import Quantity, column_of, compare, exact, stacked
from site_builder.quantities.reading import read_quantity
from site_builder.quantities.stated import match
from site_builder.quantities.units import (
    BARE,
    PERCENT,
    PP,
    PURE,
    QUOTIENT,
    SECOND,
    TIMES,
    Unit,
    UnitClash,
    named,
)
from tests.quantities.possible import contains, intervals

F = Fraction
MIN = named(("min", 1))


def of(value: str, unit: Unit = BARE) -> Quantity:
    return exact(F(value), unit)


def between(low: str, high: str, unit: Unit = BARE, nominal: str = "") -> Quantity:
    ends = [math.inf if e == "∞" else -math.inf if e == "-∞" else F(e) for e in (low, high)]
    return Quantity(F(nominal or (low if high == "∞" else high)), ends[0], ends[1], unit=unit)


@pytest.mark.parametrize(
    ("stated", "computed", "outcome"),
    [
        ("38x", "37.5", "matches"),  # half up
        ("38x", "38.5", "matches"),  # half to even
        ("37x", "37.5", "differs"),  # neither
        ("38x", "38.51", "differs"),
        ("38x", "37.49", "differs"),
        ("-38", "-38.5", "matches"),
        ("-37", "-37.5", "differs"),
        ("0", "0.4", "matches"),
        ("-0", "0.2", "matches"),
        ("0", "0.6", "differs"),
        ("0.35", "0.3549", "matches"),
        ("0.35", "0.3559", "differs"),
        ("1.40", "1.4", "matches"),
        ("1.40", "1.406", "differs"),
        ("5.0", "5.04", "matches"),
        ("5.0", "5.06", "differs"),
        ("1e-6", "0.0000014", "matches"),
        ("1e-6", "0.0000016", "differs"),
        ("2.21M", "2214999", "matches"),
        ("2.21M", "2215001", "differs"),
        ("~40", "44.9", "matches"),
        ("~40", "45", "differs"),
        ("< 0.001", "0.0004", "matches"),
        ("< 0.001", "0.001", "differs"),
        ("> 20", "20", "differs"),
        ("> 20", "20.1", "matches"),
        ("at least 4", "3.5", "matches"),
        ("at least 4", "3.4", "differs"),
        ("up to 15", "15.4", "matches"),
        ("up to 15", "15.5", "differs"),
        ("909+", "908.5", "matches"),
        ("4-10", "10.4", "matches"),
        ("4-10", "10.5", "differs"),
    ],
)
def test_exact_values_meet_the_stated_precision(stated: str, computed: str, outcome: str) -> None:
    reading = read_quantity(stated)
    assert match(reading, of(computed, reading.quantity.unit)).outcome == outcome


@pytest.mark.parametrize(
    ("stated", "low", "high", "nominal", "outcome", "reason"),
    [
        ("3.34x", "3.303", "3.356", "3.329", "undecided", "too-coarse"),
        ("3.33x", "3.303", "3.356", "3.329", "matches", None),
        ("4x", "3.303", "3.356", "3.329", "differs", None),
        ("38x", "10", "∞", "38", "undecided", "censored"),
        ("38x", "39", "∞", "39", "differs", None),
        ("~40x", "35", "∞", "40", "undecided", "censored"),
        ("at least 4x", "10", "∞", "10", "matches", None),
        ("909x+", "909.09", "∞", "909.09", "matches", None),
        ("up to 15x", "3", "∞", "3", "undecided", "censored"),
        ("up to 15x", "16", "∞", "16", "differs", None),
        ("4-10x", "5", "∞", "5", "undecided", "censored"),
        ("< 0.001x", "-∞", "0.001", "0.0005", "undecided", "censored"),
        ("< 0.001x", "-∞", "0.0005", "0.0005", "matches", None),
    ],
)
def test_bounds_decide_only_what_they_can(
    stated: str, low: str, high: str, nominal: str, outcome: str, reason: str | None
) -> None:
    found = match(read_quantity(stated), between(low, high, TIMES, nominal))
    assert (found.outcome, found.reason) == (outcome, reason)


@given(
    computed=intervals(),
    stated=st.sampled_from(["2", "-1", "0", "~1", "1+", "up to 2", "> 1", "< 0", "-1 to 2", "0.5"]),
)
def test_no_outcome_contradicts_what_is_possible(computed: Quantity, stated: str) -> None:
    reading = read_quantity(stated)
    allowed, found = reading.reported, match(read_quantity(stated), computed)
    if found.outcome == "differs":
        assert compare("==", computed, allowed) == -1
    if found.outcome == "matches":
        assert contains(allowed, computed.nominal)
    if computed.is_censored and reading.form == "number":
        assert found.outcome != "matches"


def test_what_fits_by_truncation_alone_is_said_to_be_truncated() -> None:
    found = match(read_quantity("3.34x"), of("3.349", TIMES))
    assert found.outcome == "differs"
    assert "3.349x truncated" in found.detail


def test_a_bound_that_is_far_off_says_what_the_evidence_gives() -> None:
    assert match(read_quantity("at least 4x"), of("20", TIMES)).detail == "the evidence gives 20x"


def test_a_match_on_coarse_evidence_says_what_it_allows() -> None:
    assert (
        "3.303 to 3.356x" in match(read_quantity("3.33x"), between("3.303", "3.356", TIMES, "3.329")).detail
    )


def test_units_convert() -> None:
    assert match(read_quantity("2.5 min"), of("150", SECOND)).outcome == "matches"


def test_minutes_may_be_stated_as_m() -> None:
    assert match(read_quantity("33m"), of("33", MIN)).outcome == "matches"
    with pytest.raises(UnitClash):
        match(read_quantity("33m"), of("33", named(("ep", 1))))


def test_different_things_do_not_match() -> None:
    with pytest.raises(UnitClash):
        match(read_quantity("5 min"), of("5", named(("ep", 1))))


def test_a_share_is_a_fraction() -> None:
    assert match(read_quantity("40 %"), of("0.4", PURE)).outcome == "matches"
    assert match(read_quantity("40 %"), of("40", PURE)).outcome == "differs"


def test_a_quotient_is_a_fraction_first_and_else_already_in_per_cent() -> None:
    assert match(read_quantity("40 %"), of("0.4", QUOTIENT)).detail == ""
    assert "read as a number of per cent" in match(read_quantity("40 %"), of("40", QUOTIENT)).detail
    assert match(read_quantity("40 %"), of("4", QUOTIENT)).outcome == "differs"


def test_a_bare_number_takes_the_stated_unit() -> None:
    assert match(read_quantity("40 %"), of("40")).outcome == "matches"
    assert match(read_quantity("40 %"), of("0.4")).outcome == "differs"


@pytest.mark.parametrize(("stated", "unit"), [("17 %", PP), ("17 pp", PERCENT)])
def test_per_cent_and_points_are_two_things(stated: str, unit: Unit) -> None:
    found = match(read_quantity(stated), of("17", unit))
    assert found.outcome == "differs"
    assert "percentage" in found.detail
    assert "figures differ too" not in found.detail


def test_points_that_differ_in_figures_too_are_said_to() -> None:
    assert "figures differ too" in match(read_quantity("18 %"), of("17", PP)).detail


def column(*values: str) -> Quantity:
    return Quantity(column_of([F(v) for v in values]), unit=TIMES)


@pytest.mark.parametrize(
    ("stated", "values", "outcome", "detail"),
    [
        ("up to 15x", ("3", "15.2"), "matches", "2 of 2 values lie inside"),
        ("up to 15x", ("3", "9"), "matches", "2 of 2 values lie inside; none exceeds 9x"),
        ("at least 4x", ("5", "9"), "matches", "2 of 2 values lie inside; none is below 5x"),
        ("4-10x", ("4", "10"), "matches", "2 of 2 values lie inside"),
        ("4-10x", ("6", "7"), "matches", "2 of 2 values lie inside; none exceeds 7x; none is below 6x"),
        ("4-10x", ("3", "7", "12"), "differs", "2 of 3 values lie outside, furthest 12x"),
        ("up to 15x", ("3", "16"), "differs", "1 of 2 values lie outside, furthest 16x"),
    ],
)
def test_each_value_of_a_column_must_lie_inside(
    stated: str, values: tuple[str, ...], outcome: str, detail: str
) -> None:
    found = match(read_quantity(stated), column(*values))
    assert (found.outcome, found.detail) == (outcome, detail)


def test_a_float_column_is_judged_like_its_cells() -> None:
    floating = Quantity(np.array([3.0, 9.0]), unit=TIMES, digits=0)
    assert match(read_quantity("up to 15x"), floating).detail == "2 of 2 values lie inside; none exceeds 9x"
    assert match(read_quantity("up to 8x"), floating).outcome == "differs"


def test_one_censored_cell_leaves_a_column_undecided() -> None:
    cells = stacked([exact(3), between("4", "∞")], TIMES)
    found = match(read_quantity("up to 15x"), cells)
    assert (found.outcome, found.reason) == ("undecided", "censored")
    assert found.detail.startswith("1 of 2 values: ")


def test_a_cell_outside_settles_a_column_whatever_the_others_are() -> None:
    cells = stacked([exact(30), between("4", "∞")], TIMES)
    assert match(read_quantity("up to 15x"), cells).outcome == "differs"


@pytest.mark.parametrize(
    ("computed", "outcome"), [("1.5", "matches"), ("3.54", "matches"), ("3.55", "differs")]
)
def test_each_end_of_a_range_has_its_own_precision(computed: str, outcome: str) -> None:
    assert match(read_quantity("2-3.5"), exact(Fraction(computed))).outcome == outcome


def test_truncation_is_told_of_a_value_that_rounding_left_a_little_slack() -> None:
    found = match(read_quantity("0.816"), amount.computed(0.816521))
    assert (found.outcome, found.detail) == (
        "differs",
        "the stated digits are 0.816521 truncated, not rounded",
    )


def test_an_explanation_has_the_digits_that_the_stated_number_needs() -> None:
    found = match(read_quantity("up to 1.234567891"), exact(Fraction("1.234567890")))
    assert found.detail == "the evidence gives 1.23456789"
