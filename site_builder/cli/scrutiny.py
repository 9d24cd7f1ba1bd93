"""What `check --mutate`, `--fragility` and `--coverage` say, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.verdicts.coverage import coverage, unused_files
from site_builder.verdicts.decision import Decision, Probe, SheetJson


def mutation_lines(decisions: Sequence[Decision]) -> Iterator[str]:
    """How many nudges move a verdict, and the claims whose verdict none moves."""
    probes = [(d, d["probe"]) for d in decisions if d["probe"] is not None]
    yield "What happens when each cited cell and each stated number is nudged"
    cells, stated = sum(p["cells"] for _, p in probes), sum(p["stated"] for _, p in probes)
    for nudge, in_cells, in_stated in (
        ("one unit in the last place", "cells_by_last_place", "stated_by_last_place"),
        ("a tenth", "cells_by_tenth", "stated_by_tenth"),
    ):
        moved, restated = (sum(p[field] for _, p in probes) for field in (in_cells, in_stated))  # type: ignore[literal-required]
        yield f"  by {nudge}: {moved:,} of {cells:,} cells and {restated:,} of {stated:,} stated numbers move a verdict"
    still = [d for d, p in probes if never_moves(p)]
    yield f"  {len(still)} of {len(probes)} claims never move" + (":" if still else "")
    yield from (f"    {d['verdict']:<13} {d['id']}" for d in still)


def never_moves(probe: Probe) -> bool:
    """Whether no nudge of a cell or of a stated number changed anything."""
    fields = ("cells_by_last_place", "cells_by_tenth", "stated_by_last_place", "stated_by_tenth")
    return not any(probe[field] for field in fields)  # type: ignore[literal-required]


def fragility_lines(decisions: Sequence[Decision]) -> Iterator[str]:
    """How many rows carry each verdict, the most fragile first."""
    yield "How many rows carry each verdict: without any one of them it would be another"
    probed = [(d, d["probe"]) for d in decisions if d["probe"] is not None and d["probe"]["rows"]]
    for d, p in sorted(
        probed, key=lambda pair: (-len(pair[1]["carried_by"]) / pair[1]["rows"], pair[0]["id"])
    ):
        named = ", ".join(f"{c['evidence']} row {c['row']}" for c in p["carried_by"][:4])
        more = f" and {len(p['carried_by']) - 4} more" if len(p["carried_by"]) > 4 else ""
        sampled = " (of a sample)" if p["is_sampled"] else ""
        where = f": {named}{more}" if named else ""
        yield f"  {len(p['carried_by']):>4} of {p['rows']:<4} {d['id']}{sampled}{where}"


def coverage_lines(
    decisions: Iterable[Decision], sheets: Sequence[SheetJson], files: Iterable[str]
) -> Iterator[str]:
    """Which evidence files, columns and rows no claim uses."""
    yield "What of the evidence no claim uses"
    unused = unused_files(files, sheets)
    yield from (f"  {path}: no claim names it" for path in unused)
    covered = coverage(decisions, sheets)
    if not unused and all(one.rows_used == one.rows and not one.columns_unused for one in covered):
        yield "  nothing: every file, column and row is used"
    for one in covered:
        rows = f"{one.rows - one.rows_used:,} of {one.rows:,} rows" if one.rows_used < one.rows else ""
        columns = f"columns {', '.join(one.columns_unused)}" if one.columns_unused else ""
        if rows or columns:
            yield f"  {one.key}: {'; '.join(part for part in (rows, columns) if part)}"
