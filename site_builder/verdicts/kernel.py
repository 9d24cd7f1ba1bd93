"""What Linux lets a process give up for good, without being root: privileges, a domain of its own, system calls.

Each function says whether the system did it; none raises, since an old kernel or a container may refuse any of them.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

_NO_NEW_PRIVILEGES = 38
_CAPABILITIES, _READ_ANY = 0x20080522, 1 << 1 | 1 << 2
_CREATE, _RESTRICT, _ASK_VERSION = 444, 446, 1  # Landlock, the same numbers on every processor
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_FILTER, _ALL_THREADS = 1, 1

_READING = 1 << 2 | 1 << 3  # files, folders
_FILES = (1 << 13) - 1 & ~_READING  # to run, write, remove and make them
_PORTS = 1 << 0 | 1 << 1  # to bind and to connect (version 4)
_OTHERS = 1 << 0 | 1 << 1  # abstract sockets of, and signals to, processes outside (version 6)


def give_up_privileges() -> bool:
    """Keep of root's powers only that of reading any file, and never gain others; the other two ask for this first."""
    libc = ctypes.CDLL(None)
    header, powers = struct.pack("=Ii", _CAPABILITIES, 0), ctypes.create_string_buffer(24)
    if libc.capget(header, powers) == 0:
        effective, permitted, *rest = struct.unpack("=6I", powers.raw)
        kept = struct.pack("=6I", effective & _READ_ANY, permitted & _READ_ANY, *[0 for _ in rest])
        libc.capset(header, kept)
    return bool(libc.prctl(_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0))) == 0)


def enter_domain() -> bool:
    """Write no files, use no ports, and see nothing of processes outside (their environment stands in ``/proc``).

    This is Landlock, which Linux has since 5.13 where it is switched on.
    """
    version = _call(_CREATE, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    given_up = [_FILES] + [_PORTS] * (version >= 4) + [_OTHERS] * (version >= 6)
    rules = struct.pack(f"={len(given_up)}Q", *given_up)
    domain = _call(_CREATE, rules, len(rules), 0)
    if domain < 0:
        return False
    is_done = _call(_RESTRICT, domain, 0) == 0
    os.close(domain)
    return is_done


def filter_calls(program: bytes) -> bool:
    """Put a filter before every system call of every thread. This is seccomp, of Linux 3.17."""
    number = _SECCOMP.get(platform.machine())
    if number is None or struct.calcsize("P") != 8:
        return False
    held = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    return _call(number, _FILTER, _ALL_THREADS, described) == 0


def _call(number: int, *arguments: int | bytes | None) -> int:
    libc = ctypes.CDLL(None)
    libc.syscall.restype = ctypes.c_long
    passed = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return int(libc.syscall(ctypes.c_long(number), *passed))
