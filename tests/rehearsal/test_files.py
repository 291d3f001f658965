"""The story files of a pack, by name; nothing else is opened."""

from __future__ import annotations

from pathlib import Path

from reflect.packs.location import Location
from reflect.rehearsal.files import story_files


def test_story_files_come_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "pack" / "stories"
    folder.mkdir(parents=True)
    for name in ("c.yaml", "a.yaml", "notes.txt", "b.yaml", "d.yaml"):
        (folder / name).write_text(name)
    found = story_files(Location("yours", str(tmp_path / "pack")))
    assert [text.file for text in found] == [str(folder / f"{name}.yaml") for name in "abcd"]
    assert found[0].data == b"a.yaml"


def test_a_pack_without_stories_has_none(tmp_path: Path) -> None:
    assert story_files(Location("yours", str(tmp_path / "pack"))) == ()
    assert story_files(Location("yours", str(tmp_path / "pack.yaml"))) == ()
