"""What a killed program leaves of a file that it was making is swept away by the next that writes there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from reflect.settings import write_private_file
from reflect.sharing.files import put_file
from reflect.transcripts.snapshot import copy_to_file
from reflect.unfinished import beside, sweep


def old(file: Path) -> Path:
    file.write_bytes(b"half of it")
    hours_ago = time.time() - 2 * 3600
    os.utime(file, (hours_ago, hours_ago))
    return file


def copied(file: Path) -> None:
    db = apsw.Connection(":memory:")
    copy_to_file(db, file, file)
    db.close()


@pytest.mark.parametrize(
    "write", [lambda f: write_private_file(f, b"x"), lambda f: put_file(f, b"x"), copied]
)
def test_what_was_left_an_hour_ago_goes(write: Callable[[Path], None], tmp_path: Path) -> None:
    old(beside(tmp_path / "thesis.json"))
    write(tmp_path / "other.json")
    assert [one.name for one in tmp_path.iterdir()] == ["other.json"]


def test_nothing_else_goes(tmp_path: Path) -> None:
    being_made = beside(tmp_path / "thesis.json")
    being_made.write_bytes(b"half of it")
    names = (
        *("thesis.part", ".film.mkv.part", "a.0123456789ab.part", ".a.0123456789ab.parts"),
        *(".a.0123456789xy.part", ".a.0123456789abc.part", ".a.0123456789ab"),
    )
    kept = {old(tmp_path / name).name for name in names} | {being_made.name}
    sweep(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == kept


def test_a_folder_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    sweep(tmp_path / "nowhere")
    folder = beside(tmp_path / "kept")
    folder.mkdir()
    os.utime(folder, (0, 0))
    sweep(tmp_path)
    assert folder.is_dir()


def test_a_long_name_leaves_room(tmp_path: Path) -> None:
    put_file(tmp_path / ("猫" * 80 + ".json"), b"x")
    write_private_file(tmp_path / ("猫" * 80 + ".yaml"), b"x")
    assert len(list(tmp_path.iterdir())) == 2
