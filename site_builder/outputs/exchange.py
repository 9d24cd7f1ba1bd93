"""Two folders change places in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

RENAME_EXCHANGE = 2  # <linux/fs.h>; macOS calls the same value RENAME_SWAP in <sys/stdio.h>
AT_FDCWD = -100
# What a system or a file system answers that knows no exchange.
UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def exchange(one: Path, other: Path) -> bool:
    """Whether the two have changed places; False, and nothing done, where that cannot be done in one step.

    Raises OSError when the system refuses for another reason.
    """
    call = SYSTEMS.get(sys.platform)
    if call is None:
        return False
    try:
        library = ctypes.CDLL(None, use_errno=True)
        failed = call(library, os.fsencode(one), os.fsencode(other))
    except AttributeError:  # an older C library, without the call
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def _linux(library: ctypes.CDLL, one: bytes, other: bytes) -> int:
    return int(library.renameat2(AT_FDCWD, one, AT_FDCWD, other, ctypes.c_uint(RENAME_EXCHANGE)))


def _macos(library: ctypes.CDLL, one: bytes, other: bytes) -> int:
    return int(library.renamex_np(one, other, ctypes.c_uint(RENAME_EXCHANGE)))


SYSTEMS: dict[str, Callable[[ctypes.CDLL, bytes, bytes], int]] = {"linux": _linux, "darwin": _macos}
