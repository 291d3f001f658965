"""Packs are read as plain files, whole or not at all, and nothing else is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reflect.errors import PackError
from reflect.packs.location import (
    MAX_PACK,
    Location,
    files_of,
    packs_in,
    read_files,
    read_plain_file,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pack = tmp_path / "ward"
    (pack / "translations").mkdir(parents=True)
    (pack / "pack.yaml").write_bytes(b"reflect: 1\n")
    (pack / "translations" / "de.yaml").write_bytes(b"language: de\n")
    return pack


def refused(location: Location) -> str:
    with pytest.raises(PackError) as caught:
        read_files(location)
    assert caught.value.code == "pack-not-readable"
    return caught.value.message


def test_a_pack_is_read_with_its_translations(folder: Path) -> None:
    (folder / "translations" / "notes.txt").write_text("no")
    (folder / "translations" / "..yaml").write_text("no")
    files = read_files(Location("ward", str(folder)))
    assert (files.source, files.pack.data) == ("ward", b"reflect: 1\n")
    assert files.pack.file == str(folder / "pack.yaml")
    assert {language: text.data for language, text in files.translations.items()} == {
        "de": b"language: de\n"
    }


def test_a_single_file_is_a_pack(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(b"reflect: 1\n")
    files = read_files(Location("yours", str(tmp_path / "mine.yaml")))
    assert (files.pack.data, files.translations) == (b"reflect: 1\n", {})


def test_packs_are_listed_by_name(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.txt").write_text("")
    found = packs_in(tmp_path, "yours")
    assert [Path(location.path).name for location in found] == ["mine.yaml", "ward"]
    assert {location.source for location in found} == {"yours"}
    assert packs_in(tmp_path / "missing", "yours") == ()


def test_what_a_pack_depends_on_includes_the_folder_of_translations(folder: Path) -> None:
    names = [Path(path).name for path in files_of(Location("x", str(folder)))]
    assert names == ["pack.yaml", "translations", "de.yaml"]


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "pack.yaml").unlink()
    (folder / "pack.yaml").symlink_to("/etc/passwd")
    assert "pack.yaml" in refused(Location("x", str(folder)))


def test_a_linked_folder_of_translations_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "translations").rename(tmp_path / "elsewhere")
    (folder / "translations").symlink_to(tmp_path / "elsewhere")
    refused(Location("x", str(folder)))


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_refused_at_once(folder: Path, make: object) -> None:
    (folder / "pack.yaml").unlink()
    make(folder / "pack.yaml")  # type: ignore[operator]
    assert "not a plain file" in refused(Location("x", str(folder)))


@pytest.mark.parametrize("path", ["/not/there", "/dev/zero.yaml", "/x\0y"])
def test_what_is_not_there_is_reported(path: str) -> None:
    refused(Location("x", path))


def test_a_huge_file_is_read_one_byte_beyond_the_limit(folder: Path) -> None:
    with (folder / "pack.yaml").open("wb") as file:
        file.truncate(MAX_PACK * 100)
    assert len(read_files(Location("x", str(folder))).pack.data) == MAX_PACK + 1


def test_no_descriptor_is_left_open(folder: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    for _ in range(20):
        read_files(Location("x", str(folder)))
        with pytest.raises(PackError):
            read_plain_file(folder, 10)
    after = len(list(Path("/proc/self/fd").iterdir())) if before else 0
    assert after == before
