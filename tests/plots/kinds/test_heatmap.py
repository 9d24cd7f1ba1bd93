from __future__ import annotations

from tests.plots.plotted import SVG, cells, count, plot, point, root, series, texts

HEAT = "var(--plot-heat, #2a78b8)"


def strengths(values: list[list[float | None]]) -> set[str]:
    found = root(cells(values)).iter(f"{SVG}path")
    return {element.get("opacity", "1") for element in found if element.get("fill") == HEAT}


def test_every_cell_has_its_value_written_in_it() -> None:
    assert {"61", "64.5", "70", "12"} <= set(texts(cells([[61.0, 64.5], [70.0, 12.0]])))


def test_a_higher_value_is_coloured_more_strongly() -> None:
    assert strengths([[0.0, 50.0, 100.0]]) == {"0.1", "0.39", "0.68"}


def test_equal_values_are_coloured_alike() -> None:
    assert strengths([[5.0, 5.0]]) == {"0.39"}


def test_a_missing_value_is_hatched_and_noted() -> None:
    figure = cells([[1.0, None]])
    assert count(figure, "path", stroke="var(--plot-mark, #6a6a6a)") == 1
    assert "Hatched: no result." in texts(figure)


def test_a_pair_without_a_row_is_hatched_too() -> None:
    figure = plot("heatmap", series("", point("a", "x", value=1.0), point("b", "y", value=2.0)))
    assert "Hatched: no result." in texts(figure)


def test_a_full_grid_is_not_hatched() -> None:
    assert "Hatched: no result." not in texts(cells([[1.0, 2.0]]))


def test_a_cell_is_written_as_its_author_wrote_it() -> None:
    assert "10,000+" in texts(plot("heatmap", series("", point("a", "x", value=10000.0, text="10,000+"))))


def test_rows_read_downwards_and_numbers_grow_upwards() -> None:
    names = texts(cells([[1.0], [2.0]]))
    assert names.index("r0") < names.index("r1")
    numbers = texts(plot("heatmap", series("", point("a", 1, value=5.0), point("a", 2, value=6.0))))
    assert numbers.index("2") < numbers.index("1")


def test_cells_too_small_for_words_have_a_key() -> None:
    points = [point(x, y, value=x * 1.5) for x in range(30) for y in range(5)]
    written = texts(plot("heatmap", series("", *points)))
    assert written.count("43.5") == 1


def test_a_second_row_for_a_cell_is_noted() -> None:
    figure = plot("heatmap", series("", point("a", "x", value=1.0), point("a", "x", value=2.0)))
    assert "1 row falls into a cell already drawn." in texts(figure)


def test_a_very_large_grid_is_cut_with_a_note() -> None:
    points = [point(x, y, value=1.0) for x in range(60) for y in range(80)]
    note = "The first 50 of 80 rows and 40 of 60 columns are drawn."
    assert note in texts(plot("heatmap", series("", *points)))
