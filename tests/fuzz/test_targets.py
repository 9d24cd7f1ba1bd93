"""Whatever the bytes, a target ends in an author's mistake or in peace: Hypothesis, and what once broke, replayed."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.folders import REGRESSIONS
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

_HANG_SECONDS = 20.0  # a guard, not a measure: what broke took minutes, and what holds takes milliseconds
_CASES = sorted(path for path in REGRESSIONS.glob("*/*") if path.is_file())
_CHANGES = st.lists(st.tuples(st.integers(0, 5), st.integers(0), st.binary(max_size=6)), max_size=8)


def _changed(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes after cuts, insertions, replacements, repetitions and shuffles, as a fuzzer makes them."""
    for kind, at, piece in changes:
        at, end = at % (len(data) + 1), at % (len(data) + 1) + len(piece)
        middle = data[at:end]
        if kind == 3:
            middle = middle * (1 + len(piece))
        elif kind == 4:
            middle = bytes(random.Random(at).sample(middle, len(middle)))
        data = (
            data[:at]
            + (b"" if kind == 0 else piece if kind < 3 else middle)
            + data[at if kind == 1 else end :]
        )
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_anything_ends_in_a_mistake_or_in_peace(name: str) -> None:
    start = [*seeds(name), b""]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.binary(max_size=80), st.builds(_changed, st.sampled_from(start), _CHANGES)))
    @example(b"")
    def check(data: bytes) -> None:
        TARGETS[name](data)

    check()


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_once_broke_holds(case: Path) -> None:
    started = time.process_time()
    TARGETS[case.parent.name](case.read_bytes())
    assert time.process_time() - started < _HANG_SECONDS


def test_every_regression_has_a_target() -> None:
    assert {case.parent.name for case in _CASES} <= TARGETS.keys()
