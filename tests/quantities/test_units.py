"""Units: what they are called, how they convert, combine and refuse to."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.quantities.units import (
    BARE,
    HUNDRED,
    PERCENT,
    PP,
    PURE,
    QUOTIENT,
    TIMES,
    Unit,
    UnitClash,
    common,
    difference,
    divide,
    is_scaled,
    multiply,
    named,
    read_unit,
    times_hundred,
)

F = Fraction


def unit(text: str) -> Unit:
    found = read_unit(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("%", "%"), ("percent", "%"), ("per cent", "%"), ("pp", "pp"), ("percentage points", "pp"), ("% points", "pp"),
        ("×", "x"), ("times", "x"), ("fold", "x"), ("seconds", "s"), ("Hours", "h"), ("μs", "µs"), ("KB", "kB"),
        ("%/min", "%/min"), ("tokens per s", "tokens/s"), ("tokens / s", "tokens/s"), ("1/s", "1/s"), ("s^-1", "1/s"),
        ("m²", "m^2"), ("m^2", "m^2"), ("kg·m/s^2", "kg·m/s^2"), ("ep", "ep"), ("h/h", ""), ("US", "US"), ("", ""),
    ],
)  # fmt: skip
def test_names(text: str, shown: str) -> None:
    assert str(unit(text)) == shown


@pytest.mark.parametrize("text", ["/", "5", "%%", "a//b", "+", "s^", "\u202e"])
def test_what_names_no_unit(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("a", "b", "meet", "for_a", "for_b"),
    [
        ("min", "s", "min", F(1), F(1, 60)),
        ("s", "min", "s", F(1), F(60)),
        ("h", "d", "h", F(1), F(24)),
        ("%/min", "%/s", "%/min", F(1), F(60)),
        ("GB", "MiB", "GB", F(1), F(1024**2, 1000**3)),
        ("x", "%", "x", F(1), F(1, 100)),
        ("ep", "ep", "ep", F(1), F(1)),
    ],
)
def test_meetings(a: str, b: str, meet: str, for_a: Fraction, for_b: Fraction) -> None:
    found, one, other = common(unit(a), unit(b), adding=False)
    assert (str(found), one, other) == (meet, for_a, for_b)


@pytest.mark.parametrize(
    ("a", "b"), [("min", "ep"), ("%", "s"), ("%/min", "%"), ("m^2", "m"), ("ep", "episodes"), ("s", "1/s")]
)
def test_different_things_do_not_meet(a: str, b: str) -> None:
    for left, right in ((a, b), (b, a)):
        with pytest.raises(UnitClash):
            common(unit(left), unit(right), adding=True)


def test_points_adjust_a_percentage_but_do_not_compare_with_one() -> None:
    assert common(PERCENT, PP, adding=True)[0] == PERCENT
    with pytest.raises(UnitClash):
        common(PERCENT, PP, adding=False)


@pytest.mark.parametrize(
    ("kind", "factor"), [(BARE, F(1)), (HUNDRED, F(1)), (PURE, F(100)), (QUOTIENT, F(100))]
)
def test_a_number_without_unit_meets_a_percentage_by_its_kind(kind: Unit, factor: Fraction) -> None:
    assert common(kind, PERCENT, adding=False) == (PERCENT, factor, F(1))
    assert common(PERCENT, kind, adding=False) == (PERCENT, F(1), factor)


def test_a_count_has_no_place_on_a_scale() -> None:
    with pytest.raises(UnitClash, match="no place"):
        common(PURE, unit("min"), adding=False)


def test_a_bare_number_takes_any_unit() -> None:
    assert common(BARE, unit("min"), adding=True) == (unit("min"), F(1), F(1))


@pytest.mark.parametrize(
    ("a", "b", "result", "factor"),
    [
        ("min", "s", "min^2", F(1, 60)),
        ("%/min", "min", "%", F(1)),
        ("%/min", "h", "%", F(60)),
        ("%", "ep", "ep", F(1, 100)),
        ("ep", "%", "ep", F(1, 100)),
        ("%", "%", "%", F(1, 100)),
        ("x", "min", "min", F(1)),
        ("tokens", "1/s", "tokens/s", F(1)),
    ],
)
def test_products(a: str, b: str, result: str, factor: Fraction) -> None:
    found, by = multiply(unit(a), unit(b))
    assert (str(found), by) == (result, factor)


@pytest.mark.parametrize(
    ("a", "b", "result", "factor"),
    [
        ("%", "min", "%/min", F(1)),
        ("min", "s", "", F(60)),
        ("%", "%", "", F(1)),
        ("pp", "%", "", F(1)),
        ("ep", "%", "ep", F(100)),
        ("$", "h", "$/h", F(1)),
        ("x", "min", "1/min", F(1)),
    ],
)
def test_quotients(a: str, b: str, result: str, factor: Fraction) -> None:
    found, by = divide(unit(a), unit(b))
    assert (str(found), by) == (result, factor)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [(BARE, BARE, QUOTIENT), (PURE, PURE, PURE), (HUNDRED, BARE, HUNDRED), (PURE, BARE, QUOTIENT)],
)
def test_quotients_of_unnamed_numbers(a: Unit, b: Unit, kind: Unit) -> None:
    assert divide(a, b) == (kind, F(1))


def test_a_quotient_of_alike_units_is_a_share() -> None:
    assert divide(unit("min"), unit("min"))[0] == PURE


def test_a_fraction_times_a_hundred_is_meant_in_per_cent() -> None:
    assert times_hundred(QUOTIENT) == HUNDRED
    assert times_hundred(TIMES) == TIMES


def test_percentages_differ_by_points() -> None:
    assert difference(PERCENT) == PP
    assert difference(unit("min")) == unit("min")


def test_known_sizes_are_told_from_words() -> None:
    assert is_scaled("min")
    assert not is_scaled("ep")


def test_a_product_that_cancels_is_pure() -> None:
    assert named() == PURE


@pytest.mark.parametrize(("kind", "left"), [(BARE, QUOTIENT), (QUOTIENT, QUOTIENT), (PURE, PURE)])
def test_an_unnamed_number_over_units_that_cancel_keeps_its_kind(kind: Unit, left: Unit) -> None:
    minute = read_unit("min")
    assert minute is not None
    over, _ = divide(kind, minute)
    assert multiply(over, minute)[0] == PURE
    assert divide(kind, PURE)[0] == left


def test_a_count_takes_a_word_but_no_scale() -> None:
    episodes = named(("ep", 1))
    assert common(PURE, episodes, adding=True) == (episodes, Fraction(1), Fraction(1))
    assert common(QUOTIENT, named(("min", 1)), adding=True)[1] == 1
    with pytest.raises(UnitClash):
        common(PURE, named(("min", 1)), adding=True)
