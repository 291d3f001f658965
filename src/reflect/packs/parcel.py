"""A pack on its way in: the files of a folder, a single file or a zip, read into memory and never run or followed.

Only what a pack is made of is taken: `pack.yaml`, translations, stories and a README. A zip
is read member by member; whatever could end up elsewhere, or grow beyond its caps, refuses it
as a whole (CWE-22, CWE-59 and CWE-409: path traversal, links, decompression bombs).
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from reflect.errors import PackError
from reflect.packs.location import MAX_PACK, PACK_FILE, YOURS, read_plain_file

if TYPE_CHECKING:
    from reflect.packs.compile import PackFiles

MOST_FILES = 300
MOST_BYTES = 4 * 1024 * 1024
"""Of all files of a pack together."""
MOST_MEMBERS = 1_000
MOST_RATIO = 100
"""How many times its packed size a member of a zip may grow to."""

COMING = ".coming-"
"""How the hidden names begin that a pack has while it comes or goes."""

_NAME = re.compile(
    r"pack\.yaml|README(\.md|\.txt)?|LICEN[CS]E(\.md|\.txt)?"
    r"|(translations|stories)/[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.yaml"
)
_NOT_TAKEN = frozenset((".git", "__MACOSX", "__pycache__", ".DS_Store"))


class Parcel(msgspec.Struct, frozen=True):
    """The files of one pack by their paths in its folder, and what lay beside them and was left."""

    files: dict[str, bytes]
    left: tuple[str, ...] = ()


def pack_files(parcel: Parcel, name: str) -> PackFiles:
    """The pack of `parcel` as the checker takes it; places in it begin with `name`."""
    from reflect.packs.compile import PackFiles, PackText

    def text(file: str) -> PackText:
        return PackText(f"{name}/{file}", parcel.files[file])

    translations = {
        PurePosixPath(file).stem: text(file)
        for file in parcel.files
        if file.startswith("translations/")
    }
    return PackFiles(YOURS, text(PACK_FILE), translations)


def read_parcel(path: Path) -> Parcel:
    """What is at `path`: a folder with a `pack.yaml`, a single `.yaml` file, or a `.zip` of such a folder.

    Raises PackError "no-pack-here", "pack-not-readable", "bad-archive".
    """
    if path.is_dir():
        return _from_folder(path)
    if path.suffix.lower() == ".zip":
        return _from_zip(path)
    if path.suffix == ".yaml":
        return Parcel({PACK_FILE: read_plain_file(path, MAX_PACK)})
    raise PackError(
        "no-pack-here",
        f"{path.name} is no pack",
        "Name a folder with a pack.yaml, a .yaml file, or a .zip of such a folder.",
    )


def put_parcel(parcel: Parcel, folder: Path) -> None:
    """Write the files of `parcel` into the new folder `folder`. Raises OSError."""
    folder.mkdir(parents=True)
    for name, data in parcel.files.items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)


# --- a folder ----------------------------------------------------------------------


def _from_folder(folder: Path) -> Parcel:
    names = [*_listed(folder, ""), *_listed(folder, "translations"), *_listed(folder, "stories")]
    if PACK_FILE not in names:
        raise PackError(
            "no-pack-here",
            f"there is no {PACK_FILE} in {folder}",
            "Name the folder that holds it.",
        )
    wanted = [name for name in names if _NAME.fullmatch(name)]
    left = tuple(name for name in names if name not in wanted and "/" not in name)
    files = {
        name: read_plain_file(folder, MAX_PACK, *PurePosixPath(name).parts)
        for name in wanted[:MOST_FILES]
    }
    _check_sizes(files, len(wanted))
    return Parcel(files, tuple(name for name in left if name not in ("translations", "stories")))


def _listed(folder: Path, below: str) -> list[str]:
    """The names in a folder of the pack, in order, hidden ones left out."""
    try:
        names = sorted(path.name for path in (folder / below).iterdir())
    except OSError:
        return []
    shown = [name for name in names if not name.startswith(".") and name not in _NOT_TAKEN]
    return [f"{below}/{name}" if below else name for name in shown]


def _check_sizes(files: dict[str, bytes], number: int) -> None:
    if number > MOST_FILES or sum(map(len, files.values())) > MOST_BYTES:
        raise PackError(
            "pack-not-readable",
            f"this pack has more than {MOST_FILES} files or {MOST_BYTES // 1024 // 1024} MiB",
            "Split it into several packs.",
        )


# --- a zip -------------------------------------------------------------------------


def _from_zip(path: Path) -> Parcel:
    try:
        with path.open("rb") as opened, zipfile.ZipFile(opened) as archive:
            return _from_members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _bad("it is damaged, or not a zip") from error
    except (OSError, ValueError, RuntimeError, UnicodeError, OverflowError, MemoryError) as error:
        raise _bad("it cannot be read") from error


def _from_members(archive: zipfile.ZipFile) -> Parcel:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise _bad(f"it holds more than {MOST_MEMBERS} files")
    for member in members:
        _check_member(member)
    _check_overlap(members)
    plain = [member for member in members if not member.is_dir()]
    top = _top([member.filename for member in plain])
    files: dict[str, bytes] = {}
    left: list[str] = []
    for member in plain:
        name = member.filename.removeprefix(top)
        if _NAME.fullmatch(name):
            files[name] = _content(archive, member)
            _check_sizes(files, len(files))
        elif not _NOT_TAKEN & set(PurePosixPath(member.filename).parts):
            left.append(name)
    return Parcel(files, tuple(left))


def _check_member(member: zipfile.ZipInfo) -> None:
    """Refuse a member that is not a plain file or folder below the top, or could not be told from another."""
    name = member.filename
    path = PurePosixPath(name)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _bad("it holds a link or a device")
    if member.orig_filename != name or "\\" in name or ":" in name or not name.isprintable():
        raise _bad("it holds a name that is no plain path")
    if path.is_absolute() or ".." in path.parts:
        raise _bad("it holds a path that leads out of its folder")
    if member.flag_bits & 0x1:
        raise _bad("it is encrypted")


def _check_overlap(members: list[zipfile.ZipInfo]) -> None:
    """Refuse names that differ in case only, and members that share their bytes."""
    folded = [member.filename.casefold() for member in members]
    if len(set(folded)) != len(folded):
        raise _bad("it holds the same name twice")
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise _bad("its files overlap")
        end = member.header_offset + member.compress_size


def _top(names: list[str]) -> str:
    """The folder that holds the pack, with its slash: the archive's own root, or the one folder in it."""
    roots = {
        name.removesuffix(PACK_FILE) for name in names if PurePosixPath(name).name == PACK_FILE
    }
    tops = [root for root in roots if root.count("/") <= 1]
    if len(tops) != 1:
        found = "several packs" if tops else f"no {PACK_FILE}"
        raise _bad(f"it holds {found}")
    return tops[0]


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of one member, unpacked no further than a pack may be large."""
    if member.file_size > MOST_RATIO * max(member.compress_size, 1) and member.file_size > MAX_PACK:
        raise _bad("a file in it grows beyond measure")
    pieces: list[bytes] = []
    with archive.open(member) as opened:
        room = MAX_PACK + 1
        while room > 0 and (piece := opened.read(min(room, 65536))):
            pieces.append(piece)
            room -= len(piece)
    return b"".join(pieces)


def _bad(reason: str) -> PackError:
    return PackError(
        "bad-archive",
        f"this zip cannot be taken: {reason}",
        "Ask whoever made it for a zip of the pack's folder, or for the folder itself.",
    )


def leftovers(folder: Path) -> Iterator[Path]:
    """Folders that an interrupted change has left in the packs folder `folder`."""
    with suppress(OSError):
        yield from (path for path in folder.iterdir() if path.name.startswith(COMING))
