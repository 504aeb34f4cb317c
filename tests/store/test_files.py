"""Folders are removed though something is still being written into them."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from kg.store import files


def full(path: Path) -> Path:
    (path / "inner").mkdir(parents=True)
    (path / "inner" / "file").write_text("x", encoding="utf-8")
    return path


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a folder is still not empty when it is to go, to be set."""
    times = [0]
    rmdir = os.rmdir

    def busy(*given: Any, **options: Any) -> None:
        if times[0]:
            times[0] -= 1
            raise OSError(errno.ENOTEMPTY, "Directory not empty")
        rmdir(*given, **options)

    monkeypatch.setattr(os, "rmdir", busy)
    return times


def test_a_folder_that_something_still_writes_into_goes_in_the_end(
    tmp_path: Path, late: list[int]
) -> None:
    folder = full(tmp_path / "work")
    late[0] = 2
    files.remove_tree(folder)
    assert not folder.exists()


def test_one_that_never_empties_is_told(
    tmp_path: Path, late: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PAUSE", 0)
    late[0] = 10_000
    with pytest.raises(OSError, match="not empty"):
        files.remove_tree(full(tmp_path / "work"))


def test_one_that_is_gone_is_no_error(tmp_path: Path) -> None:
    files.remove_tree(tmp_path / "work")
