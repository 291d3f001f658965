"""What the record holds, and whether it holds what somebody was shown to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import apsw

from reflect.events import Answered, Reopened
from reflect.mentorship.projection import Folds
from reflect.transcripts.store import Store
from tests.faults.person import Said


def database(home: Path) -> Path:
    """The file with every answer."""
    return home / "reflect.db"


def answered(home: Path) -> list[Answered]:
    """Every answer in the order in which it was given, over all sessions."""
    if not database(home).exists():
        return []
    with Store.open(database(home), Folds()) as store:
        rows = reversed(store.sessions())
        return [one for row in rows for one in store.events(row.id) if isinstance(one, Answered)]


def texts(home: Path) -> list[str]:
    """The words of every answer."""
    return [one.text for one in answered(home) if one.status == "answered"]


def draft(home: Path) -> str:
    """What is half typed in the session that is under way; "" for nothing."""
    with Store.open(database(home), Folds()) as store:
        found = store.draft(store.sessions()[0].id)
    return found.text if found else ""


def lost(kept: Sequence[str], journal: Sequence[Said]) -> str:
    """What is wrong between the words that are kept and the journal; "" when nothing is.

    Every acknowledged answer must be there, in order and once; one that was not yet
    acknowledged may be there; nothing else may.
    """
    places = {0}
    for number, said in enumerate(journal):
        there = {at + 1 for at in places if at < len(kept) and kept[at] == said.text}
        places = there if said.acknowledged else there | places
        if not places:
            return f"{said} is missing: {journal[max(0, number - 3) :]} of {kept[-6:]}"
    return "" if len(kept) in places else f"never said, or twice: {kept[max(places) :]}"


def asked_twice(home: Path) -> list[str]:
    """Keys that were answered more than once in a session without being taken up again."""
    twice: list[str] = []
    with Store.open(database(home), Folds()) as store:
        for row in store.sessions():
            settled: set[str] = set()
            for event in store.events(row.id):
                if isinstance(event, Reopened):
                    settled.clear()
                elif isinstance(event, Answered):
                    twice += [event.key] * (event.key in settled)
                    settled.add(event.key)
    return twice


def trouble(home: Path) -> list[str]:
    """What SQLite and reflect's own check find wrong."""
    if not database(home).exists():
        return []
    db = apsw.Connection(str(database(home)))
    found = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
    db.close()
    with Store.open(database(home), Folds()) as store:
        checked = [f"{one.code} {one.message}" for one in store.check()]
    return [line for line in found if line != "ok"] + checked


def holding(folder: Path, parts: Iterable[bytes]) -> dict[str, int]:
    """For each file below `folder` in which one of `parts` stands, how often, in any case of letters."""
    wanted = [part.lower() for part in parts]
    found: dict[str, int] = {}
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes().lower()
            number = sum(data.count(part) for part in wanted)
            if number:
                found[str(file.relative_to(folder))] = number
    return found
