"""What a process that judges claims gives up before it sees one: memory, writing, other processes, the network.

The first wall is the language, which runs no code. These are the walls behind it, should a library that reads
evidence have a flaw: limits on resources, then the system's refusals where it has them (`kernel`), then the
interpreter's own.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from site_builder.verdicts import kernel
from site_builder.verdicts.syscalls import filter_for

MEMORY_BYTES = 1 << 30


def contain(root: Path) -> None:
    """Give up, for good, whatever judging the project at `root` does not need."""
    sys.dont_write_bytecode = True
    _bound_resources()
    if sys.platform == "linux":
        _leave_the_system_alone()
    sys.addaudithook(_refusing(root))


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

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            _check_opening(*arguments[:3], readable=readable)
        elif event.startswith(_REFUSED) and event not in _LOOKING:
            raise PermissionError(f"{event} is not for a process that judges claims")

    return refuse


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
