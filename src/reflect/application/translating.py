"""The translation of a pack by its author: a file to fill in, kept up to date with the pack."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reflect.errors import PackError
from reflect.packs.compile import PackText, load
from reflect.packs.facts import blocks_of, members_of
from reflect.packs.filling import fill_in
from reflect.packs.location import TRANSLATIONS, Location, read_files
from reflect.packs.report import Report
from reflect.packs.schema import FORMAT_1, TRANSLATION
from reflect.packs.table import Table
from reflect.packs.tree import Map, maps_at, word_at, words_at


class Translated(NamedTuple):
    """A translation as it is now: its file, whether it is new, and what is left to do by name.

    `missing` still speaks the pack's language; `stale` was translated from a text that has
    changed; `of` counts all there is to translate. `says` is what the pack says now, by name.
    """

    file: Path
    new: bool
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    of: int
    says: dict[str, str]


def translate(location: Location, language: str, *, done: bool) -> Translated:
    """Write the file for `language`, or add to it what it lacks; `done` says that all was looked at.

    Raises PackError "pack-not-readable", "single-file", "own-language", "pack-has-errors" and
    ReflectError "not-written".
    """
    from reflect.packs.marks import marks_of
    from reflect.settings import PRIVATE_FILE
    from reflect.sharing.files import put_file

    if location.translations is None:
        raise PackError(
            "single-file",
            f"{location.file} is a pack in a single file, and a translation needs a folder",
            "Move it to a folder of its own, as pack.yaml.",
        )
    files = read_files(location)
    pack = _read(files.pack)
    if word_at(pack, "language") == language:
        raise PackError("own-language", f"the pack is in {language} already", "Name another one.")
    file = Path(location.translations) / f"{language}.yaml"
    there = files.translations.get(language)
    text = there.data.decode("utf-8-sig") if there else ""
    filled = fill_in(pack, _read(there, TRANSLATION) if there else None, text, language, done=done)
    if filled.text != text:
        file.parent.mkdir(exist_ok=True)
        put_file(file, filled.text.encode(), file.stat().st_mode & 0o777 if there else PRIVATE_FILE)
    number = len(marks_of(pack))
    return Translated(file, there is None, filled.missing, filled.stale, number, _said(pack))


def _said(pack: Map) -> dict[str, str]:
    """The first wording of every question of the pack, by id."""
    return {
        word_at(member, "id"): words_at(member, "ask")[0]
        for stage in (pack, *maps_at(pack, "stages"))
        for block in blocks_of(stage)
        for member in members_of(block)
        if words_at(member, "ask")
    }


def _read(text: PackText, table: Table = FORMAT_1) -> Map:
    """The conformed tree of a file; PackError "pack-has-errors" when there is none to work with."""
    report = Report()
    tree = load(text, report, table)
    if tree is None or report.failed:
        raise PackError(
            "pack-has-errors",
            f"{text.file} has errors",
            f"Mend it first: reflect pack check {_folder(Path(text.file))}",
        )
    return tree


def _folder(file: Path) -> Path:
    """The folder of the pack that `file` is a part of."""
    return file.parent.parent if file.parent.name == TRANSLATIONS else file.parent
