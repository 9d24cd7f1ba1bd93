"""Making outputs, over the cores where there are many: a forked process has all that it needs in memory already."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from site_builder.outputs.output import Output
from site_builder.problems import Mistake, Problem

Finish = Callable[[Output, bytes], Any]
"""What becomes of an output and its bytes; its result crosses a process, and so is plain data."""

_FEW = 100  # below so many outputs, a process costs more than it saves
_SHARE = 25
_work: tuple[Sequence[Output], Finish, Callable[[], None]] = ((), lambda output, data: None, lambda: None)


def made(
    outputs: Sequence[Output],
    finish: Finish,
    *,
    workers: int | None = None,
    after: Callable[[], None] = lambda: None,
) -> Iterator[Any]:
    """What `finish` makes of each output, in order; `after` is called after each share of them, where it was made.

    Raises the Mistake of the first output that cannot be made.
    """
    count = workers or os.cpu_count() or 1
    if count == 1 or len(outputs) < _FEW or sys.platform != "linux":
        for output in outputs:
            yield finish(output, output.make())
        after()
        return
    global _work
    _work = (outputs, finish, after)  # what a fork inherits need not be sent to it
    starts = range(0, len(outputs), _SHARE)
    with ProcessPoolExecutor(count, multiprocessing.get_context("fork")) as pool:
        for results in pool.map(_share, starts):
            if isinstance(results, Problem):
                raise Mistake(results.code, results.message, results.place, results.hint)
            yield from results


def _share(start: int) -> list[Any] | Problem:
    outputs, finish, after = _work
    try:
        return [finish(output, output.make()) for output in outputs[start : start + _SHARE]]
    except Mistake as mistake:
        return mistake.problem
    finally:
        after()
