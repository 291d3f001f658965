"""The record is taken away, replaced or changed by others while a question is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.faults.program import Window, begin
from tests.faults.record import database, texts, trouble
from tests.faults.test_disks import CLAIMS

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

FIRST, THEN = "I wrote it on a card first", "and then I read it out to the whole team"
_BLIND = """
from reflect.transcripts.database import Database

Database._where = lambda self: None
"""


class Way(NamedTuple):
    """Something that happens to the files of a home; `kept` says whether answers can go on being kept."""

    name: str
    happens: Callable[[Path], object]
    kept: bool = False


class Meddled(NamedTuple):
    """A home to which `way` happens."""

    way: Way
    base: Path
    home: Path
    environ: Mapping[str, str] | None = None

    def __str__(self) -> str:
        return self.way.name


def _replaced(home: Path) -> None:
    """As a program does that synchronises: another file takes the name."""
    copy = home / "copy"
    shutil.copyfile(database(home), copy)
    copy.rename(database(home))


def _all_gone(home: Path) -> None:
    for file in home.glob("reflect.db*"):
        file.unlink()


WAYS = (
    Way("deleted", lambda home: database(home).unlink()),
    Way("deleted with its log", _all_gone),
    Way("replaced by a copy", _replaced),
    Way("renamed", lambda home: database(home).rename(home / "elsewhere.db")),
    Way("its folder renamed", lambda home: home.rename(home.parent / "elsewhere")),
    Way("opened to others", lambda home: database(home).chmod(0o666), kept=True),
    Way("locked to its owner", lambda home: database(home).chmod(0o400), kept=True),
)


def run(form: Form) -> Figure:
    """Meddle while a question is open; nothing may be called saved that is not, and no word be lost."""
    number = 0
    failures: list[str] = []
    for _, folder in rounds(form):
        base = _base(folder)
        cases = [Meddled(way, base, folder / str(at) / "reflect") for at, way in enumerate(WAYS)]
        failures += hold(cases, meddled)
        number += len(cases)
    return Figure(
        number, tuple(failures), f"{number} times meddled with, {len(failures)} wrong", len(WAYS)
    )


def control(form: Form) -> Figure:
    """A record that does not look where it writes."""
    base = _base(form.folder)
    home = form.folder / "blind" / "reflect"
    home.parent.mkdir()
    found = hold([Meddled(WAYS[0], base, home, broken(home, _BLIND))], meddled)
    return Figure(1, tuple(found), f"{len(found)} found out")


def _base(folder: Path) -> Path:
    base = folder / "base" / "reflect"
    base.parent.mkdir()
    begin(base, FIRST)
    return base


def meddled(case: Meddled) -> str:
    """What is wrong after an answer was sent."""
    home = case.home
    shutil.copytree(case.base, home)
    with Window(home, environ=case.environ) as window:
        window.until_ready()
        since = len(window.raw)
        case.way.happens(home)
        window.type(THEN + "\r")
        if case.way.kept:
            window.until_ready(since)
            window.kill()
            kept = texts(home) == [FIRST, THEN]
            return str(trouble(home) or "") if kept else "the answer was not kept"
        code = window.ended()
        shown = window.flat(since)
    if code != 1 or "deleted or replaced" not in shown:
        return f"it ended with {code}: {shown[-160:]}"
    if any(claim in shown for claim in CLAIMS):
        return "it says that it is saved"
    found = [file.read_text("utf-8") for file in home.parent.rglob("unsaved-*")]
    return "" if found == [THEN] else f"{len(found)} files with the words that were not stored"


CHECK = Check(
    "T-INODE",
    ("G1",),
    "a record that is replaced under an open question loses no word",
    run,
    control,
    seconds=27,
)
