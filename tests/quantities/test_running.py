"""Running totals: floats give what fractions give, cell by cell."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quantities.quantity import Quantity, column_of, compare, divide, exact, fractions_of
from site_builder.quantities.running import running_total
from site_builder.quantities.units import MINUTE


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=30), st.integers(0, 6))
def test_totals_of_decimals_are_exact(cells: list[int], digits: int) -> None:
    found = running_total(Quantity(np.array(cells, dtype=float) / 10.0**digits, digits=digits))
    assert list(found.all_exactly().nominal) == [Fraction(s, 10**digits) for s in accumulate(cells)]


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30))
def test_totals_of_floats_lead_back_to_exact_ones_and_compare_as_those(cells: list[float]) -> None:
    values = np.array(cells)
    found = running_total(Quantity(values))
    expected = Quantity(column_of(list(accumulate(fractions_of(values)))))
    assert list(found.all_exactly().nominal) == list(expected.nominal)
    assert np.all(compare("==", found, expected) == 1)
    middle = Quantity(expected.nominal[-1])
    assert np.array_equal(compare("<", found, middle), compare("<", expected, middle))


def test_bounds_add_up() -> None:
    nominal, low, high = (column_of([Fraction(n) for n in column]) for column in ([1, 2], [0, 2], [2, 3]))
    found = running_total(Quantity(nominal, low, high))
    assert [list(x) for x in (found.nominal, found.low, found.high)] == [[1, 3], [0, 2], [2, 5]]


def test_no_cells_have_no_totals() -> None:
    assert len(running_total(Quantity(column_of([]))).nominal) == 0
    assert len(running_total(Quantity(np.array([]), digits=0)).nominal) == 0


def test_totals_of_a_computed_column_keep_its_unit_and_its_exact_rows() -> None:
    thirds = divide(Quantity(np.array([1.0, 1.0, 1.0] * 40), unit=MINUTE, digits=0), exact(3))
    found = running_total(thirds)
    assert found.unit == MINUTE
    assert list(found.all_exactly().nominal) == [Fraction(n, 3) for n in range(1, 121)]
    assert list(compare("==", found, exact(1, MINUTE))) == [1 if n == 3 else -1 for n in range(1, 121)]
