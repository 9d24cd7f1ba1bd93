"""What must not move a verdict: other rows' order, other columns, other names, other files and formats, other units."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, seed, settings

from site_builder.claims.claim import Claim
from site_builder.claims.reading import read_claim
from site_builder.evidence.loading import Loader
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.judging import judge
from site_builder.verdicts.shelf import Shelf
from tests.second_opinion.projects import Project, projects

Files = dict[str, str]
Change = Callable[[str, list[list[str]]], tuple[str, Files]]
_NUMBERS = "n: number, d: number, q: quantity, r: quantity, p: quantity, m: quantity"
_DECLARED = f"columns: {{g: text, {_NUMBERS}, k: truth, l: truth}}"


def _decided(root: Path, claim: str, files: Files) -> Decision:
    folder = root / "evidence"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text)
    read, problems = read_claim("claims/x.yaml", "x", claim.encode())
    assert isinstance(read, Claim), [p.render() for p in problems]
    return judge(read, Shelf(Loader(root)))[0]


def _outcomes(decision: Decision) -> list[str]:
    parts = [*(a["outcome"] for a in decision["assertions"]), *(n["outcome"] for n in decision["numbers"])]
    fix = decision["correction"]
    return [decision["verdict"], *parts, fix["outcome"] if fix else ""]


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _read_as(claim: str, source: str) -> str:
    return re.sub(r"\{file: t\.csv, columns: \{.*?\}\}", f"{{file: {source}, {_DECLARED}}}", claim)


def _as_it_is(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    return _read_as(claim, "t.csv"), {"t.csv": _csv(rows)}


def _shuffled(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    return _as_it_is(claim, [rows[0], *rows[:0:-2], *rows[-2:0:-2]])


def _with_a_column(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    wider = [[f"~{at}", *row, "n/a"] for at, row in enumerate(rows)]
    return _as_it_is(claim, [["first", *rows[0], "last"], *wider[1:]])


def _renamed(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    head, body = re.split(r"(?=let:)", _read_as(claim, "t.csv"), maxsplit=1)
    renames = re.compile(rf"\b([{''.join(rows[0])}])\b(?!: )")
    head = re.sub(r"\b([a-z]): (?=text|number|quantity|truth)", r"the_\1: ", head)
    return head + renames.sub(r"the_\1", body), {
        "t.csv": _csv([[f"the_{name}" for name in rows[0]], *rows[1:]])
    }


def _split(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    half = len(rows) // 2
    parts = {"t1.csv": _csv([rows[0], *rows[1:half]]), "t2.csv": _csv([rows[0], *rows[max(half, 1) :]])}
    return _read_as(claim, "t*.csv"), parts


def _as_json(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    listed = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return _read_as(claim, "t.json"), {"t.json": json.dumps(listed)}


def _as_json_lines(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    lines = [json.dumps(dict(zip(rows[0], [c or None for c in row], strict=True))) for row in rows[1:]]
    return _read_as(claim, "t.jsonl"), {"t.jsonl": "\n".join(lines) + "\n"}


def _as_markdown(claim: str, rows: list[list[str]]) -> tuple[str, Files]:
    lines = [f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]]
    return _read_as(claim, "t.md"), {"t.md": "\n".join(lines).replace("~", "\\~") + "\n"}


CHANGES: dict[str, Change] = {
    "shuffled rows": _shuffled,
    "more columns": _with_a_column,
    "renamed columns": _renamed,
    "a file in two": _split,
    "JSON": _as_json,
    "JSON lines": _as_json_lines,
    "Markdown": _as_markdown,
}


def _rows(project: Project) -> list[list[str]]:
    return list(csv.reader(io.StringIO(project.table)))


@pytest.mark.heavy
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@seed(20261129)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(project=projects(least=2))
def test_a_change_of_form_moves_no_verdict(tmp_path: Path, change: Change, project: Project) -> None:
    assume(change is not _shuffled or not re.search(r"first|last|creasing", project.claim))
    before = _decided(tmp_path, *_as_it_is(project.claim, _rows(project)))
    after = _decided(tmp_path, *change(project.claim, _rows(project)))
    assert _outcomes(after) == _outcomes(before), (change(project.claim, _rows(project)), after["problems"])


_OPPOSITE = {"true": "false", "false": "true"}


@pytest.mark.heavy
@seed(20261129)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(project=projects())
def test_a_negated_assertion_has_the_opposite_outcome(tmp_path: Path, project: Project) -> None:
    turned = re.sub(r"^( *- )'(.*)'$", r"\1'not (\2)'", project.claim, flags=re.M)
    plain, negated = (_decided(tmp_path, text, {"t.csv": project.table}) for text in (project.claim, turned))
    found = [a["outcome"] for a in negated["assertions"]]
    assert found == [_OPPOSITE.get(a["outcome"], a["outcome"]) for a in plain["assertions"]]


_TIMES = """
title: A claim
statement: Something is so.
evidence: {t: {file: t.csv, columns: {took: quantity, n: number}}}
let: {slow: 't[took > quantity("90 s")]', limit: 2 min}
assertion:
  - sum(t.took) > limit
  - max(t.took) < quantity("3000 ms")
  - all(slow.took < 2 * limit)
  - any(t.took / t.n < quantity("1 s"))
  - max(t.took) / min(t.took) > 3
  - sum(t.took * t.n) >= quantity("1 h")
numbers:
  longest: {stated: 2 min, computed: max(t.took)}
  mean: {stated: 61 s, computed: mean(t.took)}
  factor: {stated: 4x, computed: 'ratio(max(t.took), min(t.took))'}
  growth: {stated: 300%, computed: 'change(min(t.took), max(t.took))'}
  rest: {stated: 0.5 min+, computed: t.took}
  counted: {stated: 2, computed: count(slow)}
"""
_UNITS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}


@pytest.mark.parametrize("unit", _UNITS)
@pytest.mark.parametrize(
    "spans", [(36_000, 120_600, 93_600), (36_000, 115_200, 90_000, 720), (1_800, 2_520, 7_200)]
)
@pytest.mark.parametrize("bounds", ["{}", "{}+", "< {}", "{}-{}"])
def test_a_scaled_unit_moves_no_verdict(
    tmp_path: Path, unit: str, spans: tuple[int, ...], bounds: str
) -> None:
    def table(symbol: str) -> str:
        written = [f"{span / _UNITS[symbol]:.9f}".rstrip("0").rstrip(".") for span in spans]
        cells = [written[0], *(bounds.format(w, w) for w in written[1:])]
        return "took,n\n" + "".join(f'"{cell} {symbol}",{at}\n' for at, cell in enumerate(cells, 1))

    before = _decided(tmp_path, _TIMES, {"t.csv": table("ms")})
    after = _decided(tmp_path, _TIMES, {"t.csv": table(unit)})
    assert before["verdict"] != "broken"
    assert _outcomes(after) == _outcomes(before)


_ONCE = """
title: A claim
statement: Something is so.
evidence: {t: t.csv}
let: {values: unique(t.x)}
assertion:
  - count(values) == 3
  - sum(values) == 14
  - distinct(t.x) == 3
  - max(t.x) == max(values)
  - all(values in t.x)
  - mean(values) > 4.6
numbers: {spread: {stated: 1-9, computed: values}}
"""


@pytest.mark.parametrize("times", [1, 2, 5])
def test_rows_that_are_repeated_and_made_one_again_move_no_verdict(tmp_path: Path, times: int) -> None:
    decision = _decided(tmp_path, _ONCE, {"t.csv": "x\n" + "1\n9\n4\n" * times})
    assert _outcomes(decision) == ["validated", *["true"] * 6, "matches", ""]
