"""Judged claims, sheets and reports made up for tests: every verdict, every part, and hostile texts."""

from __future__ import annotations

from typing import Any, cast

from site_builder.claims.claim import Report
from site_builder.figures import AxisJson, PlotJson, PointJson, SeriesJson
from site_builder.pages.site import Site
from site_builder.project import Settings
from site_builder.verdicts.decision import (
    AssertionJson,
    CellUse,
    ColumnJson,
    CorrectionJson,
    CoverageJson,
    CoveredJson,
    Decision,
    EvidenceJson,
    NumberJson,
    Probe,
    ProblemJson,
    ReadingJson,
    RowJson,
    SheetJson,
    Step,
    TableJson,
    ValueJson,
)

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}\u202ereversed\u2066 &amp; "
    "javascript:alert(1)"
)


def step(name: str, expression: str, *filled: str, value: str) -> Step:
    return {"name": name, "expression": expression, "filled": list(filled), "value": value}


def use(
    evidence: str, column: str, rows: list[int], role: Any = "value", count: int | None = None
) -> CellUse:
    return {
        "evidence": evidence,
        "column": column,
        "rows": rows,
        "count": len(rows) if count is None else count,
        "role": role,
    }


def assertion(expression: str = "a > b", outcome: Any = "true", **parts: Any) -> AssertionJson:
    made: AssertionJson = {
        "expression": expression,
        "outcome": outcome,
        "reason": None,
        "detail": "",
        "steps": [step("", expression, value=outcome)],
        "cells": [],
    }
    return cast(AssertionJson, {**made, **parts})


def number(name: str = "ratio", stated: str = "38x", **parts: Any) -> NumberJson:
    made: NumberJson = {
        "name": name,
        "stated": stated,
        "expression": "a / b",
        "computed": 38.0,
        "low": 38.0,
        "high": 38.0,
        "unit": "x",
        "shown": stated,
        "outcome": "matches",
        "reason": None,
        "detail": "",
        "readings": [],
        "steps": [step(name, "a / b", "76 / 2", value=stated)],
        "cells": [],
    }
    return cast(NumberJson, {**made, **parts})


def reading(name: str = "difference", meets: bool = False) -> ReadingJson:
    return {"name": name, "formula": "54 % − 37 %", "shown": "17 pp", "meets": meets}


def column(
    name: str, kind: str = "number", unit: str = "", title: str = "", description: str = ""
) -> ColumnJson:
    return {"name": name, "title": title or name, "type": kind, "unit": unit, "description": description}


def rows(*cells: list[str | None], first: int = 1) -> list[RowJson]:
    return [
        {"row": first + place, "line": first + place + 1, "cells": list(row)}
        for place, row in enumerate(cells)
    ]


def evidence(name: str = "runs", path: str = "evidence/amd/approaches.csv", **parts: Any) -> EvidenceJson:
    made: EvidenceJson = {
        "key": KEYS.get(path, path),
        "name": name,
        "path": path,
        "inside": "",
        "sha256": SHA,
        "rows": len(APPROACHES),
        "kind": "transcribed",
        "title": "Five approaches, with time and accuracy",
        "description": "What was tried during the hackathon, in the order it was tried.",
        "sources": [["Cross-project meta-analysis", "https://example.org/meta"], ["The hackathon’s log", ""]],
        "licenses": [["CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"]],
        "query": "",
        "files": [[path, SHA, len(APPROACHES)]],
        "notes": ["delimiter ';' guessed from the first lines"],
        "columns": APPROACH_COLUMNS,
        "excerpt": rows(*APPROACHES),
    }
    return cast(EvidenceJson, {**made, **parts})


def sheet(key: str = "approaches", path: str = "evidence/amd/approaches.csv", **parts: Any) -> SheetJson:
    known = evidence(path=path)
    made: SheetJson = {
        "key": key,
        "path": path,
        "inside": known["inside"],
        "sha256": known["sha256"],
        "rows": known["rows"],
        "kind": known["kind"],
        "title": known["title"],
        "description": known["description"],
        "sources": known["sources"],
        "licenses": known["licenses"],
        "query": known["query"],
        "files": known["files"],
        "notes": known["notes"],
        "columns": known["columns"],
        "shown": known["excerpt"],
    }
    return cast(SheetJson, {**made, **parts})


def value(text: str, anchor: str, of: float | None = None, unit: str = "") -> ValueJson:
    return {"text": text, "value": of, "unit": unit, "anchor": anchor, "steps": [], "cells": []}


def problem(text: str) -> ProblemJson:
    return {
        "code": "E-NAME",
        "message": text.splitlines()[0],
        "path": "claims/x.yaml",
        "line": 5,
        "column": 14,
        "excerpt": None,
        "hint": None,
        "text": text,
    }


def decision(claim_id: str = "amd/switching", **parts: Any) -> Decision:
    made: Decision = {
        "id": claim_id,
        "path": f"claims/{claim_id}.yaml",
        "sha256": SHA,
        "title": "Switching models pays more than training",
        "statement": "Per minute spent, switching returned {{ ratio }} what training did.",
        "notes": "",
        "tags": ["model-selection"],
        "group": claim_id.partition("/")[0] if "/" in claim_id else "",
        "source": {"title": "Cross-project meta-analysis", "section": "Finding 3", "date": "2025-12-31"},
        "awaits": "",
        "verdict": "validated",
        "reason": None,
        "why": "The assertion is true and the number matches.",
        "assertions": [assertion()],
        "numbers": [number()],
        "correction": None,
        "values": {"ratio": value("38x", "number-ratio", 38.0, "x")},
        "evidence": [evidence()],
        "tables": [],
        "plots": [],
        "problems": [],
        "warnings": [],
        "probe": None,
        "depends": [],
    }
    return cast(Decision, {**made, **parts})


KEYS = {
    "evidence/amd/approaches.csv": "approaches",
    "evidence/memorization/episodes.csv": "episodes",
    "evidence/hostile.csv": HOSTILE,
}
APPROACHES: list[list[str | None]] = [
    ["Training attempt 1", "training", "2h", "0-3%", "-0.5"],
    ["Training attempt 2", "training", "33m", "2%", "-2.2"],
    ["Training attempt 3", "training", "11m", "0%", "-6.6"],
    ["Training attempt 4", "training", "2.6m", "73.5%", "+0.2"],
    ["Model switch", "switch", "5m", "92%", "+3.8"],
]
APPROACH_COLUMNS = [
    column("approach", "text", description="What was tried"),
    column("kind", "text"),
    column("minutes", "quantity", "min", "Time", "Wall-clock time spent"),
    column("accuracy", "quantity", "%", "Accuracy", "Share of questions answered correctly"),
    column("roi", "reported", "%/min", "ROI (%/min)"),
]


def switching() -> Decision:
    lets = [
        step("baseline", "73%", value="73%"),
        step("training", 'runs[kind == "training"]', value="4 rows of runs"),
        step("switch", 'one(runs[kind == "switch"])', value="row 5 of runs"),
        step(
            "training_roi",
            "(max(training.accuracy) - baseline) / sum(training.minutes)",
            "(max(0–3%, 2%, 0%, 73.5%) − 73%) / sum(120 min, 33 min, 11 min, 2.6 min)",
            "0.5 pp / 166.6 min",
            value="0.003001 pp/min",
        ),
        step(
            "switch_roi",
            "(switch.accuracy - baseline) / switch.minutes",
            "(92% − 73%) / 5 min",
            "19 pp / 5 min",
            value="3.8 pp/min",
        ),
    ]
    cells = [
        use("runs", "accuracy", [1, 2, 3, 4, 5]),
        use("runs", "minutes", [1, 2, 3, 4, 5]),
        use("runs", "kind", [1, 2, 3, 4, 5], "filter"),
    ]
    return decision(
        "amd-hackathon/model-switching",
        title="Switching models pays more than training when the baseline is poor",
        statement=(
            "Per minute spent, switching the model returned {{ roi_ratio }} the accuracy that training did: "
            "{{ switch_roi }} against {{ training_roi | .4f }}. The baseline was {{ baseline }}."
        ),
        tags=["model-selection", "roi"],
        verdict="corrected",
        why="The assertion is true, but 1 of 2 numbers differs: the evidence gives 1,266x, not 38x.",
        numbers=[
            number(
                "roi_ratio",
                "38x",
                expression="switch_roi / training_roi",
                computed=1266.16,
                low=1266.16,
                high=1266.16,
                shown="1,266x",
                outcome="differs",
                detail="stated 38x allows 37.5 up to 38.5; the evidence gives 1,266. The stated figure "
                "divides the switch’s gain by the whole training time’s loss.",
                steps=[
                    *lets,
                    step(
                        "roi_ratio",
                        "switch_roi / training_roi",
                        "3.8 pp/min / 0.003001 pp/min",
                        value="1,266x",
                    ),
                ],
                cells=cells,
            ),
            number(
                "total_minutes",
                "167 min",
                expression="sum(training.minutes)",
                computed=166.6,
                low=166.55,
                high=166.65,
                unit="min",
                shown="167 min",
                detail="166.6 min rounds to 167 min",
                steps=[
                    step(
                        "total_minutes",
                        "sum(training.minutes)",
                        "sum(120 min, 33 min, 11 min, 2.6 min)",
                        value="166.6 min",
                    )
                ],
                cells=[use("runs", "minutes", [1, 2, 3, 4]), use("runs", "kind", [1, 2, 3, 4, 5], "filter")],
            ),
        ],
        assertions=[
            assertion(
                "switch_roi > training_roi",
                detail="true of 1 of 1 comparison",
                steps=[
                    *lets,
                    step("", "switch_roi > training_roi", "3.8 pp/min > 0.003001 pp/min", value="true"),
                ],
                cells=cells,
            )
        ],
        values={
            "roi_ratio": value("1,266x", "number-roi_ratio", 1266.16, "x"),
            "total_minutes": value("167 min", "number-total_minutes", 166.6, "min"),
            "switch_roi": value("3.8 pp/min", "let-switch_roi", 3.8, "pp/min"),
            "training_roi": value("0.003 pp/min", "let-training_roi", 0.003001, "pp/min"),
            "baseline": value("73%", "let-baseline", 73.0, "%"),
        },
        evidence=[evidence(excerpt=rows(*APPROACHES))],
        tables=[table()],
        plots=[scatter()],
        notes="### Why they differ\n\nThe ratio divides 3.8 by *0.1*, a number that stands nowhere.\n\n"
        "- first, [the log](https://example.org/log)\n- then, a table:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        correction=correction(),
        probe=probe(),
    )


def probe(**parts: Any) -> Probe:
    made: Probe = {
        "cells": 11,
        "cells_by_last_place": 0,
        "cells_by_tenth": 2,
        "stated": 2,
        "stated_by_last_place": 0,
        "stated_by_tenth": 1,
        "rows": 5,
        "carried_by": [{"evidence": "runs", "row": 4}, {"evidence": "runs", "row": 5}],
        "is_sampled": False,
    }
    return cast(Probe, {**made, **parts})


def coverage(**parts: Any) -> CoverageJson:
    table: CoveredJson = {
        "keys": ["approaches"],
        "path": "evidence/amd/approaches.csv",
        "inside": "",
        "rows": 5,
        "rows_used": 2,
        "rows_unused": [[2, 2], [4, 5]],
        "columns": 4,
        "columns_unused": ["minutes"],
    }
    made: CoverageJson = {"files_unused": ["evidence/spare.csv"], "tables": [table]}
    return cast(CoverageJson, {**made, **parts})


def correction(**parts: Any) -> CorrectionJson:
    made: CorrectionJson = {
        "outcome": "rejected",
        "statement": "The ratio is **909%**, not 909x; the stated {{ roi_ratio }} stands.",
        "reason": "A matter of terms: a ratio of 9.09 was meant.",
        "detail": "909% is 9.09x, and the evidence gives 909x.",
        "assertions": [assertion("ratio < 10", "false", detail="909.09 is not below 10")],
        "numbers": [
            number("efficiency", "909%", shown="90,909%", outcome="differs", unit="%", computed=90909.0)
        ],
    }
    return cast(CorrectionJson, {**made, **parts})


def table(**parts: Any) -> TableJson:
    made: TableJson = {
        "name": "1",
        "title": "Approaches",
        "caption": "Five approaches by accuracy",
        "columns": [APPROACH_COLUMNS[0], APPROACH_COLUMNS[2], APPROACH_COLUMNS[3]],
        "rows": [[str(row[0]), str(row[2]), str(row[3])] for row in APPROACHES],
        "used": [[False, True, True] for _ in APPROACHES],
        "total": len(APPROACHES),
    }
    return cast(TableJson, {**made, **parts})


def axis(label: str, unit: str = "", categories: list[str] | None = None) -> AxisJson:
    return {"label": label, "unit": unit, "categories": categories}


def point(x: float | str | None, y: float | str | None, label: str = "", **parts: Any) -> PointJson:
    made: PointJson = {
        "x": x,
        "y": y,
        "x_low": None,
        "x_high": None,
        "y_low": None,
        "y_high": None,
        "censored": "",
        "label": label,
        "value": None,
        "text": "",
    }
    return cast(PointJson, {**made, **parts})


def scatter(**parts: Any) -> PlotJson:
    training: SeriesJson = {
        "name": "training",
        "points": [
            point(120.0, 1.5, "Training attempt 1", y_low=0.0, y_high=3.0),
            point(33.0, 2.0, "Training attempt 2"),
            point(11.0, 0.0, "Training attempt 3"),
            point(2.6, 73.5, "Training attempt 4"),
        ],
    }
    switch: SeriesJson = {"name": "switch", "points": [point(5.0, 92.0, "Model switch")]}
    made: PlotJson = {
        "name": "1",
        "kind": "scatter",
        "title": "Accuracy against minutes",
        "caption": "The dashed line is the accuracy before anything was tried.",
        "alt": "Accuracy against minutes for five approaches: the switch lies highest, at five minutes.",
        "log": "",
        "x": axis("Time", "min"),
        "y": axis("Accuracy", "%"),
        "value_label": "",
        "series": [training, switch],
        "marks": [
            {"kind": "hline", "value": 73.0, "a": None, "b": None, "text": "baseline 73%", "series": ""},
        ],
    }
    return cast(PlotJson, {**made, **parts})


def scaling() -> PlotJson:
    def series(name: str, *points: PointJson) -> SeriesJson:
        return {"name": name, "points": list(points)}

    return scatter(
        name="scaling",
        kind="scaling",
        title="Episodes to memorise N values",
        caption="Arrows are censored: the run was stopped before it succeeded.",
        alt="Episodes against problem size on log axes for three methods; supervised stays flat at 11.",
        log="xy",
        x=axis("N"),
        y=axis("Episodes"),
        series=[
            series("Supervised", point(10.0, 11.0), point(100.0, 11.0), point(500.0, 11.0)),
            series("RL-EoE", point(10.0, 101.0), point(100.0, 301.0), point(500.0, 451.0)),
            series(
                "RL-Step",
                point(10.0, 6040.0),
                point(100.0, 10000.0, y_low=10000.0, censored="high"),
                point(500.0, 50000.0, y_low=50000.0, censored="high"),
            ),
        ],
        marks=[],
    )


def memorising() -> Decision:
    name = "evidence/memorization/episodes.csv"
    columns = [column("n", "number"), column("method", "text"), column("episodes", "quantity", "episodes")]
    shown = rows(["10", "Supervised", "11"], ["100", "RL-Step", "10,000+"], ["500", "RL-Step", "50,000+"])
    return decision(
        "memorization/advantage",
        title="Supervised learning memorises with at least 909 times fewer episodes",
        statement="At N = [100]{.literal} the advantage is {{ advantage }}.",
        verdict="undetermined",
        reason="censored",
        why="The advantage is only known to be at least 909x: the run was stopped at 10,000 episodes.",
        tags=["scaling"],
        assertions=[
            assertion(
                "rl.episodes > 2000 * supervised.episodes",
                "unknown",
                reason="censored",
                detail="10,000+ may be more or less than 22,000",
                steps=[
                    step("", "rl.episodes > 2000 * supervised.episodes", "10,000+ > 22,000", value="unknown")
                ],
                cells=[use("runs", "episodes", [1, 2]), use("runs", "method", [1, 2, 3], "filter", 12_345)],
            )
        ],
        numbers=[
            number(
                "advantage",
                "909x+",
                computed=909.09,
                low=909.09,
                high=None,
                shown="≥ 909x",
                outcome="undecided",
                reason="censored",
                detail="at least 909.09, with no upper bound",
                cells=[use("runs", "episodes", [1, 2])],
            )
        ],
        values={"advantage": value("≥ 909x", "number-advantage", 909.09, "x")},
        evidence=[
            evidence(
                "runs", name, kind="primary", columns=columns, excerpt=shown, rows=9, title="", sources=[]
            )
        ],
        plots=[scaling()],
        awaits="the RL-Step run at N = 500 without a limit",
    )


def refuted() -> Decision:
    return decision(
        "mode-collapse/non-monotonic",
        title="Collapse does not grow with the learning rate",
        statement="The relation between learning rate and collapse is non-monotonic.",
        verdict="refuted",
        why="The assertion is false: accuracy falls at each of 2 of 2 steps as the rate grows.",
        assertions=[assertion("not monotonic(attempts.collapsed)", "false", detail="false of 3 of 3 rows")],
        numbers=[],
        values={},
    )


def broken() -> Decision:
    text = (
        "claims/typo.yaml:5:14  E-NAME  unknown name 'sales2023'\n"
        "  | assertion: mean(sales2023.revenue) > 100\n"
        "  |                 ^^^^^^^^^\n"
        "  did you mean 'sales_2023'?"
    )
    return decision(
        "typo",
        title="",
        statement="",
        verdict="broken",
        why="The file has 1 mistake.",
        assertions=[],
        numbers=[],
        values={},
        evidence=[],
        source={},
        tags=[],
        problems=[problem(text)],
    )


def wide() -> Decision:
    names = [f"benchmark_{place}" for place in range(1, 25)]
    columns = [column("model", "text"), *(column(name, "number", "%") for name in names)]
    cells: list[list[str | None]] = [
        [f"Model {letter}", *(f"{(ord(letter) * place) % 97}.{place % 10}" for place in range(1, 25))]
        for letter in "ABCDEFGH"
    ]
    return decision(
        "benchmarks/a-wide-table-with-many-columns",
        title="A model’s rank depends on which of twenty-four benchmarks is asked, and a title may be as "
        "long as this one without breaking the page, "
        "even_with_an_identifier_that_is_very_long_and_has_no_spaces_in_it",
        why="The assertion is true of 24 of 24 columns.",
        statement="Ranks differ.\n\nAnd a second paragraph, with `code` and **weight**.",
        evidence=[
            evidence(
                "scores",
                "evidence/benchmarks/a rather long file name, with spaces/and (brackets).csv",
                columns=columns,
                excerpt=rows(*cells),
                rows=2400,
                kind="derived",
                title="Scores of eight models on twenty-four benchmarks",
            )
        ],
        assertions=[
            assertion(
                "distinct(scores.benchmark_1) > 1 and all(between(scores.benchmark_2, 0, 100)) and "
                "scores.benchmark_3[0] != scores.benchmark_4[0] or correlation(scores.benchmark_5, "
                "scores.benchmark_6) < 0.95",
                detail="true of 24 of 24 columns",
                cells=[
                    use("scores", "benchmark_1", list(range(1, 9))),
                    use("scores", "benchmark_24", [1, 3, 5, 7]),
                ],
            )
        ],
        numbers=[],
        values={},
    )


def hostile() -> Decision:
    """Everything an author writes is hostile."""
    return decision(
        "hostile/everything",
        title=HOSTILE,
        statement=f"{HOSTILE}\n\n[a](javascript:alert(1)) [b](data:text/html,x) {{{{ evil }}}} "
        "{{ nothing }} <iframe src=//evil></iframe> ![i](https://evil.example/x.png)\n\n"
        "[c]: javascript:alert(2)\n\n[c] [d](//evil)",
        notes=f"# {HOSTILE}\n\n# {HOSTILE}\n\n###### Deep\n\n{HOSTILE}[^1]\n\n[^1]: {HOSTILE}\n",
        tags=[HOSTILE, "a/../../b"],
        source={"title": HOSTILE, "url": "javascript:alert(1)", "author": HOSTILE, "date": HOSTILE},
        awaits=HOSTILE,
        why=HOSTILE,
        verdict="refuted",
        numbers=[
            number(
                "evil",
                HOSTILE,
                expression=HOSTILE,
                shown=HOSTILE,
                detail=HOSTILE,
                steps=[step("x", HOSTILE, HOSTILE, value=HOSTILE), step("evil", HOSTILE, value=HOSTILE)],
                cells=[use("runs", HOSTILE, [1, 2])],
            )
        ],
        assertions=[assertion(HOSTILE, "false", detail=HOSTILE)],
        values={"evil": value(HOSTILE, "number-evil"), "x": value(HOSTILE, "let-x")},
        correction=correction(statement=HOSTILE, reason=HOSTILE, detail=HOSTILE),
        evidence=[
            evidence(
                "runs",
                "evidence/hostile.csv",
                inside=HOSTILE,
                kind=HOSTILE,
                title=HOSTILE,
                description=HOSTILE,
                sources=[[HOSTILE, "javascript:alert(1)"], ["", "//evil"], ["vbscript", "vbscript:x"]],
                licenses=[[HOSTILE]],
                notes=[HOSTILE],
                query=HOSTILE,
                files=[[HOSTILE, HOSTILE, 1]],
                columns=[column(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
                excerpt=rows([HOSTILE], [None]),
            )
        ],
        tables=[
            table(
                name=HOSTILE,
                title=HOSTILE,
                caption=HOSTILE,
                columns=[column(HOSTILE)],
                rows=[[HOSTILE]],
                used=[[True]],
                total=1,
            )
        ],
        plots=[
            scatter(
                name=HOSTILE, title=HOSTILE, caption=HOSTILE, alt=HOSTILE, x=axis(HOSTILE), y=axis(HOSTILE)
            )
        ],
        problems=[problem(HOSTILE)],
    )


def hostile_sheet() -> SheetJson:
    known = hostile()["evidence"][0]
    return sheet(
        HOSTILE,
        known["path"],
        inside=known["inside"],
        kind=known["kind"],
        title=known["title"],
        description=known["description"],
        sources=known["sources"],
        licenses=known["licenses"],
        notes=known["notes"],
        query=known["query"],
        files=known["files"],
        columns=known["columns"],
        shown=known["excerpt"],
        rows=2,
    )


INDEX = """# The findings, checked

Six projects, one question: do their stated findings follow from their own figures?
The largest gap is {{ amd-hackathon/model-switching.roi_ratio }}, where 38x was stated.

## All of them

{{ verdicts }}

## What had to be corrected

{{ corrections }}
"""

ANGLE = """# Choose a model before you train one

A report weaves claims into prose. The ratio is {{ amd-hackathon/model-switching.roi_ratio }}, or
{{ amd-hackathon/model-switching.roi_ratio | ,.1f }} with one decimal.

## The claim

{{ claim amd-hackathon/model-switching }}

## The picture

{{ plot amd-hackathon/model-switching/1 }}

{{ table amd-hackathon/model-switching/1 }}

Claims with the tag:

{{ verdicts tag=roi }}

{{ plot nowhere/1 }}

Inline {{ amd-hackathon/unknown.x }} and `{{ code }}` stay.

```
{{ claim in-code }}
```
"""


def report(report_id: str, body: str) -> Report:
    return Report(report_id, f"claims/{report_id}.md", SHA, body.partition("\n")[0].lstrip("# "), body)


def long_sheet() -> SheetJson:
    columns = [column("n", "number"), column("method", "text"), column("episodes", "quantity", "episodes")]
    cells: list[list[str | None]] = [[str(place), "RL-Step", f"{place * 97:,}+"] for place in range(1, 1001)]
    shown = rows(*cells)
    return sheet(
        "episodes",
        "evidence/memorization/episodes.csv",
        kind="primary",
        columns=columns,
        shown=shown,
        rows=12_345,
        title="",
        description="",
        sources=[],
        notes=[],
    )


def wide_sheet() -> SheetJson:
    known = wide()["evidence"][0]
    return sheet(
        known["key"],
        known["path"],
        kind="derived",
        title=known["title"],
        columns=known["columns"],
        shown=known["excerpt"],
        rows=2400,
        files=[[known["path"], SHA, 2400]],
    )


def site(*decisions: Decision, **parts: Any) -> Site:
    """A site of these claims, or of one of each kind."""
    made: dict[str, Any] = {
        "settings": Settings("Cross-project findings", "Statements about machine learning, checked.", ""),
        "decisions": decisions
        or (switching(), memorising(), refuted(), decision(), broken(), wide(), hostile()),
        "sheets": (sheet(), long_sheet(), wide_sheet(), hostile_sheet()),
        "reports": (report("index", INDEX), report("angles/selection", ANGLE)),
        "generated": "2026-01-01",
        "version": "0.1.0",
        "coverage": coverage(),
    }
    return Site(**{**made, **parts})
