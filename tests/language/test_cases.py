"""The text cases: an expression, then `#` and its value as the working shows it, or `ERROR code words`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.language.evaluated import problem, shown

_LINE = re.compile(r"(?P<expression>.*?\S)\s+# (?P<expected>.+)")


def _cases() -> list[object]:
    found: list[object] = []
    for path in sorted((Path(__file__).parent / "cases").glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = _LINE.fullmatch(line)
            if match:
                found.append(pytest.param(*match.groups(), id=f"{path.stem}:{number}"))
            elif not line.startswith("#"):
                raise ValueError(f"{path.name}:{number} is no case: {line}")
    return found


@pytest.mark.parametrize(("expression", "expected"), _cases())
def test_case(expression: str, expected: str) -> None:
    if not expected.startswith("ERROR "):
        assert shown(expression) == expected
        return
    _, code, words = expected.split(" ", 2)
    found = problem(expression)
    assert (found.code, words in found.message) == (code, True), found.render()
    assert found.hint
    assert found.place is not None
