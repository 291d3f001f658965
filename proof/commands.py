"""Commands that change a file, each with a home to type it in and what must hold when it was killed."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.faults.program import begin, reflect
from tests.faults.record import database, holding, trouble
from tests.faults.tracing import CALLS
from tests.sharing import two_homes_typed as typed
from tests.transcripts import test_locking_killed as locked

from proof.injecting import FILES
from reflect.application.projecting import Projections
from reflect.events import Answered
from reflect.transcripts import keys, locking
from reflect.transcripts.store import Store

OUT = "OUT"
"""Stands for the file that a command makes, in a folder of its own beside the home."""

_SAID = "the windowsill was cold when I wrote the card"
_WORD = "canary7q4x"


class Ready(NamedTuple):
    """`arguments` and `lines` to be typed in a copy of the home `base`; `wrong` looks at what a kill has left."""

    base: Path
    arguments: tuple[str, ...]
    wrong: Callable[[Path], str]
    lines: Sequence[str] = ()

    def typed(self, home: Path) -> tuple[str, ...]:
        """The arguments, with the file that is made."""
        folder = home.parent / "out"
        folder.mkdir(exist_ok=True)
        return tuple(str(folder / "file") if one == OUT else one for one in self.arguments)


class Command(NamedTuple):
    """A command by its name; `prepare` makes all that it needs in a folder."""

    name: str
    prepare: Callable[[Path], Ready]
    calls: tuple[str, ...] = CALLS


def _held(home: Path) -> Counter[str]:
    """How many events of each kind the record holds, and each answer with its words."""
    with Store.open(database(home), Projections()) as store:
        ids = (*(row.id for row in store.sessions()), *store.mentorships(), *store.reviews())
        found = Counter(_told(event) for one in ids for event in store.events(one))
        found["sessions"] = len(store.sessions())
    return found


def _told(event: object) -> str:
    return f"answer {event.text}" if isinstance(event, Answered) else type(event).__name__


def _unfinished(home: Path) -> list[str]:
    """What a kill has left of files that were being made: in the home, or for others to read.

    What was read of packs may be left half written for an hour: nobody's words are in it.
    """
    beside = [*(home.parent / "out").glob(".*")]
    left = [file for file in home.rglob("*") if file.name.endswith((".part", ".tmp"))]
    left = [file for file in left if file.parent != home / "cache"]
    return [one.name for one in (*left, *(one for one in beside if one.stat().st_mode & 0o077))]


def _old_or_new(ready: Ready, whole: Callable[[Path], str] = lambda _: "") -> Callable[[Path], str]:
    """The record is as before or as afterwards, a file that is there is `whole`, and doing it again works."""
    done = ready.base.parent / "done" / "reflect"
    shutil.copytree(ready.base, done)
    assert reflect(done, *ready.typed(done), lines=ready.lines).code == 0
    before, after = _held(ready.base), _held(done)

    def wrong(home: Path) -> str:
        damaged = trouble(home)
        if damaged:
            return f"the record is damaged: {damaged}"
        if _held(home) not in (before, after):
            return "neither as before nor as afterwards"
        made = home.parent / "out" / "file"
        cut = whole(made) if made.exists() else ""
        if cut:
            return cut
        if _held(home) == before and reflect(home, *ready.typed(home), lines=ready.lines).code:
            return "it cannot be done again"
        if _held(home) != after:
            return "other in the end than without the kill"
        left = _unfinished(home)
        return f"left behind: {left}" if left else ""

    return wrong


def _home(folder: Path, *answers: str) -> Path:
    home = folder / "base" / "reflect"
    home.parent.mkdir(parents=True)
    begin(home, *answers)
    return home


def _ended(folder: Path) -> Path:
    """A home with a session that is complete."""
    home = _home(folder, *[f"{_SAID}, time {number}" for number in range(30)])
    with Store.open(database(home), None) as store:
        assert store.sessions()[0].state == "completed"
    return home


def _export(folder: Path) -> Ready:
    def whole(file: Path) -> str:
        return "" if len(json.loads(file.read_bytes())) else "the file is empty"

    arguments = ("export", "--all", "--format", "json", "--force", "-o", OUT)
    ready = Ready(_ended(folder), arguments, lambda _: "")
    return ready._replace(wrong=_old_or_new(ready, whole))


def _delete(folder: Path) -> Ready:
    base = _home(folder, _SAID)
    assert reflect(base, "abandon").code == 0
    assert reflect(base, lines=["1", f"{_WORD} stood on the card", _SAID]).code == 0
    assert holding(base, [_WORD.encode()])
    ready = Ready(base, ("delete", "last", "--yes"), lambda _: "")
    check = _old_or_new(ready)

    def wrong(home: Path) -> str:
        # Whoever starts the program next finishes what was begun.
        started = reflect(home, "journey", "rebuild").code
        found = check(home) if started == 0 else "it does not start"
        left = holding(home, [_WORD[4:].encode()])
        return found or (f"traces in {left}" if left else "")

    return ready._replace(wrong=wrong)


def _share(folder: Path) -> Ready:
    def whole(file: Path) -> str:
        return "" if json.loads(file.read_bytes())["schema_version"] else "no bundle"

    again = ("share", "last", "--replace", "--unencrypted", "--yes", "--force", "-o", OUT)
    ready = Ready(
        _ended(folder), ("share", "last", "--unencrypted", "--yes", "-o", OUT), lambda _: ""
    )
    check = _old_or_new(ready, whole)

    def wrong(home: Path) -> str:
        found = check(home)
        made = home.parent / "out" / "file"
        if found or made.exists():
            return found
        # It is in the log and its file is not there: it can be made in its own place.
        ran = reflect(home, *ready._replace(arguments=again).typed(home))
        return "" if ran.code == 0 and not whole(made) else f"not made again: {ran.err}"

    return ready._replace(wrong=wrong)


def _receive(folder: Path) -> Ready:
    with pytest.MonkeyPatch.context() as patch:
        amina, daniel = typed.two_homes(folder, patch)
        typed.exchange_keys(amina, daniel)
        amina.sits(typed.OPEN)
        typed.share(amina, daniel, "one.reflect")
        daniel.does("review", "note", typed.number(daniel, "on a card", "answer"), "the card is it")
        daniel.does("review", "propose", "action", "send me the slides by friday")
        file = typed.reply(daniel, "back")
    base = folder / "base" / "reflect"
    shutil.copytree(amina.root, base)
    ready = Ready(base, ("receive", str(file), "--yes"), lambda _: "")
    return ready._replace(wrong=_received(ready))


def _received(ready: Ready) -> Callable[[Path], str]:
    """Notes are taken whole or not at all; what is proposed in them is said yes to one by one."""
    done = ready.base.parent / "done" / "reflect"
    shutil.copytree(ready.base, done)
    assert reflect(done, *ready.arguments).code == 0
    before, after = _held(ready.base), _held(done)

    def wrong(home: Path) -> str:
        damaged = trouble(home)
        if damaged:
            return f"the record is damaged: {damaged}"
        now = _held(home)
        if not (before <= now <= after):
            return f"neither before nor after: {now - after}"
        if reflect(home, *ready.arguments).code != 0:
            return "it cannot be taken again"
        if now == before or _held(home) == after:
            return "" if _held(home) == after else "other in the end than without the kill"
        # They were taken, and what is proposed in them still waits for a yes.
        waiting = json.loads(reflect(home, "notes", "--waiting", "--json").out)["notes"]
        for note in waiting:
            if reflect(home, "notes", "accept", str(note["number"])).code != 0:
                return "what waits cannot be accepted"
        now = _held(home)
        return "" if now == after else f"too few: {after - now}, too many: {now - after}"

    return wrong


def _backup(folder: Path) -> Ready:
    base = _ended(folder)
    held = _held(base)

    def whole(file: Path) -> str:
        home = file.parent.parent / "backup"
        home.mkdir(exist_ok=True)
        shutil.copyfile(file, database(home))
        return "" if not trouble(home) and _held(home) == held else "the backup is not whole"

    ready = Ready(base, ("backup", "--force", OUT), lambda _: "")
    return ready._replace(wrong=_old_or_new(ready, whole))


def _restore(folder: Path) -> Ready:
    full, file = _ended(folder / "full"), folder / "backup.db"
    assert reflect(full, "backup", str(file)).code == 0
    ready = Ready(_home(folder), ("restore", str(file)), lambda _: "")
    return ready._replace(wrong=_old_or_new(ready))


def _lock(folder: Path) -> Ready:
    base = _home(folder, *locked.WORDS)
    return Ready(
        base, locked.LOCK, lambda home: locked.wrong(home, locking_it=True), [locked.PASSPHRASE]
    )


def _unlock(folder: Path) -> Ready:
    base = _home(folder, *locked.WORDS)
    locking.convert(database(base), None, keys.new_key(locked.PASSPHRASE))
    locking.confirm(database(base), locked=True)
    return Ready(
        base, locked.UNLOCK, lambda home: locked.wrong(home, locking_it=False), [locked.PASSPHRASE]
    )


def _rebuild(folder: Path) -> Ready:
    ready = Ready(_ended(folder), ("journey", "rebuild"), lambda _: "")
    return ready._replace(wrong=_old_or_new(ready))


def _changing(*line: str, after: Sequence[tuple[str, ...]] = ()) -> Callable[[Path], Ready]:
    """A command that changes the record and nothing else, typed `after` others."""

    def prepare(folder: Path) -> Ready:
        base = _ended(folder)
        for before in after:
            assert reflect(base, *before).code == 0
        ready = Ready(base, line, lambda _: "")
        return ready._replace(wrong=_old_or_new(ready))

    return prepare


_NOTED = ("wins", "add", "she read the card out")
_AIM = ("goals", "add", "lead the round by March")

COMMANDS = (
    Command("wins add", _changing(*_NOTED)),
    Command("actions done", _changing("actions", "done", "1")),
    Command("actions later", _changing("actions", "later", "1", "friday")),
    Command("actions edit", _changing("actions", "edit", "1", "ask her twice")),
    Command("goals progress", _changing("goals", "progress", "1", "half of it", after=[_AIM])),
    Command("undo", _changing("undo", after=[_NOTED])),
    Command("meeting", _changing("meeting", "2026-12-01")),
    Command("stage", _changing("stage", "goals")),
    Command("settings", _changing("settings", "language", "en")),
    Command("archive", _changing("archive", OUT, "--force"), FILES),
    Command("export", _export, FILES),
    Command("delete", _delete),
    Command("share", _share, FILES),
    Command("receive", _receive),
    Command("backup", _backup, FILES),
    Command("restore", _restore),
    Command("lock", _lock),
    Command("unlock", _unlock),
    Command("journey rebuild", _rebuild),
)
