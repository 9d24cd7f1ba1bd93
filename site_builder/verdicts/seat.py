"""A seat of the jury: one process that judges a claim at a time, and can be killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

_PACKAGE_FOLDER = str(Path(__file__).resolve().parents[2])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv.pop()); from site_builder.verdicts.juror import main; main()"
)
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
"""All that a process that judges sees of the environment."""


class Seat:
    """A process that judges; it gets ready by itself once it is made."""

    def __init__(self, root: Path, *, sheets: bool, lists_all: bool = False) -> None:
        theirs, ours = os.pipe()
        self._lifeline = os.fdopen(ours, "wb")  # nothing is written: it breaks when we are gone, however
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", _CHILD, _PACKAGE_FOLDER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                bufsize=0,
                pass_fds=[theirs],
            )
        finally:
            os.close(theirs)
        self._buffer = bytearray()
        opening = {"root": str(root), "sheets": sheets, "lists_all": lists_all, "lifeline": theirs}
        self.send(json.dumps(opening).encode() + b"\n")

    @property
    def output(self) -> IO[bytes]:
        """The pipe that answers come out of."""
        assert self.process.stdout is not None
        return self.process.stdout

    def send(self, data: bytes) -> None:
        """Write all of the data; nothing where the process has ended, which its output then tells."""
        assert self.process.stdin is not None
        view = memoryview(data)
        with contextlib.suppress(BrokenPipeError):
            while view:
                view = view[self.process.stdin.write(view) or 0 :]

    def read(self) -> list[dict[str, Any]] | None:
        """Whole answers that have arrived; None when the process has ended."""
        piece = self.output.read(1 << 20)
        if not piece:
            return None
        self._buffer += piece
        *lines, rest = self._buffer.split(b"\n") if b"\n" in piece else [self._buffer]
        self._buffer = bytearray(rest)
        return [json.loads(line) for line in lines]

    def close(self) -> None:
        """End the process now."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self._lifeline):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def processor_seconds(self) -> float:
        """Processor seconds the process has used, 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Spares:
    """Seats made ahead of need, so that whoever waits for a verdict does not wait for a process to start."""

    def __init__(self, root: Path, *, sheets: bool, lists_all: bool = False) -> None:
        self._root, self._sheets, self._lists_all = root, sheets, lists_all
        self._ready: list[Seat] = []

    def take(self) -> Seat:
        """A seat that nobody has sat on."""
        return self._ready.pop() if self._ready else self._made()

    def prepare(self, count: int) -> None:
        """Make seats until so many are ready."""
        while len(self._ready) < count:
            self._ready.append(self._made())

    def _made(self) -> Seat:
        return Seat(self._root, sheets=self._sheets, lists_all=self._lists_all)

    def close(self) -> None:
        """End those that were never taken."""
        while self._ready:
            self._ready.pop().close()
