"""Several at once: writers side by side, two windows on one session, one that was killed, a pid used anew."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import apsw
from tests.faults.program import Window, begin, environment, reflect
from tests.faults.record import database, texts, trouble

from proof.broken import CLAIMING, broken
from proof.check import Check, Figure, Form
from proof.counting import counted
from proof.trials import hold, rounds
from reflect.application.projecting import Projections
from reflect.events import ItemNoted
from reflect.transcripts.store import Store

WRITERS, EACH = 4, 300
COMMANDS = 8
TOLD = 1.0
NOISE = 1.0
"""Seconds that a busy machine may add."""

_FIRST, _MINE, _THEIRS = "these words came first", "words of one window", "words of the other"

_WRITER = """
import sys
from reflect.events import ItemNoted
from reflect.transcripts.faults import StaleStream
from reflect.application.projecting import Projections
from reflect.transcripts.store import Store
from reflect.transcripts.values import Stream
from pathlib import Path

path, name, number, journey = sys.argv[1:]
with Store.open(Path(path), Projections(), patience_ms=60000) as store:
    stream = Stream("journey", journey, journey)
    for at in range(int(number)):
        event = ItemNoted(item=store.new_id(), kind="win", text=f"{name}-{at}", at="2026-11-22T10:00:00+00:00")
        while True:
            try:
                store.append(stream, len(store.events(journey)), [event])
            except StaleStream:
                continue
            break
        print(f"{name}-{at}", flush=True)
"""
"""Writes into the record and says each time that it has."""


class Several(NamedTuple):
    """A trial of this module by its name, in a folder of its own."""

    folder: Path
    how: str
    environ: Mapping[str, str] | None = None
    each: int = EACH

    def __str__(self) -> str:
        return self.how


def run(form: Form) -> Figure:
    """Let several write at once: whatever was acknowledged must be there once, in order."""
    writes, failures = 0, list[str]()
    for _, folder in rounds(form):
        cases = [Several(folder / how.replace(" ", "-"), how) for how in _TRIALS]
        failures += hold(cases, several, counts=False)
        counted().add(WRITERS * EACH + COMMANDS)
        writes += WRITERS * EACH + COMMANDS
    says = f"{writes} writes of {WRITERS} at once, windows on one session: {len(failures)} wrong"
    return Figure(writes, tuple(failures), says, WRITERS * EACH)


def control(form: Form) -> Figure:
    """Writers that go on as if what was refused because another came first had been stored."""
    folder = form.folder / "claiming"
    folder.mkdir()
    case = Several(folder / "writers", "writers", broken(folder / "reflect", CLAIMING), 20)
    found = hold([case], several)
    return Figure(1, tuple(found), f"{len(found)} found out")


def several(case: Several) -> str:
    """What is wrong; "" when nothing is."""
    case.folder.mkdir(parents=True)
    home = case.folder / "reflect"
    begin(home, _FIRST)
    return _TRIALS[case.how](case, home)


def _writers(case: Several, home: Path) -> str:
    """Four processes and one stream."""
    with Store.open(database(home), None) as store:
        (journey,) = store.mentorships()
    environ = case.environ or environment(home)
    line = (sys.executable, "-c", _WRITER, str(database(home)))
    running = [
        subprocess.Popen(
            [*line, f"writer{number}", str(case.each), journey],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environ,
            text=True,
        )
        for number in range(WRITERS)
    ]
    said: list[str] = []
    for process in running:
        out, err = process.communicate(timeout=180)
        if process.returncode != 0:
            return f"a writer ended with {process.returncode}: {err[-150:]}"
        said += out.split()
    kept = _noted(home, journey)
    lost = len(set(said) - set(kept))
    twice = sum(count - 1 for count in Counter(kept).values())
    if lost or twice or len(said) != WRITERS * case.each:
        return f"{len(said)} acknowledged, {lost} lost, {twice} twice"
    return _sound(home)


def _commands(_: Several, home: Path) -> str:
    """Several commands, each a program of its own."""
    with ThreadPoolExecutor(4) as at_once:
        ran = list(at_once.map(lambda n: reflect(home, "wins", "add", f"win{n}"), range(COMMANDS)))
    with Store.open(database(home), None) as store:
        (journey,) = store.mentorships()
    kept = Counter(_noted(home, journey))
    good = {f"win{number}" for number, one in enumerate(ran) if one.code == 0}
    if {name for name, count in kept.items() if count == 1} != good or set(kept) != good:
        return f"{len(good)} acknowledged, {len(kept)} kept"
    # Whoever was overtaken is told so, and nothing of theirs is stored.
    codes = {one.err.split(":")[0] for one in ran if one.code != 0} - {"session-moved-on"}
    return f"refused with {codes}" if codes else _sound(home)


def _noted(home: Path, journey: str) -> list[str]:
    with Store.open(database(home), Projections()) as store:
        return [one.text for one in store.events(journey) if isinstance(one, ItemNoted)]


def _windows(_: Several, home: Path) -> str:
    """Two windows on one session: the second is told, takes over, and the first is told within a second."""
    with Window(home) as one:
        one.until_ready()
        one.type(_MINE)
        one.until(lambda: one.edit_line() == _MINE, "the typed words")
        with Window(home) as two:
            two.until_shown("open in another window")
            two.send("words that nobody may store")
            since, began = len(one.raw), time.monotonic()
            two.send("/take")
            one.until_shown("goes on in another window now", since)
            told = time.monotonic() - began
            if told > TOLD + NOISE:
                return f"told after {told:.1f} s"
            one.until_ready(since)
            one.send("")
            two.send("\x15" + _THEIRS)
            if texts(home) != [_FIRST, _THEIRS]:
                return "what was said in a window that no longer has the session is kept"
            one.send("\x15/take")
            two.until_shown("goes on in another window now")
            if one.edit_line() != _MINE:
                return "what was typed before is not offered again"
            one.send("")
    return _sound(home) if texts(home) == [_FIRST, _THEIRS, _MINE] else "other words are kept"


def _killed(_: Several, home: Path) -> str:
    """A window that was killed keeps nobody out."""
    with Window(home) as one, Window(home) as two:
        for window in (one, two):
            window.until_ready()
        behind, ahead = (two, one) if "open in another window" in two.flat() else (one, two)
        ahead.kill()
        behind.send("")
        behind.send("\x15" + _THEIRS)
    return _sound(home) if texts(home) == [_FIRST, _THEIRS] else "it could not go on"


def _pid(_: Several, home: Path) -> str:
    """The window is gone and another program has its pid: after half a minute nobody is kept out."""
    with Window(home) as one:
        one.until_ready()
        one.kill()
    db = apsw.Connection(str(database(home)))
    held = db.execute(
        "UPDATE leases SET pid = ?, heartbeat = heartbeat - 31 RETURNING 1", (os.getpid(),)
    ).fetchall()
    db.close()
    if len(held) != 1:
        return f"{len(held)} leases were held"
    ran = reflect(home, lines=[_THEIRS])
    if ran.code != 0:
        return f"kept out by a pid that is used anew: {ran.err[-100:]}"
    return _sound(home) if texts(home) == [_FIRST, _THEIRS] else "other words are kept"


def _sound(home: Path) -> str:
    return str(trouble(home) or "")


_TRIALS: dict[str, Callable[[Several, Path], str]] = {
    "writers": _writers,
    "commands": _commands,
    "two windows": _windows,
    "a killed window": _killed,
    "a pid used anew": _pid,
}

CHECK = Check(
    "T-CONC",
    ("G5",),
    "several at once lose nothing, and the second window is told",
    run,
    control,
    seconds=14,
    unit="writes",
    share=60,
)
