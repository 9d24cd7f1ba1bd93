"""Making: the same bytes in the same order over any number of processes."""

from __future__ import annotations

import os

import pytest

from site_builder.outputs.making import made
from site_builder.outputs.output import Output
from site_builder.problems import Mistake, Place


def _outputs(count: int) -> list[Output]:
    return [Output(f"{number}.html", "", lambda number=number: b"%d" % number) for number in range(count)]  # type: ignore[misc]


def _kept(output: Output, data: bytes) -> tuple[str, bytes]:
    return output.path, data


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 99, 100, 333])
def test_everything_is_made_in_order(workers: int, count: int) -> None:
    wanted = [(f"{number}.html", b"%d" % number) for number in range(count)]
    assert list(made(_outputs(count), _kept, workers=workers)) == wanted


def test_many_are_made_in_other_processes() -> None:
    found = set(made(_outputs(300), lambda output, data: os.getpid(), workers=2))
    assert os.getpid() not in found


def test_few_are_made_here() -> None:
    assert set(made(_outputs(9), lambda output, data: os.getpid(), workers=2)) == {os.getpid()}


@pytest.mark.parametrize("count", [3, 300])
def test_a_mistake_comes_back_with_its_place(count: int) -> None:
    def fail() -> bytes:
        raise Mistake("E-TEMPLATE", "it is no template", Place("templates/a.html", 3), "mend it")

    with pytest.raises(Mistake) as raised:
        list(made([*_outputs(count), Output("bad", "", fail)], _kept, workers=2))
    assert raised.value.problem.place == Place("templates/a.html", 3)
    assert raised.value.problem.hint == "mend it"


def test_a_full_disk_comes_back_as_such() -> None:
    def full(output: Output, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        list(made(_outputs(300), full, workers=2))
