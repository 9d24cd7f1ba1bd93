"""A process that judges one claim after another and can be killed, contained before it sees the first.

It reads requests from standard input (a line of JSON, then the claim's bytes) and answers each with a line of JSON.
What an author wrote is answered as a decision; a bug in the tool is answered as such, with its traceback.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from site_builder.claims.claim import Claim, EvidenceLink
from site_builder.claims.reading import read_claim
from site_builder.evidence.loading import Loader
from site_builder.problems import Place, Problem
from site_builder.verdicts.broken import broken
from site_builder.verdicts.containment import bound_time, contain, end_with
from site_builder.verdicts.decision import Decision
from site_builder.verdicts.exhibits import further_rows, sheet_json
from site_builder.verdicts.judging import Trial, judge
from site_builder.verdicts.probing import probe
from site_builder.verdicts.provenance import MOST_LISTED, rows_used
from site_builder.verdicts.rowsets import packed
from site_builder.verdicts.shelf import Shelf

EVERY_CELL = 1 << 60


def main() -> None:
    """Serve requests until standard input ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    first = json.loads(requests.readline())
    root = Path(first["root"])
    end_with(first["lifeline"])
    shelf = Shelf(Loader(root))
    sent: set[str] | None = set() if first["sheets"] else None
    listed = EVERY_CELL if first["lists_all"] else MOST_LISTED
    contain(root)
    _answer(answers, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        bound_time(request["seconds"])
        start, loaded = time.process_time(), shelf.seconds
        answer = _judged(request, data, shelf, sent, listed)
        loading = shelf.seconds - loaded
        judging = time.process_time() - start - loading
        _answer(answers, {**answer, "seconds": {"load": loading, "judge": judging}})


def _answer(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, separators=(",", ":"), allow_nan=False).encode() + b"\n")
    answers.flush()


def _judged(
    request: dict[str, Any], data: bytes, shelf: Shelf, sent: set[str] | None, listed: int
) -> dict[str, Any]:
    try:
        claim, problems = read_claim(request["path"], request["id"], data)
        if not isinstance(claim, Claim):
            decision = broken(claim.id, claim.path, request["sha256"], claim.title, problems)
            return {"decision": decision, "needs": {"files": {}, "lists": False}}
        decision, trial = judge(claim, shelf, listed)
        if request["probe"] and decision["verdict"] != "broken":
            decision["probe"] = probe(claim, trial, shelf)
        answer: dict[str, Any] = {"decision": decision, "needs": _needs(claim.evidence, shelf)}
        return answer if sent is None else answer | _for_pages(trial, sent)
    except MemoryError:
        return {
            "decision": _over(request, "E-MEMORY", "judging it takes more than 1 GB of memory"),
            "ends": True,
        }
    except RecursionError:
        return {"decision": _over(request, "E-LIMIT", "something in it nests too deeply")}
    except Exception:
        return {"bug": traceback.format_exc()}


def _over(request: dict[str, Any], code: str, message: str) -> Decision:
    hint = "use less evidence, or summarise it first"
    problem = Problem(code, message, Place(request["path"]), hint)
    return broken(request["id"], request["path"], request["sha256"], "", [problem])


def _needs(links: Iterable[EvidenceLink], shelf: Shelf) -> dict[str, Any]:
    """The files that a decision rests on by their hashes, and whether it rests on the names of others."""
    files: dict[str, str] = {}
    lists = False
    for link in links:
        for each in (link,) if link.query is None else link.query.tables:
            found, has_names = shelf.loader.needs(each.file.value)
            files |= found
            lists = lists or has_names
    return {"files": files, "lists": lists}


def _for_pages(trial: Trial, sent: set[str]) -> dict[str, Any]:
    """What the pages of evidence are made of: sheets that no earlier answer brought, and the rows that were used."""
    loaded = trial.work.loaded
    rows: dict[str, list[Any]] = {}
    for (name, _, _), some in rows_used(trial.work.cells).items():
        if name in loaded:
            rows.setdefault(name, []).append(some)
    fresh = {one.key: one for one in loaded.values() if one.key not in sent}
    sent.update(fresh)
    return {
        "sheets": [sheet_json(one.key, one.evidence, one.head) for one in fresh.values()],
        "used": [[loaded[n].key, packed(some, loaded[n].table.rows)] for n, some in rows.items()],
        "further": [[loaded[n].key, further_rows(loaded[n].evidence, some)] for n, some in rows.items()],
    }


if __name__ == "__main__":
    main()
