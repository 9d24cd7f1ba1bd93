"""Logarithms, exponentials and roots hold the true value, which `decimal` works out with 60 digits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from site_builder.language.library import functions
from site_builder.language.powers import power
from site_builder.language.values import Scalar, number
from site_builder.quantities.quantity import EXACT_ROWS, Quantity, exact
from site_builder.tables import Column

_DIGITS = Context(prec=60)
TRUE: dict[str, Callable[[Decimal], Decimal]] = {
    "log": _DIGITS.ln,
    "log2": lambda x: _DIGITS.divide(_DIGITS.ln(x), _DIGITS.ln(Decimal(2))),
    "log10": _DIGITS.log10,
    "exp": _DIGITS.exp,
    "sqrt": _DIGITS.sqrt,
}
LOGARITHMS = ("log", "log2", "log10")


def _decimal(x: Fraction) -> Decimal:
    return _DIGITS.divide(Decimal(x.numerator), Decimal(x.denominator))


def _bounds(name: str, x: Fraction) -> tuple[Decimal, Decimal]:
    found = functions()[name].call((number(exact(x)),), {})
    assert isinstance(found, Scalar)
    return _decimal(found.data.lowest), _decimal(found.data.highest)


_ABOUT_ONE = st.integers(-(10**6) + 1, 10**6).map(lambda n: 1 + Fraction(n, 10**6))
_BESIDE_ONE = st.integers(-(10**5), 10**5).map(lambda n: 1 + Fraction(n, 10**14))
_POSITIVE = st.fractions(Fraction(1, 10**12), 10**12)


@pytest.mark.parametrize("name", LOGARITHMS)
@given(x=_ABOUT_ONE | _BESIDE_ONE | _POSITIVE)
@example(x=Fraction(1_000_000_001, 10**9))
@example(x=Fraction(2, 3) ** 3_000)
def test_bounds_of_a_logarithm_hold_it(name: str, x: Fraction) -> None:
    low, high = _bounds(name, x)
    assert low <= TRUE[name](_decimal(x)) <= high
    assert _DIGITS.subtract(high, low) <= abs(high) * Decimal(2) ** -46


@given(x=st.fractions(-600, 600, max_denominator=10**9))
@example(x=Fraction(5001, 10))
def test_bounds_of_an_exponential_hold_it(x: Fraction) -> None:
    low, high = _bounds("exp", x)
    assert low <= TRUE["exp"](_decimal(x)) <= high
    assert _DIGITS.subtract(high, low) <= high * Decimal(2) ** -46


def _long(cells: np.ndarray[tuple[int], np.dtype[np.float64]], places: int) -> Column:
    return Column("number", Quantity(np.resize(cells, EXACT_ROWS + 1), digits=places))


@pytest.mark.parametrize("name", [*LOGARITHMS, "sqrt"])
@pytest.mark.parametrize("spread", [1e-6, 0.9, 900.0])
def test_bounds_of_a_long_column_hold_every_cell(name: str, spread: float) -> None:
    draws = np.random.default_rng(8).uniform(-spread, spread, 500)
    cells = np.round(1 + (draws if spread < 1 else np.abs(draws)), 9)
    _holds(name, cells, 9)


def test_bounds_of_a_long_column_hold_every_exponential() -> None:
    _holds("exp", np.round(np.random.default_rng(8).uniform(-600, 600, 500), 4), 4)


def _holds(name: str, cells: np.ndarray[tuple[int], np.dtype[np.float64]], places: int) -> None:
    found = functions()[name].call((_long(cells, places),), {})
    assert isinstance(found, Column)
    for row, cell in enumerate(cells.tolist()):
        true = TRUE[name](Decimal(repr(cell)))
        assert _decimal(found.data.lowest[row]) <= true <= _decimal(found.data.highest[row])


def test_a_long_column_keeps_what_is_exact() -> None:
    found = functions()["sqrt"].call((_long(np.array([2.25, 0.0, 1e-10, 144.0]), 10),), {})
    assert isinstance(found, Column)
    assert [found.data.lowest[row] for row in range(4)] == [1.5, 0, Fraction(1, 10**5), 12]
    assert [found.data.highest[row] for row in range(4)] == [1.5, 0, Fraction(1, 10**5), 12]
    powers = functions()["log10"].call((_long(np.array([1000.0, 0.01, 1.0]), 2),), {})
    assert isinstance(powers, Column)
    assert [powers.data.lowest[row] for row in range(3)] == [3, -2, 0] == list(powers.data.highest[:3])


def test_a_long_column_says_where_there_is_no_logarithm() -> None:
    found = functions()["log"].call((_long(np.array([-1.0, 0.0, 2.0]), 1),), {})
    assert isinstance(found, Column)
    assert found.unknown is not None
    assert found.unknown[:3].astype(bool).tolist() == [True, True, False]


@given(
    base=st.fractions(Fraction(1, 10**4), 10**6, max_denominator=10**5),
    exponent=st.fractions(-60, 60, max_denominator=7).filter(lambda e: e.denominator > 1),
)
@example(base=Fraction(7, 3), exponent=Fraction(599, 2))
@example(base=Fraction(1134), exponent=Fraction(-1147, 3))
def test_bounds_of_a_fractional_power_hold_it(base: Fraction, exponent: Fraction) -> None:
    found = power(exact(base), exact(exponent))
    assert isinstance(found, Quantity)
    assume(not isinstance(found.highest, float))
    true = _DIGITS.exp(_DIGITS.multiply(_DIGITS.ln(_decimal(base)), _decimal(exponent)))
    unsure = _DIGITS.multiply(true, Decimal(10) ** -50)
    assert (
        _DIGITS.subtract(_decimal(found.lowest), unsure)
        <= true
        <= _DIGITS.add(_decimal(found.highest), unsure)
    )
