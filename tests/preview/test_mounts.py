"""Where the system tells of changes, by its table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.preview.mounts import tells_changes

TABLE = r"""
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
22 21 0:20 / /home/me/far rw - nfs4 server:/export rw
23 21 0:21 / /home/me/far/near rw - tmpfs tmpfs rw
24 21 0:22 / /work\040space rw master:3 propagate_from:2 - 9p host rw
25 21 0:23 / /over rw - fuse.sshfs me@host: rw
26 21 0:24 / /twice rw - cifs //host/share rw
27 26 0:25 / /twice rw - ext4 /dev/sdb1 rw
28 21 0:26 / /disk rw - fuseblk /dev/sdc1 rw
""".lstrip()


@pytest.mark.parametrize(
    ("folder", "tells"),
    [
        ("/home/me", True),
        ("/home/me/far", False),
        ("/home/me/far/project", False),
        ("/home/me/farther", True),
        ("/home/me/far/near/project", True),
        ("/work space/project", False),
        ("/over/x", False),
        ("/twice/x", True),
        ("/disk/x", True),
    ],
)
def test_network_and_host_mounts_are_silent(tmp_path: Path, folder: str, tells: bool) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(TABLE)
    assert tells_changes(Path(folder), table) is tells


def test_where_there_is_no_table_events_are_expected(tmp_path: Path) -> None:
    assert tells_changes(tmp_path, tmp_path / "nothing")
