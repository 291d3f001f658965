"""A disk or a file that may not be written: it can be read, and nothing is called saved."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from tests.faults.disks import remount, small_disk
from tests.faults.program import FIRST, Ran, begin, environment, reflect
from tests.faults.record import database
from tests.faults.test_disks import CLAIMS, POWERLESS, WORDS

from proof.broken import CLAIMING, broken
from proof.check import Check, Figure, Form
from proof.checks.eio import in_a_window
from proof.injecting import Fault
from proof.trials import hold, rounds

LOOKING: tuple[tuple[str, ...], ...] = (
    ("show",),
    ("history",),
    ("search", "card"),
    ("export", "--format", "json"),
    ("journey",),
)
WRITING: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    ((), ("more",)),
    (("wins", "add", "a win"), ()),
    (("delete", "last", "--yes"), ()),
    (("doctor", "--rebuild"), ()),
)
_FROM_NOW_ON = Fault("pwrite64", 1, "EROFS", "+")


class Closed(NamedTuple):
    """What may not be written: `how` is a trial of this module."""

    folder: Path
    how: str

    def __str__(self) -> str:
        return self.how


def run(form: Form) -> Figure:
    """Look at and write to what may not be written."""
    trials, failures = 0, list[str]()
    for _, folder in rounds(form):
        cases = [Closed(folder / how, how) for how in _TRIALS]
        failures += hold(cases, closed)
        trials += len(LOOKING) + len(WRITING) + len(cases) - 1
    says = f"{trials} things done to what may not be written, {len(failures)} wrong"
    return Figure(trials, tuple(failures), says, 10)


def control(form: Form) -> Figure:
    """A program that goes on as if what was refused had been stored."""
    home = form.folder / "control" / "reflect"
    home.parent.mkdir()
    begin(home)
    environ = broken(home, CLAIMING)
    found = hold(["control"], lambda _: in_a_window(home, _FROM_NOW_ON, environ))
    return Figure(1, tuple(found), f"{len(found)} found out")


def closed(case: Closed) -> str:
    """What is wrong; "" when nothing is."""
    case.folder.mkdir(parents=True)
    return _TRIALS[case.how](case.folder)


def _disk(folder: Path) -> AbstractContextManager[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return small_disk(folder / "disk", 2048)


def _commands(folder: Path) -> str:
    """Everything that looks works, everything that writes is refused with a word, and no byte changes."""
    with _disk(folder) as disk:
        home = disk / "reflect"
        begin(home, WORDS)
        environment(home)
        before = database(home).read_bytes()
        remount(disk, "ro")
        for line in LOOKING:
            if (ran := reflect(home, *line)).code != 0:
                return f"{line[0]} does not work: {ran.err[-120:]}"
        for line, lines in WRITING:
            found = _refused(reflect(home, *line, lines=lines))
            if found:
                return f"{' '.join(line) or 'reflect'}: {found}"
        return "" if database(home).read_bytes() == before else "the record was changed"


def _meanwhile(folder: Path) -> str:
    """It becomes so while a question is open: every write is refused with EROFS."""
    home = folder / "reflect"
    begin(home)
    return in_a_window(home, _FROM_NOW_ON, None)


def _somebody_elses(folder: Path) -> str:
    """The home belongs to somebody else, and root has no more rights than anybody."""
    home = folder / "reflect"
    begin(home, WORDS)
    before, environ = database(home).read_bytes(), environment(home)
    for path in (database(home), home):
        os.chown(path, 65534, 65534)
        path.chmod(0o755 if path.is_dir() else 0o644)
    found = _refused(reflect(home, lines=["more"], before=POWERLESS, environ=environ))
    return found or ("" if database(home).read_bytes() == before else "the record was changed")


def _new(folder: Path) -> str:
    """There is no home yet, and none can be made."""
    with _disk(folder) as disk:
        environ = environment(disk / "reflect")
        remount(disk, "ro")
        return _refused(reflect(disk / "reflect", lines=[*FIRST, WORDS], environ=environ))


def _refused(ran: Ran) -> str:
    said = ran.out + ran.err
    if ran.code != 1 or "Traceback" in said or "our-fault" in said:
        return f"it ended with {ran.code}: {said[-150:]}"
    if not any(code in said for code in ("store-read-only", "home-not-usable")):
        return f"it does not say why: {said[-150:]}"
    return "it says that something is kept" if any(one in said for one in CLAIMS) else ""


_TRIALS: dict[str, Callable[[Path], str]] = {
    "commands": _commands,
    "while a question is open": _meanwhile,
    "somebody else's home": _somebody_elses,
    "a new home": _new,
}

CHECK = Check(
    "T-RO",
    ("G3",),
    "what may not be written is read, and nothing called saved",
    run,
    control,
    needs=("root", "mount", "setpriv", "strace"),
    seconds=4,
)
