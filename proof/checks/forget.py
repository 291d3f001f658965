"""What was erased is in no file any more, whatever it was and whatever stood in the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager as Context
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import NamedTuple

import apsw
import msgspec
from tests.faults.program import Ran, Window, begin, environment, reflect
from tests.faults.record import database, holding, trouble
from tests.faults.test_deleted import OTHER, ends
from tests.transcripts import test_locking_killed as locked

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.injecting import Fault, faults, inject, spread
from proof.trials import hold, in_memory, in_time, rounds
from reflect.application.projecting import Projections
from reflect.transcripts import locking
from reflect.transcripts.store import Store

KILLS = 40
_LAST = ("delete", "last", "--yes")
_NO_SCRUBBING = """
from reflect.transcripts import forgetting, scrubbing
from reflect.transcripts.values import Report
scrubbing.scrub = lambda *given, **named: Report(removed=True, pending=False, files=2)
"""


class Mode(NamedTuple):
    """Something to erase: `prepare` puts `word` into a home and gives what is typed to erase it.

    `around` is what goes on meanwhile; `says` are words that the command must show.
    """

    name: str
    prepare: Callable[[Path, str], tuple[str, ...]]
    around: Callable[[Path], Context[None]] = lambda home: nullcontext()
    says: str = "hold none of it"
    lines: Sequence[str] = ()


class Erasing(NamedTuple):
    """A mode with the word that is to go; `fault` kills the command meanwhile."""

    mode: Mode
    base: Path
    folder: Path
    word: str
    typed: tuple[str, ...]
    fault: Fault | None = None
    environ: Mapping[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.mode.name}, {self.fault or 'left alone'}"


# --- what is erased -----------------------------------------------------------------


def _answers(word: str, number: int) -> list[str]:
    return [f"{word} and the card {at}, because I said so" for at in range(number)]


def _session(home: Path, word: str) -> tuple[str, ...]:
    begin(home, OTHER)
    _does(home, "abandon")
    _does(home, lines=("1", *_answers(word, 30)))
    return _LAST


def _beside_copies(home: Path, word: str) -> tuple[str, ...]:
    typed = _session(home, word)
    _does(home, "backup", str(home / "backups"))
    before = database(home).with_name("reflect.db.before-0001")
    shutil.copyfile(database(home), before)
    before.chmod(0o600)
    return typed


def _answer(home: Path, word: str) -> tuple[str, ...]:
    begin(home, OTHER, f"{word} stood on the card because I wrote it")
    turns = json.loads(_does(home, "show", "--json").out)["turns"]
    number = next(at for at, turn in enumerate(turns, 1) if word in turn["answer"])
    return "delete", "last", "--answer", str(number), "--yes"


def _draft(home: Path, word: str) -> tuple[str, ...]:
    begin(home, OTHER)
    _does(home, "abandon")
    _does(home, lines=("1",))
    with Window(home) as window:
        window.until_ready()
        window.type(f"{word} half typed")
        window.until(lambda: word in window.edit_line(), "the typed words")
        window.type("\x03")
        window.ended()
    return _LAST


def _noted(home: Path, word: str) -> tuple[str, ...]:
    begin(home, OTHER)
    _does(home, "wins", "add", f"{word} nodded at me in the corridor")
    _does(home, "wins", "add", "something that stays")
    return "delete", "--item", "win", "1", "--yes"


def _locked(home: Path, word: str) -> tuple[str, ...]:
    typed = _session(home, word)
    locking.convert(database(home), None, locked.new_key())
    locking.confirm(database(home), locked=True)
    return "--passphrase-fd", "0", *typed


@contextmanager
def _read(home: Path) -> Iterator[None]:
    """Another program reads what stood there before."""
    reader = apsw.Connection(str(database(home)))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchall()
    try:
        yield
    finally:
        reader.execute("ROLLBACK")
        reader.close()


MODES = (
    Mode("a session", _session),
    Mode("a session that is being read", _session, _read, "started next"),
    Mode("a session with copies", _beside_copies, says="1 backup in"),
    Mode("an answer", _answer),
    Mode("half-typed words", _draft),
    Mode("a win noted by hand", _noted),
    Mode("a session of a locked record", _locked, says="encrypted", lines=(locked.PASSPHRASE,)),
)
_KILLED = tuple(mode for mode in MODES if not mode.lines and mode.says != "started next")


# --- trials -------------------------------------------------------------------------


def run(form: Form) -> Figure:
    """Erase in each mode, and killed at calls from the first to the last; no end of a word may be left."""
    erased, kills, gone = list[Erasing](), list[Erasing](), list[Fault]()
    with in_memory(form) as folder:
        failures = (_each if form.long else _some)(form, folder, erased, kills, gone)
    if len(kills) >= KILLS and not 0 < len(gone) < len(kills):
        failures.append(
            f"{len(gone)} of {len(kills)} kills behind the erasure: not before and behind it"
        )
    points = len({(one.mode.name, one.fault) for one in kills})
    says = (
        f"{len(erased)} erasures in {len({one.mode.name for one in erased})} modes, {len(kills)} "
        f"kills at {points} calls ({len(gone)} finished later), {len(failures)} left traces"
    )
    return Figure(len(kills), tuple(failures), says, KILLS)


def _some(
    form: Form, folder: Path, erased: list[Erasing], kills: list[Erasing], gone: list[Fault]
) -> list[str]:
    """Each mode, and some kills of all of them."""
    erased += [_made(mode, folder, Random(f"{form.seed} {mode.name}")) for mode in MODES]
    failures = hold(erased, _erased, counts=False)
    cut = [one for made in erased if made.mode in _KILLED for one in _cut(made, long=False)]
    kills += [cut[at * len(cut) // KILLS] for at in range(KILLS)]
    return failures + hold(kills, lambda one: _cut_off(one, gone))


def _each(
    form: Form, folder: Path, erased: list[Erasing], kills: list[Erasing], gone: list[Fault]
) -> list[str]:
    """One mode after the other, in any order, killed at each of its calls; then all with other words."""
    end, failures = form.deadline(), list[str]()
    for seed, own in rounds(form._replace(folder=folder)):
        for mode in Random(seed).sample(MODES, len(MODES)):
            if kills and time.monotonic() >= end:
                break
            made = _made(mode, own, Random(f"{seed} {mode.name}"))
            erased.append(made)
            failures += hold([made], _erased, counts=False)
            cut = _cut(made, long=True) if mode in _KILLED else []
            waiting = in_time(form, end, cut, kills)
            failures += hold(waiting, lambda one: _cut_off(one, gone), 4)
    if os.geteuid() == 0:
        failures += hold([form.folder / "disk"], _on_the_disk, counts=False)
    return failures


def control(form: Form) -> Figure:
    """A record that deletes rows and looks no further."""
    made = _made(MODES[0], form.folder, Random(form.seed))
    found = hold([made._replace(environ=broken(made.base, _NO_SCRUBBING))], _erased)
    return Figure(1, tuple(found), f"{len(found)} found out")


def _made(mode: Mode, folder: Path, random: Random) -> Erasing:
    own = folder / mode.name.replace(" ", "-")
    base = own / "base" / "reflect"
    base.parent.mkdir(parents=True)
    word = "".join(random.choices(ascii_lowercase, k=24))
    typed = mode.prepare(base, word)
    if not mode.lines and not holding(base, [word.encode()]):
        raise AssertionError(f"{mode.name}: the word was not there before")
    return Erasing(mode, base, own, word, typed)


def _erased(one: Erasing) -> str:
    """Erase, left alone."""
    home = _copy(one, "alone")
    with one.mode.around(home):
        ran = reflect(home, *one.typed, lines=one.mode.lines, environ=one.environ)
    if ran.code != 0 or one.mode.says not in " ".join(ran.err.split()):
        return f"it ended with {ran.code}: {ran.err}"
    if one.word in ran.out + ran.err:
        return "the word is shown"
    if one.mode.says == "started next":
        _does(home)
    left = _left(home, one.word)
    if one.mode.lines:
        return f"left in {left}" if left else ""
    return _wrong(home, left)


def _cut(made: Erasing, *, long: bool) -> list[Erasing]:
    """The same, killed at its calls."""
    found, _ = faults(_copy(made, "whole"), *made.typed)
    chosen = found if long else spread(found, KILLS)
    return [made._replace(folder=made.folder / str(at), fault=one) for at, one in enumerate(chosen)]


def _cut_off(one: Erasing, gone: list[Fault]) -> str:
    assert one.fault is not None
    home = _copy(one, "killed")
    inject(home, one.fault, *one.typed)
    # Whoever starts the program next finishes what was begun.
    ran = reflect(home)
    if ran.code != 0:
        return f"it does not start: {ran.err}"
    if _stands(home, one.word):
        found = str(trouble(home) or "")
    else:
        gone.append(one.fault)
        found = _wrong(home, _left(home, one.word))
    shutil.rmtree(one.folder)
    return found


def _wrong(home: Path, left: Mapping[str, int]) -> str:
    if left:
        return f"left in {dict(left)}"
    if not _stands(home, OTHER):
        return "what should stay is gone"
    return str(trouble(home) or "")


def _left(home: Path, word: str) -> dict[str, int]:
    """Files with an end of the word, except for a backup that somebody made and was told about."""
    found = holding(home, ends(word))
    return {name: number for name, number in found.items() if not name.startswith("backups/")}


def _stands(home: Path, word: str) -> bool:
    """Whether the record itself still has the word."""
    with Store.open(database(home), Projections()) as store:
        ids = (*(row.id for row in store.sessions()), *store.mentorships())
        drafts = (store.draft(one) for one in ids)
        told = [msgspec.json.encode(store.events(one)).decode() for one in ids]
        return any(word in one for one in (*told, *(one.text for one in drafts if one)))


def _copy(one: Erasing, name: str) -> Path:
    home = one.folder / name / "reflect"
    shutil.copytree(one.base, home)
    return home


def _does(home: Path, *arguments: str, lines: Sequence[str] = ()) -> Ran:
    ran = reflect(home, *arguments, lines=lines)
    if ran.code != 0:
        raise AssertionError(f"{arguments} ended with {ran.code}: {ran.err}")
    return ran


# --- the disk itself ------------------------------------------------------------------


def _on_the_disk(folder: Path) -> str:
    """A locked record on a file system of its own: no block of it, used or free, has ever held a word."""
    image, mounted = folder / "image", folder / "mounted"
    mounted.mkdir(parents=True)
    with image.open("wb") as file:
        file.truncate(64 << 20)
    word = "".join(Random(str(folder)).choices(ascii_lowercase, k=24))
    said = [locked.PASSPHRASE, *_answers(word, 8)]
    secret = ("--passphrase-fd", "0")
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True, timeout=60)
    subprocess.run(["mount", "-o", "loop", str(image), str(mounted)], check=True, timeout=60)
    try:
        home = mounted / "reflect"
        begin(home, OTHER)
        environ = environment(home, TMPDIR=str(mounted))
        locking.convert(database(home), None, locked.new_key())
        locking.confirm(database(home), locked=True)
        ran = reflect(home, *secret, lines=said, environ=environ)
        assert ran.code == 0, ran.err
        ran = reflect(home, *secret, *_LAST, lines=said[:1], environ=environ)
        assert ran.code == 0, ran.err
    finally:
        subprocess.run(["umount", str(mounted)], check=True, timeout=60)
    data = image.read_bytes().lower()
    found = sum(data.count(end) for end in ends(word))
    return f"{found} traces on the disk" if found else ""


CHECK = Check(
    "T-FORGET",
    ("G16",),
    "what was erased is in no file, killed half-way too",
    run,
    control,
    needs=("strace",),
    seconds=22,
    unit="kills",
    share=240,
)
