"""The documentation's numbers, worked out again with numpy."""

from __future__ import annotations

import numpy as np
import pytest

from site_builder.language.examples import RUNS, example_tables
from site_builder.language.values import Scalar
from tests.language.evaluated import value

MINUTES, ACCURACY, SIZE = (np.array(RUNS[name], dtype=float) for name in ("minutes", "accuracy", "size"))
SLOPE, INTERCEPT = np.polyfit(SIZE, ACCURACY, 1)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("sum(runs.minutes)", MINUTES.sum()),
        ("mean(runs.accuracy)", ACCURACY.mean()),
        ("median(runs.accuracy)", np.median(ACCURACY)),
        ("std(runs.minutes)", MINUTES.std(ddof=1)),
        ("var(runs.minutes, ddof=0)", MINUTES.var()),
        ("quantile(runs.accuracy, 0.3)", np.quantile(ACCURACY, 0.3)),
        ("slope(runs.size, runs.accuracy)", SLOPE),
        ("intercept(runs.size, runs.accuracy)", INTERCEPT),
        ("correlation(runs.size, runs.accuracy)", np.corrcoef(SIZE, ACCURACY)[0, 1]),
        ("r_squared(runs.size, runs.accuracy)", np.corrcoef(SIZE, ACCURACY)[0, 1] ** 2),
        ("power_law(runs.size, runs.minutes)", np.polyfit(np.log(SIZE), np.log(MINUTES), 1)[0]),
    ],
)
def test_numbers_agree_with_numpy(expression: str, expected: float) -> None:
    found = value(expression, example_tables())
    assert isinstance(found, Scalar)
    assert float(found.data.nominal) == pytest.approx(float(expected), rel=1e-12)
    assert found.data.lowest <= found.data.nominal <= found.data.highest
