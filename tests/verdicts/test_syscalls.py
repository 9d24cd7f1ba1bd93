"""The filter of system calls, followed step by step for both processors."""

from __future__ import annotations

import errno
import os
import struct

import pytest

from site_builder.verdicts.syscalls import filter_for

ALLOWED, FAILS = 0x7FFF0000, 0x00050000
CODES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
I386 = 0x40000003
BOTH = pytest.mark.parametrize("machine", CODES)


def followed(machine: str, number: int, *arguments: int, code: int | None = None) -> int:
    """What becomes of a call: 0 where it is allowed, else the number of the error."""
    program = filter_for(machine)
    assert program is not None
    steps = list(struct.iter_unpack("=HBBI", program))
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("=iIQ6Q", number, CODES[machine] if code is None else code, 0, *padded)
    at, held = 0, 0
    while True:
        kind, if_so, if_not, k = steps[at]
        at += 1
        if kind == 0x06:
            assert k == ALLOWED or k & 0xFFFF0000 == FAILS
            return k & 0xFFFF if k != ALLOWED else 0
        if kind == 0x20:
            held = struct.unpack_from("=I", data, k)[0]
            continue
        is_so = {0x15: held == k, 0x35: held >= k, 0x45: bool(held & k)}[kind]
        at += if_so if is_so else if_not


NUMBERS = {
    "read": (0, 63), "write": (1, 64), "mmap": (9, 222), "futex": (202, 98), "fstat": (5, 80),
    "exit_group": (231, 94), "getdents64": (217, 61), "getrandom": (318, 278), "brk": (12, 214),
    "socket": (41, 198), "execve": (59, 221), "kill": (62, 129), "unlinkat": (263, 35),
    "ioctl": (16, 29), "clone": (56, 220), "openat": (257, 56), "prlimit64": (302, 261),
}  # fmt: skip


def number(name: str, machine: str) -> int:
    return NUMBERS[name][list(CODES).index(machine)]


@BOTH
@pytest.mark.parametrize("name", list(NUMBERS)[:9])
def test_what_reading_and_reckoning_need_is_allowed(name: str, machine: str) -> None:
    assert followed(machine, number(name, machine)) == 0


@BOTH
@pytest.mark.parametrize("name", ["socket", "execve", "kill", "unlinkat"])
def test_what_reaches_further_is_refused(name: str, machine: str) -> None:
    assert followed(machine, number(name, machine)) == errno.EPERM


@BOTH
@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (os.O_RDONLY, 0),
        (os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, 0),
        (os.O_WRONLY, errno.EPERM),
        (os.O_RDWR, errno.EPERM),
        (os.O_RDONLY | os.O_CREAT, errno.EPERM),
        (os.O_RDONLY | os.O_TRUNC, errno.EPERM),
    ],
)
def test_files_are_opened_for_reading_only(machine: str, flags: int, expected: int) -> None:
    assert followed(machine, number("openat", machine), 3, 0, flags) == expected


def test_the_older_way_of_opening_is_filtered_too() -> None:
    assert followed("x86_64", 2, 0, os.O_RDONLY) == 0
    assert followed("x86_64", 2, 0, os.O_RDWR) == errno.EPERM


@BOTH
def test_threads_are_started_and_processes_are_not(machine: str) -> None:
    assert followed(machine, number("clone", machine), 0x3D0F00) == 0
    assert followed(machine, number("clone", machine), 0x1200011) == errno.EPERM


@BOTH
def test_limits_of_other_processes_stay(machine: str) -> None:
    assert followed(machine, number("prlimit64", machine), 0) == 0
    assert followed(machine, number("prlimit64", machine), 4321) == errno.EPERM


@BOTH
def test_nothing_is_a_terminal(machine: str) -> None:
    assert followed(machine, number("ioctl", machine), 0, 0x5412) == errno.ENOTTY


@BOTH
@pytest.mark.parametrize(
    "young", [424, 425, 434, 435, 437, 444, 462, 999, 0x40000000 + 41, 0xFFFFFFFF - (1 << 32)]
)
def test_what_is_young_is_as_if_it_were_not_there(machine: str, young: int) -> None:
    assert followed(machine, young) == errno.ENOSYS


@BOTH
def test_the_calls_of_another_processor_are_refused(machine: str) -> None:
    assert followed(machine, 0, code=I386) == errno.EPERM


def test_other_processors_have_no_filter() -> None:
    assert filter_for("riscv64") is None
