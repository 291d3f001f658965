"""A disk that is full: the words stay in the line, the record can be read, and goes on when there is room."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.disks import fill, remount, small_disk
from tests.faults.program import FIRST, Window, begin, environment, reflect
from tests.faults.record import texts, trouble
from tests.faults.test_disks import CLAIMS, LONG, WORDS

from proof.broken import CLAIMING, broken
from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

_DISK = 4096
"""Kilobytes that a home with one session and its cache need, and some."""
_REFUSED = ("disk-full", "home-not-usable", "store-read-only", "copy-not-written", "not-written")


class Full(NamedTuple):
    """How there is no room: `how` is a trial of this module, `room` the kilobytes that are left."""

    folder: Path
    how: str
    room: int = 0
    is_broken: bool = False

    def __str__(self) -> str:
        return f"{self.how}, {self.room} kB left"

    def environ(self, home: Path) -> Mapping[str, str]:
        """What the program finds around it."""
        return broken(home, CLAIMING) if self.is_broken else environment(home)


def run(form: Form) -> Figure:
    """Fill a small disk, limit files and use up its files, in a window and in a pipe."""
    trials, failures = 0, list[str]()
    for seed, folder in rounds(form):
        random = Random(seed)
        rooms = sorted(random.sample(range(0, 320, 4), 8))
        cases = [
            *(Full(folder / how, how) for how in ("window", "limit", "files", "commands")),
            *(Full(folder / f"pipe-{room}", "pipe", room) for room in rooms),
        ]
        failures += hold(cases, full)
        trials += len(cases)
    says = f"{trials} ways to have no room left, {len(failures)} wrong"
    return Figure(trials, tuple(failures), says, 12)


def control(form: Form) -> Figure:
    """A program that goes on as if what found no room had been stored."""
    cases = [Full(form.folder / how, how, is_broken=True) for how in ("window", "limit")]
    found = hold(cases, full)
    return Figure(len(cases), tuple(found), f"{len(found)} of {len(cases)} found out")


def full(case: Full) -> str:
    """What is wrong where there is no room; "" when nothing is."""
    trials = {
        "window": _window,
        "limit": _limit,
        "files": _files,
        "pipe": _pipe,
        "commands": _commands,
    }
    return trials[case.how](case)


def _window(case: Full) -> str:
    with _disk(case) as disk:
        home = disk / "reflect"
        begin(home)
        with Window(home, environ=case.environ(home)) as window:
            window.until_ready()
            filler = fill(disk)
            return _kept_in_line(window, home, filler.unlink)


def _limit(case: Full) -> str:
    """No disk, but a limit on the size of files (RLIMIT_FSIZE)."""
    case.folder.mkdir(parents=True)
    home = case.folder / "reflect"
    begin(home)
    with Window(home, environ=case.environ(home)) as window:
        window.until_ready()
        pid = window.process.pid
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        return _kept_in_line(
            window, home, lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
        )


def _kept_in_line(window: Window, home: Path, repair: object) -> str:
    since = len(window.raw)
    window.send(WORDS)
    shown = window.flat(since)
    if "could not be saved" not in shown or any(claim in shown for claim in CLAIMS):
        return f"it does not say that it could not be saved: {shown[-150:]}"
    if window.questions(since) or window.edit_line() != WORDS:
        return "the words are no longer in the line"
    if reflect(home, "history").code != 0:
        return "it cannot be read while there is no room"
    assert callable(repair)
    repair()
    window.send("")
    if len(window.questions(since)) != 1:
        return "it does not go on when there is room again"
    return "" if texts(home) == [WORDS] and not trouble(home) else "the words are not kept once"


def _files(case: Full) -> str:
    """Room, but not for another file (nr_inodes)."""
    with _disk(case) as disk:
        home = disk / "reflect"
        begin(home, WORDS)
        remount(disk, f"nr_inodes={sum(1 for _ in disk.rglob('*')) + 20}")
        taken = 0
        try:
            while True:
                (disk / f"taken-{taken}").touch()
                taken += 1
        except OSError:
            pass
        ran = reflect(home, lines=["more words than before"])
        found = _told(ran.code, ran.out + ran.err)
        for number in range(taken):
            (disk / f"taken-{number}").unlink()
        remount(disk, "nr_inodes=10000")
        return found or _goes_on(home, [WORDS], ran.code == 0)


def _pipe(case: Full) -> str:
    """So much room that it runs out at the start, in the middle of an answer or much later."""
    with _disk(case, 512) as disk:
        filler = fill(disk)
        os.truncate(filler, max(0, filler.stat().st_size - case.room * 1024))
        home = disk / "reflect"
        ran = reflect(home, lines=(*FIRST, *[LONG] * 20))
        found = _told(ran.code, ran.out + ran.err)
        filler.unlink()
        remount(disk, "size=8192k")
        kept = len(texts(home))
        if ran.out.count("> and then I wrote") - 1 > kept:
            return f"{ran.out.count('> and then I wrote') - 1} were acknowledged, {kept} are kept"
        if not found and reflect(home, lines=(*FIRST, WORDS)).code != 0:
            found = "it does not start when there is room again"
        return found or str(trouble(home) or "")


def _commands(case: Full) -> str:
    """What makes a file leaves none that is cut, and does not touch what was there."""
    with _disk(case) as disk:
        home, file = disk / "reflect", disk / "copy"
        begin(home, WORDS)
        file.write_text("what was there before")
        fill(disk)
        for line in (("backup", "--force", str(file)), ("export", "--force", "-o", str(file))):
            ran = reflect(home, *line)
            found = _told(ran.code, ran.out + ran.err)
            if ran.code == 0 or found:
                return f"{line[0]}: {found or 'it says that it worked'}"
            if file.read_text() != "what was there before" or list(disk.glob(".*")):
                return f"{line[0]}: it touched what was there, or left something behind"
        (disk / "filler").unlink()
        return _goes_on(home, [WORDS], False)


def _told(code: int, said: str) -> str:
    if code == 0:
        return ""
    told = any(f"{name}: " in said for name in _REFUSED) and "Traceback" not in said
    return "" if code == 1 and told else f"it ended with {code}: {said[-150:]}"


def _goes_on(home: Path, kept: list[str], stored: bool) -> str:
    if texts(home)[: len(kept)] != kept or len(texts(home)) != len(kept) + stored:
        return "other answers are kept than were acknowledged"
    if reflect(home, lines=["and this is said with room to spare"]).code != 0:
        return "it does not go on when there is room again"
    return str(trouble(home) or "")


@contextmanager
def _disk(case: Full, kilobytes: int = _DISK) -> Iterator[Path]:
    case.folder.mkdir(parents=True)
    with small_disk(case.folder / "disk", kilobytes) as disk:
        yield disk


CHECK = Check(
    "T-FULL",
    ("G3",),
    "a full disk takes no words, and nothing is called saved",
    run,
    control,
    needs=("root", "mount"),
    seconds=16,
)
