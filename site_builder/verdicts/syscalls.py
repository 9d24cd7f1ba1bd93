"""Which system calls a process that judges claims has no use for, as a filter of Linux's seccomp.

The filter refuses what reaches the network, writes files, starts or touches other processes, or changes the machine;
and every call younger than Linux 5.1, as if the system were that old, so that what is invented later is refused too.
C libraries know how to do without those. Opening files for reading, memory and threads stay.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterator

_REFUSED = """
socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, sendto 44 206, sendmsg 46 211, sendmmsg 307 269,
execve 59 221, execveat 322 281, fork 57 -, vfork 58 -, ptrace 101 117,
process_vm_readv 310 270, process_vm_writev 311 271, migrate_pages 256 238, move_pages 279 239,
kill 62 129, tkill 200 130, tgkill 234 131, rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240,
shmget 29 194, shmat 30 196, msgget 68 186, msgsnd 69 189, semget 64 190, semop 65 193, mq_open 240 180,
creat 85 -, truncate 76 45, rename 82 -, renameat 264 38, renameat2 316 276, memfd_create 319 279,
mkdir 83 -, mkdirat 258 34, rmdir 84 -, unlink 87 -, unlinkat 263 35, mq_unlink 241 181,
link 86 -, linkat 265 37, symlink 88 -, symlinkat 266 36, mknod 133 -, mknodat 259 33,
chmod 90 -, fchmod 91 52, fchmodat 268 53, chown 92 -, fchown 93 55, lchown 94 -, fchownat 260 54,
utime 132 -, utimes 235 -, utimensat 280 88, futimesat 261 -,
setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16,
mount 165 40, umount2 166 39, chroot 161 51, pivot_root 155 41, setns 308 268, unshare 272 97,
name_to_handle_at 303 264, open_by_handle_at 304 265, fanotify_init 300 262, quotactl 179 60, acct 163 89,
add_key 248 217, request_key 249 218, keyctl 250 219, bpf 321 280, perf_event_open 298 241, userfaultfd 323 282,
init_module 175 105, finit_module 313 273, delete_module 176 106, kexec_load 246 104, kexec_file_load 320 294,
reboot 169 142, swapon 167 224, swapoff 168 225, syslog 103 116, iopl 172 -, ioperm 173 -,
settimeofday 164 170, clock_settime 227 112, adjtimex 159 171, clock_adjtime 305 266,
sethostname 170 161, setdomainname 171 162
"""
"""Calls that are refused, with their numbers on x86-64 and on ARM64 (Linux's ``unistd.h``)."""
_PROCESSORS = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""How the kernel calls a processor, and which of the numbers are its own."""
_OPENING = ({2: 1, 257: 2}, {56: 2})
"""Calls that open a file, and which of their arguments says what for."""
_CLONE, _IOCTL, _LIMITS = (56, 220), (16, 29), (302, 261)
_FIRST_TOO_YOUNG = 424
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_THREAD = 0x10000

# Berkeley packet filter: what is looked at, and what follows
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _PROCESSOR, _ARGUMENTS = 0, 4, 16
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_Step = tuple[int, int, int, int]


def filter_for(machine: str) -> bytes | None:
    """The filter as the kernel takes it, eight bytes a step; None for a processor that it is not written for."""
    if machine not in _PROCESSORS:
        return None
    return b"".join(struct.pack("=HBBI", *step) for step in _steps(*_PROCESSORS[machine]))


def _steps(code: int, mine: int) -> Iterator[_Step]:
    """The filter: each check returns at once or falls through to the next."""
    yield _LOAD, 0, 0, _PROCESSOR
    yield from _unless((_IF_EQUAL, code), errno.EPERM)
    yield _LOAD, 0, 0, _NUMBER
    yield from _when((_IF_AT_LEAST, _FIRST_TOO_YOUNG), [_fails(errno.ENOSYS)])
    for number in _numbers(mine):
        yield from _when((_IF_EQUAL, number), [_fails(errno.EPERM)])
    yield from _when((_IF_EQUAL, _IOCTL[mine]), [_fails(errno.ENOTTY)])
    for number, place in _OPENING[mine].items():
        reading = [_argument(place), (_IF_ANY_BIT, 0, 1, _WRITING), _fails(errno.EPERM), _ALLOWED]
        yield from _when((_IF_EQUAL, number), reading)
    threads = [_argument(0), (_IF_ANY_BIT, 1, 0, _THREAD), _fails(errno.EPERM), _ALLOWED]
    yield from _when((_IF_EQUAL, _CLONE[mine]), threads)
    own = [_argument(0), (_IF_EQUAL, 1, 0, 0), _fails(errno.EPERM), _ALLOWED]
    yield from _when((_IF_EQUAL, _LIMITS[mine]), own)
    yield _ALLOWED


_ALLOWED: _Step = (_RETURN, 0, 0, _ALLOW)


def _fails(number: int) -> _Step:
    return _RETURN, 0, 0, _FAIL | number


def _argument(place: int) -> _Step:
    """The low half of an argument, where both processors keep flags and numbers."""
    return _LOAD, 0, 0, _ARGUMENTS + 8 * place


def _when(check: tuple[int, int], then: list[_Step]) -> Iterator[_Step]:
    yield check[0], 0, len(then), check[1]
    yield from then


def _unless(check: tuple[int, int], number: int) -> Iterator[_Step]:
    yield check[0], 1, 0, check[1]
    yield _fails(number)


def _numbers(mine: int) -> list[int]:
    listed = [entry.split() for entry in _REFUSED.split(",")]
    return [int(entry[1 + mine]) for entry in listed if entry[1 + mine] != "-"]
