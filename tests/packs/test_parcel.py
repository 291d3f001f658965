"""A pack on its way in: only plain files of a pack come through, whatever a zip claims."""

from __future__ import annotations

import io
import os
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import PackError
from reflect.packs.parcel import read_parcel
from tests.packs.helpers import HEAD
from tests.properties.profile import ordinarily

PACK = (HEAD + "worked:\n  - id: calm\n    ask: When?\n").encode()
Fill = Callable[[zipfile.ZipFile], None]


def made(path: Path, fill: Fill) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return path


def holding(**files: bytes) -> Fill:
    def fill(archive: zipfile.ZipFile) -> None:
        for name, data in files.items():
            archive.writestr(name, data)

    return fill


def refused(path: Path) -> str:
    before = time.monotonic()
    with pytest.raises(PackError) as caught:
        read_parcel(path)
    assert time.monotonic() - before < 2
    return caught.value.code


@pytest.mark.parametrize("top", ["", "ward/", "ward-1.0/"])
def test_a_zip_of_a_pack(tmp_path: Path, top: str) -> None:
    names = ("pack.yaml", "translations/de.yaml", "stories/one.yaml", "README.md", "notes.docx")
    path = made(tmp_path / "a.zip", holding(**{top + name: PACK for name in names}))
    found = read_parcel(path)
    assert set(found.files) == set(names) - {"notes.docx"}
    assert found.left == ("notes.docx",)


def test_what_a_mac_adds_is_passed_over(tmp_path: Path) -> None:
    fill = holding(
        **{"ward/pack.yaml": PACK, "__MACOSX/ward/._pack.yaml": b"x", "ward/.DS_Store": b""}
    )
    found = read_parcel(made(tmp_path / "a.zip", fill))
    assert (list(found.files), found.left) == (["pack.yaml"], ())


@pytest.mark.parametrize(
    "name",
    [
        "../pack.yaml",
        "ward/../../pack.yaml",
        "/etc/pack.yaml",
        "ward\\..\\pack.yaml",
        "C:/pack.yaml",
        "ward/\u202epack.yaml",
        "ward/a\x01b",
    ],
)
def test_a_path_that_leads_elsewhere_refuses_the_whole(tmp_path: Path, name: str) -> None:
    fill = holding(**{"ward/pack.yaml": PACK, name: PACK})
    assert refused(made(tmp_path / "a.zip", fill)) == "bad-archive"


def test_links_and_devices(tmp_path: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR):

        def fill(archive: zipfile.ZipFile, kind: int = kind) -> None:
            info = zipfile.ZipInfo("pack.yaml")
            info.external_attr = (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd")

        assert refused(made(tmp_path / "a.zip", fill)) == "bad-archive"


def test_bombs(tmp_path: Path) -> None:
    big = holding(**{"pack.yaml": PACK, "stories/big.yaml": b"\0" * 50_000_000})
    assert refused(made(tmp_path / "a.zip", big)) == "bad-archive"
    many = holding(**{"pack.yaml": PACK, **{f"stories/{n}.yaml": b"" for n in range(1_100)}})
    assert refused(made(tmp_path / "b.zip", many)) == "bad-archive"
    sum_of_all = holding(
        **{"pack.yaml": PACK, **{f"stories/{n}.yaml": os.urandom(200_000) for n in range(30)}}
    )
    assert refused(made(tmp_path / "c.zip", sum_of_all)) == "pack-not-readable"


def test_a_size_that_is_a_lie(tmp_path: Path) -> None:
    path = made(tmp_path / "a.zip", holding(**{"pack.yaml": b"a" * 3_000_000}))
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 10)
    path.write_bytes(data)
    assert refused(path) == "bad-archive"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice(tmp_path: Path) -> None:
    for other in ("pack.yaml", "PACK.yaml"):

        def fill(archive: zipfile.ZipFile, other: str = other) -> None:
            archive.writestr("pack.yaml", PACK)
            archive.writestr(other, PACK)

        assert refused(made(tmp_path / "a.zip", fill)) == "bad-archive"


def test_files_that_overlap(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("pack.yaml", PACK)
        archive.writestr("stories/a.yaml", PACK)

    path = made(tmp_path / "a.zip", fill)
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    path.write_bytes(data)
    assert refused(path) == "bad-archive"


def test_an_encrypted_one(tmp_path: Path) -> None:
    path = made(tmp_path / "a.zip", holding(**{"pack.yaml": PACK}))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    assert refused(path) == "bad-archive"


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert refused(path) == "bad-archive"


def test_a_zip_without_a_pack_or_with_two(tmp_path: Path) -> None:
    assert refused(made(tmp_path / "a.zip", holding(readme=b""))) == "bad-archive"
    two = holding(**{"one/pack.yaml": PACK, "two/pack.yaml": PACK})
    assert refused(made(tmp_path / "b.zip", two)) == "bad-archive"


@ordinarily(60)
@given(st.data())
def test_a_damaged_zip_is_refused_or_read_and_never_more(
    tmp_path: Path, data: st.DataObject
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ward/pack.yaml", PACK)
        archive.writestr("ward/stories/a.yaml", PACK * 20)
    raw = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.zip"
    path.write_bytes(raw)
    try:
        found = read_parcel(path)
    except PackError as error:
        assert error.code in ("bad-archive", "pack-not-readable")
    else:
        assert "pack.yaml" in found.files and not any(".." in name for name in found.files)


def test_a_folder_with_a_link_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "ward"
    (folder / "stories").mkdir(parents=True)
    (folder / "pack.yaml").write_bytes(PACK)
    (folder / "stories" / "a.yaml").symlink_to("/etc/passwd")
    assert refused(folder) == "pack-not-readable"


def test_a_folder_and_a_single_file(tmp_path: Path) -> None:
    folder = tmp_path / "ward"
    (folder / "translations").mkdir(parents=True)
    (folder / ".reflect").mkdir()
    for name in ("pack.yaml", "translations/de.yaml", "plan.xlsx"):
        (folder / name).write_bytes(PACK)
    found = read_parcel(folder)
    assert (set(found.files), found.left) == ({"pack.yaml", "translations/de.yaml"}, ("plan.xlsx",))
    (tmp_path / "one.yaml").write_bytes(PACK)
    assert list(read_parcel(tmp_path / "one.yaml").files) == ["pack.yaml"]
    (tmp_path / "one.txt").write_bytes(PACK)
    assert refused(tmp_path / "one.txt") == "no-pack-here"
    assert refused(tmp_path) == "no-pack-here"
