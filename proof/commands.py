"""Homes to type commands in that change files, and what must hold there when one of them was killed."""

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

from reflect.application.projecting import Projections
from reflect.events import Answered
from reflect.transcripts import keys, locking
from reflect.transcripts.store import Store

OUT = "OUT"
"""Stands for the file that a command makes, in a folder of its own beside the home."""

FOLDER = "FOLDER"
"""Stands for a folder beside the home."""

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


def ended(folder: Path) -> Path:
    """A home with a session that is complete."""
    home = _home(folder, *[f"{_SAID}, time {number}" for number in range(30)])
    with Store.open(database(home), None) as store:
        assert store.sessions()[0].state == "completed"
    return home


def _export(folder: Path) -> Ready:
    def whole(file: Path) -> str:
        return "" if len(json.loads(file.read_bytes())) else "the file is empty"

    arguments = ("export", "--all", "--format", "json", "--force", "-o", OUT)
    ready = Ready(ended(folder), arguments, lambda _: "")
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
        ended(folder), ("share", "last", "--unencrypted", "--yes", "-o", OUT), lambda _: ""
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
    base, file = _replied(folder)
    ready = Ready(base, ("receive", str(file), "--yes"), lambda _: "")
    return ready._replace(wrong=_received(ready))


def _replied(folder: Path) -> tuple[Path, Path]:
    """The mentee's home, and a mentor's reply that waits to be taken."""
    with pytest.MonkeyPatch.context() as patch:
        amina, daniel = _shared(folder, patch)
        daniel.does("review", "note", typed.number(daniel, "on a card", "answer"), "the card is it")
        daniel.does("review", "propose", "action", "send me the slides by friday")
        file = typed.reply(daniel, "back")
    return _taken(amina.root, folder), file


def _shared(folder: Path, patch: pytest.MonkeyPatch) -> tuple[typed.Home, typed.Home]:
    """Both homes, when the mentor has opened what the mentee shared."""
    amina, daniel = typed.two_homes(folder, patch)
    typed.exchange_keys(amina, daniel)
    amina.sits(typed.OPEN)
    typed.share(amina, daniel, "one.reflect")
    return amina, daniel


def _taken(home: Path, folder: Path) -> Path:
    """`home`, where the commands find it."""
    base = folder / "base" / "reflect"
    shutil.copytree(home, base)
    return base


def with_notes(folder: Path) -> Path:
    """A mentee's home with a note of the mentor's, and with a proposal that waits for a yes."""
    base, file = _replied(folder)
    assert reflect(base, "receive", str(file)).code == 0
    return base


def reviewing(folder: Path) -> Path:
    """A mentor's home in which something is open."""
    with pytest.MonkeyPatch.context() as patch:
        _, daniel = _shared(folder, patch)
    return _taken(daniel.root, folder)


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
    base = ended(folder)
    held = _held(base)

    def whole(file: Path) -> str:
        home = file.parent.parent / "backup"
        home.mkdir(exist_ok=True)
        shutil.copyfile(file, database(home))
        return "" if not trouble(home) and _held(home) == held else "the backup is not whole"

    ready = Ready(base, ("backup", "--force", OUT), lambda _: "")
    return ready._replace(wrong=_old_or_new(ready, whole))


def _restore(folder: Path) -> Ready:
    full, file = ended(folder / "full"), folder / "backup.db"
    assert reflect(full, "backup", str(file)).code == 0
    ready = Ready(_home(folder), ("restore", str(file)), lambda _: "")
    return ready._replace(wrong=_old_or_new(ready))


def unopened(folder: Path) -> Path:
    """A mentor's home, and beside it the file `sealed`, which the mentee has shared."""
    with pytest.MonkeyPatch.context() as patch:
        amina, daniel = typed.two_homes(folder, patch)
        typed.exchange_keys(amina, daniel)
        amina.sits(typed.OPEN)
        amina.does("share", "--yes", "--output", str(folder / "sealed"))
    return _taken(daniel.root, folder)


def _new_key(folder: Path) -> Ready:
    ready = Ready(unopened(folder), ("key", "new", "--yes"), lambda _: "")

    def wrong(home: Path) -> str:
        if reflect(home, "key", "show").code != 0:
            return "there is no key"
        if reflect(home, "review", str(folder / "sealed")).code != 0:
            return "what is sealed to the old key cannot be opened"
        return "" if reflect(home, *ready.arguments).code == 0 else "it cannot be done again"

    return ready._replace(wrong=wrong)


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
    ready = Ready(ended(folder), ("journey", "rebuild"), lambda _: "")
    return ready._replace(wrong=_old_or_new(ready))


def _repair(folder: Path) -> Ready:
    base = ended(folder)
    held, record = _held(base), database(base)
    noise = bytes(range(256)) * 16
    record.write_bytes(noise + record.read_bytes()[len(noise) :])
    before = record.read_bytes()
    ready = Ready(base, ("doctor", "--repair"), lambda _: "")

    def wrong(home: Path) -> str:
        if database(home).read_bytes() != before:
            return "the damaged record was touched"
        made = home / "reflect-recovered.db"
        if not made.exists():
            reflect(home, *ready.arguments)
        aside = home.parent / "recovered"
        aside.mkdir()
        shutil.copyfile(made, database(aside))
        return "" if not trouble(aside) and _held(aside) == held else "not all was recovered"

    return ready._replace(wrong=wrong)


def with_two(folder: Path) -> Path:
    """A home with two mentorships; Lotte's is the one in use."""
    home = paused(folder)
    answers = ("Amina", "Lotte", "2", "1")
    assert reflect(home, "mentorship", "new", lines=answers).code == 0
    return home


def paused(folder: Path) -> Path:
    """A home with a session that is under way."""
    return _home(folder, _SAID)


def changing(
    *line: str, after: Sequence[tuple[str, ...]] = (), base: Callable[[Path], Path] = ended
) -> Callable[[Path], Ready]:
    """A command that changes the record and nothing else, typed `after` others in the home `base`."""

    def prepare(folder: Path) -> Ready:
        home = base(folder)
        for before in after:
            assert reflect(home, *before).code == 0, before
        ready = Ready(home, _beside(folder, line), lambda _: "")
        return ready._replace(wrong=_old_or_new(ready))

    return prepare


def keeping(
    *line: str,
    look: tuple[str, ...],
    after: Sequence[tuple[str, ...]] = (),
    base: Callable[[Path], Path] = _home,
) -> Callable[[Path], Ready]:
    """A command that changes what `look` shows: it shows afterwards what it did before, or what it should.

    FOLDER in a line stands for the folder in which `base` has made the home and more.
    """

    def prepare(folder: Path) -> Ready:
        home = base(folder)
        lines = [_beside(folder, one) for one in (*after, line)]
        for before in lines[:-1]:
            assert reflect(home, *before).code == 0, before
        ready = Ready(home, lines[-1], lambda _: "")
        return ready._replace(wrong=_seen_before_or_after(ready, look))

    return prepare


def _beside(folder: Path, line: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.replace(FOLDER, str(folder)) for one in line)


def _seen_before_or_after(ready: Ready, look: tuple[str, ...]) -> Callable[[Path], str]:
    done = ready.base.parent / "done" / "reflect"
    shutil.copytree(ready.base, done)
    assert reflect(done, *ready.arguments).code == 0
    before, after = (_seen(home, look) for home in (ready.base, done))
    assert before != after

    def wrong(home: Path) -> str:
        seen = _seen(home, look)
        if seen not in (before, after):
            return "neither as before nor as afterwards"
        if seen == before and reflect(home, *ready.arguments).code:
            return "it cannot be done again"
        if _seen(home, look) != after:
            return "other in the end than without the kill"
        damaged = trouble(home)
        return f"the record is damaged: {damaged}" if damaged else ""

    return wrong


def _seen(home: Path, look: tuple[str, ...]) -> tuple[int, str]:
    """How `look` ended in `home`, and what it said, wherever that home lies."""
    ran = reflect(home, *look)
    return ran.code, ran.out.replace(str(home.parent), "")


def needed(name: str) -> Callable[[Path], Ready]:
    """How the command `name`, which needs more than a line, is prepared."""
    return _PREPARED[name]


_PREPARED: dict[str, Callable[[Path], Ready]] = {
    "export": _export,
    "delete": _delete,
    "share": _share,
    "receive": _receive,
    "backup": _backup,
    "restore": _restore,
    "key new": _new_key,
    "lock": _lock,
    "unlock": _unlock,
    "doctor --repair": _repair,
    "journey rebuild": _rebuild,
}
