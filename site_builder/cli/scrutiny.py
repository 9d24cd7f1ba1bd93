"""What `check --mutate`, `--fragility` and `--coverage` say, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.verdicts.coverage import is_whole
from site_builder.verdicts.decision import CoverageJson, CoveredJson, Decision
from site_builder.verdicts.firmness import NUDGES, firmness_of, never_moves


def mutation_lines(decisions: Sequence[Decision]) -> Iterator[str]:
    """How many nudges move a verdict, and the claims whose verdict none moves."""
    yield "What happens when each cited cell and each stated number is nudged"
    total = firmness_of(decisions)
    if total is None:
        yield "  nothing: no claim could be probed"
        return
    for nudge, in_cells, in_stated in NUDGES:
        moved, restated = total[in_cells], total[in_stated]  # type: ignore[literal-required]
        cells, stated = total["cells"], total["stated"]
        yield f"  by {nudge}: {moved:,} of {cells:,} cells and {restated:,} of {stated:,} stated numbers move a verdict"
    still = [d for d in decisions if d["probe"] is not None and never_moves(d["probe"])]
    yield f"  {len(still)} of {total['claims']} claims never move" + (":" if still else "")
    yield from (f"    {d['verdict']:<13} {d['id']}" for d in still)


def fragility_lines(decisions: Sequence[Decision]) -> Iterator[str]:
    """How many rows carry each verdict, the most fragile first."""
    yield "How many rows carry each verdict: without any one of them it would be another"
    yield "  (after the fragility index of clinical trials, Walsh et al. 2014)"
    probed = [(d, d["probe"]) for d in decisions if d["probe"] is not None and d["probe"]["rows"]]
    for d, p in sorted(
        probed, key=lambda pair: (-len(pair[1]["carried_by"]) / pair[1]["rows"], pair[0]["id"])
    ):
        named = ", ".join(f"{c['evidence']} row {c['row']}" for c in p["carried_by"][:4])
        more = f" and {len(p['carried_by']) - 4} more" if len(p["carried_by"]) > 4 else ""
        sampled = " (of a sample)" if p["is_sampled"] else ""
        where = f": {named}{more}" if named else ""
        yield f"  {len(p['carried_by']):>4} of {p['rows']:<4} {d['id']}{sampled}{where}"


def coverage_lines(coverage: CoverageJson) -> Iterator[str]:
    """Which evidence files, columns and rows no claim uses."""
    yield "What of the evidence no claim uses"
    yield from (f"  {path}: no claim names it" for path in coverage["files_unused"])
    partly = [table for table in coverage["tables"] if not is_whole(table)]
    if not coverage["files_unused"] and not partly:
        yield "  nothing: every file, column and row is used"
    yield from map(_unused, partly)


def _unused(table: CoveredJson) -> str:
    parts = []
    if table["rows_used"] < table["rows"]:
        runs = [
            str(first) if first == last else f"{first}–{last}" for first, last in table["rows_unused"][:6]
        ]
        more = ", …" if len(table["rows_unused"]) > 6 else ""
        unused = table["rows"] - table["rows_used"]
        parts.append(f"{unused:,} of {table['rows']:,} rows ({', '.join(runs)}{more})")
    if table["columns_unused"]:
        noun = "column" if len(table["columns_unused"]) == 1 else "columns"
        parts.append(f"{noun} {', '.join(table['columns_unused'])}")
    inside = f"#{table['inside']}" if table["inside"] else ""
    return f"  {table['path']}{inside}: {'; '.join(parts)}"
