from __future__ import annotations

from site_builder.plots.legend import Entry, legend
from site_builder.plots.placement import words_box
from site_builder.plots.sketch import WIDTH, Words


def names(count: int, length: int = 12) -> list[Entry]:
    return [Entry(f"{number:0{length}}", number) for number in range(count)]


def test_no_series_need_no_room() -> None:
    assert legend([], 0) == ((), 0.0)


def test_entries_stay_inside_of_the_figure() -> None:
    items, _ = legend(names(12), 0)
    assert all(words_box(item).right <= WIDTH for item in items if isinstance(item, Words))


def test_entries_flow_into_rows() -> None:
    (_, one), (_, more) = legend(names(2), 0), legend(names(8), 0)
    assert more > one > 0


def test_what_exceeds_the_rows_is_counted() -> None:
    items, height = legend(names(60, 30), 0)
    shown = [item.text for item in items if isinstance(item, Words)]
    assert shown[-1] == f"and {60 - len(shown) + 1} more"
    assert height < 100


def test_a_series_without_name_is_called_so() -> None:
    items, _ = legend([Entry("", 0)], 0)
    assert [item.text for item in items if isinstance(item, Words)] == ["(no name)"]
