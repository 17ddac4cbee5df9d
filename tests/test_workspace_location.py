from __future__ import annotations

from pathlib import Path

import pytest

from cowpath.errors import UsageError
from cowpath.workspace import default_workspace


def test_the_environment_decides_first(tmp_path: Path) -> None:
    (tmp_path / "a.cowpath").touch()

    assert default_workspace(tmp_path, {"COWPATH_WORKSPACE": "team/b.cowpath"}) == tmp_path / "team/b.cowpath"


def test_the_only_workspace_of_the_folder_is_meant(tmp_path: Path) -> None:
    (tmp_path / "a.cowpath").touch()
    (tmp_path / "a-2026-11-23-140211.cowpath-backup").touch()
    (tmp_path / "sub.cowpath").mkdir()

    assert default_workspace(tmp_path, {}) == tmp_path / "a.cowpath"


def test_several_in_the_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "b.cowpath").touch()
    (tmp_path / "a.cowpath").touch()

    with pytest.raises(UsageError, match=r"a\.cowpath, b\.cowpath"):
        default_workspace(tmp_path, {})


def test_without_any_it_is_the_default_of_the_user(tmp_path: Path) -> None:
    found = default_workspace(tmp_path, {})

    assert found.name == "default.cowpath"
    assert found.is_relative_to(Path.home())


def test_a_database_server_is_refused_with_a_message(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="postgresql"):
        default_workspace(tmp_path, {"COWPATH_WORKSPACE": "postgresql://host/team"})
