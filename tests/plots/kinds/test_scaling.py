from __future__ import annotations

from tests.plots.plotted import plot, point, series, texts


def test_both_axes_are_logarithmic_with_plain_ticks() -> None:
    figure = plot("scaling", series("", *(point(10.0**n, 10.0 ** (2 * n)) for n in range(5))))
    assert {"1", "10", "100", "1k", "10k", "100M"} <= set(texts(figure))


def test_what_has_no_logarithm_is_noted() -> None:
    figure = plot("scaling", series("", point(1, 1), point(0, 5), point(10, 3)))
    assert "1 row at zero or below: not on a logarithmic axis." in texts(figure)


def test_only_zeros_are_no_rows_to_draw() -> None:
    assert "no rows to draw" in texts(plot("scaling", series("", point(0, 0))))
