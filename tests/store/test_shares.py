from __future__ import annotations

from pathlib import Path

import pytest

from cowpath.store.shares import file_system, on_share

MOUNTS = r"""/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/team /mnt/team nfs4 rw 0 0
/dev/vdb /mnt/team/scratch ext4 rw 0 0
//nas/plans /mnt/the\040plans cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ann/claims.cowpath", "ext4"),
        ("/mnt/team/claims.cowpath", "nfs4"),
        ("/mnt/teams/claims.cowpath", "ext4"),
        ("/mnt/team/scratch/claims.cowpath", "ext4"),
        ("/mnt/the plans/claims.cowpath", "cifs"),
    ],
)
def test_the_deepest_mount_holds_the_file(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


def test_a_file_of_this_machine_is_on_no_share(tmp_path: Path) -> None:
    assert not on_share(tmp_path / "claims.cowpath")
