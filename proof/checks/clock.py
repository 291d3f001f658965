"""Clocks that are wrong, put back, or in another zone: the order stays, and nothing lasts less than nothing."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.program import Window, begin, environment, reflect
from tests.faults.record import database, texts, trouble

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.trials import hold
from reflect.application.projecting import Projections
from reflect.transcripts.store import Store

SCENARIOS = 12
_LIBRARY = "libfaketime.so.1"
_WORDS = "I told Ruth about card {number} of sitting {sitting} on the windowsill"
_NEGATIVE = re.compile(r"(?<![\w.,:/+-])-\d")
_ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati")
_LISTINGS = (("history",), ("journey",), ("next",), ("prepare",))
_BY_THE_CLOCK = """
import time
from reflect.transcripts import ulid

ulid.following = lambda last: ulid.fresh(time.time_ns() // 1_000_000)
"""


class Moment(NamedTuple):
    """What the clock shows when somebody sits down, in which zone; then it is moved to `then`, if at all."""

    clock: str
    zone: str = "UTC"
    then: str = ""

    @property
    def day(self) -> str:
        """The date on the wall."""
        return self.clock[:10]


class Scenario(NamedTuple):
    """A sitting at each of `moments`, in this order, in a home of its own."""

    name: str
    home: Path
    moments: tuple[Moment, ...]
    how: str = ""

    def __str__(self) -> str:
        return self.name


_NOW = Moment("2026-11-22 18:00:00")
KNOWN: dict[str, tuple[Moment, ...]] = {
    "an hour back": (_NOW, Moment("2026-11-22 17:00:00"), Moment("2026-11-22 17:00:00")),
    "three days back": (_NOW, Moment("2026-11-19 18:00:00"), _NOW),
    "1970": (_NOW, Moment("1970-01-02 00:00:10"), _NOW),
    "2038": (Moment("2038-01-19 03:14:05"), Moment("2038-01-19 03:14:09")),
    "2100": (Moment("2100-02-28 23:59:58"), Moment("2100-03-01 00:00:01"), _NOW),
    "summer time begins": (
        Moment("2026-03-29 01:59:58", "Europe/Berlin"),
        Moment("2026-03-29 03:00:10", "Europe/Berlin"),
    ),
    "summer time ends": (
        Moment("2026-10-25 02:59:58", "Europe/Berlin"),
        Moment("2026-10-25 02:00:10", "Europe/Berlin"),
    ),
    "to the west": (
        Moment("2026-11-22 08:00:00", "Pacific/Kiritimati"),
        Moment("2026-11-21 08:00:00", "Pacific/Pago_Pago"),
    ),
    "a leap day": (Moment("2028-02-29 12:00:00"), Moment("2027-02-28 12:00:00")),
    "a new year": (Moment("2026-12-31 23:59:58"), Moment("2027-01-01 00:00:02")),
    "three hours back meanwhile": (_NOW._replace(then="2026-11-22 15:00:00"), _NOW),
    "a year on meanwhile": (_NOW._replace(then="2027-11-22 18:00:00"), _NOW),
}


def run(form: Form) -> Figure:
    """Sit down at each moment; in the long form at moments by chance, too."""
    cases = [
        Scenario(name, form.folder / str(number) / "reflect", moments)
        for number, (name, moments) in enumerate(KNOWN.items())
    ]
    failures = hold(cases, sat_through)
    number, end, random = len(cases), form.deadline(), Random(form.seed)
    while form.long and time.monotonic() < end:
        some = list(_by_chance(form.folder, random, number))
        failures += hold(some, sat_through)
        number += len(some)
    says = f"{number} scenarios, {len(failures)} with another order, day, or a negative time"
    return Figure(number, tuple(failures), says, SCENARIOS)


def control(form: Form) -> Figure:
    """A record that orders sessions by the clock."""
    home = form.folder / "control" / "reflect"
    found = hold(
        [Scenario("by the clock", home, KNOWN["three days back"], _BY_THE_CLOCK)], sat_through
    )
    return Figure(1, tuple(found), f"{len(found)} found out")


def _by_chance(folder: Path, random: Random, number: int) -> Iterator[Scenario]:
    first = datetime(1970, 1, 2)
    for at in range(number, number + 10):
        days = (first + timedelta(seconds=random.randrange(4_100_000_000)) for _ in range(3))
        moments = tuple(Moment(f"{day:%Y-%m-%d %H:%M:%S}", random.choice(_ZONES)) for day in days)
        yield Scenario(str(moments), folder / str(at) / "reflect", moments)


def sat_through(case: Scenario) -> str:
    """What is wrong after all sittings; "" when nothing is."""
    home = case.home
    home.parent.mkdir()
    said: list[str] = []
    for sitting, moment in enumerate(case.moments):
        said += _sits(case, sitting, moment)
        found = _wrong(case, said, sitting)
        if found:
            return f"after sitting {sitting + 1}: {found}"
    shutil.rmtree(home.parent)
    return ""


def _sits(case: Scenario, sitting: int, moment: Moment) -> list[str]:
    # A fourth answer would be a promise, and the next sitting would begin with it.
    number = 0 if moment.then else 2
    said = [_WORDS.format(number=at, sitting=sitting) for at in range(number)]
    environ = _environ(case, moment)
    if sitting == 0:
        # The packs are read before, by the real clock.
        begin(case.home)
        shutil.rmtree(case.home / "logs", ignore_errors=True)
        for file in case.home.glob("reflect.db*"):
            file.unlink()
    lines = ("Amina", "Daniel", "3") if sitting == 0 else ()
    typed = ("--new", "--short")
    ran = reflect(case.home, *typed, lines=[*lines, *said], environ=environ, deadline=60)
    assert ran.code == 0, ran.err
    return [*said, *(_meanwhile(case, sitting, moment) if moment.then else [])]


def _meanwhile(case: Scenario, sitting: int, moment: Moment) -> list[str]:
    """Go on in a window while the clock is moved."""
    said = [_WORDS.format(number=number, sitting=sitting) for number in (2, 3)]
    clock = case.home.parent / "clock"
    clock.write_text(f"@{moment.clock}\n")
    environ = {**_environ(case, moment), "FAKETIME_TIMESTAMP_FILE": str(clock)}
    environ |= {"FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    del environ["FAKETIME"]
    with Window(case.home, environ=environ) as window:
        window.until_ready(seconds=60)
        window.send(said[0])
        clock.write_text(f"@{moment.then}\n")
        window.send(said[1])
        window.type("\x04")
        window.ended()
    return said


def _environ(case: Scenario, moment: Moment) -> dict[str, str]:
    environ = broken(case.home, case.how) if case.how else environment(case.home)
    return {**environ, "TZ": moment.zone, "LD_PRELOAD": _library(), "FAKETIME": f"@{moment.clock}"}


def _library() -> str:
    return str(next(Path("/usr/lib").glob(f"*/faketime/{_LIBRARY}")))


def _wrong(case: Scenario, said: list[str], sitting: int) -> str:
    moments = case.moments[: sitting + 1]
    if texts(case.home) != said:
        return f"answers in another order: {texts(case.home)[-4:]}"
    with Store.open(database(case.home), Projections()) as store:
        days = [row.day for row in reversed(store.sessions())]
    if days != [moment.day for moment in moments]:
        return f"the days are {days}"
    for line in _LISTINGS:
        ran = reflect(case.home, *line, environ=_environ(case, moments[-1]), deadline=60)
        if ran.code != 0:
            return f"{line[0]} ended with {ran.code}: {ran.err}"
        negative = _NEGATIVE.search(ran.out)
        if negative:
            return f"{line[0]} shows a negative number: {ran.out[negative.start() - 40 :][:60]}"
    return str(trouble(case.home) or "")


CHECK = Check(
    "T-CLOCK",
    ("G7",),
    "wrong clocks change no order and make no negative time",
    run,
    control,
    needs=("faketime",),
    seconds=28,
)
