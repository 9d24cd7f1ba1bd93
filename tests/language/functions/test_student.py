"""Student's t against published analyses and Welch's formula by hand."""

from __future__ import annotations

import math
import statistics

import pytest

from site_builder.language.values import Scalar
from site_builder.quantities.quantity import Quantity
from tests.language.evaluated import problem, shown, table, value

# Extra hours of sleep under two drugs: Cushny and Peebles (1905), as in Student (1908).
FIRST = "[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]"
SECOND = "[1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]"


def number_of(text: str) -> Quantity:
    found = value(text)
    assert isinstance(found, Scalar)
    assert isinstance(found.data, Quantity)
    return found.data


@pytest.mark.parametrize(
    ("options", "t", "p"),
    [
        ("", -1.8608, 0.07919),
        (", equal_variances=True", -1.8608, 0.07919),
        (", equal_variances=False", -1.8608, 0.07939),
        (", equal_var=False", -1.8608, 0.07939),
        (", welch=True", -1.8608, 0.07939),
    ],
)
def test_two_samples_give_the_published_t_and_p(options: str, t: float, p: float) -> None:
    assert float(number_of(f"t_test({FIRST}, {SECOND}{options})").nominal) == pytest.approx(t, abs=5e-5)
    assert float(number_of(f"p_value({FIRST}, {SECOND}{options})").nominal) == pytest.approx(p, abs=5e-6)


def test_pairs_give_the_published_t_and_p() -> None:
    assert float(number_of(f"t_test({FIRST}, {SECOND}, paired=True)").nominal) == pytest.approx(
        -4.0621, abs=5e-5
    )
    p = number_of(f'p_value({FIRST}, {SECOND}, test="paired_t")')
    assert float(p.nominal) == pytest.approx(0.002833, abs=5e-7)


def test_welch_by_hand() -> None:
    a, b = [3, 4, 8, 12], [1, 2, 2]
    errors = [statistics.variance(s) / len(s) for s in (a, b)]
    t = (statistics.mean(a) - statistics.mean(b)) / math.sqrt(sum(errors))
    assert float(number_of(f"t_test({a}, {b}, equal_variances=False)").nominal) == pytest.approx(t, rel=1e-14)


def test_the_two_sides_add_up_to_one() -> None:
    less, greater = (
        number_of(f'p_value({FIRST}, {SECOND}, alternative="{side}")') for side in ("less", "greater")
    )
    assert float(less.nominal + greater.nominal) == pytest.approx(1, abs=1e-12)
    assert less.nominal < greater.nominal


def test_a_p_value_stays_between_0_and_1() -> None:
    assert number_of("p_value([1, 2, 3], [1, 2, 3])").highest == 1
    tiny = number_of(
        "p_value([1, 2, 3, 2, 1, 2, 3], [1001, 1002, 1003, 1001, 1002, 1001, 1003], equal_variances=True)"
    )
    assert 0 <= tiny.lowest <= tiny.nominal < 1e-20


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("options", ["", ", equal_variances=False", ', test="paired_t"'])
def test_bounds_of_cells_enclose_every_p(alternative: str, options: str) -> None:
    rest = f', [1, 2.5, 3, 4]{options}, alternative="{alternative}")'
    whole = number_of(f'p_value([quantity("1-3"), quantity("4-5"), 9, 2]{rest}')
    for first in (1, 1.5, 3):
        for second in (4, 4.5, 5):
            assert (
                whole.lowest <= number_of(f"p_value([{first}, {second}, 9, 2]{rest}").nominal <= whole.highest
            )


def test_the_unit_is_gone_and_units_convert() -> None:
    found = shown('t_test([quantity("1 h"), quantity("2 h")], [quantity("30 min"), quantity("90 min")])')
    assert found == "0.707107 (Student's t, 2 degrees of freedom)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "t_test([1], [2, 3], welch=True)",
            "unknown (undefined: t_test needs at least 2 numbers in each sample)",
        ),
        ("t_test([1], [2], paired=True)", "unknown (undefined: t_test needs at least 2 pairs)"),
        (
            "t_test([1], [2])",
            "unknown (undefined: t_test needs at least 3 numbers in all)",
        ),
        (
            "t_test([2, 2], [3, 3])",
            "unknown (undefined: t_test: the numbers do not vary, so there is no standard error)",
        ),
        (
            "t_test(grid.score, grid.steps)",
            "unknown (missing-cell: t_test: 1 of 5 cells of score have no value)",
        ),
        (
            "t_test(grid.rough, grid.steps)",
            "unknown (censored: t_test: some cells are known to one side only)",
        ),
        ("p_value(empty.x, grid.steps)", "unknown (no-rows: p_value: empty has no rows)"),
    ],
)
def test_what_leaves_t_unknown(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_pairs_must_belong_together() -> None:
    assert problem("t_test([1, 2, 3], [1, 2], paired=True)").code == "E-SHAPE"


def test_pairs_have_no_equal_variances() -> None:
    assert (
        "pairs have one variance"
        in problem("t_test([1, 2], [1, 4], paired=True, equal_variances=True)").message
    )


def test_many_rows_agree_with_exact_ones() -> None:
    cells = [(n * 7919) % 1000 for n in range(5_000)]
    more = [*cells, *cells[:1_000]]
    exact = value("t_test(t.x, t.y)", {"t": table("t", {"x": list(cells), "y": [c + 3 for c in cells]})})
    long = value("t_test(t.x, t.y)", {"t": table("t", {"x": list(more), "y": [c + 3 for c in more]})})
    assert isinstance(exact, Scalar)
    assert isinstance(long, Scalar)
    assert float(long.data.nominal) == pytest.approx(float(exact.data.nominal) * math.sqrt(6 / 5), rel=0.01)
