"""What a process that judges claims gives up before it sees one: memory, writing, other processes, the network.

The first wall is the language, which runs no code. These are the walls behind it, should a library that reads
evidence have a flaw: limits on resources, then the system's refusals where it has them (`kernel`), then the
interpreter's own.
"""

from __future__ import annotations

import fcntl
import math
import os
import platform
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from site_builder.verdicts import kernel
from site_builder.verdicts.syscalls import filter_for

MEMORY_BYTES = 1 << 30
GRACE_SECONDS = 10
"""Processor time that a claim is left beyond its own, in which whoever asked would have ended the process."""
MOST_SECONDS = 1e6


def contain(root: Path) -> None:
    """Give up, for good, whatever judging the project at `root` does not need."""
    sys.dont_write_bytecode = True
    _bound_resources()
    if sys.platform == "linux":
        _leave_the_system_alone()
    sys.addaudithook(_refusing(root))


def end_with(lifeline: int) -> None:
    """Be killed when the pipe breaks, even while busy in C, where the system can do that."""
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:  # it broke before
        sys.exit()


def bound_time(seconds: float) -> None:
    """Bound the processor time of one claim from within, in case nobody is left to look at the clock."""
    try:
        import resource
    except ImportError:
        return
    soft = math.ceil(time.process_time() + min(seconds, MOST_SECONDS)) + GRACE_SECONDS
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _leave_the_system_alone() -> None:
    kernel.give_up_privileges()
    kernel.enter_domain()
    program = filter_for(platform.machine())
    if program is not None:
        kernel.filter_calls(program)


def _bound_resources() -> None:
    """Bound memory to what is in use now and 1 GB more, and forbid writing files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    in_use = _address_space()
    if in_use:
        resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY_BYTES, in_use + MEMORY_BYTES))


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


_REFUSED = (
    *(
        "os.",
        "subprocess.",
        "pty.",
        "signal.",
        "shutil.",
        "tempfile.",
        "ctypes.",
        "mmap.",
        "fcntl.",
        "resource.",
    ),
    *("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib."),
    *("sqlite3.", "syslog.", "webbrowser.", "winreg.", "msvcrt.", "_winapi."),
)
"""Audit events that begin like this are refused; importing, compiling and reading raise none of them."""
_LOOKING = frozenset(("os.listdir", "os.scandir", "os.walk", "os.fwalk"))
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refusing(root: Path) -> Callable[[str, tuple[object, ...]], None]:
    """An audit hook that lets files be read below `root` and where Python keeps its modules, and little else."""
    folders = {str(root), sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(os.path.isabs, sys.path)}
    readable = tuple(os.path.join(name, "") for name in folders | set(map(os.path.realpath, folders)))
    own_time = _own_time()

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            _check_opening(*arguments[:3], readable=readable)
        elif event == "resource.setrlimit" and arguments[0] == own_time:
            return  # each claim has a time of its own
        elif event.startswith(_REFUSED) and event not in _LOOKING:
            raise PermissionError(f"{event} is not for a process that judges claims")

    return refuse


def _own_time() -> object:
    """What the system calls the limit on a process's own time."""
    try:
        import resource
    except ImportError:
        return None
    return resource.RLIMIT_CPU


def _check_opening(path: object, mode: object, flags: object, *, readable: tuple[str, ...]) -> None:
    if isinstance(flags, int) and flags & _WRITING:
        raise PermissionError("a process that judges claims writes no files")
    if isinstance(path, str | bytes | os.PathLike):
        name = os.path.normpath(os.fsdecode(path))
        is_inside = (
            f"{name}{os.sep}".startswith(readable) if os.path.isabs(name) else not name.startswith("..")
        )
        if not is_inside:
            raise PermissionError(
                "a process that judges claims reads the project's files and Python's modules"
            )
