from __future__ import annotations

import math

from site_builder.plots.strands import Dot, Place, Strand
from site_builder.plots.thinning import MOST_DOTS, thin_lines
from tests.plots.plotted import count, plot, point, rising, series, texts


def strand(values: list[float | None]) -> Strand:
    dots = (None if y is None else Dot(Place(float(x)), Place(y)) for x, y in enumerate(values))
    return Strand("", 0, tuple(dots))


def test_few_dots_are_left_alone() -> None:
    line = strand([1.0, None, 2.0])
    assert thin_lines([line]) == ((line,), [])


def test_a_long_line_is_thinned_and_says_so() -> None:
    (line,), notes = thin_lines([strand([math.sin(x) for x in range(50_000)])])
    assert len(line.dots) <= MOST_DOTS
    assert notes[0].endswith("of 50,000 points drawn; every stretch keeps its lowest and highest.")


def test_a_thinned_line_keeps_its_spikes() -> None:
    values: list[float | None] = [0.0] * 50_000
    values[12_345], values[23_456] = 9.0, -9.0
    (line,), _ = thin_lines([strand(values)])
    assert {9.0, -9.0} <= {dot.y.value for dot in line.drawn}


def test_a_thinned_line_keeps_its_gaps() -> None:
    values: list[float | None] = [0.0] * 50_000
    values[12_345] = None
    (line,), _ = thin_lines([strand(values)])
    assert None in line.dots


def test_a_large_scatter_is_thinned_and_says_so() -> None:
    points = [point(math.sin(x) * x, math.cos(x) * x) for x in range(6_000)]
    figure = plot("scatter", series("", *points))
    assert 500 < count(figure, "use") <= MOST_DOTS
    assert any("of 6,000 points drawn: one for each spot" in text for text in texts(figure))


def test_a_scatter_of_the_most_points_is_drawn_whole() -> None:
    assert count(rising("scatter", MOST_DOTS), "use") == MOST_DOTS


def test_thousands_of_series_come_to_an_end() -> None:
    figure = plot("scatter", *(series(str(n), point(n, n % 7), point(n, n % 5)) for n in range(3_000)))
    assert "The first 64 of 3,000 series are drawn." in texts(figure)


def test_a_line_that_is_all_gaps_stays_one_gap_a_stretch() -> None:
    (line,), _ = thin_lines([strand([None] * 50_000)])
    assert line.drawn == ()
    assert len(line.dots) <= MOST_DOTS
