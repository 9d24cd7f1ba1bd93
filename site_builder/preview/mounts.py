"""Whether the system tells of changes made elsewhere: not where a folder is shared over a network or with a host."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

_SILENT = frozenset(
    "9p afs ceph cifs davfs drvfs fakeowner glusterfs lustre ncpfs nfs nfs4 prl_fs smb3 smbfs vboxsf virtiofs "
    "vmhgfs".split()
)
_MOUNTS = Path("/proc/self/mountinfo")


def tells_changes(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether events arrive for this folder, as far as the table of mounts says; True where there is none."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return True
    kind = ""
    longest = -1
    for line in lines:
        fields, _, rest = line.partition(" - ")
        point, found = _unescaped(fields.split()[4]), rest.split()[0]
        # A later mount on the same point hides the earlier.
        if PurePath(folder).is_relative_to(point) and len(point) >= longest:
            kind, longest = found, len(point)
    return kind not in _SILENT and not kind.startswith("fuse.")


def _unescaped(text: str) -> str:
    """A path whose blanks are written as ``\\040``."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
