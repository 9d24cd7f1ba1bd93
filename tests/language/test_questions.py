"""Questions as authors ask them, and their answers by pandas and SciPy over the same files.

A line is an expression, `#`, and what to expect in Python: a number (or a number and its unit), a truth, a text, a
list of cells, ``"unknown: REASON"``, or ``ERROR CODE``. The tables are the files in ``questions/evidence``.
"""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from site_builder.evidence.loading import Loader
from site_builder.evidence.typed import table_of
from site_builder.language.values import Scalar, Unknown, Value, element
from site_builder.problems import Place
from site_builder.tables import Column, Table
from tests.language.evaluated import problem, value

QUESTIONS = Path(__file__).parent / "questions"
_LINE = re.compile(r"(?P<expression>.*?\S)\s+# (?P<answer>.+)")


def _questions() -> list[object]:
    found: list[object] = []
    for path in sorted(QUESTIONS.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = _LINE.fullmatch(line)
            if match:
                found.append(pytest.param(*match.groups(), id=f"{path.stem}:{number}"))
            elif not line.startswith("#"):
                raise ValueError(f"{path.name}:{number} is no question: {line}")
    return found


@cache
def _tables() -> dict[str, Table]:
    loader, found = Loader(QUESTIONS), {}
    for path in (QUESTIONS / "evidence").glob("*.csv"):
        loaded = loader.load(path.stem, path.name, "", {}, Place("claim.yaml"))
        found[path.stem] = table_of(loaded)
    return found


@cache
def _names() -> dict[str, Any]:
    """What an answer may speak of: a frame for each file, the two samples of `pairs`, and the libraries."""
    frames = {p.stem: pd.read_csv(p) for p in (QUESTIONS / "evidence").glob("*.csv")}
    samples = {n: frames["pairs"][frames["pairs"].group == n.lower()].y for n in "AB"}
    return {
        **frames,
        **samples,
        "cohens_d": _cohens_d,
        "lagged": _lagged,
        "math": math,
        "np": np,
        "pd": pd,
        "stats": stats,
    }


def _cohens_d(a: Any, b: Any) -> float:
    pooled = ((len(a) - 1) * a.var() + (len(b) - 1) * b.var()) / (len(a) + len(b) - 2)
    return float((a.mean() - b.mean()) / math.sqrt(pooled))


def _lagged(cells: Any, lag: int) -> float:
    gaps = (cells - cells.mean()).to_numpy()
    return float((gaps[lag:] * gaps[:-lag]).sum() / (gaps**2).sum())


@pytest.mark.parametrize(("expression", "answer"), _questions())
def test_question(expression: str, answer: str) -> None:
    if answer.startswith("ERROR "):
        found = problem(expression, _tables())
        assert found.code == answer.removeprefix("ERROR ")
        assert found.hint
        return
    _check(value(expression, _tables()), eval(answer, _names()))


def _check(found: Value, answer: Any) -> None:
    if isinstance(answer, str) and answer.startswith("unknown: "):
        assert isinstance(found, Unknown | Scalar)
        assert found.reason == answer.removeprefix("unknown: ")
    elif isinstance(answer, list):
        assert isinstance(found, Column)
        assert len(found) == len(answer)
        for position, cell in enumerate(answer):
            _check(element(found, position), cell)
    elif isinstance(answer, tuple):
        assert isinstance(found, Scalar)
        assert str(found.data.unit) == answer[1]
        _check(found, answer[0])
    else:
        assert isinstance(found, Scalar)
        _check_one(found, answer)


def _check_one(found: Scalar, answer: Any) -> None:
    if isinstance(answer, str):
        assert (found.kind, found.data) == ("text", answer)
    elif isinstance(answer, bool | np.bool_):
        assert (found.kind, found.data) == ("truth", 1 if answer else -1)
    else:
        assert found.kind == "number"
        assert float(found.data.nominal) == pytest.approx(float(answer), rel=1e-9, abs=1e-12)
